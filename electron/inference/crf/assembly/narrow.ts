// Blurred float32 rows to rows of 16 bits, which pixels read: half the memory, and all channels of a vertex side by side.
import { nearestWhole, storeEight, storeFour } from './shares';

/** Less than any blurred sum of weights that counts: in place of none, so that nothing is divided by zero. */
const LEAST: f32 = 1e-30;

/**
 * Rows [first, last) of `blocks` blocks of eight channels, `stride` bytes apart from `from` on, and one of four where there
 * is a tail. They are sums of weight times Q; over the sums of weights, f32[] at `ones`, they are averages of Q.
 */
export function narrowRows(
  first: u32,
  last: u32,
  from: usize,
  stride: usize,
  blocks: i32,
  tail: bool,
  to: usize,
  ones: usize,
): void {
  const bytes = ((<usize>blocks) << 4) + (tail ? 8 : 0);
  const tailAt = from + stride * blocks;
  for (let row: usize = first; row < <usize>last; row++) {
    const scale = f32x4.splat(<f32>1 / max(load<f32>(ones + (row << 2)), LEAST));
    let place = to + row * bytes;
    for (let at = from + (row << 5); at < tailAt; at += stride, place += 16)
      storeEight(place, nearestWhole(f32x4.mul(scale, v128.load(at))), nearestWhole(f32x4.mul(scale, v128.load(at, 16))));
    if (tail) storeFour(place, nearestWhole(f32x4.mul(scale, v128.load(tailAt + (row << 4)))));
  }
}
