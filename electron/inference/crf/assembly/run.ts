// Addresses of one run, set by the host before the passes; and the reordering of the unary.

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
