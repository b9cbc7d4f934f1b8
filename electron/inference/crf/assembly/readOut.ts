// Q from pixels in strips to planes, and the most likely class of each pixel.
import { marginals } from './run';
import { STRIP } from './strips';
import { sumLanes } from './softmax';
import { storeTurned } from './transpose';

/**
 * Marginals [pixels in strips, channels] to planes [classes, height * width] at `planes`, from class `first` on, a
 * multiple of four. Only columns from firstColumn, a multiple of STRIP, up to lastColumn, here and below.
 */
export function planesOfMarginals(
  planes: usize,
  width: u32,
  height: u32,
  first: u32,
  classes: u32,
  channels: u32,
  firstColumn: u32,
  lastColumn: u32,
): void {
  const plane = (<usize>width * height) << 2;
  const stride = (<usize>channels) << 2;
  let row = marginals + (<usize>first << 2) + stride * firstColumn * height;
  for (let left = firstColumn; left < lastColumn; left += STRIP) {
    const across = min(STRIP, width - left);
    for (let y: u32 = 0; y < height; y++) {
      const to = planes + ((<usize>y * width + left) << 2);
      if (channels == 1) bothPlanes(row, across, to, plane);
      else
        // Few classes at a time within the run: planes lie far apart, a run of rows stays in the cache.
        for (let c: u32 = 0; c < classes; c += 4)
          fourPlanes(row + (<usize>c << 2), stride, across, to + plane * c, plane, min<u32>(4, classes - c));
      row += stride * across;
    }
  }
}

/** Plane of the class that is left out: what the others leave. */
export function restOfMarginals(to: usize, width: u32, height: u32, channels: u32, firstColumn: u32, lastColumn: u32): void {
  const stride = (<usize>channels) << 2;
  let row = marginals + stride * firstColumn * height;
  for (let left = firstColumn; left < lastColumn; left += STRIP) {
    const across = min(STRIP, width - left);
    for (let y: u32 = 0; y < height; y++) {
      const line = to + ((<usize>y * width + left) << 2);
      for (let x: usize = 0; x < <usize>across; x++, row += stride) store<f32>(line + (x << 2), restOf(row, stride));
    }
  }
}

// @ts-ignore: decorator
@inline
function restOf(row: usize, bytes: usize): f32 {
  let sum = v128.load(row);
  for (let at: usize = 16; at < bytes; at += 16) sum = f32x4.add(sum, v128.load(row + at));
  return max<f32>(0, <f32>1 - sumLanes(sum));
}

/** From one signed number per pixel. */
function bothPlanes(from: usize, across: u32, to: usize, plane: usize): void {
  for (const end = from + (<usize>across << 2); from < end; from += 4, to += 4) {
    const value = load<f32>(from);
    store<f32>(to, <f32>0.5 * (<f32>1 - value));
    store<f32>(to + plane, <f32>0.5 * (<f32>1 + value));
  }
}

/** `count` of four channels of `across` pixels. */
function fourPlanes(from: usize, stride: usize, across: u32, to: usize, plane: usize, count: u32): void {
  let x: u32 = 0;
  for (; x + 4 <= across; x += 4, from += 4 * stride, to += 16)
    storeTurned(
      to,
      plane,
      count,
      v128.load(from),
      v128.load(from + stride),
      v128.load(from + 2 * stride),
      v128.load(from + 3 * stride),
    );
  for (; x < across; x++, from += stride, to += 4)
    for (let c: usize = 0; c < <usize>count; c++) store<f32>(to + c * plane, load<f32>(from + (c << 2)));
}

/**
 * The class with the largest marginal of each pixel, the first of equals: bytes [height * width] at `labels`. Where they
 * are `relative` the last class has what the others leave.
 */
export function winnersOfMarginals(
  labels: usize,
  width: u32,
  height: u32,
  classes: u32,
  channels: u32,
  relative: bool,
  firstColumn: u32,
  lastColumn: u32,
): void {
  const laid = relative ? classes - 1 : classes;
  const stride = (<usize>channels) << 2;
  let row = marginals + stride * firstColumn * height;
  for (let left = firstColumn; left < lastColumn; left += STRIP) {
    const across = min(STRIP, width - left);
    for (let y: u32 = 0; y < height; y++) {
      const to = labels + (<usize>y * width + left);
      for (let x: u32 = 0; x < across; x++, row += stride) {
        let winner: u32 = 0;
        if (channels == 1) winner = <f32>1 - load<f32>(row) < <f32>1 + load<f32>(row) ? 1 : 0;
        else {
          let most = load<f32>(row);
          for (let c: u32 = 1; c < laid; c++) {
            const value = load<f32>(row + (c << 2));
            if (value > most) {
              most = value;
              winner = c;
            }
          }
          if (relative && restOf(row, stride) > most) winner = laid;
        }
        store<u8>(to + x, winner);
      }
    }
  }
}
