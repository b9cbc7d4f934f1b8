// The channels that compete for each pixel: upsampled, blurred and scaled class maps, with the
// background first where there is one (method.md 4.9-4.11).
import { setImmediate as nextTurn } from 'node:timers/promises';
import { applyOperatorsInto, type AxisOperator } from './axisOperator.ts';
import { nothingSurvives } from './background.ts';
import { throwIfCancelled, type Stoppable } from '../../cancel.ts';
import { fillPlane, keptOperator, type MaskCache, type PlaneSize } from './maskCache.ts';
import type { MaskParams } from '../../../link/params.ts';
import { scaleToUnit, type CutMaps } from './threshold.ts';

export interface PlaneRequest {
  readonly cut: CutMaps;
  /** Indices into the cut maps of the classes that get a channel, in order. */
  readonly painted: readonly number[];
  /** Threshold per class of the cut maps. */
  readonly thresholds: readonly number[];
  readonly background: boolean;
  readonly rows: number;
  readonly columns: number;
  /** Passes of the run: the released code treats a single one apart. */
  readonly passes: number;
  readonly size: PlaneSize;
  readonly params: MaskParams;
  readonly cache: MaskCache;
  readonly options: Stoppable;
}

/** Planes [channels, height * width] float32, background first; lent by the cache's buffers. */
export async function channelPlanes(request: PlaneRequest): Promise<Float32Array> {
  const { cut, painted, thresholds, background, rows, columns, size, params, options } = request;
  const pixels = size.width * size.height;
  const offset = background ? 1 : 0;
  const { buffers } = request.cache;
  const planes = buffers.borrow32((painted.length + offset) * pixels);
  const sigma = params.blur * Math.max(size.width, size.height);
  const operator = (
    kind: MaskParams['upsampling'] | 'segment',
    length: number,
    cells: number,
  ): AxisOperator =>
    keptOperator(request.cache, { kind, length, cells, sigma, rounding: params.gridRounding });
  const scaleRaw = params.scaleSinglePass && request.passes === 1 && painted.length > 1;
  const scale = sigma > 0 || params.scaleUnblurred || scaleRaw;
  // In 64 bits until scaled: classes that are equal up to scale stay equal, and the first wins.
  const exact = buffers.borrow64(pixels);
  const paint = (grid: Float32Array, lift: number, plane: Float32Array): void => {
    applyOperatorsInto(
      exact,
      grid,
      operator(params.upsampling, size.height, rows),
      operator(params.upsampling, size.width, columns),
    );
    // The cubic's negative lobes would count as salience after scaling.
    if (params.upsampling === 'bicubic')
      for (let at = 0; at < pixels; at++) exact[at] = Math.max(0, exact[at] as number);
    if (scale) scaleToUnit(exact, plane, lift);
    else for (let at = 0; at < pixels; at++) plane[at] = (exact[at] as number) + lift;
  };
  for (const [channel, index] of painted.entries()) {
    throwIfCancelled(options);
    const grid = cut.maps.subarray(index * cut.patches, (index + 1) * cut.patches);
    // A class with its own threshold meets the shared constant background at that height.
    const lift =
      params.thresholdRule === 'constant' ? params.threshold - (thresholds[index] as number) : 0;
    const { upsampling, gridRounding } = params;
    const key = `${upsampling} ${gridRounding} ${rows} ${size.width} ${size.height} ${sigma} ${scale} ${lift}`;
    const at = (channel + offset) * pixels;
    const plane = planes.subarray(at, at + pixels);
    fillPlane(request.cache, { key, grid, plane }, () => paint(grid, lift, plane));
    // A turn of the event loop, so that an abort in this thread is seen between channels.
    await nextTurn();
  }
  buffers.giveBack(exact);
  if (!background) return planes;
  const first = planes.subarray(0, pixels);
  if (params.thresholdRule === 'constant') first.fill(params.threshold);
  else {
    nothingSurvives(
      onlyPainted(cut, painted),
      operator('segment', size.height, rows),
      operator('segment', size.width, columns),
      first,
    );
    if (sigma > 0) scaleToUnit(first);
  }
  return planes;
}

/** Cut maps of the painted classes alone: others must not keep the background away. */
function onlyPainted(
  { maps, patches }: CutMaps,
  painted: readonly number[],
): Pick<CutMaps, 'maps' | 'classes' | 'patches'> {
  const chosen = new Float32Array(painted.length * patches);
  painted.forEach((index, channel) =>
    chosen.set(maps.subarray(index * patches, (index + 1) * patches), channel * patches),
  );
  return { maps: chosen, classes: painted.length, patches };
}
