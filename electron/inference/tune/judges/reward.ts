// How well masks fit the class names of their image (method.md 7.1, 7.2), from what the judge says.
// Two figures: the published count, and a graded one that also works where an image has one class.

/** What the judge says of one class of one image under one try. */
export interface ClassVerdict {
  /** f(M x I, j) for every class j of the image: how well the masked image fits its name. */
  readonly masked: readonly number[];
  /** f(0, j): the same of a blank image. */
  readonly blank: readonly number[];
  /** Place of this class in both lists. */
  readonly place: number;
  /** Fit of the class in the mask, in what the mask leaves, and in its shape elsewhere; each 0-1. */
  readonly inside: number;
  readonly outside: number;
  readonly elsewhere: number;
}

/**
 * The published reward of one class (eqs. 6, 7): 1 when its share among the image's classes is larger
 * in the masked image than in a blank one. With one class both shares are 1 and say nothing, so raw
 * fits are compared.
 */
export function publishedReward({ masked, blank, place }: ClassVerdict): 0 | 1 {
  const [mine, nothing] =
    masked.length > 1
      ? [share(masked, place), share(blank, place)]
      : [masked[0] as number, blank[0] as number];
  return mine > nothing ? 1 : 0;
}

/** The graded reward, -1 to 1: how much better the mask fits than the better of its two controls. */
export function gradedReward({ inside, outside, elsewhere }: ClassVerdict): number {
  return inside - Math.max(outside, elsewhere);
}

/** Softmax of `fits` at `place`. */
export function share(fits: readonly number[], place: number): number {
  const highest = Math.max(...fits);
  const powers = fits.map((fit) => Math.exp(fit - highest));
  return (powers[place] as number) / powers.reduce((sum, power) => sum + power, 0);
}
