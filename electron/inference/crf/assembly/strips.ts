// The order of pixels: strips of 32 columns from left to right, row by row within each.
// A strip meets far fewer vertices at a time than whole rows do, so they stay in the cache.

import { own } from './own';

export const STRIP: u32 = 32;

/** Where the walk stands; `stripLeft` and `stripRight` bound its strip. */
export let x: u32 = 0;
export let y: u32 = 0;
let stripLeft: u32 = 0;
let stripRight: u32 = 0;
let imageWidth: u32 = 0;
let imageHeight: u32 = 0;

/** Column numbers, row numbers and RGB bytes of four pixels that do not lie side by side, or past the image; in a thread's own scratch. */
const COLUMNS: usize = 1024;
const LINES: usize = 1040;
const COLOURS: usize = 1056;

/** Starts a walk at `pixel`. */
export function walkFrom(pixel: u32, width: u32, height: u32): void {
  imageWidth = width;
  imageHeight = height;
  stripLeft = (pixel / (STRIP * height)) * STRIP;
  stripRight = min(stripLeft + STRIP, width);
  const across = max<u32>(1, stripRight - stripLeft);
  const rest = pixel - stripLeft * height;
  y = rest / across;
  x = stripLeft + (rest - y * across);
}

/** Whether the next four pixels lie side by side. */
// @ts-ignore: decorator
@inline
export function areInLine(): bool {
  return x + 4 <= stripRight;
}

// @ts-ignore: decorator
@inline
export function advance(pixels: u32): void {
  x += pixels;
  if (x >= stripRight) nextLine();
}

function nextLine(): void {
  x = stripLeft;
  if (++y < imageHeight) return;
  y = 0;
  x = stripLeft = stripRight;
  stripRight = min(stripLeft + STRIP, imageWidth);
}

/**
 * Walks over the next four pixels one by one and stores what they hold; `count` of them are inside. The others get
 * zeros, as in the reference: their vertices exist and carry the blur. `image` is RGB bytes, or 0.
 */
export function gatherFour(count: u32, image: usize): void {
  const to = own;
  v128.store(to + COLUMNS, i32x4.splat(0));
  v128.store(to + LINES, i32x4.splat(0));
  v128.store(to + COLOURS, i32x4.splat(0));
  for (let lane: usize = 0; lane < <usize>min<u32>(4, count); lane++) {
    store<u32>(to + COLUMNS + (lane << 2), x);
    store<u32>(to + LINES + (lane << 2), y);
    if (image) memory.copy(to + COLOURS + lane * 3, image + (<usize>y * imageWidth + x) * 3, 3);
    advance(1);
  }
}

// @ts-ignore: decorator
@inline
export function gatheredColumns(): v128 {
  return v128.load(own + COLUMNS);
}

// @ts-ignore: decorator
@inline
export function gatheredLines(): v128 {
  return v128.load(own + LINES);
}

// @ts-ignore: decorator
@inline
export function gatheredColours(): v128 {
  return v128.load(own + COLOURS);
}
