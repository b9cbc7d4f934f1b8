// Whether what was learned is offered: each image judged by a mix chosen without it, and only a gain that is
// larger than its own doubt, on enough images.
import type { LearnFigures } from '../../api/tuning.ts';
import { average, heldOut, isClear, LEAST_IMAGES, LEAST_NOW, type HeldOut } from './heldOut.ts';

/** `overlaps` [images][mixes], the first mix being words alone. */
export function learnFigures(
  overlaps: readonly (readonly number[])[],
  mixes: readonly number[],
): LearnFigures {
  const sums = mixes.map((_, at) => overlaps.reduce((sum, row) => sum + row[at]!, 0));
  const bestOf = (totals: readonly number[]) => totals.indexOf(Math.max(...totals));
  // The mix of an image is the one that is best on all others.
  const chosen = overlaps.map((row) => bestOf(sums.map((sum, at) => sum - row[at]!)));
  const held = heldOut(overlaps.map((row, image) => row[chosen[image]!]! - row[0]!));
  const { images, up, down, alike, mean, error } = held;
  const now = average(overlaps.map((row) => row[0]!));
  const mix = mixes[bestOf(sums)] ?? 0;
  return {
    images,
    up,
    down,
    alike,
    now,
    then: now + mean,
    error,
    mix,
    verdict: verdictOf(held, now, mix),
  };
}

function verdictOf(held: HeldOut, now: number, mix: number): LearnFigures['verdict'] {
  if (held.images < LEAST_IMAGES) return 'few';
  if (now < LEAST_NOW) return 'wrongMaps';
  if (mix === 0) return 'stay';
  return isClear(held) ? 'offer' : 'unclear';
}
