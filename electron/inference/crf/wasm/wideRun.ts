// A run of many classes, 'fast' only: powers of two relative to the last class, which is left out, Q and the rows that pixels
// read in 16 bits, and vertices that gather the pixels around them where floatRun.ts has pixels that add themselves to
// their vertices.
import type { ShouldStop } from '../crf.ts';
import { bandsOf, stripesOf, type Range } from './regions.ts';
import { align, runAll, tellAll, type Site, type Unit } from './site.ts';
import { blurInPlace, type WasmLattice } from './wasmLattice.ts';
import type { Call } from './wasmExports.ts';
import {
  inBands,
  layIn,
  logitsWithin,
  readMarginals,
  readWinners,
  stoppable,
  type CrfStart,
  type WasmRun,
} from './wasmRun.ts';

/** From here on one class less and gathering are faster than a block in registers. */
const MANY_CLASSES = 9;
/** Logits relative to the last class up to which powers of two serve; those of scores are below. Unit: ln 2, as below. */
const MOST_LOGIT = 17;
/**
 * The most that all classes together may say to a pixel. No message is negative: powers lie between 2^-17 and 2^97, and
 * neither they nor the sum of 256 of them leave the range of float32.
 */
const MOST_SAID = 80;
/** Of a vertex and of a pixel, as the modules have it. */
const VERTEX_BYTES = 16;
const PIXEL_BYTES = 32;
/** A pair of entries takes twelve. */
const ENTRY_BYTES = 6;

/** What is kept of one lattice. */
interface Rows {
  readonly lattice: WasmLattice;
  /** Where the list of each vertex ends, and what its weights are in; for each part of the pixels, the last part's in the end. */
  readonly vertices: number;
  readonly vertexBytes: number;
  /** The pixels around each vertex, and their weights. */
  readonly lists: number;
  /** Sums of weights, f32[rows + 1]. */
  readonly ones: number;
  /** What pixels read: shares of all channels. */
  readonly rows: number;
}

interface Layout {
  readonly form: 'relative';
  /** Parts of the pixels that are listed at the same time. */
  readonly parts: readonly Range[];
  /** Blocks of eight channels, then one of four where there is a tail. */
  readonly blocks: number;
  readonly tail: boolean;
  readonly channels: number;
  /** Bytes of the shares of a pixel or a vertex. */
  readonly shareBytes: number;
  readonly marginals: number;
  readonly rows: readonly [gaussian: Rows, bilateral: Rows];
  /** The float32 rows that are gathered and blurred, of one lattice after the other. */
  readonly scratch: { readonly at: number; readonly bytes: number };
  readonly end: number;
}

/** Lays the values of `start` out and takes the first Q; null where this form does not serve them. */
export function startWideRun(start: CrfStart, shouldStop: ShouldStop | undefined): WasmRun | null {
  const { site, classes, size } = start;
  const { memory } = site;
  if (memory.precision === 'exact' || classes < MANY_CLASSES) return null;
  const pixels = size.width * size.height;
  const starting = stoppable(start, shouldStop);
  const layout = layOut(start, pixels);
  const energies = layIn(starting, layout);
  if (!logitsWithin(memory.code, MOST_LOGIT)) return null;
  for (const rows of layout.rows) listPixels(starting, rows, layout);
  if (!(weighPixels(starting, layout, pixels) <= MOST_SAID)) return null;
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
    q: (into) => readMarginals(start, layout, into),
    winners: () => readWinners(start, layout),
    kl() {
      gatherAll(site);
      return energies + memory.code.klPassWide(0, pixels, gaussian.rows, bilateral.rows);
    },
  };
}

/** Addresses behind the lattices, and the module set up for them. */
function layOut(start: CrfStart, pixels: number): Layout {
  const { site, lattices, classes, size } = start;
  const { memory, crew } = site;
  const own = classes - 1;
  const over = own % 8;
  const tail = over > 0 && over <= 4;
  const blocks = tail ? Math.floor(own / 8) : Math.ceil(own / 8);
  const channels = 8 * blocks + (tail ? 4 : 0);
  const shareBytes = 2 * channels;

  let top = lattices[1].end;
  const take = (bytes: number) => {
    const at = top;
    top = align(top + bytes);
    return at;
  };
  const logits = take(pixels * (shareBytes + 4));
  const marginals = take(pixels * shareBytes);
  const rests = take(pixels * 2);
  const pixelWeights = take(pixels * PIXEL_BYTES);
  const parts = stripesOf(size, crew.size);
  const rows = lattices.map((lattice): Rows => {
    const vertexBytes = align((lattice.rows + 1) * VERTEX_BYTES);
    return {
      lattice,
      vertexBytes,
      vertices: take(vertexBytes * parts.length),
      // Each list has an even number of places.
      lists: take((pixels * lattice.corners + lattice.rows + 1) * ENTRY_BYTES),
      ones: take((lattice.rows + 1) * 4),
      rows: take((lattice.rows + 1) * shareBytes),
    };
  }) as [Rows, Rows];
  const most = Math.max(...lattices.map((lattice) => lattice.rows));
  const scratchBytes = strideOf(most) * blocks + (tail ? (most + 1) * 16 : 0);
  const scratch = { at: take(scratchBytes), bytes: scratchBytes };
  // The given planes come to the place of Q, and may reach over what is only written when they are laid in.
  top = Math.max(top, marginals + (pixels * classes + 4) * 4);
  memory.reserve(top);
  const [gaussian, bilateral] = lattices;
  tellAll(memory, [
    ...(['configure', logits, marginals, gaussian.vertexOf, gaussian.weightOf] as const),
    ...([bilateral.vertexOf, bilateral.weightOf, 0, 0, blocks, tail ? 1 : 0] as const),
    ...([pixelWeights, rests] as const),
  ]);
  const place = { marginals, rows, scratch, end: top };
  return { form: 'relative', parts, blocks, tail, channels, shareBytes, ...place };
}

/** Bytes of one block of eight channels of float32 rows. */
function strideOf(rows: number): number {
  return align((rows + 1) * 32);
}

/** The pixels around every vertex of one lattice, in the order of rows, and the sums of their weights. */
function listPixels(
  { site }: CrfStart,
  { lattice, vertices, vertexBytes, lists, ones }: Rows,
  { parts, shareBytes }: Layout,
): void {
  const { code } = site.memory;
  const { corners, vertexOf, weightOf } = lattice;
  const inParts = (call: (band: Range, vertices: number) => Call) =>
    runAll(
      site,
      parts.map((part, at) => bandsOf(part).map((band) => call(band, vertices + at * vertexBytes))),
    );
  code.clearBytes(vertices, vertexBytes * parts.length);
  inParts(({ first, last }, counts) => {
    return ['countEntries', first * corners, last * corners, vertexOf, weightOf, counts];
  });
  code.sumCounts(lattice.rows, vertices, parts.length, vertexBytes);
  inParts(({ first, last }, places) => {
    const entries = [corners, vertexOf, weightOf] as const;
    return ['listEntries', first, last, ...entries, places, lists, shareBytes];
  });
  const places = [vertices, parts.length, vertexBytes] as const;
  inBands(site, lattice.rows + 1, ({ first, last }) => {
    return ['sumWeights', first, last, ...places, lists, ones];
  });
}

/**
 * What the corners of every pixel weigh, with all that lies around their vertices. Returns the most that all classes
 * together say to one: the last one's messages are that less the others'.
 */
function weighPixels({ site }: CrfStart, { rows }: Layout, pixels: number): number {
  for (const { lattice, ones } of rows) blurInPlace(site, lattice, 'blurChains1', ones);
  const ones = [rows[0].ones, rows[1].ones] as const;
  return Math.max(
    ...inBands(site, pixels, ({ first, last }) => ['weighPixels', first, last, ...ones]),
  );
}

/** The splat of Q, blurred, as shares: lattice after lattice, and block after block so that each stays near the cache. */
function gatherAndBlur(site: Site, layout: Layout): void {
  const { blocks, tail, scratch, marginals, parts } = layout;
  for (const { lattice, vertices, vertexBytes, lists, ones, rows } of layout.rows) {
    const stride = strideOf(lattice.rows);
    const lastBlock = scratch.at + blocks * stride;
    const floats = [scratch.at, stride, blocks, tail ? 1 : 0] as const;
    const inRows = (call: (band: Range) => Call) =>
      runAll(
        site,
        bandsOf({ first: 1, last: lattice.rows + 1 }).map((band): Unit => [call(band)]),
      );
    const lasts = vertices + (parts.length - 1) * vertexBytes;
    inRows(({ first, last }) => ['gatherRows', first, last, lasts, lists, marginals, ...floats]);
    for (let at = scratch.at; at < lastBlock; at += stride)
      blurInPlace(site, lattice, 'blurChains8', at);
    if (tail) blurInPlace(site, lattice, 'blurChains4', lastBlock);
    inRows(({ first, last }) => ['narrowRows', first, last, ...floats, rows, ones]);
  }
}
