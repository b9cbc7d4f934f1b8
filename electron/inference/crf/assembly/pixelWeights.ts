// What the corners of a pixel weigh in 16 bits, for pixels that read shares. Rows are averages there, so a corner's weight
// takes in the sum of weights around its vertex, and the weights of all nine say how much is said to the pixel at all.
import { factor2, factor5, pixelWeights, vertices2, vertices5, weights2, weights5 } from './run';
import { FULL, nearestWhole, sumWhole } from './shares';
import { largestLane, sumLanes } from './softmax';

/** Bytes of a pixel: i16 for three corners, a 0 and six corners, then three float32. */
export const PIXEL: usize = 32;
/** What a product of 1 says, what all classes together say, and the probability of a share of 1 when Q is read. */
export const SAID: usize = 20;
export const TOTAL: usize = 24;
export const UNIT: usize = 28;

/** All weights of a pixel in its units: times FULL that is below 2^31, rounding of nine weights included. */
const MOST_UNITS: f32 = 65530;
/** Less said to a pixel than this counts as nothing. */
const LEAST: f32 = 1e-20;

/** f32 at `ones` of the vertex at `vertex`. */
// @ts-ignore: decorator
@inline
function oneOf(ones: usize, vertex: usize): usize {
  return ones + (<usize>load<u32>(vertex) << 2);
}

/**
 * Weighs pixels [first, last) with the blurred sums of weights of both lattices, f32[]. Returns the most that all classes
 * together say to one of them.
 */
export function weighPixels(first: u32, last: u32, ones2: usize, ones5: usize): f32 {
  const gaussian = f32x4.replace_lane(f32x4.splat(factor2), 3, 0);
  const bilateral = f32x4.splat(factor5);
  const none = f32x4.splat(0);
  let most: f32 = 0;
  for (let pixel: usize = first; pixel < last; pixel++) {
    const v2 = vertices2 + pixel * 12, v5 = vertices5 + pixel * 24;
    let around = v128.load32_zero(oneOf(ones2, v2));
    around = v128.load32_lane(oneOf(ones2, v2 + 4), around, 1);
    around = v128.load32_lane(oneOf(ones2, v2 + 8), around, 2);
    let near = f32x4.mul(f32x4.mul(gaussian, around), v128.load(weights2 + pixel * 12));
    around = v128.load32_zero(oneOf(ones5, v5));
    around = v128.load32_lane(oneOf(ones5, v5 + 4), around, 1);
    around = v128.load32_lane(oneOf(ones5, v5 + 8), around, 2);
    around = v128.load32_lane(oneOf(ones5, v5 + 12), around, 3);
    let alike = f32x4.mul(f32x4.mul(bilateral, around), v128.load(weights5 + pixel * 24));
    around = v128.load32_zero(oneOf(ones5, v5 + 16));
    around = v128.load32_lane(oneOf(ones5, v5 + 20), around, 1);
    let rest = f32x4.mul(f32x4.mul(bilateral, around), v128.load64_zero(weights5 + pixel * 24, 16));

    // Rounding leaves some weights a little below zero.
    near = f32x4.pmax(none, near);
    alike = f32x4.pmax(none, alike);
    rest = f32x4.pmax(none, rest);
    const total = sumLanes(f32x4.add(f32x4.add(near, alike), rest));
    const largest = largestLane(f32x4.pmax(f32x4.pmax(near, alike), rest));
    const units = f32x4.splat(total > LEAST ? min(MOST_UNITS / total, <f32>FULL / largest) : 0);
    near = nearestWhole(f32x4.mul(units, near));
    alike = nearestWhole(f32x4.mul(units, alike));
    rest = nearestWhole(f32x4.mul(units, rest));
    const sum = sumWhole(i32x4.add(i32x4.add(near, alike), rest));
    const to = pixelWeights + pixel * PIXEL;
    v128.store(to, i16x8.narrow_i32x4_u(near, alike));
    v128.store32_lane(to, i16x8.narrow_i32x4_u(rest, rest), 0, 16);
    store<f32>(to, sum > 0 ? total / (<f32>sum * <f32>FULL) : 0, SAID);
    store<f32>(to, total, TOTAL);
    most = max(most, total);
  }
  return most;
}
