// The pixel pass for nine classes and more, less one: everything is relative to the last class, which has a logit
// of 0 and the probability that the others leave. Its messages are the pixel's total less theirs. Rows come in blocks of
// eight channels, which stay near the cache, and where one vector is enough a last block of four.
import {
  blocks, factor2, factor5, hasTail, lastClasses, logits, marginals, stride2, stride5, totals, unit, vertices2,
  vertices5, weights2, weights5,
} from './run';
import { own } from './own';
import { rowAt, sumOfThree, weightAt } from './rows';
import { lanes } from './lanes';
import { mulAdd, ONE, powerOfTwo, sumInLanes } from './softmax';

/** Channels of a pixel, padding included. */
// @ts-ignore: decorator
@inline
function channelBytes(): usize {
  return ((<usize>blocks) << 5) + (hasTail ? 16 : 0);
}

/** Writes -U + messages of one pixel to `to`; returns the sum of the messages in each lane. */
// @ts-ignore: decorator
@inline
function slice(pixel: usize, unary: usize, to: usize, from2: usize, from5: usize): v128 {
  const v2 = vertices2 + pixel * 12;
  const w2 = weights2 + pixel * 12;
  const v5 = vertices5 + pixel * 24;
  const w5 = weights5 + pixel * 24;
  const a0 = rowAt(v2, 0, 4), a1 = rowAt(v2, 1, 4), a2 = rowAt(v2, 2, 4);
  const b0 = rowAt(v5, 0, 4), b1 = rowAt(v5, 1, 4), b2 = rowAt(v5, 2, 4);
  const b3 = rowAt(v5, 3, 4), b4 = rowAt(v5, 4, 4), b5 = rowAt(v5, 5, 4);
  const x0 = weightAt(w2, 0), x1 = weightAt(w2, 1), x2 = weightAt(w2, 2);
  const y0 = weightAt(w5, 0), y1 = weightAt(w5, 1), y2 = weightAt(w5, 2);
  const y3 = weightAt(w5, 3), y4 = weightAt(w5, 4), y5 = weightAt(w5, 5);
  const gaussian = f32x4.splat(factor2);
  const bilateral = f32x4.splat(factor5);
  let total = f32x4.splat(0);
  let at: usize = 0;
  for (const end = (<usize>blocks) << 5; at < end; at += 32, from2 += stride2, from5 += stride5) {
    let low = sumOfThree(from2, a0 << 1, a1 << 1, a2 << 1, x0, x1, x2);
    let high = sumOfThree(from2 + 16, a0 << 1, a1 << 1, a2 << 1, x0, x1, x2);
    let alike = sumOfThree(from5, b0 << 1, b1 << 1, b2 << 1, y0, y1, y2);
    let alikeHigh = sumOfThree(from5 + 16, b0 << 1, b1 << 1, b2 << 1, y0, y1, y2);
    alike = f32x4.add(alike, sumOfThree(from5, b3 << 1, b4 << 1, b5 << 1, y3, y4, y5));
    alikeHigh = f32x4.add(alikeHigh, sumOfThree(from5 + 16, b3 << 1, b4 << 1, b5 << 1, y3, y4, y5));
    low = mulAdd(bilateral, alike, f32x4.mul(gaussian, low));
    high = mulAdd(bilateral, alikeHigh, f32x4.mul(gaussian, high));
    total = f32x4.add(total, f32x4.add(low, high));
    v128.store(to + at, f32x4.add(v128.load(unary + at), low));
    v128.store(to + at, f32x4.add(v128.load(unary + at, 16), high), 16);
  }
  if (hasTail) {
    const near = sumOfThree(from2, a0, a1, a2, x0, x1, x2);
    const alike = f32x4.add(sumOfThree(from5, b0, b1, b2, y0, y1, y2), sumOfThree(from5, b3, b4, b5, y3, y4, y5));
    const said = mulAdd(bilateral, alike, f32x4.mul(gaussian, near));
    total = f32x4.add(total, said);
    v128.store(to + at, f32x4.add(v128.load(unary + at), said));
  }
  return sumInLanes(total);
}

/** Pixels [first, last): slices rows `from` (0 at the start) and takes the softmax. The unit is ln 2. */
export function pixelPassWide(first: u32, last: u32, from2: usize, from5: usize): void {
  if (from2 == 0 || blocks + i32(hasTail) > 3) longPass(first, last, from2, from5);
  else if (blocks == 1 && hasTail) shortPass(first, last, from2, from5, 1, true);
  else if (blocks == 1) shortPass(first, last, from2, from5, 1, false);
  else if (blocks == 3) shortPass(first, last, from2, from5, 3, false);
  else if (hasTail) shortPass(first, last, from2, from5, 2, true);
  else shortPass(first, last, from2, from5, 2, false);
}

/** For any number of channels: those of a pixel go through memory between the steps. */
function longPass(first: u32, last: u32, from2: usize, from5: usize): void {
  const bytes = channelBytes();
  const one = lanes(ONE);
  for (let pixel: usize = first; pixel < last; pixel++) {
    const q = marginals + pixel * bytes;
    let source = logits + pixel * bytes;
    let shift = f32x4.splat(0);
    if (from2 != 0) {
      // Logits, then powers, then probabilities of the pixel: each takes the place of the one before.
      shift = f32x4.sub(slice(pixel, source, q, from2, from5), v128.load32_splat(totals + (pixel << 2)));
      source = q;
    }
    let sum = f32x4.splat(0);
    let at: usize = 0;
    for (; at < bytes - 16; at += 16) {
      const e = powerOfTwo(f32x4.add(v128.load(source + at), shift));
      sum = f32x4.add(sum, e);
      v128.store(q + at, e);
    }
    const e = v128.and(powerOfTwo(f32x4.add(v128.load(source + at), shift)), lastClasses);
    const scale = f32x4.div(one, f32x4.add(one, sumInLanes(f32x4.add(sum, e))));
    v128.store(q + at, f32x4.mul(e, scale));
    for (at = 0; at < bytes - 16; at += 16) v128.store(q + at, f32x4.mul(v128.load(q + at), scale));
  }
}

/** 2 to the power of what is `said` for four channels, brought to scale by `shift`, and known of them before. */
// @ts-ignore: decorator
@inline
function powerAt(unary: usize, said: v128, shift: v128): v128 {
  return powerOfTwo(f32x4.add(f32x4.add(v128.load(unary), shift), said));
}

/**
 * For up to 24 channels, which stay in registers: `eights` (1 to 3) blocks of eight and one of four where there is a tail.
 * Corner by corner, so that a weight and an address serve all of them.
 */
// @ts-ignore: decorator
@inline
function shortPass(first: u32, last: u32, from2: usize, from5: usize, eights: i32, tail: bool): void {
  const bytes = (<usize>eights << 5) + (tail ? 16 : 0);
  const one = lanes(ONE);
  const none = f32x4.splat(0);
  const gaussian = f32x4.splat(factor2);
  const bilateral = f32x4.splat(factor5);
  const second2 = from2 + stride2, third2 = second2 + stride2;
  const second5 = from5 + stride5, third5 = second5 + stride5;
  const tail2 = from2 + <usize>eights * stride2, tail5 = from5 + <usize>eights * stride5;
  for (let pixel: usize = first; pixel < last; pixel++) {
    let a = none, b = none, c = none, d = none, e = none, f = none;
    const v2 = vertices2 + pixel * 12, w2 = weights2 + pixel * 12;
    for (let corner: usize = 0; corner < 12; corner += 4) {
      const weight = f32x4.mul(gaussian, lanes(w2 + corner));
      const row = (<usize>load<u32>(v2 + corner)) << 5;
      a = mulAdd(weight, v128.load(from2 + row), a);
      b = mulAdd(weight, v128.load(from2 + row, 16), b);
      if (eights > 1) {
        c = mulAdd(weight, v128.load(second2 + row), c);
        d = mulAdd(weight, v128.load(second2 + row, 16), d);
      }
      if (eights > 2) e = mulAdd(weight, v128.load(third2 + row), e);
      if (eights > 2) f = mulAdd(weight, v128.load(third2 + row, 16), f);
      if (tail) f = mulAdd(weight, v128.load(tail2 + (row >> 1)), f);
    }
    const v5 = vertices5 + pixel * 24, w5 = weights5 + pixel * 24;
    for (let corner: usize = 0; corner < 24; corner += 4) {
      const weight = f32x4.mul(bilateral, lanes(w5 + corner));
      const row = (<usize>load<u32>(v5 + corner)) << 5;
      a = mulAdd(weight, v128.load(from5 + row), a);
      b = mulAdd(weight, v128.load(from5 + row, 16), b);
      if (eights > 1) {
        c = mulAdd(weight, v128.load(second5 + row), c);
        d = mulAdd(weight, v128.load(second5 + row, 16), d);
      }
      if (eights > 2) e = mulAdd(weight, v128.load(third5 + row), e);
      if (eights > 2) f = mulAdd(weight, v128.load(third5 + row, 16), f);
      if (tail) f = mulAdd(weight, v128.load(tail5 + (row >> 1)), f);
    }
    const said = f32x4.add(f32x4.add(a, b), f32x4.add(f32x4.add(c, d), f32x4.add(e, f)));
    const shift = f32x4.sub(sumInLanes(said), lanes(totals + (pixel << 2)));
    const unary = logits + pixel * bytes;
    a = powerAt(unary, a, shift);
    b = powerAt(unary + 16, b, shift);
    if (eights > 1) c = powerAt(unary + 32, c, shift);
    if (eights > 1) d = powerAt(unary + 48, d, shift);
    if (eights > 2) e = powerAt(unary + 64, e, shift);
    if (eights > 2 || tail) f = v128.and(powerAt(unary + bytes - 16, f, shift), lastClasses);
    else if (eights > 1) d = v128.and(d, lastClasses);
    else b = v128.and(b, lastClasses);
    const sum = f32x4.add(f32x4.add(a, b), f32x4.add(f32x4.add(c, d), f32x4.add(e, f)));
    const scale = f32x4.div(one, f32x4.add(one, sumInLanes(sum)));
    const q = marginals + pixel * bytes;
    v128.store(q, f32x4.mul(a, scale));
    v128.store(q, f32x4.mul(b, scale), 16);
    if (eights > 1) v128.store(q, f32x4.mul(c, scale), 32);
    if (eights > 1) v128.store(q, f32x4.mul(d, scale), 48);
    if (eights > 2) v128.store(q, f32x4.mul(e, scale), 64);
    if (eights > 2 || tail) v128.store(q + bytes - 16, f32x4.mul(f, scale));
  }
}

/** What all classes together say to pixels [first, last), from rows of the blurred splat of ones, to f32[] at `totals`. */
export function totalMessages(first: u32, last: u32, ones2: usize, ones5: usize): void {
  for (let pixel: usize = first; pixel < last; pixel++) {
    let near: f32 = 0;
    let alike: f32 = 0;
    for (let at = pixel * 12; at < pixel * 12 + 12; at += 4)
      near += load<f32>(weights2 + at) * load<f32>(ones2 + (<usize>load<u32>(vertices2 + at) << 2));
    for (let at = pixel * 24; at < pixel * 24 + 24; at += 4)
      alike += load<f32>(weights5 + at) * load<f32>(ones5 + (<usize>load<u32>(vertices5 + at) << 2));
    store<f32>(totals + (pixel << 2), factor2 * near + factor5 * alike);
  }
}

/** Sum over pixels [first, last) of q ln q + q (U - U of the last class) - q F; the host adds the sum of that U. */
export function klPassWide(first: u32, last: u32, from2: usize, from5: usize): f64 {
  const bytes = channelBytes();
  const next = own;
  let sum: f64 = 0;
  for (let pixel: usize = first; pixel < last; pixel++) {
    const q = marginals + pixel * bytes;
    const said = f32x4.extract_lane(slice(pixel, logits + pixel * bytes, next, from2, from5), 0);
    // What the neighbours say for the last class.
    const rest = <f64>load<f32>(totals + (pixel << 2)) - <f64>said;
    let left: f64 = 1;
    let energy: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 4) {
      const p = <f64>load<f32>(q + at);
      left -= p;
      if (p == 0) continue;
      sum += p * Math.log(max(p, 1e-20));
      energy += p * (<f64>load<f32>(next + at) - rest);
    }
    left = max(left, 0);
    sum += left * Math.log(max(left, 1e-20)) - <f64>unit * (energy + rest);
  }
  return sum;
}
