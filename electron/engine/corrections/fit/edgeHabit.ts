// Whether a person draws a little outside or inside the edges that masks have: whole pixels by which all corrected
// masks of things, or of stuff, would fit better.
import { average, heldOut } from '../../learn/heldOut.ts';

/** Pixels that are tried; the order of the scores. */
export const GROWTHS: readonly number[] = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
const NONE = GROWTHS.indexOf(0);
/** A pixel must earn so much, divided by the number of masks. */
const PRICE = 0.03;
const LEAST_MASKS = 5;
const LEAST_IMAGES = 3;
const LEAST_GAIN = 0.01;
/** Times its own doubt. */
const CLEAR = 2;
const LEAST_UP_SHARE = 2 / 3;

/** Corrected masks of one image: their overlap by growth, in the order of GROWTHS. */
export type Grown = readonly (readonly number[])[];

export interface EdgeHabit {
  readonly pixels: number;
  /** Masks that fit better with it, and all corrected ones. */
  readonly up: number;
  readonly masks: number;
}

/** The habit behind the corrected masks of images, earlier ones first; null where there is none. */
export function edgeHabit(every: readonly Grown[]): EdgeHabit | null {
  const images = every.filter((masks) => masks.length > 0);
  const masks = images.flat();
  if (masks.length < LEAST_MASKS || images.length < LEAST_IMAGES) return null;
  const at = bestGrowth(masks);
  if (at === NONE || !holdsOut(images) || !keeps(images)) return null;
  const up = masks.filter((mask) => mask[at]! > mask[NONE]!).length;
  return { pixels: GROWTHS[at]!, up, masks: masks.length };
}

function bestGrowth(masks: Grown): number {
  const worth = GROWTHS.map(
    (pixels, at) =>
      average(masks.map((mask) => mask[at]!)) -
      (PRICE * Math.abs(pixels)) / Math.max(1, masks.length),
  );
  return worth.indexOf(Math.max(...worth));
}

/** Images gain by what the others choose for them. */
function holdsOut(images: readonly Grown[]): boolean {
  const { mean, error, up, down } = heldOut(
    images.map((masks, left) => {
      const at = bestGrowth(images.filter((_, image) => image !== left).flat());
      return average(masks.map((mask) => mask[at]! - mask[NONE]!));
    }),
  );
  return mean >= LEAST_GAIN && mean > CLEAR * error && up >= LEAST_UP_SHARE * (up + down);
}

/** The last third goes the same way as the rest: a habit that was left half-way is none. */
function keeps(images: readonly Grown[]): boolean {
  const from = Math.floor((2 * images.length) / 3);
  const way = (part: readonly Grown[]) => Math.sign(GROWTHS[bestGrowth(part.flat())]!);
  return way(images.slice(0, from)) === way(images.slice(from));
}
