// Exponentials four at a time and what a softmax needs beside them.
import { lanes } from './lanes';

/** a * b + c: rounded once where the module is built with relaxed SIMD and the processor can, else twice. */
// @ts-ignore: decorator
@inline
export function mulAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Adding 1.5 * 2^23 leaves the nearest integer in the low mantissa bits. */
const MAGIC = memory.data<f32>([12582912]);
const ONE = memory.data<f32>([1]);
const HALF = memory.data<f32>([0.5]);

/** Below this a power counts as zero, and what is worked out in its place. */
const LEAST = memory.data<f32>([-50]);
const BELOW = memory.data<f32>([-51]);
const LOG2_E = memory.data<f32>([1.44269504]);
/** ln 2 in two parts: the first has few bits, so its product with a small integer is exact. */
const LN2 = memory.data<f32>([0.693359375]);
const LN2_REST = memory.data<f32>([2.12194440e-4]);
/** 1 / 6!, 1 / 5!, 1 / 4! and 1 / 3!. */
const SERIES = memory.data<f32>([1.3888889e-3, 8.3333333e-3, 4.1666668e-2, 1.6666667e-1]);
/** Of an exponent in a float32. */
const BIAS = memory.data<i32>([127]);

/** e^x for x <= 0, good to 2e-7; exactly zero below e^-50, so that no sum ever meets a denormal. */
// @ts-ignore: decorator
@inline
export function expBelowZero(x: v128): v128 {
  const inRange = f32x4.ge(x, lanes(LEAST));
  const clamped = f32x4.pmax(lanes(BELOW), x);
  const magic = lanes(MAGIC);
  const shifted = mulAdd(clamped, lanes(LOG2_E), magic);
  const n = f32x4.sub(shifted, magic);
  let r = f32x4.sub(clamped, f32x4.mul(n, lanes(LN2)));
  r = mulAdd(n, lanes(LN2_REST), r);
  const one = lanes(ONE);
  let p = mulAdd(lanes(SERIES), r, lanes(SERIES + 4));
  p = mulAdd(p, r, lanes(SERIES + 8));
  p = mulAdd(p, r, lanes(SERIES + 12));
  p = mulAdd(p, r, lanes(HALF));
  p = mulAdd(p, r, one);
  p = mulAdd(p, r, one);
  const exponent = i32x4.shl(i32x4.add(shifted, lanes(BIAS)), 23);
  return v128.and(f32x4.mul(p, exponent), inRange);
}

/** 2^x may reach this and the sum of 256 of them is still finite; larger ones count as this. */
const HIGHEST_POWER = memory.data<f32>([115]);
/** The polynomial of degree five with the least relative error on -0.5 to 0.5. */
const POWERS = memory.data<f32>([0.0013225401, 0.009675669, 0.05550864, 0.2402213, 0.69314694]);

/** 2^x for x >= -100, good to 2e-7. */
// @ts-ignore: decorator
@inline
export function powerOfTwo(x: v128): v128 {
  const magic = lanes(MAGIC);
  const bounded = f32x4.pmin(x, lanes(HIGHEST_POWER));
  const shifted = f32x4.add(bounded, magic);
  const r = f32x4.sub(bounded, f32x4.sub(shifted, magic));
  let p = mulAdd(lanes(POWERS), r, lanes(POWERS + 4));
  p = mulAdd(p, r, lanes(POWERS + 8));
  p = mulAdd(p, r, lanes(POWERS + 12));
  p = mulAdd(p, r, lanes(POWERS + 16));
  p = mulAdd(p, r, lanes(ONE));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/** The polynomial of degree four, its constant 1, with the least relative error on -0.5 to 0.5. */
const SHARES = memory.data<f32>([0.009582853, 0.055906426, 0.24024099, 0.6931242]);

/** 2^x for -126 < x < 127, good to 3e-6, less than what 16 bits tell apart. */
// @ts-ignore: decorator
@inline
export function powerOfShare(x: v128): v128 {
  const magic = lanes(MAGIC);
  const shifted = f32x4.add(x, magic);
  const r = f32x4.sub(x, f32x4.sub(shifted, magic));
  let p = mulAdd(lanes(SHARES), r, lanes(SHARES + 4));
  p = mulAdd(p, r, lanes(SHARES + 8));
  p = mulAdd(p, r, lanes(SHARES + 12));
  p = mulAdd(p, r, lanes(ONE));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

// @ts-ignore: decorator
@inline
export function largestLane(x: v128): f32 {
  const pairs = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** The sum of all four lanes, in each of them. */
// @ts-ignore: decorator
@inline
export function sumInLanes(x: v128): v128 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

// @ts-ignore: decorator
@inline
export function sumLanes(x: v128): f32 {
  return f32x4.extract_lane(sumInLanes(x), 0);
}
