// Q and rows of many classes in 16 bits: whole numbers up to FULL, which stands for 1. Two of them are multiplied by two
// weights and added up in one instruction, exactly; those who choose the weights see to it that no sum leaves 32 bits.
import { lanes } from './lanes';

/** The largest number. */
export const FULL: i32 = 32767;

/** Adding 2^23 leaves the nearest whole number in the low mantissa bits. */
const WHOLE = memory.data<f32>([8388608]);
/** Adding 1.5 * 2^23 does the same below zero, and its bits taken away leave that number. */
const SIGNED = memory.data<f32>([12582912]);
const LOW_BITS = memory.data<u32>([0xffff]);

/** Four floats from 0 to FULL as the nearest whole numbers. */
// @ts-ignore: decorator
@inline
export function nearestWhole(x: v128): v128 {
  return v128.and(f32x4.add(x, lanes(WHOLE)), lanes(LOW_BITS));
}

/** Four floats from 0 to FULL + 1 as whole numbers that are not larger. */
// @ts-ignore: decorator
@inline
export function wholeBelow(x: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_trunc_f32x4_s(x);
  return i32x4.trunc_sat_f32x4_s(x);
}

/** Four floats from -FULL to FULL as the nearest whole numbers. */
// @ts-ignore: decorator
@inline
export function nearestSigned(x: v128): v128 {
  return i32x4.sub(f32x4.add(x, lanes(SIGNED)), lanes(SIGNED));
}

/** Four signed numbers of 16 bits as floats. */
// @ts-ignore: decorator
@inline
export function fourSigned(at: usize): v128 {
  return f32x4.convert_i32x4_s(v128.load16x4_s(at));
}

/** Four whole numbers. */
// @ts-ignore: decorator
@inline
export function storeFour(to: usize, numbers: v128): void {
  v128.store64_lane(to, i16x8.narrow_i32x4_u(numbers, numbers), 0);
}

/** Eight whole numbers. */
// @ts-ignore: decorator
@inline
export function storeEight(to: usize, low: v128, high: v128): void {
  v128.store(to, i16x8.narrow_i32x4_u(low, high));
}

/** The first four channels of two eights, times the two `weights`, added up. */
// @ts-ignore: decorator
@inline
export function productLow(one: v128, other: v128, weights: v128): v128 {
  return i32x4.dot_i16x8_s(v128.shuffle<i16>(one, other, 0, 8, 1, 9, 2, 10, 3, 11), weights);
}

/** The same of the last four. */
// @ts-ignore: decorator
@inline
export function productHigh(one: v128, other: v128, weights: v128): v128 {
  return i32x4.dot_i16x8_s(v128.shuffle<i16>(one, other, 4, 12, 5, 13, 6, 14, 7, 15), weights);
}

/** `sum` and productLow. */
// @ts-ignore: decorator
@inline
export function addLow(sum: v128, one: v128, other: v128, weights: v128): v128 {
  return i32x4.add(sum, productLow(one, other, weights));
}

/** `sum` and productHigh. */
// @ts-ignore: decorator
@inline
export function addHigh(sum: v128, one: v128, other: v128, weights: v128): v128 {
  return i32x4.add(sum, productHigh(one, other, weights));
}

/** The sum of all four lanes. */
// @ts-ignore: decorator
@inline
export function sumWhole(x: v128): i32 {
  const pairs = i32x4.add(x, v128.shuffle<i32>(x, x, 2, 3, 0, 1));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}
