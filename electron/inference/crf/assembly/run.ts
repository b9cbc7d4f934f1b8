// Addresses of one run, set by the host before the passes; and the reordering of the unary.

import { expBelowZero, sumLanes } from './softmax';
import { STRIP } from './strips';

/** -U per pixel in padded class order ([pixels, width]; one signed number per pixel for two classes). */
export let logits: usize = 0;
/** Q in the same layout (q1 - q0 for two classes). */
export let marginals: usize = 0;
/** Gaussian lattice: corner rows u32[pixels, 3], weights f32[pixels, 3]. */
export let vertices2: usize = 0;
export let weights2: usize = 0;
/** Bilateral lattice: corner rows u32[pixels, 6], weights f32[pixels, 6]. */
export let vertices5: usize = 0;
export let weights5: usize = 0;
/** Term weight times alpha of each lattice. */
export let factor2: f32 = 0;
export let factor5: f32 = 0;
/** Bytes from one block of eight channels to the next. */
export let stride2: usize = 0;
export let stride5: usize = 0;
export let blocks: i32 = 0;

export function configure(
  logitsAt: usize,
  marginalsAt: usize,
  vertices2At: usize,
  weights2At: usize,
  vertices5At: usize,
  weights5At: usize,
  gaussian: f32,
  bilateral: f32,
  bytes2: usize,
  bytes5: usize,
  blockCount: i32,
): void {
  logits = logitsAt;
  marginals = marginalsAt;
  vertices2 = vertices2At;
  weights2 = weights2At;
  vertices5 = vertices5At;
  weights5 = weights5At;
  factor2 = gaussian;
  factor5 = bilateral;
  stride2 = bytes2;
  stride5 = bytes5;
  blocks = blockCount;
}

/** Far below every real class, so that padding channels get exactly zero. */
const PADDING: f32 = -1e30;

/**
 * Energies [classes, height * width] at `planes` to logits [pixels in strips, channels]; with one
 * channel (two classes) the number is U0 - U1.
 */
export function interleaveUnary(
  planes: usize,
  width: u32,
  height: u32,
  classes: u32,
  channels: u32,
): void {
  const plane = (<usize>width * height) << 2;
  let to = logits;
  for (let left: u32 = 0; left < width; left += STRIP) {
    const right = min(left + STRIP, width);
    for (let y: u32 = 0; y < height; y++)
      for (let x = left; x < right; x++) {
        let from = planes + ((<usize>y * width + x) << 2);
        if (channels == 1) {
          store<f32>(to, load<f32>(from) - load<f32>(from + plane));
          to += 4;
          continue;
        }
        for (let c: u32 = 0; c < channels; c++) {
          store<f32>(to, c < classes ? -load<f32>(from) : PADDING);
          from += plane;
          to += 4;
        }
      }
  }
}

/** -ln(1e-5): no class is less likely than this to begin with. */
const HIGHEST_ENERGY: f32 = 11.5129255;

/**
 * Scores [classes, height * width] at `planes` to logits [pixels in strips, channels]: the logarithm of
 * their softmax with temperature, four pixels at a time; with one channel (two classes) the second less
 * the first. Returns the sum of the first class's energies, NaN when a score is not finite.
 * May read twelve bytes past the planes.
 */
export function interleaveScores(
  planes: usize,
  width: u32,
  height: u32,
  classes: u32,
  channels: u32,
  temperature: f32,
): f64 {
  const plane = (<usize>width * height) << 2;
  const end = planes + plane * classes;
  const inverse = f32x4.splat(<f32>1 / temperature);
  const zero = f32x4.splat(0);
  const stride = (<usize>channels) << 2;
  let unusable = zero;
  let firstSum: f64 = 0;
  let to = logits;
  for (let left: u32 = 0; left < width; left += STRIP) {
    const right = min(left + STRIP, width);
    for (let y: u32 = 0; y < height; y++)
      for (let x = left; x < right; x += 4) {
        const lanes = min<u32>(4, right - x);
        const first = planes + ((<usize>y * width + x) << 2);
        let highest = v128.load(first);
        // Infinity and NaN are the numbers whose difference from themselves is not zero.
        let odd = f32x4.ne(f32x4.sub(highest, highest), zero);
        for (let from = first + plane; from < end; from += plane) {
          const score = v128.load(from);
          highest = f32x4.pmax(highest, score);
          odd = v128.or(odd, f32x4.ne(f32x4.sub(score, score), zero));
        }
        const inside = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(lanes));
        unusable = v128.or(unusable, v128.and(odd, inside));
        let sum = zero;
        for (let from = first; from < end; from += plane)
          sum = f32x4.add(sum, expBelowZero(f32x4.mul(f32x4.sub(v128.load(from), highest), inverse)));
        let logSum = f32x4.splat(Mathf.log(f32x4.extract_lane(sum, 0)));
        logSum = f32x4.replace_lane(logSum, 1, Mathf.log(f32x4.extract_lane(sum, 1)));
        logSum = f32x4.replace_lane(logSum, 2, Mathf.log(f32x4.extract_lane(sum, 2)));
        logSum = f32x4.replace_lane(logSum, 3, Mathf.log(f32x4.extract_lane(sum, 3)));
        let logit = logLikelihood(first, highest, inverse, logSum);
        firstSum -= <f64>sumLanes(v128.and(logit, inside));
        if (channels == 1) {
          logit = f32x4.sub(logLikelihood(first + plane, highest, inverse, logSum), logit);
          spread(to, stride, lanes, logit);
        } else {
          spread(to, stride, lanes, logit);
          let at = to + 4;
          for (let from = first + plane; from < end; from += plane, at += 4)
            spread(at, stride, lanes, logLikelihood(from, highest, inverse, logSum));
          for (let c = classes; c < channels; c++, at += 4)
            spread(at, stride, lanes, f32x4.splat(PADDING));
        }
        to += stride * lanes;
      }
  }
  return v128.any_true(unusable) ? NaN : firstSum;
}

// @ts-ignore: decorator
@inline
function logLikelihood(scores: usize, highest: v128, inverse: v128, logSum: v128): v128 {
  const scaled = f32x4.mul(f32x4.sub(v128.load(scores), highest), inverse);
  return f32x4.pmax(f32x4.splat(-HIGHEST_ENERGY), f32x4.sub(scaled, logSum));
}

/** One channel of up to four pixels. */
// @ts-ignore: decorator
@inline
function spread(at: usize, stride: usize, lanes: u32, value: v128): void {
  store<f32>(at, f32x4.extract_lane(value, 0));
  if (lanes > 1) store<f32>(at + stride, f32x4.extract_lane(value, 1));
  if (lanes > 2) store<f32>(at + 2 * stride, f32x4.extract_lane(value, 2));
  if (lanes > 3) store<f32>(at + 3 * stride, f32x4.extract_lane(value, 3));
}

/** Marginals [pixels in strips, channels] to planes [classes, height * width] at `planes`. */
export function planesOfMarginals(planes: usize, width: u32, height: u32, classes: u32, channels: u32): void {
  const plane = (<usize>width * height) << 2;
  const stride = (<usize>channels) << 2;
  let row = marginals;
  for (let left: u32 = 0; left < width; left += STRIP) {
    const across = min(STRIP, width - left);
    for (let y: u32 = 0; y < height; y++) {
      let to = planes + ((<usize>y * width + left) << 2);
      // Class by class within the run: planes lie far apart, a run of rows stays in the cache.
      for (let c: u32 = 0; c < classes; c++) {
        let from = row + (channels == 1 ? 0 : c << 2);
        for (let x: u32 = 0; x < across; x++, from += stride) {
          const value = load<f32>(from);
          store<f32>(
            to + (x << 2),
            channels > 1 ? value : <f32>0.5 * (c == 0 ? <f32>1 - value : <f32>1 + value),
          );
        }
        to += plane;
      }
      row += stride * across;
    }
  }
}

/** The class with the largest marginal of each pixel, the first of equals: bytes [height * width] at `labels`. */
export function winnersOfMarginals(labels: usize, width: u32, height: u32, classes: u32, channels: u32): void {
  const stride = (<usize>channels) << 2;
  let row = marginals;
  for (let left: u32 = 0; left < width; left += STRIP) {
    const across = min(STRIP, width - left);
    for (let y: u32 = 0; y < height; y++) {
      const to = labels + (<usize>y * width + left);
      for (let x: u32 = 0; x < across; x++, row += stride) {
        let winner: u32 = 0;
        if (channels == 1) winner = <f32>1 - load<f32>(row) < <f32>1 + load<f32>(row) ? 1 : 0;
        else {
          let most = load<f32>(row);
          for (let c: u32 = 1; c < classes; c++) {
            const value = load<f32>(row + (c << 2));
            if (value > most) {
              most = value;
              winner = c;
            }
          }
        }
        store<u8>(to + x, winner);
      }
    }
  }
}
