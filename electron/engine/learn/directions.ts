// What sets a class apart: the mean of its patches less the mean of all patches. A plain mean resembles every
// patch of the project, so a class with masks would win everywhere over a class without.
import type { MixTried, PooledImage } from '../../link/tuneScores.ts';

/** Classes with less than so many patches under their masks are left to their words. */
const LEAST_PATCHES = 4;

/** One direction of length 1 for each class that was seen enough. */
export function directionsOf(images: readonly PooledImage[]): MixTried['directions'] {
  const all = added(images.map(({ all: one }) => one));
  if (!all) return [];
  const ids = [...new Set(images.flatMap(({ classes }) => classes.map((one) => one.categoryId)))];
  return ids.flatMap((categoryId) => {
    const own = added(
      images.flatMap(({ classes }) => classes.filter((one) => one.categoryId === categoryId)),
    );
    if (!own || own.weight < LEAST_PATCHES) return [];
    const apart = own.sum.map(
      (value, d) => value / own.weight - (all.sum[d] as number) / all.weight,
    );
    const length = Math.hypot(...apart);
    if (length === 0) return [];
    return [{ categoryId, vector: Float32Array.from(apart, (value) => value / length) }];
  });
}

interface Sum {
  readonly weight: number;
  readonly sum: ArrayLike<number>;
}

function added(parts: readonly Sum[]): { weight: number; sum: Float64Array } | null {
  const [first] = parts;
  if (!first) return null;
  const sum = new Float64Array(first.sum.length);
  let weight = 0;
  for (const part of parts) {
    weight += part.weight;
    for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] as number) + (part.sum[d] as number);
  }
  return { weight, sum };
}
