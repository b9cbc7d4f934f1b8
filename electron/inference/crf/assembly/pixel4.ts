// The fused pixel pass for three and four classes: one vector of four channels per pixel and row.
import { factor2, factor5, logits, marginals, vertices2, vertices5, weights2, weights5 } from './run';
import { AHEAD, hasMoved } from './settled';
import { expBelowZero, largestLane, sumLanes } from './softmax';

// @ts-ignore: decorator
@inline
function term(vertices: usize, weights: usize, rows: usize, corner: usize): v128 {
  const row = rows + ((<usize>load<u32>(vertices + (corner << 2))) << 4);
  return f32x4.mul(v128.load32_splat(weights + (corner << 2)), v128.load(row));
}

// @ts-ignore: decorator
@inline
function message(pixel: usize, from2: usize, from5: usize): v128 {
  const v2 = vertices2 + pixel * 12;
  const w2 = weights2 + pixel * 12;
  const v5 = vertices5 + pixel * 24;
  const w5 = weights5 + pixel * 24;
  let near = f32x4.add(term(v2, w2, from2, 0), term(v2, w2, from2, 1));
  near = f32x4.add(near, term(v2, w2, from2, 2));
  let alike = f32x4.add(term(v5, w5, from5, 0), term(v5, w5, from5, 1));
  alike = f32x4.add(alike, term(v5, w5, from5, 2));
  let rest = f32x4.add(term(v5, w5, from5, 3), term(v5, w5, from5, 4));
  rest = f32x4.add(rest, term(v5, w5, from5, 5));
  return f32x4.add(
    f32x4.mul(f32x4.splat(factor2), near),
    f32x4.mul(f32x4.splat(factor5), f32x4.add(alike, rest)),
  );
}

// @ts-ignore: decorator
@inline
function add(vertices: usize, weights: usize, rows: usize, corner: usize, value: v128): void {
  const row = rows + ((<usize>load<u32>(vertices + (corner << 2))) << 4);
  const weight = v128.load32_splat(weights + (corner << 2));
  v128.store(row, f32x4.add(v128.load(row), f32x4.mul(weight, value)));
}

/** Pixels [first, last): slices rows `from` (0 at the start), softmax, splats what moved into rows `to`. */
export function pixelPass4(first: u32, last: u32, from2: usize, from5: usize, to2: usize, to5: usize): void {
  for (let pixel: usize = first; pixel < last; pixel++) {
    let logit = v128.load(logits + (pixel << 4));
    if (from2 != 0) logit = f32x4.add(logit, message(pixel, from2, from5));
    const highest = largestLane(logit);
    const near = f32x4.gt(logit, f32x4.splat(highest - AHEAD));
    let q = v128.and(near, f32x4.splat(1));
    if (popcnt(i32x4.bitmask(near)) > 1) {
      const e = expBelowZero(f32x4.sub(logit, f32x4.splat(highest)));
      q = f32x4.mul(e, f32x4.splat(<f32>1 / sumLanes(e)));
    }
    let change = q;
    if (from2 != 0) {
      change = f32x4.sub(q, v128.load(marginals + (pixel << 4)));
      if (!hasMoved(change)) continue;
    }
    v128.store(marginals + (pixel << 4), q);
    const v2 = vertices2 + pixel * 12;
    const w2 = weights2 + pixel * 12;
    add(v2, w2, to2, 0, change);
    add(v2, w2, to2, 1, change);
    add(v2, w2, to2, 2, change);
    const v5 = vertices5 + pixel * 24;
    const w5 = weights5 + pixel * 24;
    add(v5, w5, to5, 0, change);
    add(v5, w5, to5, 1, change);
    add(v5, w5, to5, 2, change);
    add(v5, w5, to5, 3, change);
    add(v5, w5, to5, 4, change);
    add(v5, w5, to5, 5, change);
  }
}

/** Sum over pixels [first, last) of q ln q + q U - q F. */
export function klPass4(first: u32, last: u32, from2: usize, from5: usize): f64 {
  let sum: f64 = 0;
  for (let pixel: usize = first; pixel < last; pixel++) {
    const q = marginals + (pixel << 4);
    const energy = f32x4.add(v128.load(logits + (pixel << 4)), message(pixel, from2, from5));
    sum -= <f64>sumLanes(f32x4.mul(v128.load(q), energy));
    for (let c: usize = 0; c < 16; c += 4) {
      const p = <f64>load<f32>(q + c);
      sum += p * Math.log(max(p, 1e-20));
    }
  }
  return sum;
}
