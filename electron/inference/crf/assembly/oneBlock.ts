// The fused pixel pass for five to eight classes: one block of eight channels that stays in registers. The addresses
// and weights of the nine rows are worked out once, for both halves and for slicing and splatting alike.
import { factor2, factor5, lastClasses, logits, marginals, vertices2, vertices5, weights2, weights5 } from './run';
import { addTo, rowAt, sumOfThree, weightAt } from './rows';
import { AHEAD, hasMoved } from './settled';
import { expBelowZero, largestLane, mulAdd, powerOfTwo, sumInLanes, sumLanes } from './softmax';

// @ts-ignore: decorator
@inline
function add(row: usize, weight: v128, low: v128, high: v128): void {
  addTo(row, weight, low);
  addTo(row + 16, weight, high);
}

/** Pixels [first, last): slices rows `from` (0 at the start), softmax, splats what moved into rows `to`. */
// @ts-ignore: decorator
@inline
function pass(first: u32, last: u32, from2: usize, from5: usize, to2: usize, to5: usize, powers: bool): void {
  const known = from2 != 0;
  const one = f32x4.splat(1);
  const gaussian = f32x4.splat(factor2);
  const bilateral = f32x4.splat(factor5);
  for (let pixel: usize = first; pixel < last; pixel++) {
    const v2 = vertices2 + pixel * 12;
    const w2 = weights2 + pixel * 12;
    const v5 = vertices5 + pixel * 24;
    const w5 = weights5 + pixel * 24;
    const a0 = rowAt(v2, 0, 5), a1 = rowAt(v2, 1, 5), a2 = rowAt(v2, 2, 5);
    const b0 = rowAt(v5, 0, 5), b1 = rowAt(v5, 1, 5), b2 = rowAt(v5, 2, 5);
    const b3 = rowAt(v5, 3, 5), b4 = rowAt(v5, 4, 5), b5 = rowAt(v5, 5, 5);
    const x0 = weightAt(w2, 0), x1 = weightAt(w2, 1), x2 = weightAt(w2, 2);
    const y0 = weightAt(w5, 0), y1 = weightAt(w5, 1), y2 = weightAt(w5, 2);
    const y3 = weightAt(w5, 3), y4 = weightAt(w5, 4), y5 = weightAt(w5, 5);

    let low = v128.load(logits + (pixel << 5));
    let high = v128.load(logits + (pixel << 5), 16);
    if (known) {
      const near = sumOfThree(from2, a0, a1, a2, x0, x1, x2);
      const nearHigh = sumOfThree(from2 + 16, a0, a1, a2, x0, x1, x2);
      const alike = f32x4.add(sumOfThree(from5, b0, b1, b2, y0, y1, y2), sumOfThree(from5, b3, b4, b5, y3, y4, y5));
      const alikeHigh = f32x4.add(
        sumOfThree(from5 + 16, b0, b1, b2, y0, y1, y2),
        sumOfThree(from5 + 16, b3, b4, b5, y3, y4, y5),
      );
      low = mulAdd(bilateral, alike, mulAdd(gaussian, near, low));
      high = mulAdd(bilateral, alikeHigh, mulAdd(gaussian, nearHigh, high));
    }

    if (powers) {
      low = powerOfTwo(low);
      high = v128.and(powerOfTwo(high), lastClasses);
      const sum = sumInLanes(f32x4.add(low, high));
      const scale = f32x4.div(one, sum);
      low = f32x4.mul(low, scale);
      high = f32x4.mul(high, scale);
    } else {
      const highest = largestLane(f32x4.pmax(low, high));
      const near = f32x4.splat(highest - AHEAD);
      const nearLow = f32x4.gt(low, near);
      const nearHigh = f32x4.gt(high, near);
      if (popcnt((i32x4.bitmask(nearLow) << 4) | i32x4.bitmask(nearHigh)) == 1) {
        low = v128.and(nearLow, one);
        high = v128.and(nearHigh, one);
      } else {
        const top = f32x4.splat(highest);
        low = expBelowZero(f32x4.sub(low, top));
        high = expBelowZero(f32x4.sub(high, top));
        const scale = f32x4.splat(<f32>1 / sumLanes(f32x4.add(low, high)));
        low = f32x4.mul(low, scale);
        high = f32x4.mul(high, scale);
      }
    }

    const q = marginals + (pixel << 5);
    let lowChange = low;
    let highChange = high;
    if (known) {
      lowChange = f32x4.sub(low, v128.load(q));
      highChange = f32x4.sub(high, v128.load(q, 16));
      if (!hasMoved(f32x4.pmax(f32x4.abs(lowChange), f32x4.abs(highChange)))) continue;
    }
    v128.store(q, low);
    v128.store(q, high, 16);
    add(to2 + a0, x0, lowChange, highChange);
    add(to2 + a1, x1, lowChange, highChange);
    add(to2 + a2, x2, lowChange, highChange);
    add(to5 + b0, y0, lowChange, highChange);
    add(to5 + b1, y1, lowChange, highChange);
    add(to5 + b2, y2, lowChange, highChange);
    add(to5 + b3, y3, lowChange, highChange);
    add(to5 + b4, y4, lowChange, highChange);
    add(to5 + b5, y5, lowChange, highChange);
  }
}

export function passOneBlock(first: u32, last: u32, from2: usize, from5: usize, to2: usize, to5: usize): void {
  pass(first, last, from2, from5, to2, to5, false);
}

/** The same without the search for the largest logit; the unit is ln 2. */
export function powerPassOneBlock(first: u32, last: u32, from2: usize, from5: usize, to2: usize, to5: usize): void {
  pass(first, last, from2, from5, to2, to5, true);
}
