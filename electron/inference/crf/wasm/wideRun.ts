// A run of many classes, 'fast' only: powers of two relative to the last class, which is left out, and vertices that
// gather the pixels around them where floatRun.ts has pixels that add themselves to their vertices.
import type { ShouldStop } from '../crf.ts';
import { bandsOf, stripesOf, type Range } from './regions.ts';
import { align, runAll, tellAll, type Site, type Unit } from './site.ts';
import { blurInPlace, blurredOnes, type WasmLattice } from './wasmLattice.ts';
import type { Call } from './wasmExports.ts';
import {
  inBands,
  layIn,
  logitsWithin,
  readMarginals,
  readWinners,
  stoppable,
  turnsFor,
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
  /** Where the list of each row ends, u32[rows + 1] for each part of the pixels, the last part's in the end. */
  readonly starts: number;
  readonly startBytes: number;
  /** Pixels and weights. */
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
  /** Parts of the pixels that are listed at the same time. */
  readonly parts: readonly Range[];
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
  const { site, parameters, classes, size } = start;
  const { memory } = site;
  const weight = parameters.gaussianWeight + parameters.bilateralWeight;
  if (memory.precision === 'exact' || classes < MANY_CLASSES || weight > MOST_WEIGHT) return null;
  const pixels = size.width * size.height;
  const starting = stoppable(start, shouldStop);
  const layout = layOut(start, pixels);
  const energies = layIn(starting, layout);
  if (!logitsWithin(memory.code, MOST_LOGIT)) return null;
  sumUpTotals(starting, layout, pixels);
  for (const rows of layout.rows) listPixels(starting, rows, layout.parts);
  inBands(starting.site, pixels, ({ first, last }) => ['pixelPassWide', first, last, 0, 0]);

  const [gaussian, bilateral] = layout.rows;
  /** True when the rows hold blurred values of the present Q (kl has gathered them already). */
  let blurred = false;
  function gatherAll(where: Site): void {
    if (!blurred) gatherAndBlur(where, layout);
    blurred = true;
  }
  return {
    step(shouldStop) {
      const here = stoppable(start, shouldStop).site;
      gatherAll(here);
      const from = [gaussian.rows, bilateral.rows] as const;
      inBands(here, pixels, ({ first, last }) => ['pixelPassWide', first, last, ...from]);
      blurred = false;
    },
    q(into) {
      blurred = false;
      return readMarginals(start, layout, into);
    },
    winners: () => readWinners(start, layout),
    kl() {
      gatherAll(site);
      return energies + memory.code.klPassWide(0, pixels, gaussian.rows, bilateral.rows);
    },
  };
}

/** Addresses behind the lattices, and the module set up for them. */
function layOut({ site, lattices, classes, size }: CrfStart, pixels: number): Layout {
  const { memory, crew } = site;
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
  const parts = stripesOf(size, crew.size);
  const lists = lattices.map((lattice) => {
    const startBytes = align((lattice.rows + 1) * 4);
    const starts = take(startBytes * parts.length);
    return { lattice, starts, startBytes, lists: take(pixels * lattice.corners * 8) };
  }) as [ListPlace, ListPlace];
  const rowsOf = (place: ListPlace): Rows => {
    const stride = align((place.lattice.rows + 1) * 32);
    const rows = take(stride * blocks + (tail ? (place.lattice.rows + 1) * 16 : 0));
    return { ...place, rows, stride };
  };
  const rows = [rowsOf(lists[0]), rowsOf(lists[1])] as const;
  const scratch = { at: rows[0].rows, bytes: top - rows[0].rows };
  memory.reserve(top);
  const [gaussian, bilateral] = lattices;
  tellAll(memory, [
    ...(['configure', logits, marginals, gaussian.vertexOf, gaussian.weightOf] as const),
    ...([bilateral.vertexOf, bilateral.weightOf, rows[0].stride, rows[1].stride] as const),
    ...([blocks, tail ? 1 : 0, totals] as const),
  ]);
  const place = { rows, scratch, end: top };
  return { form: 'relative', parts, blocks, tail, channels, marginals, ...place };
}

/** What all classes together say to each pixel: the last one's messages are that less the others'. */
function sumUpTotals(start: CrfStart, { rows, end }: Layout, pixels: number): void {
  const turns = turnsFor(start);
  let top = align(end);
  const [ones2, ones5] = rows.map(({ lattice }) => {
    const at = top;
    top = blurredOnes(start.site, lattice, { at, turns });
    return at;
  }) as [number, number];
  inBands(start.site, pixels, ({ first, last }) => ['totalMessages', first, last, ones2, ones5]);
}

/** The pixels around every vertex of one lattice, in the order of rows. */
function listPixels(
  { site }: CrfStart,
  { lattice, starts, startBytes, lists }: Rows,
  parts: readonly Range[],
): void {
  const { code } = site.memory;
  const { corners, vertexOf, weightOf } = lattice;
  const inParts = (call: (band: Range, starts: number) => Call) =>
    runAll(
      site,
      parts.map((part, at) => bandsOf(part).map((band) => call(band, starts + at * startBytes))),
    );
  code.clearBytes(starts, startBytes * parts.length);
  inParts(({ first, last }, counts) => {
    return ['countEntries', first * corners, last * corners, vertexOf, counts];
  });
  code.sumCounts(lattice.rows, starts, parts.length, startBytes);
  inParts(({ first, last }, places) => {
    return ['listEntries', first, last, corners, vertexOf, weightOf, places, lists];
  });
}

/** The splat of Q, blurred: both lattices, block after block so that each stays near the cache. */
function gatherAndBlur(site: Site, layout: Layout): void {
  const { blocks, tail, channels, marginals, parts } = layout;
  runAll(
    site,
    layout.rows.flatMap(({ lattice, starts, startBytes, lists, rows, stride }) => {
      const ends = starts + (parts.length - 1) * startBytes;
      return bandsOf({ first: 1, last: lattice.rows + 1 }).map(({ first, last }): Unit => {
        const q = [marginals, channels * 4] as const;
        const to = [rows, stride, blocks, tail ? 1 : 0] as const;
        return [['gatherRows', first, last, ends, lists, ...q, ...to]];
      });
    }),
  );
  for (const { lattice, rows, stride } of layout.rows) {
    for (let block = 0; block < blocks; block++)
      blurInPlace(site, lattice, 'blurChains8', rows + block * stride);
    if (tail) blurInPlace(site, lattice, 'blurChains4', rows + blocks * stride);
  }
}
