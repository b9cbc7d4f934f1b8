// Quick edges (PAMR): every map takes its neighbours' values, those most whose pixels look alike. Steps
// are linear in the maps, so maps are refined one by one with the same weights, on WebAssembly.
import type { Poll } from '../cancel.ts';
import type { CrfPrecision } from '../crf/parameters.ts';
import { createCrfMemoryPool, type CrfMemory, type CrfMemoryPool } from '../crf/wasm/wasmMemory.ts';

/** An image of three planes [3, height * width]; their scale and offset do not matter. */
export interface PamrImage {
  readonly planes: Float32Array;
  readonly width: number;
  readonly height: number;
}

export interface PamrOptions {
  readonly precision?: CrfPrecision;
  readonly pool?: CrfMemoryPool;
  readonly poll?: Poll | undefined;
}

/** How much each neighbour of each pixel of an image counts. */
export interface Affinities {
  /** Distances of the neighbours in pixels, along both axes. */
  readonly reach: readonly number[];
  /** Refines maps [maps, height * width] in place by `steps` steps; polled between steps, and may throw. */
  refine(maps: Float32Array, steps: number, poll?: Poll): void;
  /** Frees the memory; no other call may follow. */
  dispose(): void;
}

const ownPool = createCrfMemoryPool(1);
const ROWS_BETWEEN_POLLS = 64;
/** Maps that one walk over the weights serves. */
const TOGETHER = 4;
/** Four numbers are read at a time, also at the end of the last row. */
const LANES = 4;

/** Layout of the memory, in bytes. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly border: number;
  readonly stride: number;
  readonly planeBytes: number;
  readonly neighbours: number;
  readonly offsets: number;
  readonly image: number;
  readonly weights: number;
  /** Two runs of planes that steps go between. */
  readonly maps: readonly [number, number];
  readonly end: number;
}

/** Looks at the neighbours at each distance of `reach`, which must not be empty. Polled; may throw. */
export function affinitiesOf(
  image: PamrImage,
  reach: readonly number[],
  { precision = 'fast', pool = ownPool, poll }: PamrOptions = {},
): Affinities {
  const memory = pool.borrow(precision);
  // The lattices that a CRF left at the front are overwritten.
  memory.gaussian = null;
  const layout = layoutOf(memory, image, reach);
  try {
    memory.reserve(layout.end);
    layNeighbours(memory, layout, reach);
    weigh(memory, layout, image, poll);
  } catch (error) {
    pool.giveBack(memory);
    throw error;
  }
  let disposed = false;
  return {
    reach,
    refine(maps, steps, again) {
      if (disposed) throw new Error('These quick edges were disposed; look at the image anew');
      const size = TOGETHER * image.width * image.height;
      for (let from = 0; from < maps.length; from += size)
        refineFew(memory, layout, maps.subarray(from, from + size), { steps, poll: again });
    },
    dispose() {
      if (!disposed) pool.giveBack(memory);
      disposed = true;
    },
  };
}

function layoutOf(
  { code }: CrfMemory,
  { width, height }: PamrImage,
  reach: readonly number[],
): Layout {
  const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;
  const border = Math.max(...reach);
  const stride = width + 2 * border + LANES;
  const planeBytes = aligned(stride * (height + 2 * border) * 4 + 16);
  const neighbours = 8 * reach.length;
  const weightRow = Math.ceil(width / LANES) * LANES;
  const offsets = aligned(code.heapBase.value);
  const image = offsets + aligned(neighbours * 4);
  const weights = image + 3 * planeBytes;
  const first = weights + aligned(neighbours * weightRow * height * 4);
  const maps = [first, first + TOGETHER * planeBytes] as const;
  const end = first + 2 * TOGETHER * planeBytes;
  return {
    width,
    height,
    border,
    stride,
    planeBytes,
    neighbours,
    offsets,
    image,
    weights,
    maps,
    end,
  };
}

function layNeighbours(
  { memory }: CrfMemory,
  { neighbours, offsets, stride }: Layout,
  reach: readonly number[],
): void {
  const places = reach.flatMap((distance) =>
    [-distance, 0, distance].flatMap((down) =>
      [-distance, 0, distance].flatMap((across) =>
        down === 0 && across === 0 ? [] : [(down * stride + across) * 4],
      ),
    ),
  );
  new Int32Array(memory.buffer, offsets, neighbours).set(places);
}

function weigh(
  { code, memory }: CrfMemory,
  layout: Layout,
  { planes }: PamrImage,
  poll: Poll | undefined,
): void {
  const { width, height, border, stride, planeBytes, neighbours, offsets, image, weights } = layout;
  code.layNeighbours(offsets, neighbours, width, height, border, stride);
  const pixels = width * height;
  for (let plane = 0; plane < 3; plane++) {
    const at = image + plane * planeBytes;
    layIn(memory.buffer, layout, at, planes.subarray(plane * pixels, (plane + 1) * pixels));
    code.repeatEdge(at);
  }
  for (let row = 0; row < height; row += ROWS_BETWEEN_POLLS) {
    poll?.();
    code.weighNeighbours(
      image,
      planeBytes,
      weights,
      row,
      Math.min(height, row + ROWS_BETWEEN_POLLS),
    );
  }
}

interface Steps {
  readonly steps: number;
  readonly poll: Poll | undefined;
}

/** At most as many maps as go together; planes that are left keep whatever they held. */
function refineFew(
  { code, memory }: CrfMemory,
  layout: Layout,
  maps: Float32Array,
  { steps, poll }: Steps,
): void {
  const { width, height, border, stride, planeBytes, neighbours, offsets, weights } = layout;
  // Another image may have used the module on this memory since.
  code.layNeighbours(offsets, neighbours, width, height, border, stride);
  let [from, into] = layout.maps;
  const pixels = width * height;
  const each = (work: (at: number, map: Float32Array) => void): void => {
    for (let start = 0, at = from; start < maps.length; start += pixels, at += planeBytes)
      work(at, maps.subarray(start, start + pixels));
  };
  each((at, map) => {
    layIn(memory.buffer, layout, at, map);
    code.repeatEdge(at);
  });
  for (let step = 0; step < steps; step++) {
    poll?.();
    code.takeNeighbours(from, into, planeBytes, weights);
    [from, into] = [into, from];
  }
  each((at, map) => {
    const plane = new Float32Array(memory.buffer, at, stride * (height + 2 * border));
    for (let y = 0; y < height; y++) {
      const row = (y + border) * stride + border;
      map.set(plane.subarray(row, row + width), y * width);
    }
  });
}

function layIn(
  buffer: ArrayBuffer,
  { width, height, border, stride }: Layout,
  at: number,
  values: Float32Array,
): void {
  const plane = new Float32Array(buffer, at, stride * (height + 2 * border));
  for (let y = 0; y < height; y++)
    plane.set(values.subarray(y * width, (y + 1) * width), (y + border) * stride + border);
}
