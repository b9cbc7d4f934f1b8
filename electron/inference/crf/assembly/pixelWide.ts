// The pixel pass for nine classes and more, less one: everything is relative to the last class, which has a logit
// of 0 and the probability that the others leave. Its messages are the pixel's total less theirs. Q and the rows that a pixel
// reads are shares. The unit is ln 2.
import { blocks, hasTail, lastClasses, logits, marginals, pixelWeights, rests, unit, vertices2, vertices5 } from './run';
import { own } from './own';
import { lanes } from './lanes';
import { logitBytes, logitsAt } from './narrowLogits';
import { PIXEL, SAID, TOTAL } from './pixelWeights';
import { addHigh, addLow, FULL, storeEight, storeFour, sumWhole, wholeBelow } from './shares';
import { mulAdd, ONE, powerOfShare, sumInLanes } from './softmax';

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
function ditherOf(pixel: usize): v128 {
  return lanes(DITHER + (((pixel + (pixel >> 5) * 7) & 15) << 2));
}

/** Channels of a pixel, padding included. */
// @ts-ignore: decorator
@inline
function channelCount(): usize {
  return ((<usize>blocks) << 3) + (hasTail ? 4 : 0);
}

/** Writes -U + messages of one pixel, to `to`; returns the sum of the messages in each lane. */
function slice(pixel: usize, to: usize, from2: usize, from5: usize): v128 {
  const bytes = channelCount() << 1;
  const none = i32x4.splat(0);
  const weights = pixelWeights + pixel * PIXEL;
  const said = lanes(weights + SAID);
  const v2 = vertices2 + pixel * 12, v5 = vertices5 + pixel * 24;
  const unary = logits + pixel * logitBytes(bytes >> 1);
  const unit = lanes(unary + bytes);
  let total = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 8) {
    const gaussian = from2 + at, bilateral = from5 + at;
    let sum = none;
    for (let corner: usize = 0; corner < 16; corner += 8) {
      const one = v128.load64_zero(gaussian + <usize>load<u32>(v2 + corner) * bytes);
      const other = corner == 0 ? v128.load64_zero(gaussian + <usize>load<u32>(v2, 4) * bytes) : none;
      sum = addLow(sum, one, other, lanes(weights + (corner >> 1)));
    }
    for (let corner: usize = 0; corner < 24; corner += 8) {
      const one = v128.load64_zero(bilateral + <usize>load<u32>(v5 + corner) * bytes);
      const other = v128.load64_zero(bilateral + <usize>load<u32>(v5 + corner, 4) * bytes);
      sum = addLow(sum, one, other, lanes(weights + 8 + (corner >> 1)));
    }
    const messages = f32x4.mul(said, f32x4.convert_i32x4_s(sum));
    total = f32x4.add(total, messages);
    v128.store(to + (at << 1), logitsAt(unary + at, unit, messages));
  }
  return sumInLanes(total);
}

/** Pixels [first, last): slices rows `from` (0 at the start) and takes the softmax. */
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
  const bytes = channelCount() << 2;
  const powers = own;
  for (let pixel: usize = first; pixel < last; pixel++) {
    let shift = f32x4.splat(0);
    if (from2 != 0)
      shift = f32x4.sub(slice(pixel, powers, from2, from5), lanes(pixelWeights + pixel * PIXEL + TOTAL));
    else copyLogits(pixel, powers, bytes >> 1);
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      let e = powerOfShare(f32x4.add(v128.load(powers + at), shift));
      if (at == bytes - 16) e = v128.and(e, lastClasses);
      sum = f32x4.add(sum, e);
      v128.store(powers + at, e);
    }
    const scale = scaleOf(sum);
    const dither = ditherOf(pixel);
    storeRest(pixel, scale, dither);
    const q = marginals + pixel * (bytes >> 1);
    for (let at: usize = 0; at < bytes; at += 16) storeFour(q + (at >> 1), share(v128.load(powers + at), scale, dither));
  }
}

// @ts-ignore: decorator
@inline
function copyLogits(pixel: usize, to: usize, bytes: usize): void {
  const unary = logits + pixel * logitBytes(bytes >> 1);
  const unit = lanes(unary + bytes);
  for (let at: usize = 0; at < bytes; at += 8) v128.store(to + (at << 1), logitsAt(unary + at, unit, f32x4.splat(0)));
}

/** From the powers of the classes but the last, whose is 1, what makes shares of powers. */
// @ts-ignore: decorator
@inline
function scaleOf(powers: v128): v128 {
  return f32x4.div(lanes(FULLS), f32x4.add(lanes(ONE), sumInLanes(powers)));
}

// @ts-ignore: decorator
@inline
function share(power: v128, scale: v128, dither: v128): v128 {
  return wholeBelow(mulAdd(power, scale, dither));
}

/** The last class's share, which only those need who read Q. */
// @ts-ignore: decorator
@inline
function storeRest(pixel: usize, scale: v128, dither: v128): void {
  store<u16>(rests + (pixel << 1), <u16>i32x4.extract_lane(wholeBelow(f32x4.add(scale, dither)), 0));
}

/** 2 to the power of what the `sum` of products says for four channels, brought to scale by `shift`, and of their logits. */
// @ts-ignore: decorator
@inline
function powerAt(unary: usize, unit: v128, sum: v128, said: v128, shift: v128): v128 {
  return powerOfShare(mulAdd(sum, said, logitsAt(unary, unit, shift)));
}

/**
 * For up to 24 channels, which stay in registers: `eights` (1 to 3) blocks of eight and one of four where there is a tail.
 * Corner by corner, so that a weight and an address serve all of them.
 */
// @ts-ignore: decorator
@inline
function shortPass(first: u32, last: u32, from2: usize, from5: usize, eights: i32, tail: bool): void {
  const bytes = (<usize>eights << 4) + (tail ? 8 : 0);
  const none = i32x4.splat(0);
  for (let pixel: usize = first; pixel < last; pixel++) {
    let a = none, b = none, c = none, d = none, e = none, f = none;
    const around = pixelWeights + pixel * PIXEL;
    const v2 = vertices2 + pixel * 12, v5 = vertices5 + pixel * 24;
    for (let corner: usize = 0; corner < 40; corner += 8) {
      const near = corner < 16;
      const vertices = near ? v2 + corner : v5 + corner - 16;
      const rows = near ? from2 : from5;
      const one = rows + <usize>load<u32>(vertices) * bytes;
      // The third corner of the Gaussian has no partner but itself, with a weight of 0.
      const other = rows + <usize>load<u32>(corner == 8 ? vertices : vertices + 4) * bytes;
      const weights = lanes(around + (corner >> 1));
      const x = v128.load(one), y = v128.load(other);
      a = addLow(a, x, y, weights);
      b = addHigh(b, x, y, weights);
      if (eights > 1) {
        const x = v128.load(one, 16), y = v128.load(other, 16);
        c = addLow(c, x, y, weights);
        d = addHigh(d, x, y, weights);
      }
      if (eights > 2) {
        const x = v128.load(one, 32), y = v128.load(other, 32);
        e = addLow(e, x, y, weights);
        f = addHigh(f, x, y, weights);
      }
      if (tail) f = addLow(f, v128.load64_zero(one + bytes - 8), v128.load64_zero(other + bytes - 8), weights);
    }
    a = f32x4.convert_i32x4_s(a);
    b = f32x4.convert_i32x4_s(b);
    c = f32x4.convert_i32x4_s(c);
    d = f32x4.convert_i32x4_s(d);
    e = f32x4.convert_i32x4_s(e);
    f = f32x4.convert_i32x4_s(f);
    const said = lanes(around + SAID);
    const all = f32x4.add(f32x4.add(a, b), f32x4.add(f32x4.add(c, d), f32x4.add(e, f)));
    const shift = f32x4.sub(f32x4.mul(said, sumInLanes(all)), lanes(around + TOTAL));
    const unary = logits + pixel * logitBytes(bytes >> 1);
    const unit = lanes(unary + bytes);
    a = powerAt(unary, unit, a, said, shift);
    b = powerAt(unary + 8, unit, b, said, shift);
    if (eights > 1) c = powerAt(unary + 16, unit, c, said, shift);
    if (eights > 1) d = powerAt(unary + 24, unit, d, said, shift);
    if (eights > 2) e = powerAt(unary + 32, unit, e, said, shift);
    if (eights > 2 || tail) f = v128.and(powerAt(unary + bytes - 8, unit, f, said, shift), lastClasses);
    else if (eights > 1) d = v128.and(d, lastClasses);
    else b = v128.and(b, lastClasses);
    const scale = scaleOf(f32x4.add(f32x4.add(a, b), f32x4.add(f32x4.add(c, d), f32x4.add(e, f))));
    const dither = ditherOf(pixel);
    storeRest(pixel, scale, dither);
    const q = marginals + pixel * bytes;
    storeEight(q, share(a, scale, dither), share(b, scale, dither));
    if (eights > 1) storeEight(q + 16, share(c, scale, dither), share(d, scale, dither));
    if (eights > 2) storeEight(q + 32, share(e, scale, dither), share(f, scale, dither));
    else if (tail) storeFour(q + bytes - 8, share(f, scale, dither));
  }
}

/** Sum over pixels [first, last) of q ln q + q (U - U of the last class) - q F; the host adds the sum of that U. */
export function klPassWide(first: u32, last: u32, from2: usize, from5: usize): f64 {
  const channels = channelCount();
  const next = own;
  let sum: f64 = 0;
  for (let pixel: usize = first; pixel < last; pixel++) {
    const q = marginals + pixel * (channels << 1);
    const said = f32x4.extract_lane(slice(pixel, next, from2, from5), 0);
    // What the neighbours say for the last class.
    const rest = <f64>load<f32>(pixelWeights + pixel * PIXEL + TOTAL) - <f64>said;
    const left = <u32>load<u16>(rests + (pixel << 1));
    let all = left;
    for (let at: usize = 0; at < channels; at++) all += load<u16>(q + (at << 1));
    const share = 1 / <f64>all;
    let energy: f64 = 0;
    for (let at: usize = 0; at < channels; at++) {
      const p = <f64>load<u16>(q + (at << 1)) * share;
      if (p == 0) continue;
      sum += p * Math.log(p);
      energy += p * (<f64>load<f32>(next + (at << 2)) - rest);
    }
    const p = <f64>left * share;
    sum += p * Math.log(max(p, 1e-20)) - <f64>unit * (energy + rest);
  }
  return sum;
}
