// Logits of many classes in 16 bits: those of a pixel in units of its own, then the float32 that the unit stands for.
import { FOUR_LOGITS, own } from './own';
import { fourSigned, FULL, nearestSigned } from './shares';
import { largestLane, mulAdd } from './softmax';

/** Bytes of a pixel. */
// @ts-ignore: decorator
@inline
export function logitBytes(channels: usize): usize {
  return (channels << 1) + 4;
}

/** Where the logits of four pixels come first, as float32. */
// @ts-ignore: decorator
@inline
export function fourLogits(): usize {
  return own + FOUR_LOGITS;
}

/** The first `count` of those pixels to `to`. */
export function narrowLogits(to: usize, channels: usize, count: u32): void {
  const bytes = channels << 2;
  let from = fourLogits();
  for (const end = from + count * bytes; from < end; from += bytes) {
    let most = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) most = f32x4.pmax(most, f32x4.abs(v128.load(from + at)));
    const largest = largestLane(most);
    const units = f32x4.splat(largest > 0 ? <f32>FULL / largest : 0);
    for (let at: usize = 0; at < bytes; at += 16, to += 8) {
      const numbers = nearestSigned(f32x4.mul(units, v128.load(from + at)));
      v128.store64_lane(to, i16x8.narrow_i32x4_s(numbers, numbers), 0);
    }
    store<f32>(to, largest / <f32>FULL);
    to += 4;
  }
}

/** Four logits, in the pixel's `unit`, and what is added to each. */
// @ts-ignore: decorator
@inline
export function logitsAt(at: usize, unit: v128, shift: v128): v128 {
  return mulAdd(fourSigned(at), unit, shift);
}
