// Union, intersection, difference of masks, by walking both run lists once.
import type { RleMask } from '../../api/types.ts';
import { area, emptyMask, RunWriter } from './rle.ts';

/** Result for (in a only, in b only, in both). */
type Rule = readonly [onlyA: boolean, onlyB: boolean, both: boolean];

/** Pixels in either mask. */
export function union(a: RleMask, b: RleMask): RleMask {
  return combine(a, b, [true, true, true]);
}

/** Pixels in both masks. */
export function intersect(a: RleMask, b: RleMask): RleMask {
  return combine(a, b, [false, false, true]);
}

/** Pixels of `a` that are not in `b`. */
export function subtract(a: RleMask, b: RleMask): RleMask {
  return combine(a, b, [true, false, false]);
}

/** Pixels that are not in the mask. */
export function complement(mask: RleMask): RleMask {
  const { width, height, counts } = mask;
  if (counts[0] === 0) return { width, height, counts: counts.slice(1) };
  const flipped = new Uint32Array(counts.length + 1);
  flipped.set(counts, 1);
  return { width, height, counts: flipped };
}

/** Union of any number of masks of one size; merges in pairs, so that many masks stay quick. */
export function unionAll(masks: readonly RleMask[], width: number, height: number): RleMask {
  let level = [...masks];
  while (level.length > 1) {
    const next: RleMask[] = [];
    for (let i = 0; i < level.length; i += 2)
      next.push(i + 1 < level.length ? union(level[i]!, level[i + 1]!) : level[i]!);
    level = next;
  }
  return level[0] ?? emptyMask(width, height);
}

/** Intersection over union, 0 to 1; 0 when both are empty, as pycocotools answers. */
export function intersectionOverUnion(a: RleMask, b: RleMask): number {
  const shared = area(intersect(a, b));
  const joined = area(a) + area(b) - shared;
  return joined === 0 ? 0 : shared / joined;
}

function combine(a: RleMask, b: RleMask, [onlyA, onlyB, both]: Rule): RleMask {
  if (a.width !== b.width || a.height !== b.height)
    throw new RangeError(
      `masks of ${a.width} x ${a.height} and ${b.width} x ${b.height} px cannot be combined`,
    );
  const total = a.width * a.height;
  const runs = new RunWriter();
  let position = 0;
  let [indexA, indexB] = [0, 0];
  let endA = a.counts[0] ?? total;
  let endB = b.counts[0] ?? total;
  while (position < total) {
    while (endA <= position && indexA + 1 < a.counts.length) endA += a.counts[++indexA]!;
    while (endB <= position && indexB + 1 < b.counts.length) endB += b.counts[++indexB]!;
    const end = Math.min(endA, endB, total);
    if (end <= position)
      throw new RangeError(`runs end at ${position} of ${total} pixels; the mask is broken`);
    const inA = indexA % 2 === 1;
    const inB = indexB % 2 === 1;
    if (inA ? (inB ? both : onlyA) : inB && onlyB) runs.add(position, end);
    position = end;
  }
  return runs.mask(a.width, a.height);
}
