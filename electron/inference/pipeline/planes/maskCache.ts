// Intermediates that a live slider would compute again and again: resize operators, planes of the
// classes that do not move, and the photograph at working size, whose identity also lets a CRF keep its lattices.
import { LRUCache } from 'lru-cache';
import { resizeBicubic } from '../../image/resize.ts';
import {
  bicubicOperator,
  bilinearOperator,
  segmentOperator,
  smoothed,
  type AxisOperator,
} from './axisOperator.ts';
import type { GridRounding } from '../../../link/params.ts';
import type { Affinities } from '../../pamr/pamr.ts';
import type { Poll } from '../../cancel.ts';
import { createPlaneBuffers, type PlaneBuffers } from './planeBuffers.ts';
import type { RgbImage } from '../../image/rgbImage.ts';

export interface MaskCache {
  readonly operators: LRUCache<string, AxisOperator>;
  /** Planes of finished channels, least recently used first; null = none are kept. */
  readonly planes: KeptPlane[] | null;
  readonly buffers: PlaneBuffers;
  image: { readonly source: Uint8Array; readonly work: RgbImage } | null;
  affinities: KeptAffinities | null;
  /** Planes that an engine made of a run at pixels, independent of its sliders. */
  engine: { readonly run: object; readonly key: string; readonly planes: Float32Array } | null;
}

export interface PlaneSize {
  readonly width: number;
  readonly height: number;
}

/** Operators of a slider's last positions; the bound keeps other images from piling up. */
const MAX_OPERATORS = 32;

/** Of the photograph with these bytes. */
interface KeptAffinities {
  readonly source: Uint8Array;
  readonly affinities: Affinities;
}

interface KeptPlane {
  readonly key: string;
  readonly grid: Float32Array;
  readonly plane: Float32Array;
}

/** Enough for twenty-five classes at 640 x 480. */
const MAX_PLANE_BYTES = 32 * 1024 * 1024;

/** `planes` keeps finished channels too: worth their memory only where one threshold moves. */
export const createMaskCache = ({ planes = false } = {}): MaskCache => ({
  operators: new LRUCache({ max: MAX_OPERATORS }),
  planes: planes ? [] : null,
  buffers: createPlaneBuffers(),
  image: null,
  affinities: null,
  engine: null,
});

const MAKERS = {
  bilinear: bilinearOperator,
  bicubic: bicubicOperator,
  segment: segmentOperator,
} as const;

/** An axis operator followed by a blur of `sigma` samples; the same object for the same numbers. */
export function keptOperator(
  { operators }: MaskCache,
  wanted: {
    readonly kind: keyof typeof MAKERS;
    readonly length: number;
    readonly cells: number;
    readonly sigma: number;
    readonly rounding: GridRounding;
  },
): AxisOperator {
  const { kind, length, cells, sigma, rounding } = wanted;
  const key = `${kind} ${length} ${cells} ${sigma} ${rounding}`;
  const operator = operators.get(key) ?? smoothed(MAKERS[kind](length, cells, rounding), sigma);
  operators.set(key, operator);
  return operator;
}

/** Fills `plane` for `grid` under the settings that `key` names: from the cache, or by `fill`. */
export function fillPlane(
  { planes }: MaskCache,
  wanted: { readonly key: string; readonly grid: Float32Array; readonly plane: Float32Array },
  fill: () => void,
): void {
  if (!planes) return fill();
  const { key, grid, plane } = wanted;
  const at = planes.findIndex((kept) => kept.key === key && sameValues(kept.grid, grid));
  const [known] = at < 0 ? [] : planes.splice(at, 1);
  if (known) plane.set(known.plane);
  else fill();
  planes.push(known ?? { key, grid: grid.slice(), plane: plane.slice() });
  let bytes = planes.reduce((sum, { plane }) => sum + plane.byteLength, 0);
  while (planes.length > 1 && bytes > MAX_PLANE_BYTES) bytes -= planes.shift()!.plane.byteLength;
}

function sameValues(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** The photograph at working size; the same array for the same photograph and size. */
export function workImage(
  cache: MaskCache,
  image: RgbImage,
  { width, height }: PlaneSize,
  poll: Poll,
): RgbImage {
  const { image: seen } = cache;
  if (seen?.source === image.rgb && seen.work.width === width && seen.work.height === height)
    return seen.work;
  const same = width === image.width && height === image.height;
  const work = same ? image : { width, height, rgb: resizeBicubic(image, width, height, poll) };
  cache.image = { source: image.rgb, work };
  return work;
}

/** Size at which channels are compared: the image's own, or reduced to `longSide`; 0 = its own. */
export function workingSize({ width, height }: PlaneSize, longSide: number): PlaneSize {
  const long = Math.max(width, height);
  if (longSide === 0 || long <= longSide) return { width, height };
  const fit = (length: number): number => Math.max(1, Math.round((length * longSide) / long));
  return { width: fit(width), height: fit(height) };
}
