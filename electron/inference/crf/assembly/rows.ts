// How a pixel reaches the rows of the vertices around it.
import { mulAdd } from './softmax';

/** Bytes from the first row to that of a corner; a row has 2^shift bytes. */
// @ts-ignore: decorator
@inline
export function rowAt(vertices: usize, corner: usize, shift: usize): usize {
  return <usize>load<u32>(vertices + (corner << 2)) << shift;
}

/** Weight of a corner, in all lanes. */
// @ts-ignore: decorator
@inline
export function weightAt(weights: usize, corner: usize): v128 {
  return v128.load32_splat(weights + (corner << 2));
}

/** Four channels of three rows, each times its weight. */
// @ts-ignore: decorator
@inline
export function sumOfThree(rows: usize, a0: usize, a1: usize, a2: usize, x0: v128, x1: v128, x2: v128): v128 {
  const sum = mulAdd(x1, v128.load(rows + a1), f32x4.mul(x0, v128.load(rows + a0)));
  return mulAdd(x2, v128.load(rows + a2), sum);
}

/** Adds a value times a weight to four channels of a row. */
// @ts-ignore: decorator
@inline
export function addTo(row: usize, weight: v128, value: v128): void {
  v128.store(row, mulAdd(weight, value, v128.load(row)));
}
