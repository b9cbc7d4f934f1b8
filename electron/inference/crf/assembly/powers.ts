// From powers of two to shares, for the passes over many classes.
import { lanes } from './lanes';
import { rests } from './run';
import { FULL, wholeBelow } from './shares';
import { mulAdd } from './softmax';

const FULLS = memory.data<f32>([<f32>FULL]);
/**
 * What is added to a share before it is cut to a whole number: 1/32 to 31/32, evenly mixed among pixels that are near each
 * other. Rounding them all the same way would give the last class, which has what the others leave, more or less than
 * its due wherever others are equal.
 */
const DITHER = memory.data<f32>([
  0.03125, 0.53125, 0.28125, 0.78125, 0.15625, 0.65625, 0.40625, 0.90625,
  0.09375, 0.59375, 0.34375, 0.84375, 0.21875, 0.71875, 0.46875, 0.96875,
]);

// @ts-ignore: decorator
@inline
export function ditherOf(pixel: usize): v128 {
  return lanes(DITHER + (((pixel + (pixel >> 5) * 7) & 15) << 2));
}

/** From the sum of all powers, what makes shares of powers. */
// @ts-ignore: decorator
@inline
export function scaleOf(sum: v128): v128 {
  return f32x4.div(lanes(FULLS), sum);
}

// @ts-ignore: decorator
@inline
export function share(power: v128, scale: v128, dither: v128): v128 {
  return wholeBelow(mulAdd(power, scale, dither));
}

/** The last class's share, which only those need who read Q. */
// @ts-ignore: decorator
@inline
export function storeRest(pixel: usize, power: v128, scale: v128, dither: v128): void {
  store<u16>(rests + (pixel << 1), <u16>i32x4.extract_lane(share(power, scale, dither), 0));
}
