// From similarities to shares: every word's part of a pixel, all words together 1, and of a class the
// part of its best word.

/** Which class each query belongs to; [queries] of numbers from 0. */
export interface QueryOwners {
  readonly owners: ArrayLike<number>;
  readonly classes: number;
}

/** Pixels that are worked on at a time: their sums stay near the processor. */
const BLOCK = 2048;
/** Falling powers of e are looked up at this many places per unit, and corrected in between. */
const PLACES = 256;
/** Beyond e^-25 nothing is left of a share. */
const FARTHEST = 25;
const POWERS = Float64Array.from({ length: FARTHEST * PLACES + 1 }, (_, at) =>
  Math.exp(-at / PLACES),
);

/**
 * Cosines [queries, pixels] to shares [classes, pixels]: softmax over the queries of `contrast` times
 * the cosine, then the highest of a class's queries. Good to 1e-5.
 */
export function classShares(
  cosines: Float32Array,
  { owners, classes }: QueryOwners,
  contrast: number,
): Float32Array {
  const queries = owners.length;
  const pixels = cosines.length / queries;
  const shares = new Float32Array(classes * pixels);
  const highest = new Float32Array(BLOCK);
  const sums = new Float64Array(BLOCK);
  for (let from = 0; from < pixels; from += BLOCK) {
    const count = Math.min(BLOCK, pixels - from);
    highest.fill(-Infinity);
    for (let query = 0, at = from; query < queries; query++, at += pixels)
      for (let i = 0; i < count; i++) {
        const value = cosines[at + i] as number;
        if (value > (highest[i] as number)) highest[i] = value;
      }
    sums.fill(0);
    for (let query = 0, at = from; query < queries; query++, at += pixels) {
      const target = (owners[query] as number) * pixels + from;
      for (let i = 0; i < count; i++) {
        const power = fallingPower(
          contrast * ((highest[i] as number) - (cosines[at + i] as number)),
        );
        sums[i] = (sums[i] as number) + power;
        if (power > (shares[target + i] as number)) shares[target + i] = power;
      }
    }
    for (let one = 0, at = from; one < classes; one++, at += pixels)
      for (let i = 0; i < count; i++)
        shares[at + i] = (shares[at + i] as number) / (sums[i] as number);
  }
  return shares;
}

/** e^-x for x >= 0, good to 8e-6 of itself. */
function fallingPower(x: number): number {
  const scaled = x * PLACES;
  if (scaled >= FARTHEST * PLACES) return 0;
  // Whole numbers stay small integers this way.
  const place = scaled | 0;
  return (POWERS[place] as number) * (1 - (scaled - place) / PLACES);
}
