// From a label map to masks: column-major run lengths per class or per connected part of a class.
import type { RleMask } from '../../api/types.ts';
import { regionsOf } from './labelRegions.ts';

/** Mask of the pixels where `labels` [height, width] row-major equals `label`. */
export function maskOfLabel(
  labels: ArrayLike<number>,
  width: number,
  height: number,
  label: number,
): RleMask {
  const counts: number[] = [];
  let set = false;
  let run = 0;
  for (let x = 0; x < width; x += 1)
    for (let y = 0, at = x; y < height; y += 1, at += width) {
      if ((labels[at] === label) !== set) {
        counts.push(run);
        run = 0;
        set = !set;
      }
      run += 1;
    }
  counts.push(run);
  return { width, height, counts: new Uint32Array(counts) };
}

/** Masks of the connected parts of one label, largest first. */
export function masksOfParts(
  labels: Uint16Array,
  width: number,
  height: number,
  label: number,
): RleMask[] {
  const regions = regionsOf(labels, width);
  const parts = Array.from({ length: regions.count }, (_, region) => region)
    .filter((region) => regions.label[region] === label)
    .sort((a, b) => regions.area[b]! - regions.area[a]!);
  const numbered = new Uint32Array(labels.length);
  const numberOf = new Map(parts.map((region, index) => [region, index + 1]));
  for (let run = 0; run < regions.start.length; run += 1) {
    const number = numberOf.get(regions.of[run]!);
    if (number !== undefined) numbered.fill(number, regions.start[run], regions.end[run]);
  }
  return parts.map((_, index) => maskOfLabel(numbered, width, height, index + 1));
}
