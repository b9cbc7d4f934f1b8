// The fused pixel pass for two classes: one signed channel s = q1 - q0 carries everything.
// logit1 - logit0 = (U0 - U1) + sum of the messages of s, and s = tanh of half of that.
import { factor2, factor5, logits, marginals, vertices2, vertices5, weights2, weights5 } from './run';
import { hasMoved } from './settled';
import { expBelowZero } from './softmax';

// @ts-ignore: decorator
@inline
function term(vertices: usize, weights: usize, rows: usize, corner: usize): f32 {
  const row = <usize>load<u32>(vertices + (corner << 2));
  return load<f32>(weights + (corner << 2)) * load<f32>(rows + (row << 2));
}

// @ts-ignore: decorator
@inline
function slice3(pixel: usize, rows: usize): f32 {
  const v = vertices2 + pixel * 12;
  const w = weights2 + pixel * 12;
  return term(v, w, rows, 0) + term(v, w, rows, 1) + term(v, w, rows, 2);
}

// @ts-ignore: decorator
@inline
function slice6(pixel: usize, rows: usize): f32 {
  const v = vertices5 + pixel * 24;
  const w = weights5 + pixel * 24;
  return (
    term(v, w, rows, 0) + term(v, w, rows, 1) + term(v, w, rows, 2) +
    (term(v, w, rows, 3) + term(v, w, rows, 4) + term(v, w, rows, 5))
  );
}

// @ts-ignore: decorator
@inline
function add(vertices: usize, weights: usize, rows: usize, corner: usize, value: f32): void {
  const row = rows + ((<usize>load<u32>(vertices + (corner << 2))) << 2);
  store<f32>(row, load<f32>(row) + load<f32>(weights + (corner << 2)) * value);
}

// @ts-ignore: decorator
@inline
function splat(pixel: usize, to2: usize, to5: usize, value: f32): void {
  const v2 = vertices2 + pixel * 12;
  const w2 = weights2 + pixel * 12;
  add(v2, w2, to2, 0, value);
  add(v2, w2, to2, 1, value);
  add(v2, w2, to2, 2, value);
  const v5 = vertices5 + pixel * 24;
  const w5 = weights5 + pixel * 24;
  add(v5, w5, to5, 0, value);
  add(v5, w5, to5, 1, value);
  add(v5, w5, to5, 2, value);
  add(v5, w5, to5, 3, value);
  add(v5, w5, to5, 4, value);
  add(v5, w5, to5, 5, value);
}

// @ts-ignore: decorator
@inline
function message(pixel: usize, from2: usize, from5: usize): f32 {
  return factor2 * slice3(pixel, from2) + factor5 * slice6(pixel, from5);
}

/**
 * Pixels [first, last), first a multiple of four: slices rows `from`, updates s, splats what moved into `to`.
 * from2 = 0 means the start: no messages yet. Arrays have room for four more pixels.
 */
export function pixelPass1(first: u32, last: u32, from2: usize, from5: usize, to2: usize, to5: usize): void {
  const one = f32x4.splat(1);
  const signBit = i32x4.splat(i32.MIN_VALUE);
  for (let pixel: usize = first; pixel < last; pixel += 4) {
    let delta = v128.load(logits + (pixel << 2));
    if (from2 != 0) {
      let said = f32x4.splat(message(pixel, from2, from5));
      said = f32x4.replace_lane(said, 1, message(pixel + 1, from2, from5));
      said = f32x4.replace_lane(said, 2, message(pixel + 2, from2, from5));
      said = f32x4.replace_lane(said, 3, message(pixel + 3, from2, from5));
      delta = f32x4.add(delta, said);
    }
    const e = expBelowZero(f32x4.neg(f32x4.abs(delta)));
    const size = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
    const s = v128.or(size, v128.and(delta, signBit));
    let change = s;
    if (from2 != 0) {
      change = f32x4.sub(s, v128.load(marginals + (pixel << 2)));
      if (!hasMoved(change)) continue;
    }
    v128.store(marginals + (pixel << 2), s);
    splat(pixel, to2, to5, f32x4.extract_lane(change, 0));
    if (pixel + 1 < last) splat(pixel + 1, to2, to5, f32x4.extract_lane(change, 1));
    if (pixel + 2 < last) splat(pixel + 2, to2, to5, f32x4.extract_lane(change, 2));
    if (pixel + 3 < last) splat(pixel + 3, to2, to5, f32x4.extract_lane(change, 3));
  }
}

/**
 * Sum over pixels [first, last) of q ln q + q (U - U0) - q F; the host adds the sum of U0. The rows at g2, g5 hold the blurred
 * splat of ones: F1 + F0 = G and F1 - F0 = D give q0 F0 + q1 F1 = (G + s D) / 2.
 */
export function klPass1(first: u32, last: u32, from2: usize, from5: usize, g2: usize, g5: usize): f64 {
  let sum: f64 = 0;
  for (let pixel: usize = first; pixel < last; pixel++) {
    const s = <f64>load<f32>(marginals + (pixel << 2));
    const q1 = 0.5 * (1 + s);
    const q0 = 0.5 * (1 - s);
    const both = <f64>message(pixel, g2, g5);
    const difference = <f64>message(pixel, from2, from5);
    sum += q0 * Math.log(max(q0, 1e-20)) + q1 * Math.log(max(q1, 1e-20));
    sum -= q1 * <f64>load<f32>(logits + (pixel << 2)) + 0.5 * (both + s * difference);
  }
  return sum;
}
