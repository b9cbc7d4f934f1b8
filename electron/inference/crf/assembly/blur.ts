// One lattice direction of the blur, in place: new = old + (left + right) / 2 along every chain of
// neighbours. Each row is read and written once, and rows without neighbours are not touched at all.

import { lanes } from './lanes';
import { mulAdd } from './softmax';

/** Marks the first row of a chain. */
export const CHAIN_START: u32 = 0x80000000;

const HALF = memory.data<f32>([0.5]);

/**
 * A half in all lanes, 0 at the start of a chain. By its bits: V8 branches where a float is chosen, and chains are short,
 * so that nobody can tell which way; that took up to half of the time of a blur.
 */
// @ts-ignore: decorator
@inline
function linkOf(entry: u32): v128 {
  return v128.andnot(lanes(HALF), i32x4.shr_s(i32x4.splat(entry), 31));
}

/** Rows of one channel; `chains` holds `count` entries of linkChains. Row 0 is scratch. */
export function blurChains1(chains: usize, count: u32, rows: usize): void {
  const end = chains + ((<usize>count) << 2);
  let before: f32 = 0;
  let value: f32 = 0;
  let place = rows;
  for (; chains < end; chains += 4) {
    const entry = load<u32>(chains);
    const at = rows + ((<usize>(entry & ~CHAIN_START)) << 2);
    const next = load<f32>(at);
    const linked = f32x4.extract_lane(linkOf(entry), 0);
    store<f32>(place, value + before + linked * next);
    before = linked * value;
    value = next;
    place = at;
  }
  store<f32>(place, value + before);
}

/** Rows of four channels. */
export function blurChains4(chains: usize, count: u32, rows: usize): void {
  const end = chains + ((<usize>count) << 2);
  let before = f32x4.splat(0);
  let value = f32x4.splat(0);
  let place = rows;
  for (; chains < end; chains += 4) {
    const entry = load<u32>(chains);
    const at = rows + ((<usize>(entry & ~CHAIN_START)) << 4);
    const linked = linkOf(entry);
    const next = v128.load(at);
    v128.store(place, f32x4.add(value, mulAdd(linked, next, before)));
    before = f32x4.mul(linked, value);
    value = next;
    place = at;
  }
  v128.store(place, f32x4.add(value, before));
}

/** Rows of eight channels. */
export function blurChains8(chains: usize, count: u32, rows: usize): void {
  const end = chains + ((<usize>count) << 2);
  let beforeLow = f32x4.splat(0);
  let beforeHigh = f32x4.splat(0);
  let low = f32x4.splat(0);
  let high = f32x4.splat(0);
  let place = rows;
  for (; chains < end; chains += 4) {
    const entry = load<u32>(chains);
    const at = rows + ((<usize>(entry & ~CHAIN_START)) << 5);
    const linked = linkOf(entry);
    const nextLow = v128.load(at);
    const nextHigh = v128.load(at, 16);
    v128.store(place, f32x4.add(low, mulAdd(linked, nextLow, beforeLow)));
    v128.store(place, f32x4.add(high, mulAdd(linked, nextHigh, beforeHigh)), 16);
    beforeLow = f32x4.mul(linked, low);
    beforeHigh = f32x4.mul(linked, high);
    low = nextLow;
    high = nextHigh;
    place = at;
  }
  v128.store(place, f32x4.add(low, beforeLow));
  v128.store(place, f32x4.add(high, beforeHigh), 16);
}
