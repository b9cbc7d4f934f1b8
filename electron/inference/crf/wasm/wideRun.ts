// A run of many classes, 'fast' only: powers of two relative to the last class, which is left out, and vertices that
// gather the pixels around them where floatRun.ts has pixels that add themselves to their vertices.
import { throwIfStopped, type ShouldStop } from '../crf.ts';
import { align, BAND, blurInPlace, splatOnes, type WasmLattice } from './wasmLattice.ts';
import type { CrfExports } from './wasmExports.ts';
import type { CrfMemory } from './wasmMemory.ts';
import {
  inBands,
  layIn,
  logitsWithin,
  readMarginals,
  readWinners,
  type CrfStart,
  type WasmRun,
} from './wasmRun.ts';

/** From here on one class less and gathering are faster than a block in registers. */
const MANY_CLASSES = 9;
/** Sum of term weights up to which the messages surely stay in the range of powers of two. */
const MOST_WEIGHT = 20;
/** Logits relative to the last class up to which they do; those of scores are below. */
const MOST_LOGIT = 17;

interface ListPlace {
  readonly lattice: WasmLattice;
  /** Where the list of each row ends, u32[rows + 2], and the lists of pixels and weights. */
  readonly starts: number;
  readonly lists: number;
}

/** Rows of one lattice: blocks of eight channels, then one of four where there is a tail. */
interface Rows extends ListPlace {
  readonly rows: number;
  /** Bytes of one block of eight channels. */
  readonly stride: number;
}

interface Layout {
  readonly form: 'relative';
  readonly blocks: number;
  readonly tail: boolean;
  readonly channels: number;
  readonly marginals: number;
  readonly rows: readonly [gaussian: Rows, bilateral: Rows];
  /** The rows of both lattices, which lie last. */
  readonly scratch: { readonly at: number; readonly bytes: number };
  readonly end: number;
}

/** Lays the values of `start` out and takes the first Q; null where this form does not serve them. */
export function startWideRun(start: CrfStart, shouldStop: ShouldStop | undefined): WasmRun | null {
  const { memory, parameters, classes, size } = start;
  const weight = parameters.gaussianWeight + parameters.bilateralWeight;
  if (memory.precision === 'exact' || classes < MANY_CLASSES || weight > MOST_WEIGHT) return null;
  const { code } = memory;
  const pixels = size.width * size.height;
  const layout = layOut(start, pixels);
  const energies = layIn(start, layout);
  if (!logitsWithin(code, MOST_LOGIT)) return null;
  sumUpTotals(memory, layout, pixels, shouldStop);
  for (const rows of layout.rows) listPixels(memory, rows, pixels, shouldStop);
  inBands(pixels, shouldStop, (first, last) => code.pixelPassWide(first, last, 0, 0));

  const [gaussian, bilateral] = layout.rows;
  /** True when the rows hold blurred values of the present Q (kl has gathered them already). */
  let blurred = false;
  function gatherAll(shouldStop?: ShouldStop): void {
    if (!blurred) gatherAndBlur(code, layout, shouldStop);
    blurred = true;
  }
  return {
    step(shouldStop) {
      gatherAll(shouldStop);
      inBands(pixels, shouldStop, (first, last) =>
        code.pixelPassWide(first, last, gaussian.rows, bilateral.rows),
      );
      blurred = false;
    },
    q(into) {
      blurred = false;
      return readMarginals(start, layout, into);
    },
    winners: () => readWinners(start, layout),
    kl() {
      gatherAll();
      return energies + code.klPassWide(0, pixels, gaussian.rows, bilateral.rows);
    },
  };
}

/** Addresses behind the lattices, and the module set up for them. */
function layOut({ memory, lattices, classes }: CrfStart, pixels: number): Layout {
  const own = classes - 1;
  const over = own % 8;
  const tail = over > 0 && over <= 4;
  const blocks = tail ? Math.floor(own / 8) : Math.ceil(own / 8);
  const channels = 8 * blocks + (tail ? 4 : 0);

  let top = lattices[1].end;
  const take = (bytes: number) => {
    const at = top;
    top = align(top + bytes);
    return at;
  };
  const logits = take((pixels + 4) * channels * 4);
  const marginals = take((pixels + 4) * Math.max(channels, classes) * 4);
  const totals = take(pixels * 4);
  const lists = lattices.map((lattice) => ({
    lattice,
    starts: take((lattice.rows + 2) * 4),
    lists: take(pixels * lattice.corners * 8),
  })) as [ListPlace, ListPlace];
  const rowsOf = (place: ListPlace): Rows => {
    const stride = align((place.lattice.rows + 1) * 32);
    const rows = take(stride * blocks + (tail ? (place.lattice.rows + 1) * 16 : 0));
    return { ...place, rows, stride };
  };
  const rows = [rowsOf(lists[0]), rowsOf(lists[1])] as const;
  const scratch = { at: rows[0].rows, bytes: top - rows[0].rows };
  memory.reserve(top);
  const [gaussian, bilateral] = lattices;
  memory.code.configure(
    logits,
    marginals,
    gaussian.vertexOf,
    gaussian.weightOf,
    bilateral.vertexOf,
    bilateral.weightOf,
    rows[0].stride,
    rows[1].stride,
    blocks,
    tail,
    totals,
  );
  return { form: 'relative', blocks, tail, channels, marginals, rows, scratch, end: top };
}

/** What all classes together say to each pixel: the last one's messages are that less the others'. */
function sumUpTotals(
  memory: CrfMemory,
  { rows, end }: Layout,
  pixels: number,
  shouldStop: ShouldStop | undefined,
): void {
  let top = align(end);
  const [ones2, ones5] = rows.map(({ lattice }) => {
    const at = top;
    top = splatOnes(memory, lattice, pixels, at);
    blurInPlace(lattice, memory.code.blurChains1, at, shouldStop);
    return at;
  }) as [number, number];
  inBands(pixels, shouldStop, (first, last) =>
    memory.code.totalMessages(first, last, ones2, ones5),
  );
}

/** The pixels around every vertex of one lattice, in the order of rows. */
function listPixels(
  { code, memory }: CrfMemory,
  { lattice, starts, lists }: Rows,
  pixels: number,
  shouldStop: ShouldStop | undefined,
): void {
  const { corners, vertexOf, weightOf } = lattice;
  new Uint32Array(memory.buffer, starts, lattice.rows + 2).fill(0);
  inBands(pixels, shouldStop, (first, last) =>
    code.countEntries(first * corners, last * corners, vertexOf, starts),
  );
  code.sumCounts(lattice.rows, starts);
  inBands(pixels, shouldStop, (first, last) =>
    code.listEntries(first, last, corners, vertexOf, weightOf, starts, lists),
  );
}

/** The splat of Q, blurred: both lattices, block after block so that each stays near the cache. */
function gatherAndBlur(code: CrfExports, layout: Layout, shouldStop?: ShouldStop): void {
  const { blocks, tail, channels, marginals } = layout;
  for (const { lattice, starts, lists, rows, stride } of layout.rows) {
    for (let first = 1; first <= lattice.rows; first += BAND) {
      throwIfStopped(shouldStop);
      const last = Math.min(lattice.rows + 1, first + BAND);
      const q = { at: marginals, bytes: channels * 4 };
      code.gatherRows(first, last, starts, lists, q.at, q.bytes, rows, stride, blocks, tail);
    }
    for (let block = 0; block < blocks; block++)
      blurInPlace(lattice, code.blurChains8, rows + block * stride, shouldStop);
    if (tail) blurInPlace(lattice, code.blurChains4, rows + blocks * stride, shouldStop);
  }
}
