// Whether what was learned is offered: each image judged by a mix chosen without it, and only a gain that is
// larger than its own doubt, on enough images.
import type { LearnFigures } from '../../api/tuning.ts';

/** Fewer finished images tell too little. */
export const LEAST_IMAGES = 8;
const LEAST_POINTS = 0.01;
const LEAST_UP = 3;
/** Below it maps do not show the classes, and no mix helps. */
const LEAST_NOW = 0.35;
/** Overlaps that differ by less are alike. */
const ALIKE = 0.005;

/** `overlaps` [images][mixes], the first mix being words alone. */
export function learnFigures(
  overlaps: readonly (readonly number[])[],
  mixes: readonly number[],
): LearnFigures {
  const images = overlaps.length;
  const sums = mixes.map((_, at) => overlaps.reduce((sum, row) => sum + row[at]!, 0));
  const bestOf = (totals: readonly number[]) => totals.indexOf(Math.max(...totals));
  // The mix of an image is the one that is best on all others.
  const chosen = overlaps.map((row) => bestOf(sums.map((sum, at) => sum - row[at]!)));
  const gains = overlaps.map((row, image) => row[chosen[image]!]! - row[0]!);
  const mean = average(gains);
  const spread = Math.sqrt(
    gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / Math.max(1, images - 1),
  );
  const error = spread / Math.sqrt(Math.max(1, images));
  const up = gains.filter((gain) => gain > ALIKE).length;
  const down = gains.filter((gain) => gain < -ALIKE).length;
  const now = average(overlaps.map((row) => row[0]!));
  const figures = {
    ...{ images, up, down, alike: images - up - down, now },
    then: now + mean,
    error,
    mix: mixes[bestOf(sums)] ?? 0,
  };
  return { ...figures, verdict: verdictOf(figures, mean) };
}

function verdictOf(
  { images, up, now, error, mix }: Omit<LearnFigures, 'verdict'>,
  mean: number,
): LearnFigures['verdict'] {
  if (images < LEAST_IMAGES) return 'few';
  if (now < LEAST_NOW) return 'wrongMaps';
  if (mix === 0) return 'stay';
  return mean >= LEAST_POINTS && mean > error && up >= LEAST_UP ? 'offer' : 'unclear';
}

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
