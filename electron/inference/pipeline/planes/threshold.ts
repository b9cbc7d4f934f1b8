// Which patches of a class survive, decided on the grid from the class's own range (method.md 4.9).
// A constant map has no range: the class counts as absent.
import type { ClassMaps } from './classMaps.ts';
import type { MaskParams } from '../../../link/params.ts';

export interface CutMaps extends ClassMaps {
  /** False for classes whose map is constant: nothing to paint. */
  readonly present: readonly boolean[];
  /** Patches at or above the threshold, per class. */
  readonly kept: readonly number[];
  /** The same maps scaled to 0-1 per class, for histograms; zero where the map is constant. */
  readonly normalised: Float32Array;
}

/**
 * Applies the threshold of each class. 'grey' keeps the height of what survives, 'binary' makes
 * it 1, 'constant' cuts nothing and gives the maps scaled to 0-1.
 */
export function cutMaps(
  { maps, classes, patches }: ClassMaps,
  rule: MaskParams['thresholdRule'],
  thresholds: readonly number[],
): CutMaps {
  const cut = new Float32Array(maps.length);
  const normalised = new Float32Array(maps.length);
  const present: boolean[] = [];
  const kept: number[] = [];
  for (let c = 0; c < classes; c++) {
    const map = maps.subarray(c * patches, (c + 1) * patches);
    const threshold = thresholds[c] as number;
    const { lowest, range } = rangeOf(map);
    let survivors = 0;
    if (range > 0)
      for (let patch = 0; patch < patches; patch++) {
        const value = map[patch] as number;
        const height = (value - lowest) / range;
        const at = c * patches + patch;
        normalised[at] = height;
        if (height >= threshold) survivors++;
        if (rule === 'constant') cut[at] = height;
        else if (height >= threshold) cut[at] = rule === 'binary' ? 1 : value;
      }
    present.push(range > 0);
    kept.push(survivors);
  }
  return { maps: cut, classes, patches, present, kept, normalised };
}

/** Smallest value and range; the range is 0 for constant, empty and non-finite maps. */
function rangeOf(map: ArrayLike<number>): { lowest: number; range: number } {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < map.length; i++) {
    const value = map[i] as number;
    if (value < lowest) lowest = value;
    // Only what is no number is neither above nor below: most values need two comparisons.
    if (value <= highest) continue;
    if (Number.isNaN(value)) return { lowest: 0, range: 0 };
    highest = value;
  }
  const range = highest - lowest;
  return Number.isFinite(range) ? { lowest, range } : { lowest: 0, range: 0 };
}

/**
 * Scales `map` to 0-1 by its own range and adds `lift`, into `target`, which may be the map itself; a
 * constant map becomes zero instead of NaN (method.md 4.11).
 */
export function scaleToUnit(
  map: Float32Array | Float64Array,
  target: Float32Array | Float64Array = map,
  lift = 0,
): void {
  const { lowest, range } = rangeOf(map);
  if (range === 0) target.fill(lift);
  else
    for (let i = 0; i < map.length; i++) target[i] = ((map[i] as number) - lowest) / range + lift;
}
