// The pixel pass for nine classes and more, less one: everything is relative to the last class, which has a logit
// of 0 and the probability that the others leave. Its messages are the pixel's total less theirs. Q and the rows that a pixel
// reads are shares. The unit is ln 2.
import { blocks, hasTail, lastClasses, logits, marginals, pixelWeights, rests, unit, vertices2, vertices5 } from './run';
import { own } from './own';
import { lanes } from './lanes';
import { logitBytes, logitsAt } from './narrowLogits';
import { tilePass } from './pixelTile';
import { PIXEL, SAID, TOTAL } from './pixelWeights';
import { ditherOf, scaleOf, share, storeRest } from './powers';
import { addLow, storeFour } from './shares';
import { powerOfShare, sumInLanes } from './softmax';

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
  if (blocks + i32(hasTail) > 3) longPass(first, last, from2, from5);
  else if (blocks == 1 && hasTail) tilePass(first, last, from2, from5, 1, true);
  else if (blocks == 1) tilePass(first, last, from2, from5, 1, false);
  else if (blocks == 3) tilePass(first, last, from2, from5, 3, false);
  else if (hasTail) tilePass(first, last, from2, from5, 2, true);
  else tilePass(first, last, from2, from5, 2, false);
}

/** For any number of channels, pixel by pixel. */
function longPass(first: u32, last: u32, from2: usize, from5: usize): void {
  const bytes = channelCount() << 2;
  const powers = own;
  for (let pixel: usize = first; pixel < last; pixel++) {
    let left = f32x4.splat(0);
    if (from2 != 0)
      left = f32x4.sub(lanes(pixelWeights + pixel * PIXEL + TOTAL), slice(pixel, powers, from2, from5));
    else copyLogits(pixel, powers, bytes >> 1);
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      let e = powerOfShare(v128.load(powers + at));
      if (at == bytes - 16) e = v128.and(e, lastClasses);
      sum = f32x4.add(sum, e);
      v128.store(powers + at, e);
    }
    const rest = powerOfShare(left);
    const scale = scaleOf(f32x4.add(rest, sumInLanes(sum)));
    const dither = ditherOf(pixel);
    storeRest(pixel, rest, scale, dither);
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
