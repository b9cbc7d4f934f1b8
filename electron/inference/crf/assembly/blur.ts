// One lattice direction of the blur: new = old + (left + right) / 2, over rows 1 .. last.
// Row 0 stays zero and stands for neighbours that do not exist; pairs are u32 (left, right) per row.

export function blurRows1(pairs: usize, from: usize, to: usize, first: u32, last: u32): void {
  for (let row: usize = first; row <= last; row++) {
    const pair = pairs + (row << 3);
    const left = load<f32>(from + ((<usize>load<u32>(pair)) << 2));
    const right = load<f32>(from + ((<usize>load<u32>(pair, 4)) << 2));
    store<f32>(to + (row << 2), load<f32>(from + (row << 2)) + <f32>0.5 * (left + right));
  }
}

export function blurRows4(pairs: usize, from: usize, to: usize, first: u32, last: u32): void {
  const half = f32x4.splat(0.5);
  for (let row: usize = first; row <= last; row++) {
    const pair = pairs + (row << 3);
    const left = v128.load(from + ((<usize>load<u32>(pair)) << 4));
    const right = v128.load(from + ((<usize>load<u32>(pair, 4)) << 4));
    const old = v128.load(from + (row << 4));
    v128.store(to + (row << 4), f32x4.add(old, f32x4.mul(half, f32x4.add(left, right))));
  }
}

export function blurRows8(pairs: usize, from: usize, to: usize, first: u32, last: u32): void {
  const half = f32x4.splat(0.5);
  for (let row: usize = first; row <= last; row++) {
    const pair = pairs + (row << 3);
    const left = from + ((<usize>load<u32>(pair)) << 5);
    const right = from + ((<usize>load<u32>(pair, 4)) << 5);
    const old = from + (row << 5);
    const target = to + (row << 5);
    const low = f32x4.add(v128.load(left), v128.load(right));
    const high = f32x4.add(v128.load(left, 16), v128.load(right, 16));
    v128.store(target, f32x4.add(v128.load(old), f32x4.mul(half, low)));
    v128.store(target, f32x4.add(v128.load(old, 16), f32x4.mul(half, high)), 16);
  }
}
