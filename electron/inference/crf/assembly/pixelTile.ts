// The pixel pass for up to 24 channels, a tile of pixels at a time: slices first, then the softmax. What a pixel's softmax waits
// for, from one step to the next, takes longer than its instructions; in a loop of its own the processor has the next
// pixels to go on with, where slicing and softmax of one pixel after the other are too long for it to look ahead.
import { lanes } from './lanes';
import { logitBytes, logitsAt } from './narrowLogits';
import { own, TILE_EXPONENTS } from './own';
import { PIXEL, SAID, TOTAL } from './pixelWeights';
import { ditherOf, scaleOf, share, storeRest } from './powers';
import { lastClasses, logits, marginals, pixelWeights, vertices2, vertices5 } from './run';
import { addHigh, addLow, fourSigned, productHigh, productLow, storeEight, storeFour } from './shares';
import { mulAdd, powerOfShare, sumInLanes } from './softmax';

/** Pixels of a tile. */
const TILE: usize = 32;
/** Of its exponents the last classes' come first, f32[TILE], then the others'. */
const OTHERS: usize = TILE_EXPONENTS + (TILE << 2);

/**
 * Pixels [first, last): slices rows `from` (0 at the start) and takes the softmax. `eights` (1 to 3) blocks of eight channels
 * and one of four where there is a tail.
 */
// @ts-ignore: decorator
@inline
export function tilePass(first: u32, last: u32, from2: usize, from5: usize, eights: i32, tail: bool): void {
  for (let from: usize = first; from < <usize>last; from += TILE) {
    const end = min<usize>(from + TILE, last);
    if (from2 == 0) copyLogits(from, end, eights, tail);
    else sliceTile(from, end, from2, from5, eights, tail);
    softmaxTile(from, end, eights, tail);
  }
}

/** Bytes of the shares of a pixel; its exponents take twice as many. */
// @ts-ignore: decorator
@inline
function bytesOf(eights: i32, tail: bool): usize {
  return (<usize>eights << 4) + (tail ? 8 : 0);
}

/** Exponents before anybody has said anything. */
// @ts-ignore: decorator
@inline
function copyLogits(first: usize, end: usize, eights: i32, tail: bool): void {
  const bytes = bytesOf(eights, tail);
  memory.fill(own + TILE_EXPONENTS, 0, TILE << 2);
  let to = own + OTHERS;
  for (let pixel = first; pixel < end; pixel++) {
    const unary = logits + pixel * logitBytes(bytes >> 1);
    const unit = lanes(unary + bytes);
    for (let at: usize = 0; at < bytes; at += 8, to += 16) v128.store(to, logitsAt(unary + at, unit, f32x4.splat(0)));
  }
}

/**
 * Exponents of all classes: logit and messages. The last class's logit is 0, and its messages are what the others' leave of
 * all that is said to the pixel. No message is negative, so none can be far below its logit.
 */
// @ts-ignore: decorator
@inline
function sliceTile(first: usize, end: usize, from2: usize, from5: usize, eights: i32, tail: bool): void {
  const bytes = bytesOf(eights, tail);
  let left = own + TILE_EXPONENTS;
  let to = own + OTHERS;
  for (let pixel = first; pixel < end; pixel++) {
    const v2 = vertices2 + pixel * 12, v5 = vertices5 + pixel * 24;
    const a0 = rowOf(from2, v2, bytes), a1 = rowOf(from2, v2 + 4, bytes), a2 = rowOf(from2, v2 + 8, bytes);
    const b0 = rowOf(from5, v5, bytes), b1 = rowOf(from5, v5 + 4, bytes), b2 = rowOf(from5, v5 + 8, bytes);
    const b3 = rowOf(from5, v5 + 12, bytes), b4 = rowOf(from5, v5 + 16, bytes), b5 = rowOf(from5, v5 + 20, bytes);
    const around = pixelWeights + pixel * PIXEL;
    const x0 = lanes(around), x1 = lanes(around + 4);
    const y0 = lanes(around + 8), y1 = lanes(around + 12), y2 = lanes(around + 16);
    const said = lanes(around + SAID);
    const unary = logits + pixel * logitBytes(bytes >> 1);
    const unit = lanes(unary + bytes);
    let all = sliceEight(to, 0, unary, unit, said, a0, a1, a2, b0, b1, b2, b3, b4, b5, x0, x1, y0, y1, y2);
    if (eights > 1)
      all = f32x4.add(all, sliceEight(to + 32, 16, unary, unit, said, a0, a1, a2, b0, b1, b2, b3, b4, b5, x0, x1, y0, y1, y2));
    if (eights > 2)
      all = f32x4.add(all, sliceEight(to + 64, 32, unary, unit, said, a0, a1, a2, b0, b1, b2, b3, b4, b5, x0, x1, y0, y1, y2));
    if (tail)
      all = f32x4.add(
        all,
        sliceFour(to + (bytes << 1) - 16, bytes - 8, unary, unit, said, a0, a1, a2, b0, b1, b2, b3, b4, b5, x0, x1, y0, y1, y2),
      );
    v128.store32_lane(left, f32x4.sub(lanes(around + TOTAL), f32x4.mul(said, sumInLanes(all))), 0);
    left += 4;
    to += bytes << 1;
  }
}

// @ts-ignore: decorator
@inline
function rowOf(rows: usize, vertex: usize, bytes: usize): usize {
  return rows + <usize>load<u32>(vertex) * bytes;
}

/**
 * Exponents of eight channels, `at` bytes from the first: of rows at `a`, with weights `x`, and at `b`, with weights `y`, in pairs;
 * the third corner of the Gaussian has no partner but itself, with a weight of 0. Returns the sum of the products.
 */
// @ts-ignore: decorator
@inline
function sliceEight(
  to: usize, at: usize, unary: usize, unit: v128, said: v128,
  a0: usize, a1: usize, a2: usize, b0: usize, b1: usize, b2: usize, b3: usize, b4: usize, b5: usize,
  x0: v128, x1: v128, y0: v128, y1: v128, y2: v128,
): v128 {
  let one = v128.load(a0 + at), other = v128.load(a1 + at);
  let low = productLow(one, other, x0), high = productHigh(one, other, x0);
  one = v128.load(a2 + at);
  low = addLow(low, one, one, x1);
  high = addHigh(high, one, one, x1);
  one = v128.load(b0 + at), other = v128.load(b1 + at);
  low = addLow(low, one, other, y0);
  high = addHigh(high, one, other, y0);
  one = v128.load(b2 + at), other = v128.load(b3 + at);
  low = addLow(low, one, other, y1);
  high = addHigh(high, one, other, y1);
  one = v128.load(b4 + at), other = v128.load(b5 + at);
  low = addLow(low, one, other, y2);
  high = addHigh(high, one, other, y2);
  low = f32x4.convert_i32x4_s(low);
  high = f32x4.convert_i32x4_s(high);
  v128.store(to, mulAdd(low, said, f32x4.mul(fourSigned(unary + at), unit)));
  v128.store(to, mulAdd(high, said, f32x4.mul(fourSigned(unary + at + 8), unit)), 16);
  return f32x4.add(low, high);
}

/** The same of four channels. */
// @ts-ignore: decorator
@inline
function sliceFour(
  to: usize, at: usize, unary: usize, unit: v128, said: v128,
  a0: usize, a1: usize, a2: usize, b0: usize, b1: usize, b2: usize, b3: usize, b4: usize, b5: usize,
  x0: v128, x1: v128, y0: v128, y1: v128, y2: v128,
): v128 {
  const third = v128.load64_zero(a2 + at);
  let sum = productLow(v128.load64_zero(a0 + at), v128.load64_zero(a1 + at), x0);
  sum = addLow(sum, third, third, x1);
  sum = addLow(sum, v128.load64_zero(b0 + at), v128.load64_zero(b1 + at), y0);
  sum = addLow(sum, v128.load64_zero(b2 + at), v128.load64_zero(b3 + at), y1);
  sum = addLow(sum, v128.load64_zero(b4 + at), v128.load64_zero(b5 + at), y2);
  sum = f32x4.convert_i32x4_s(sum);
  v128.store(to, mulAdd(sum, said, f32x4.mul(fourSigned(unary + at), unit)));
  return sum;
}

/** Q of the exponents. */
// @ts-ignore: decorator
@inline
function softmaxTile(first: usize, end: usize, eights: i32, tail: bool): void {
  const bytes = bytesOf(eights, tail);
  const none = f32x4.splat(0);
  let left = own + TILE_EXPONENTS;
  let from = own + OTHERS;
  for (let pixel = first; pixel < end; pixel++) {
    let a = none, b = none, c = none, d = none, e = none, f = none;
    a = powerOfShare(v128.load(from));
    b = powerOfShare(v128.load(from, 16));
    if (eights > 1) c = powerOfShare(v128.load(from, 32));
    if (eights > 1) d = powerOfShare(v128.load(from, 48));
    if (eights > 2) e = powerOfShare(v128.load(from, 64));
    if (eights > 2 || tail) f = v128.and(powerOfShare(v128.load(from + (bytes << 1) - 16)), lastClasses);
    else if (eights > 1) d = v128.and(d, lastClasses);
    else b = v128.and(b, lastClasses);
    const rest = powerOfShare(lanes(left));
    const sum = sumInLanes(f32x4.add(f32x4.add(a, b), f32x4.add(f32x4.add(c, d), f32x4.add(e, f))));
    const scale = scaleOf(f32x4.add(rest, sum));
    const dither = ditherOf(pixel);
    storeRest(pixel, rest, scale, dither);
    const q = marginals + pixel * bytes;
    storeEight(q, share(a, scale, dither), share(b, scale, dither));
    if (eights > 1) storeEight(q + 16, share(c, scale, dither), share(d, scale, dither));
    if (eights > 2) storeEight(q + 32, share(e, scale, dither), share(f, scale, dither));
    else if (tail) storeFour(q + bytes - 8, share(f, scale, dither));
    left += 4;
    from += bytes << 1;
  }
}
