// The fused pixel pass for nine classes and more: blocks of eight channels, each block with its own
// rows of 32 bytes. Rows of all classes at once would leave the cache with many classes.
import {
  blocks, factor2, factor5, logits, marginals, stride2, stride5, unit, vertices2, vertices5, weights2, weights5,
} from './run';
import { own } from './own';
import { AHEAD, hasMoved } from './settled';
import { expBelowZero, largestLane, sumLanes } from './softmax';

// @ts-ignore: decorator
@inline
function rowOf(vertices: usize, rows: usize, corner: usize): usize {
  return rows + ((<usize>load<u32>(vertices + (corner << 2))) << 5);
}

// @ts-ignore: decorator
@inline
function term(vertices: usize, weights: usize, rows: usize, corner: usize): v128 {
  return f32x4.mul(v128.load32_splat(weights + (corner << 2)), v128.load(rowOf(vertices, rows, corner)));
}

/** Four channels of the messages; `rows` may point at the upper half of a block. */
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
function add(vertices: usize, weights: usize, rows: usize, corner: usize, low: v128, high: v128): void {
  const row = rowOf(vertices, rows, corner);
  const weight = v128.load32_splat(weights + (corner << 2));
  v128.store(row, f32x4.add(v128.load(row), f32x4.mul(weight, low)));
  v128.store(row, f32x4.add(v128.load(row, 16), f32x4.mul(weight, high)), 16);
}

// @ts-ignore: decorator
@inline
function splat(pixel: usize, to2: usize, to5: usize, low: v128, high: v128): void {
  const v2 = vertices2 + pixel * 12;
  const w2 = weights2 + pixel * 12;
  const v5 = vertices5 + pixel * 24;
  const w5 = weights5 + pixel * 24;
  add(v2, w2, to2, 0, low, high);
  add(v2, w2, to2, 1, low, high);
  add(v2, w2, to2, 2, low, high);
  add(v5, w5, to5, 0, low, high);
  add(v5, w5, to5, 1, low, high);
  add(v5, w5, to5, 2, low, high);
  add(v5, w5, to5, 3, low, high);
  add(v5, w5, to5, 4, low, high);
  add(v5, w5, to5, 5, low, high);
}

/** Pixels [first, last): slices rows `from` (0 at the start), softmax, splats what moved into rows `to`. */
export function pixelPass8(first: u32, last: u32, from2: usize, from5: usize, to2: usize, to5: usize): void {
  const bytes = (<usize>blocks) << 5;
  const known = from2 != 0;
  const next = own;
  for (let pixel: usize = first; pixel < last; pixel++) {
    const before = marginals + pixel * bytes;
    const highest = storeLogits(pixel, next, bytes, from2, from5);
    const scale = f32x4.splat(storeExponentials(next, bytes, highest));
    let moved = !known;
    for (let at: usize = 0; at < bytes; at += 16) {
      const q = f32x4.mul(v128.load(next + at), scale);
      v128.store(next + at, q);
      if (known) moved = moved || hasMoved(f32x4.sub(q, v128.load(before + at)));
    }
    if (moved) bringUpToDate(pixel, before, next, bytes, known, to2, to5);
  }
}

/** Splats what has changed between Q of `pixel` and `next`, and makes `next` its Q. */
// @ts-ignore: decorator
@inline
function bringUpToDate(pixel: usize, q: usize, next: usize, bytes: usize, known: bool, to2: usize, to5: usize): void {
  for (let at: usize = 0; at < bytes; at += 32, to2 += stride2, to5 += stride5) {
    let low = v128.load(next + at);
    let high = v128.load(next + at, 16);
    if (known) {
      low = f32x4.sub(low, v128.load(q + at));
      high = f32x4.sub(high, v128.load(q + at, 16));
    }
    v128.store(q + at, v128.load(next + at));
    v128.store(q + at, v128.load(next + at, 16), 16);
    // With many classes most blocks hold none that matters here.
    if (!v128.any_true(v128.or(low, high))) continue;
    splat(pixel, to2, to5, low, high);
  }
}

/** Writes -U + messages to `q`; returns the largest. */
// @ts-ignore: decorator
@inline
function storeLogits(pixel: usize, q: usize, bytes: usize, from2: usize, from5: usize): f32 {
  const unary = logits + pixel * bytes;
  let highest = f32x4.splat(-f32.MAX_VALUE);
  let rows2 = from2;
  let rows5 = from5;
  for (let at: usize = 0; at < bytes; at += 32) {
    let low = v128.load(unary + at);
    let high = v128.load(unary + at, 16);
    if (from2 != 0) {
      low = f32x4.add(low, message(pixel, rows2, rows5));
      high = f32x4.add(high, message(pixel, rows2 + 16, rows5 + 16));
    }
    v128.store(q + at, low);
    v128.store(q + at, high, 16);
    highest = f32x4.pmax(highest, f32x4.pmax(low, high));
    rows2 += stride2;
    rows5 += stride5;
  }
  return largestLane(highest);
}

/** Replaces logits at `q` by e^(logit - highest), or by 0 and 1 where one class is far ahead; returns 1 / their sum. */
// @ts-ignore: decorator
@inline
function storeExponentials(q: usize, bytes: usize, highest: f32): f32 {
  const near = f32x4.splat(highest - AHEAD);
  let rivals: i32 = 0;
  for (let at: usize = 0; at < bytes; at += 16)
    rivals += popcnt(i32x4.bitmask(f32x4.gt(v128.load(q + at), near)));
  if (rivals == 1) {
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(q + at, v128.and(f32x4.gt(v128.load(q + at), near), f32x4.splat(1)));
    return 1;
  }
  const top = f32x4.splat(highest);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const e = expBelowZero(f32x4.sub(v128.load(q + at), top));
    v128.store(q + at, e);
    sum = f32x4.add(sum, e);
  }
  return <f32>1 / sumLanes(sum);
}

/** Sum over pixels [first, last) of q ln q + q U - q F. */
export function klPass8(first: u32, last: u32, from2: usize, from5: usize): f64 {
  const bytes = (<usize>blocks) << 5;
  let sum: f64 = 0;
  for (let pixel: usize = first; pixel < last; pixel++) {
    const q = marginals + pixel * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      const block = at >> 5;
      const half = at & 16;
      const said = message(pixel, from2 + block * stride2 + half, from5 + block * stride5 + half);
      const energy = f32x4.add(v128.load(logits + pixel * bytes + at), said);
      sum -= <f64>unit * <f64>sumLanes(f32x4.mul(v128.load(q + at), energy));
      for (let c: usize = at; c < at + 16; c += 4) {
        const p = <f64>load<f32>(q + c);
        sum += p * Math.log(max(p, 1e-20));
      }
    }
  }
  return sum;
}
