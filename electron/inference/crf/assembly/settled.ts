// What makes later iterations cheaper: after two or three of them nearly all pixels have made up their
// mind. The splatted rows are kept from one iteration to the next, and only a pixel that moved changes them.
import { lanes } from './lanes';

/**
 * Changes of a probability up to this are not splatted, and Q keeps its old value: the rows are always the
 * splat of the Q that is read out, so these errors cannot add up.
 */
const SETTLED = memory.data<f32>([9.5367431640625e-7]);

/** `change`: of four channels. */
// @ts-ignore: decorator
@inline
export function hasMoved(change: v128): bool {
  return v128.any_true(f32x4.gt(f32x4.abs(change), lanes(SETTLED)));
}

/** A class whose logit is this far above all others has a probability of 1; each of the others has less than 9e-7. */
export const AHEAD: f32 = 14;
