// Exponentials four at a time and what a softmax needs beside them.

/** a * b + c: rounded once where the module is built with relaxed SIMD and the processor can, else twice. */
// @ts-ignore: decorator
@inline
export function mulAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Adding 1.5 * 2^23 leaves the nearest integer in the low mantissa bits. */
const MAGIC: f32 = 12582912;

/** e^x for x <= 0, good to 2e-7; exactly zero below e^-50, so that no sum ever meets a denormal. */
// @ts-ignore: decorator
@inline
export function expBelowZero(x: v128): v128 {
  const inRange = f32x4.ge(x, f32x4.splat(-50));
  const clamped = f32x4.pmax(f32x4.splat(-51), x);
  const magic = f32x4.splat(MAGIC);
  const shifted = mulAdd(clamped, f32x4.splat(1.44269504), magic);
  const n = f32x4.sub(shifted, magic);
  // ln 2 in two parts: the first has few bits, so the product with n is exact.
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = mulAdd(n, f32x4.splat(2.12194440e-4), r);
  let p = f32x4.splat(1.3888889e-3);
  p = mulAdd(p, r, f32x4.splat(8.3333333e-3));
  p = mulAdd(p, r, f32x4.splat(4.1666668e-2));
  p = mulAdd(p, r, f32x4.splat(1.6666667e-1));
  p = mulAdd(p, r, f32x4.splat(0.5));
  p = mulAdd(p, r, f32x4.splat(1));
  p = mulAdd(p, r, f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
  return v128.and(f32x4.mul(p, exponent), inRange);
}

/** 2^x may reach this and the sum of 256 of them is still finite; larger ones count as this. */
const HIGHEST_POWER: f32 = 115;

/** 2^x for x >= -100, good to 2e-7. */
// @ts-ignore: decorator
@inline
export function powerOfTwo(x: v128): v128 {
  const magic = f32x4.splat(MAGIC);
  const bounded = f32x4.pmin(x, f32x4.splat(HIGHEST_POWER));
  const shifted = f32x4.add(bounded, magic);
  const r = f32x4.sub(bounded, f32x4.sub(shifted, magic));
  // The polynomial of degree five with the least relative error on -0.5 to 0.5.
  let p = f32x4.splat(0.0013225401);
  p = mulAdd(p, r, f32x4.splat(0.009675669));
  p = mulAdd(p, r, f32x4.splat(0.05550864));
  p = mulAdd(p, r, f32x4.splat(0.2402213));
  p = mulAdd(p, r, f32x4.splat(0.69314694));
  p = mulAdd(p, r, f32x4.splat(1));
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
