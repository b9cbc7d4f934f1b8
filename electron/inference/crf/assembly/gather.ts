// The splat the other way round, for many classes: every vertex gathers the pixels around it. Rows are written once and
// in order, where adding pixel by pixel reads and writes rows all over a memory that no cache holds.
import { addHigh, addLow } from './shares';
import { lanes } from './lanes';

/** Bytes of what is kept of a vertex: where its list ends, what one unit of its weights is, their sum in units. */
const VERTEX: usize = 16;
/** Two entries of a list: where the shares of two pixels begin, u32 each, and their weights, i16 each. */
const PAIR: usize = 12;
/** Pairs whose products are added up in 32 bits; 16 times FULL times MOST_UNITS is below 2^31. */
const TOGETHER: usize = 8;
/** The largest weight of a vertex in its units. */
const MOST_UNITS: f32 = 4095;

/** Counts the entries u32[pixels * corners] of each vertex, and keeps the largest weight; all are zero before. */
export function countEntries(first: u32, last: u32, vertexOf: usize, weightOf: usize, vertices: usize): void {
  for (let entry: usize = first; entry < last; entry++) {
    const at = vertices + <usize>load<u32>(vertexOf + (entry << 2)) * VERTEX;
    store<u32>(at, load<u32>(at) + 1);
    // As whole numbers, which takes no care of what is no number: the bits of floats compare as they do above zero.
    store<i32>(at, max(load<i32>(at, 4), load<i32>(weightOf + (entry << 2))), 4);
  }
}

/**
 * Counts to where the list of each vertex begins, with an even number of places. There are `parts` counts, `stride` bytes
 * apart, each of a part of the pixels: within the list of a vertex its part's entries follow those of the parts before.
 * Largest weights become how many units a weight of 1 has.
 */
export function sumCounts(rows: u32, vertices: usize, parts: u32, stride: usize): void {
  let sum: u32 = 0;
  for (let row: usize = 0; row <= <usize>rows; row++) {
    const first = vertices + row * VERTEX;
    const end = first + parts * stride;
    let largest: f32 = 0;
    for (let at = first; at < end; at += stride) largest = max(largest, load<f32>(at, 4));
    const units: f32 = largest > 0 ? MOST_UNITS / largest : 0;
    for (let at = first; at < end; at += stride) {
      const count = load<u32>(at);
      store<u32>(at, sum);
      store<f32>(at, units, 4);
      sum += count;
    }
    sum += sum & 1;
  }
}

// @ts-ignore: decorator
@inline
function listEntry(lists: usize, place: u32, shares: u32, weight: u32): void {
  const pair = lists + <usize>(place >> 1) * PAIR;
  const second = <usize>(place & 1);
  store<u32>(pair + (second << 2), shares);
  store<u16>(pair + (second << 1), <u16>weight, 8);
}

/** Lists the pixels, of `bytes` each, at their vertices; afterwards the last part's places are where the lists end. */
export function listEntries(
  first: u32,
  last: u32,
  corners: u32,
  vertexOf: usize,
  weightOf: usize,
  vertices: usize,
  lists: usize,
  bytes: u32,
): void {
  let entry = (<usize>first * corners) << 2;
  for (let pixel = first; pixel < last; pixel++)
    for (let corner: u32 = 0; corner < corners; corner++, entry += 4) {
      const at = vertices + <usize>load<u32>(vertexOf + entry) * VERTEX;
      const place = load<u32>(at);
      // Rounding leaves some weights a little below zero.
      const weight = <u32>nearest(max<f32>(0, load<f32>(weightOf + entry) * load<f32>(at, 4)));
      store<u32>(at, place + 1);
      store<u32>(at, load<u32>(at, 8) + weight, 8);
      listEntry(lists, place, pixel * bytes, weight);
    }
}

/**
 * Ends the lists of rows [first, last), an odd one with an entry that weighs nothing, and sums their weights up, f32[] at
 * `ones`. In the last part's places units of weights become what one of them is.
 */
export function sumWeights(
  first: u32,
  last: u32,
  vertices: usize,
  parts: u32,
  stride: usize,
  lists: usize,
  ones: usize,
): void {
  const behind = (parts - 1) * stride;
  for (let row: usize = first; row < <usize>last; row++) {
    const at = vertices + row * VERTEX;
    let sum: u32 = 0;
    for (let part: u32 = 0; part < parts; part++) sum += load<u32>(at + part * stride, 8);
    const units = load<f32>(at, 4);
    const unit: f32 = units > 0 ? <f32>1 / units : 0;
    store<f32>(at + behind, unit, 4);
    const end = load<u32>(at + behind);
    if (end & 1) listEntry(lists, end, 0, 0);
    store<f32>(ones + (row << 2), <f32>sum * unit);
  }
}

/**
 * Sums of weight times Q for rows [first, last), `eights` (0 to 2) blocks of eight channels and one of four where there
 * is a tail, from the channels at `q` on; to `to` and behind it, `stride` bytes from block to block.
 */
// @ts-ignore: decorator
@inline
function gather(
  first: u32,
  last: u32,
  vertices: usize,
  lists: usize,
  q: usize,
  to: usize,
  stride: usize,
  eights: i32,
  tail: bool,
): void {
  const none = i32x4.splat(0);
  const tailAt = q + (<usize>eights << 4);
  let pair = lists;
  for (let row: usize = first; row < <usize>last; row++) {
    const vertex = vertices + row * VERTEX;
    pair = lists + <usize>((load<u32>(vertex - VERTEX) + 1) >> 1) * PAIR;
    const end = lists + <usize>((load<u32>(vertex) + 1) >> 1) * PAIR;
    let low = none, high = none, low2 = none, high2 = none, last4 = none;
    while (pair < end) {
      let a = none, b = none, c = none, d = none, e = none;
      for (const stop = min(end, pair + TOGETHER * PAIR); pair < stop; pair += PAIR) {
        const one = <usize>load<u32>(pair), other = <usize>load<u32>(pair, 4);
        const weights = lanes(pair + 8);
        if (eights > 0) {
          const x = v128.load(q + one), y = v128.load(q + other);
          a = addLow(a, x, y, weights);
          b = addHigh(b, x, y, weights);
        }
        if (eights > 1) {
          const x = v128.load(q + one, 16), y = v128.load(q + other, 16);
          c = addLow(c, x, y, weights);
          d = addHigh(d, x, y, weights);
        }
        if (tail) e = addLow(e, v128.load64_zero(tailAt + one), v128.load64_zero(tailAt + other), weights);
      }
      if (eights > 0) {
        low = f32x4.add(low, f32x4.convert_i32x4_s(a));
        high = f32x4.add(high, f32x4.convert_i32x4_s(b));
      }
      if (eights > 1) {
        low2 = f32x4.add(low2, f32x4.convert_i32x4_s(c));
        high2 = f32x4.add(high2, f32x4.convert_i32x4_s(d));
      }
      if (tail) last4 = f32x4.add(last4, f32x4.convert_i32x4_s(e));
    }
    const unit = lanes(vertex + 4);
    const at = to + (row << 5);
    if (eights > 0) {
      v128.store(at, f32x4.mul(unit, low));
      v128.store(at, f32x4.mul(unit, high), 16);
    }
    if (eights > 1) {
      v128.store(at + stride, f32x4.mul(unit, low2));
      v128.store(at + stride, f32x4.mul(unit, high2), 16);
    }
    if (tail) v128.store(to + <usize>eights * stride + (row << 4), f32x4.mul(unit, last4));
  }
}

/** Rows [first, last) of `eights` blocks of eight channels and one of four where there is a tail; first is above 0. */
export function gatherRows(
  first: u32,
  last: u32,
  vertices: usize,
  lists: usize,
  q: usize,
  to: usize,
  stride: usize,
  eights: i32,
  tail: bool,
): void {
  // Two blocks and the tail are what registers hold.
  for (; eights > 2; eights -= 2, q += 32, to += 2 * stride)
    gather(first, last, vertices, lists, q, to, stride, 2, false);
  if (eights == 2 && tail) gather(first, last, vertices, lists, q, to, stride, 2, true);
  else if (eights == 2) gather(first, last, vertices, lists, q, to, stride, 2, false);
  else if (eights == 1 && tail) gather(first, last, vertices, lists, q, to, stride, 1, true);
  else if (eights == 1) gather(first, last, vertices, lists, q, to, stride, 1, false);
  else if (tail) gather(first, last, vertices, lists, q, to, stride, 0, true);
}
