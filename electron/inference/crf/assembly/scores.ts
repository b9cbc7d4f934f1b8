// Class scores from planes to logits: the logarithm of their softmax, clipped, four pixels at a time.
import { boundLogits, firstLanes, isOdd, valuesOf } from './layIn';
import { fourLogits, logitBytes, narrowLogits } from './narrowLogits';
import { logits, padding, unit } from './run';
import { expBelowZero, sumLanes } from './softmax';
import { STRIP } from './strips';
import { storeTurned } from './transpose';

/** -ln(1e-5): no class is less likely than this to begin with. */
const HIGHEST_ENERGY: f32 = 11.5129255;

/**
 * Scores [classes, lastRow - firstRow, width] at `planes`, of these rows of the image, to logits [pixels in strips, channels]: the logarithm of their softmax
 * with temperature; with one channel (two classes) the second less the first. Where they are `relative` the last class is
 * left out and its logit taken from each, and they are narrowLogits. Only columns from firstColumn, a multiple of STRIP, up to lastColumn. Returns the sum
 * of the energies of that class, else of the first, NaN when a score is not finite. May read twelve bytes past the planes,
 * and write three rows past the logits.
 */
export function interleaveScores(
  planes: usize,
  width: u32,
  height: u32,
  classes: u32,
  channels: u32,
  temperature: f32,
  relative: bool,
  firstRow: u32,
  lastRow: u32,
  firstColumn: u32,
  lastColumn: u32,
): f64 {
  const plane = (<usize>width * (lastRow - firstRow)) << 2;
  const inverse = f32x4.splat(<f32>1 / temperature);
  const stride = (<usize>channels) << 2;
  const laid = relative ? classes - 1 : classes;
  const laidBytes = relative ? logitBytes(channels) : stride;
  const none = f32x4.splat(relative ? 0 : padding);
  let odd = f32x4.splat(0);
  let energies: f64 = 0;
  for (let left = firstColumn; left < lastColumn; left += STRIP) {
    const right = min(left + STRIP, width);
    let to = logits + laidBytes * (<usize>left * height + <usize>(right - left) * firstRow);
    for (let y: u32 = 0; y < lastRow - firstRow; y++)
      for (let x = left; x < right; x += 4) {
        const lanes = min<u32>(4, right - x);
        const inside = firstLanes(lanes);
        const first = planes + ((<usize>y * width + x) << 2);
        const end = first + plane * classes;
        let highest = valuesOf(first, inside);
        for (let from = first; from < end; from += plane) {
          const score = valuesOf(from, inside);
          highest = f32x4.pmax(highest, score);
          odd = v128.or(odd, isOdd(score));
        }
        let sum = f32x4.splat(0);
        for (let from = first; from < end; from += plane)
          sum = f32x4.add(sum, expBelowZero(f32x4.mul(f32x4.sub(v128.load(from), highest), inverse)));
        const logSum = logarithms(sum);
        const known = logLikelihood(relative ? end - plane : first, highest, inverse, logSum);
        energies -= <f64>sumLanes(v128.and(known, inside));
        const base = relative ? known : f32x4.splat(0);
        if (channels == 1)
          v128.store(to, f32x4.sub(logLikelihood(first + plane, highest, inverse, logSum), known));
        else {
          const scale = f32x4.splat(<f32>1 / unit);
          const four = relative ? fourLogits() : to;
          let from = first;
          for (let c: u32 = 0; c < channels; c += 4, from += 4 * plane)
            storeTurned(
              four + (<usize>c << 2),
              stride,
              4,
              c < laid ? f32x4.mul(scale, f32x4.sub(logLikelihood(from, highest, inverse, logSum), base)) : none,
              c + 1 < laid ? f32x4.mul(scale, f32x4.sub(logLikelihood(from + plane, highest, inverse, logSum), base)) : none,
              c + 2 < laid ? f32x4.mul(scale, f32x4.sub(logLikelihood(from + 2 * plane, highest, inverse, logSum), base)) : none,
              c + 3 < laid ? f32x4.mul(scale, f32x4.sub(logLikelihood(from + 3 * plane, highest, inverse, logSum), base)) : none,
            );
          if (relative) narrowLogits(to, channels, lanes);
        }
        to += laidBytes * lanes;
      }
  }
  return v128.any_true(odd) ? NaN : energies;
}

/** What is known of the logits of scores without looking at them. */
export function boundScores(relative: bool): void {
  boundLogits(-HIGHEST_ENERGY / unit, relative ? HIGHEST_ENERGY / unit : 0);
}

// @ts-ignore: decorator
@inline
function logarithms(x: v128): v128 {
  let logs = f32x4.splat(Mathf.log(f32x4.extract_lane(x, 0)));
  logs = f32x4.replace_lane(logs, 1, Mathf.log(f32x4.extract_lane(x, 1)));
  logs = f32x4.replace_lane(logs, 2, Mathf.log(f32x4.extract_lane(x, 2)));
  return f32x4.replace_lane(logs, 3, Mathf.log(f32x4.extract_lane(x, 3)));
}

// @ts-ignore: decorator
@inline
function logLikelihood(scores: usize, highest: v128, inverse: v128, logSum: v128): v128 {
  const scaled = f32x4.mul(f32x4.sub(v128.load(scores), highest), inverse);
  return f32x4.pmax(f32x4.splat(-HIGHEST_ENERGY), f32x4.sub(scaled, logSum));
}
