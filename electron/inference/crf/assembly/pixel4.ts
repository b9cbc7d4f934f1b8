// The fused pixel pass for three and four classes: one vector of four channels per pixel and row.
import {
  factor2, factor5, lastClasses, logits, marginals, unit, vertices2, vertices5, weights2, weights5,
} from './run';
import { addTo, rowAt, sumOfThree, weightAt } from './rows';
import { AHEAD, hasMoved } from './settled';
import { expBelowZero, largestLane, mulAdd, powerOfTwo, sumInLanes, sumLanes } from './softmax';

/** What the neighbours say, added to `logit`. */
// @ts-ignore: decorator
@inline
function withMessages(logit: v128, pixel: usize, from2: usize, from5: usize): v128 {
  const v2 = vertices2 + pixel * 12;
  const w2 = weights2 + pixel * 12;
  const v5 = vertices5 + pixel * 24;
  const w5 = weights5 + pixel * 24;
  const near = sumOfThree(
    from2,
    rowAt(v2, 0, 4), rowAt(v2, 1, 4), rowAt(v2, 2, 4),
    weightAt(w2, 0), weightAt(w2, 1), weightAt(w2, 2),
  );
  const alike = sumOfThree(
    from5,
    rowAt(v5, 0, 4), rowAt(v5, 1, 4), rowAt(v5, 2, 4),
    weightAt(w5, 0), weightAt(w5, 1), weightAt(w5, 2),
  );
  const rest = sumOfThree(
    from5,
    rowAt(v5, 3, 4), rowAt(v5, 4, 4), rowAt(v5, 5, 4),
    weightAt(w5, 3), weightAt(w5, 4), weightAt(w5, 5),
  );
  const said = mulAdd(f32x4.splat(factor2), near, logit);
  return mulAdd(f32x4.splat(factor5), f32x4.add(alike, rest), said);
}

/** Softmax with the largest subtracted; exactly 0 and 1 where one class is far ahead. */
// @ts-ignore: decorator
@inline
function softmax(logit: v128): v128 {
  const highest = largestLane(logit);
  const near = f32x4.gt(logit, f32x4.splat(highest - AHEAD));
  if (popcnt(i32x4.bitmask(near)) == 1) return v128.and(near, f32x4.splat(1));
  const e = expBelowZero(f32x4.sub(logit, f32x4.splat(highest)));
  return f32x4.mul(e, f32x4.splat(<f32>1 / sumLanes(e)));
}

/** Softmax of logits in units of ln 2 that are known to lie within -100 and the highest power. */
// @ts-ignore: decorator
@inline
function softmaxOfPowers(logit: v128): v128 {
  const e = v128.and(powerOfTwo(logit), lastClasses);
  return f32x4.div(e, sumInLanes(e));
}

/** Pixels [first, last): slices rows `from` (0 at the start), softmax, splats what moved into rows `to`. */
// @ts-ignore: decorator
@inline
function pass(first: u32, last: u32, from2: usize, from5: usize, to2: usize, to5: usize, powers: bool): void {
  for (let pixel: usize = first; pixel < last; pixel++) {
    let logit = v128.load(logits + (pixel << 4));
    if (from2 != 0) logit = withMessages(logit, pixel, from2, from5);
    const q = powers ? softmaxOfPowers(logit) : softmax(logit);
    let change = q;
    if (from2 != 0) {
      change = f32x4.sub(q, v128.load(marginals + (pixel << 4)));
      if (!hasMoved(change)) continue;
    }
    v128.store(marginals + (pixel << 4), q);
    const v2 = vertices2 + pixel * 12;
    const w2 = weights2 + pixel * 12;
    addTo(to2 + rowAt(v2, 0, 4), weightAt(w2, 0), change);
    addTo(to2 + rowAt(v2, 1, 4), weightAt(w2, 1), change);
    addTo(to2 + rowAt(v2, 2, 4), weightAt(w2, 2), change);
    const v5 = vertices5 + pixel * 24;
    const w5 = weights5 + pixel * 24;
    addTo(to5 + rowAt(v5, 0, 4), weightAt(w5, 0), change);
    addTo(to5 + rowAt(v5, 1, 4), weightAt(w5, 1), change);
    addTo(to5 + rowAt(v5, 2, 4), weightAt(w5, 2), change);
    addTo(to5 + rowAt(v5, 3, 4), weightAt(w5, 3), change);
    addTo(to5 + rowAt(v5, 4, 4), weightAt(w5, 4), change);
    addTo(to5 + rowAt(v5, 5, 4), weightAt(w5, 5), change);
  }
}

export function pixelPass4(first: u32, last: u32, from2: usize, from5: usize, to2: usize, to5: usize): void {
  pass(first, last, from2, from5, to2, to5, false);
}

/** The same without the search for the largest logit; the unit is ln 2. */
export function powerPass4(first: u32, last: u32, from2: usize, from5: usize, to2: usize, to5: usize): void {
  pass(first, last, from2, from5, to2, to5, true);
}

/** Sum over pixels [first, last) of q ln q + q U - q F. */
export function klPass4(first: u32, last: u32, from2: usize, from5: usize): f64 {
  let sum: f64 = 0;
  for (let pixel: usize = first; pixel < last; pixel++) {
    const q = marginals + (pixel << 4);
    const energy = withMessages(v128.load(logits + (pixel << 4)), pixel, from2, from5);
    sum -= <f64>unit * <f64>sumLanes(f32x4.mul(v128.load(q), energy));
    for (let c: usize = 0; c < 16; c += 4) {
      const p = <f64>load<f32>(q + c);
      sum += p * Math.log(max(p, 1e-20));
    }
  }
  return sum;
}
