// The splat the other way round, for many classes: every vertex gathers the pixels around it. Rows are written once and
// in order, where adding pixel by pixel reads and writes rows all over a memory that no cache holds.
import { mulAdd } from './softmax';

/** Counts the entries u32[pixels * corners] of each row to starts u32[rows + 1], which is zero. */
export function countEntries(first: u32, last: u32, vertexOf: usize, starts: usize): void {
  for (let entry: usize = first; entry < last; entry++) {
    const at = starts + ((<usize>load<u32>(vertexOf + (entry << 2))) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/**
 * Counts to where the list of each row begins. There are `parts` counts, `stride` bytes apart, each of a part of the pixels:
 * within the list of a row its part's entries follow those of the parts before.
 */
export function sumCounts(rows: u32, starts: usize, parts: u32, stride: usize): void {
  let sum: u32 = 0;
  for (let row: usize = 0; row <= <usize>rows; row++) {
    let at = starts + (row << 2);
    for (let part: u32 = 0; part < parts; part++, at += stride) {
      const count = load<u32>(at);
      store<u32>(at, sum);
      sum += count;
    }
  }
}

/** Writes (pixel u32, weight f32) to the list of its row; afterwards the last part's starts hold where each row's list ends. */
export function listEntries(
  first: u32,
  last: u32,
  corners: u32,
  vertexOf: usize,
  weightOf: usize,
  starts: usize,
  lists: usize,
): void {
  let entry = (<usize>first * corners) << 2;
  for (let pixel = first; pixel < last; pixel++)
    for (let corner: u32 = 0; corner < corners; corner++, entry += 4) {
      const at = starts + ((<usize>load<u32>(vertexOf + entry)) << 2);
      const place = load<u32>(at);
      store<u32>(at, place + 1);
      const to = lists + ((<usize>place) << 3);
      store<u32>(to, pixel);
      store<f32>(to, load<f32>(weightOf + entry), 4);
    }
}

/**
 * Sums of weight times Q for rows [first, last), `eights` (0 to 2) blocks of eight channels and one of four where there
 * is a tail, from the channels at `q` on, `bytes` a pixel; to `to` and behind it, `stride` bytes from block to block.
 */
// @ts-ignore: decorator
@inline
function gather(
  first: u32,
  last: u32,
  starts: usize,
  lists: usize,
  q: usize,
  bytes: usize,
  to: usize,
  stride: usize,
  eights: i32,
  tail: bool,
): void {
  const tailAt: usize = <usize>eights << 5;
  let entry = lists + ((<usize>load<u32>(starts + ((<usize>first - 1) << 2))) << 3);
  for (let row: usize = first; row < <usize>last; row++) {
    const end = lists + ((<usize>load<u32>(starts + (row << 2))) << 3);
    let low = f32x4.splat(0), high = low, low2 = low, high2 = low, last4 = low;
    for (; entry < end; entry += 8) {
      const from = q + (<usize>load<u32>(entry)) * bytes;
      const weight = v128.load32_splat(entry, 4);
      if (eights > 0) {
        low = mulAdd(weight, v128.load(from), low);
        high = mulAdd(weight, v128.load(from, 16), high);
      }
      if (eights > 1) {
        low2 = mulAdd(weight, v128.load(from, 32), low2);
        high2 = mulAdd(weight, v128.load(from, 48), high2);
      }
      if (tail) last4 = mulAdd(weight, v128.load(from + tailAt), last4);
    }
    const at = to + (row << 5);
    if (eights > 0) {
      v128.store(at, low);
      v128.store(at, high, 16);
    }
    if (eights > 1) {
      v128.store(at + stride, low2);
      v128.store(at + stride, high2, 16);
    }
    if (tail) v128.store(to + <usize>eights * stride + (row << 4), last4);
  }
}

/** Rows [first, last) of `eights` blocks of eight channels and one of four where there is a tail; first is above 0. */
export function gatherRows(
  first: u32,
  last: u32,
  starts: usize,
  lists: usize,
  q: usize,
  bytes: usize,
  to: usize,
  stride: usize,
  eights: i32,
  tail: bool,
): void {
  // Two blocks and the tail are what registers hold.
  for (; eights > 2; eights -= 2, q += 64, to += 2 * stride)
    gather(first, last, starts, lists, q, bytes, to, stride, 2, false);
  if (eights == 2 && tail) gather(first, last, starts, lists, q, bytes, to, stride, 2, true);
  else if (eights == 2) gather(first, last, starts, lists, q, bytes, to, stride, 2, false);
  else if (eights == 1 && tail) gather(first, last, starts, lists, q, bytes, to, stride, 1, true);
  else if (eights == 1) gather(first, last, starts, lists, q, bytes, to, stride, 1, false);
  else if (tail) gather(first, last, starts, lists, q, bytes, to, stride, 0, true);
}
