// Unary energies from planes to logits, four pixels at a time.
import { fourLogits, logitBytes, narrowLogits } from './narrowLogits';
import { logits, padding, unit } from './run';
import { STRIP } from './strips';
import { sumLanes } from './softmax';
import { storeTurned } from './transpose';

/** Over all logits laid in last; padding does not count. */
let lowest: v128 = f32x4.splat(0);
let highest: v128 = f32x4.splat(0);

export function lowestLogit(): f32 {
  const pairs = f32x4.pmin(lowest, v128.shuffle<f32>(lowest, lowest, 2, 3, 0, 1));
  return min(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

export function highestLogit(): f32 {
  const pairs = f32x4.pmax(highest, v128.shuffle<f32>(highest, highest, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** For logits whose bounds are known without looking. */
export function boundLogits(low: f32, high: f32): void {
  lowest = f32x4.splat(low);
  highest = f32x4.splat(high);
}

/** Values of one class of four pixels; lanes of no pixel get the first one's, so that they tell nothing new. */
// @ts-ignore: decorator
@inline
export function valuesOf(from: usize, inside: v128): v128 {
  const values = v128.load(from);
  return v128.bitselect(values, f32x4.splat(f32x4.extract_lane(values, 0)), inside);
}

/** All ones in the first `lanes` of four lanes. */
// @ts-ignore: decorator
@inline
export function firstLanes(lanes: u32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(lanes));
}

/** Where a number is infinite or none: those are the numbers whose difference from themselves is not zero. */
// @ts-ignore: decorator
@inline
export function isOdd(values: v128): v128 {
  return f32x4.ne(f32x4.sub(values, values), f32x4.splat(0));
}

/**
 * Energies [classes, lastRow - firstRow, width] at `planes`, of these rows of the image, to logits [pixels in strips, channels]; with one channel (two
 * classes) the number is U0 - U1. Where they are `relative` the last class is left out and its logit taken from each, and
 * they are narrowLogits.
 * Returns the sum of the energies of that class, else of the first, NaN when one energy of any class is not finite.
 * May read twelve bytes past the planes, and write three rows past the logits.
 */
export function interleaveUnary(
  planes: usize,
  width: u32,
  height: u32,
  classes: u32,
  channels: u32,
  relative: bool,
  firstRow: u32,
  lastRow: u32,
): f64 {
  const plane = (<usize>width * (lastRow - firstRow)) << 2;
  const last = plane * (classes - 1);
  const laid = relative ? classes - 1 : classes;
  const stride = (<usize>channels) << 2;
  const laidBytes = relative ? logitBytes(channels) : stride;
  const none = f32x4.splat(relative ? 0 : padding);
  const scale = f32x4.splat(<f32>1 / unit);
  let low = firstRow == 0 ? f32x4.splat(f32.MAX_VALUE) : lowest;
  let high = firstRow == 0 ? f32x4.splat(-f32.MAX_VALUE) : highest;
  let odd = f32x4.splat(0);
  let sum: f64 = 0;
  for (let left: u32 = 0; left < width; left += STRIP) {
    const right = min(left + STRIP, width);
    let to = logits + laidBytes * (<usize>left * height + <usize>(right - left) * firstRow);
    for (let y: u32 = 0; y < lastRow - firstRow; y++)
      for (let x = left; x < right; x += 4) {
        const lanes = min<u32>(4, right - x);
        const inside = firstLanes(lanes);
        let from = planes + ((<usize>y * width + x) << 2);
        const base = relative ? valuesOf(from + last, inside) : f32x4.splat(0);
        sum += <f64>sumLanes(v128.and(relative ? base : v128.load(from), inside));
        if (channels == 1) {
          const difference = f32x4.sub(valuesOf(from, inside), valuesOf(from + plane, inside));
          odd = v128.or(odd, isOdd(difference));
          v128.store(to, difference);
        } else {
          const four = relative ? fourLogits() : to;
          for (let c: u32 = 0; c < channels; c += 4, from += 4 * plane) {
            let v0 = none;
            let v1 = none;
            let v2 = none;
            let v3 = none;
            if (c < laid) {
              v0 = f32x4.mul(f32x4.sub(base, valuesOf(from, inside)), scale);
              // A class that is missing counts as the first of its four.
              v1 = c + 1 < laid ? f32x4.mul(f32x4.sub(base, valuesOf(from + plane, inside)), scale) : v0;
              v2 = c + 2 < laid ? f32x4.mul(f32x4.sub(base, valuesOf(from + 2 * plane, inside)), scale) : v0;
              v3 = c + 3 < laid ? f32x4.mul(f32x4.sub(base, valuesOf(from + 3 * plane, inside)), scale) : v0;
              odd = v128.or(v128.or(odd, isOdd(v0)), v128.or(isOdd(v1), v128.or(isOdd(v2), isOdd(v3))));
              low = f32x4.pmin(f32x4.pmin(low, v0), f32x4.pmin(f32x4.pmin(v1, v2), v3));
              high = f32x4.pmax(f32x4.pmax(high, v0), f32x4.pmax(f32x4.pmax(v1, v2), v3));
              if (c + 1 >= laid) v1 = none;
              if (c + 2 >= laid) v2 = none;
              if (c + 3 >= laid) v3 = none;
            }
            storeTurned(four + (<usize>c << 2), stride, 4, v0, v1, v2, v3);
          }
          if (relative) narrowLogits(to, channels, lanes);
        }
        to += laidBytes * lanes;
      }
  }
  lowest = low;
  highest = high;
  return v128.any_true(odd) ? NaN : sum;
}
