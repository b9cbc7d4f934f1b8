// Clicks and boxes as the tokens of the decoder: Fourier features of their places, in double precision, plus a
// vector for the kind of each.
import type { PromptTensors, TensorRef, WeightIndex } from '../family.ts';
import { ModelError } from '../errors.ts';
import { readTensorFloats } from '../safetensors/reader.ts';
import { tensorOf } from '../weights.ts';
import { FOURIER, NO_MASK, NOT_A_POINT, pointEmbed } from './names.ts';

/** Values of PromptTensors; widths C, the matrix [2, C/2]. */
export interface PromptValues {
  readonly fourier: Float32Array;
  readonly pointEmbeds: readonly Float32Array[];
  readonly notAPoint: Float32Array;
  /** The decoder's input `dense`, as [1,C,1,1], where there is no mask prompt. */
  readonly noMask: Float32Array;
}

/** A place in the model's frame, as the index of a pixel: whole numbers are centres of pixels. */
export interface PromptPoint {
  readonly x: number;
  readonly y: number;
  /** 1 belongs to the object, 0 does not; -1 stands for no point at all. */
  readonly label: 1 | 0 | -1;
}

export interface PromptBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** The prompt for one object. */
export interface SegmentPrompt {
  readonly points: readonly PromptPoint[];
  readonly box: PromptBox | null;
}

/** The tensors of a checkpoint by transformers' names, checked. */
export function promptTensors(named: WeightIndex, width: number): PromptTensors {
  const stored = FOURIER.filter((name) => named.has(name));
  const names = stored.length === 0 ? FOURIER.slice(0, 1) : stored;
  return {
    fourier: names.map((name) => tensorOf(named, name, [2, width / 2])),
    pointEmbeds: [0, 1, 2, 3].map((kind) => tensorOf(named, pointEmbed(kind), [1, width])),
    notAPoint: tensorOf(named, NOT_A_POINT, [1, width]),
    noMask: tensorOf(named, NO_MASK, [1, width]),
  };
}

/** Reads them from the pack in `folder`; throws ModelError where two stored matrices differ. */
export async function readPromptValues(
  tensors: PromptTensors,
  folder: string,
): Promise<PromptValues> {
  const read = (ref: TensorRef) => readTensorFloats(ref, folder);
  const [fourier = new Float32Array(), second] = await Promise.all(tensors.fourier.map(read));
  const other = tensors.fourier[1];
  if (other && second?.some((value, at) => value !== fourier[at]))
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file: other.file,
      tensor: other.name,
      expected: `the same values as ${FOURIER[0]}`,
      found: 'others',
      fix: 'Both names stand for one matrix: get the original model again',
    });
  return {
    fourier,
    pointEmbeds: await Promise.all(tensors.pointEmbeds.map(read)),
    notAPoint: await read(tensors.notAPoint),
    noMask: await read(tensors.noMask),
  };
}

/** The decoder's input `positions` [1,C,g,g]: the places of the cells' centres. */
export function imagePositions(fourier: Float32Array, grid: number): Float32Array {
  const width = fourier.length;
  const cells = grid * grid;
  const positions = new Float32Array(width * cells);
  const feature = new Float64Array(width);
  for (let cell = 0; cell < cells; cell++) {
    const [row, column] = [Math.floor(cell / grid), cell % grid];
    placeFeatures(fourier, (column + 0.5) / grid, (row + 0.5) / grid, feature);
    for (let c = 0; c < width; c++) positions[c * cells + cell] = feature[c] as number;
  }
  return positions;
}

/** Tokens of one prompt: its points, the padding that points without a box need, the box's corners. */
function tokenCount({ points, box }: SegmentPrompt): number {
  if (box) return points.length + 2;
  return points.length === 0 ? 0 : points.length + 1;
}

/**
 * The decoder's input `tokens` [P,K,C] for a model of `side` pixels. All prompts need the same number
 * of tokens: filling one up would change its mask.
 */
export function promptTokens(
  values: PromptValues,
  prompts: readonly SegmentPrompt[],
  side: number,
): { readonly shape: readonly [number, number, number]; readonly data: Float32Array } {
  const width = values.fourier.length;
  const count = prompts[0] ? tokenCount(prompts[0]) : 0;
  if (prompts.some((prompt) => tokenCount(prompt) !== count))
    throw new RangeError('prompts of one decode need the same number of tokens');
  const data = new Float32Array(prompts.length * count * width);
  const feature = new Float64Array(width);
  let at = 0;
  const put = (kind: Float32Array | undefined, place: readonly [number, number] | null) => {
    if (place)
      placeFeatures(values.fourier, (place[0] + 0.5) / side, (place[1] + 0.5) / side, feature);
    else feature.fill(0);
    for (let c = 0; c < width; c++) data[at++] = (feature[c] as number) + (kind?.[c] ?? 0);
  };
  for (const { points, box } of prompts) {
    for (const { x, y, label } of points)
      if (label === -1) put(values.notAPoint, null);
      else put(values.pointEmbeds[label], [x, y]);
    if (box) {
      put(values.pointEmbeds[2], [box.x0, box.y0]);
      put(values.pointEmbeds[3], [box.x1, box.y1]);
    } else if (points.length > 0) put(values.notAPoint, null);
  }
  return { shape: [prompts.length, count, width], data };
}

// sin and cos of 2 pi (2p - 1)·G, all sines first; x and y from 0 to 1.
function placeFeatures(fourier: Float32Array, x: number, y: number, into: Float64Array): void {
  const half = fourier.length / 2;
  for (let c = 0; c < half; c++) {
    const along = (2 * x - 1) * (fourier[c] as number);
    const down = (2 * y - 1) * (fourier[half + c] as number);
    const turns = 2 * Math.PI * (along + down);
    into[c] = Math.sin(turns);
    into[half + c] = Math.cos(turns);
  }
}
