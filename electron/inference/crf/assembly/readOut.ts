// Q from pixels in strips to planes, and the most likely class of each pixel.
import { PIXEL, UNIT } from './pixelWeights';
import { marginals, pixelWeights, rests } from './run';
import { sumWhole } from './shares';
import { STRIP } from './strips';
import { storeTurned } from './transpose';

/** Bytes of the channels of a pixel; where they are `relative` to a class that is left out they are shares. */
// @ts-ignore: decorator
@inline
function bytesOf(channels: u32, relative: bool): usize {
  return (<usize>channels) << (relative ? 1 : 2);
}

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
  relative: bool,
  firstColumn: u32,
  lastColumn: u32,
): void {
  const plane = (<usize>width * height) << 2;
  const stride = bytesOf(channels, relative);
  let pixel: usize = firstColumn * height;
  for (let left = firstColumn; left < lastColumn; left += STRIP) {
    const across = min(STRIP, width - left);
    for (let y: u32 = 0; y < height; y++) {
      const row = marginals + stride * pixel;
      const to = planes + ((<usize>y * width + left) << 2);
      if (channels == 1) bothPlanes(row, across, to, plane);
      else
        // Few classes at a time within the run: planes lie far apart, a run of rows stays in the cache.
        for (let c: u32 = 0; c < classes; c += 4) {
          const count = min<u32>(4, classes - c);
          if (relative) fourPlanesOfShares(pixel, first + c, stride, across, to + plane * c, plane, count);
          else fourPlanes(row + (<usize>(first + c) << 2), stride, across, to + plane * c, plane, count);
        }
      pixel += across;
    }
  }
}

/** The probability of a share of 1 for pixels [first, last), so that all of a pixel add up to 1. Before shares are read. */
export function measureShares(first: u32, last: u32, channels: u32): void {
  const bytes = bytesOf(channels, true);
  for (let pixel: usize = first; pixel < last; pixel++) {
    const row = marginals + pixel * bytes;
    let sum = i32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 8) sum = i32x4.add(sum, v128.load16x4_u(row + at));
    const all = sumWhole(sum) + load<u16>(rests + (pixel << 1));
    store<f32>(pixelWeights + pixel * PIXEL, <f32>1 / <f32>all, UNIT);
  }
}

/** Plane of the class that is left out. */
export function restOfMarginals(to: usize, width: u32, height: u32, firstColumn: u32, lastColumn: u32): void {
  let pixel: usize = firstColumn * height;
  for (let left = firstColumn; left < lastColumn; left += STRIP) {
    const across = min(STRIP, width - left);
    for (let y: u32 = 0; y < height; y++) {
      const line = to + ((<usize>y * width + left) << 2);
      for (let x: usize = 0; x < <usize>across; x++, pixel++)
        store<f32>(line + (x << 2), <f32>load<u16>(rests + (pixel << 1)) * load<f32>(pixelWeights + pixel * PIXEL, UNIT));
    }
  }
}

/** Four channels of `pixel` from `channel` on. */
// @ts-ignore: decorator
@inline
function fourShares(pixel: usize, channel: usize, bytes: usize): v128 {
  const numbers = v128.load16x4_u(marginals + pixel * bytes + (channel << 1));
  return f32x4.mul(v128.load32_splat(pixelWeights + pixel * PIXEL, UNIT), f32x4.convert_i32x4_u(numbers));
}

/** `count` of four channels from `channel` on, of `across` pixels from `pixel` on. */
function fourPlanesOfShares(pixel: usize, channel: usize, bytes: usize, across: u32, to: usize, plane: usize, count: u32): void {
  const end = pixel + across;
  for (; pixel + 4 <= end; pixel += 4, to += 16)
    storeTurned(
      to,
      plane,
      count,
      fourShares(pixel, channel, bytes),
      fourShares(pixel + 1, channel, bytes),
      fourShares(pixel + 2, channel, bytes),
      fourShares(pixel + 3, channel, bytes),
    );
  for (; pixel < end; pixel++, to += 4) {
    const unit = load<f32>(pixelWeights + pixel * PIXEL, UNIT);
    for (let c: usize = 0; c < <usize>count; c++)
      store<f32>(to + c * plane, <f32>load<u16>(marginals + pixel * bytes + ((channel + c) << 1)) * unit);
  }
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
  const stride = bytesOf(channels, relative);
  let pixel: usize = firstColumn * height;
  for (let left = firstColumn; left < lastColumn; left += STRIP) {
    const across = min(STRIP, width - left);
    for (let y: u32 = 0; y < height; y++) {
      const to = labels + (<usize>y * width + left);
      for (let x: u32 = 0; x < across; x++, pixel++) {
        const row = marginals + stride * pixel;
        const winner = relative ? winnerOfShares(row, pixel, classes) : winnerOf(row, classes, channels);
        store<u8>(to + x, winner);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function winnerOf(row: usize, classes: u32, channels: u32): u32 {
  if (channels == 1) return <f32>1 - load<f32>(row) < <f32>1 + load<f32>(row) ? 1 : 0;
  let winner: u32 = 0;
  let most = load<f32>(row);
  for (let c: u32 = 1; c < classes; c++) {
    const value = load<f32>(row + (c << 2));
    if (value > most) {
      most = value;
      winner = c;
    }
  }
  return winner;
}

// @ts-ignore: decorator
@inline
function winnerOfShares(row: usize, pixel: usize, classes: u32): u32 {
  let winner: u32 = 0;
  let most = <u32>load<u16>(row);
  for (let c: u32 = 1; c < classes - 1; c++) {
    const value = <u32>load<u16>(row + (c << 1));
    if (value > most) {
      most = value;
      winner = c;
    }
  }
  return load<u16>(rests + (pixel << 1)) > <u16>most ? classes - 1 : winner;
}
