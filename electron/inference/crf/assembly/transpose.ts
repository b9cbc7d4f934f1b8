// Four pixels of four classes, from planes to rows and back.

/** Vectors a, b, c, d turned by 90 degrees: the first `count` (1 to 4) lines of four go to `to`, `stride` bytes apart. */
// @ts-ignore: decorator
@inline
export function storeTurned(to: usize, stride: usize, count: u32, a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  v128.store(to, v128.shuffle<u64>(ab, cd, 0, 2));
  if (count > 1) v128.store(to + stride, v128.shuffle<u64>(ab, cd, 1, 3));
  if (count < 3) return;
  const abBehind = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdBehind = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to + 2 * stride, v128.shuffle<u64>(abBehind, cdBehind, 0, 2));
  if (count > 3) v128.store(to + 3 * stride, v128.shuffle<u64>(abBehind, cdBehind, 1, 3));
}
