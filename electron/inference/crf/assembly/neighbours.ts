// Quick edges (PAMR): how much each neighbour of a pixel counts by its colour, and maps that take their
// neighbours' values. Planes have a border as wide as the farthest neighbour, which repeats their edge,
// so that no pixel asks whether it stands at one.

import { expBelowZero, mulAdd } from './softmax';

/** Bytes from a pixel to each of its neighbours, in a bordered plane. */
let offsets: usize = 0;
let neighbours: u32 = 0;
/** Pixels of a bordered plane's row, and of its border. */
let stride: u32 = 0;
let border: u32 = 0;
/** Pixels of an image's row, and of a row of weights, which is a multiple of four. */
let width: u32 = 0;
let weightRow: u32 = 0;
let height: u32 = 0;

export function layNeighbours(at: usize, count: u32, imageWidth: u32, imageHeight: u32, imageBorder: u32, imageStride: u32): void {
  offsets = at;
  neighbours = count;
  width = imageWidth;
  height = imageHeight;
  border = imageBorder;
  stride = imageStride;
  weightRow = (imageWidth + 3) & ~3;
}

/** Repeats the edge of a plane over its border. */
export function repeatEdge(plane: usize): void {
  const row = <usize>stride << 2;
  const first = plane + <usize>border * row;
  for (let y: u32 = 0; y < height; y++) {
    const start = first + <usize>y * row;
    const left = load<f32>(start + (<usize>border << 2));
    const right = load<f32>(start + (<usize>(border + width - 1) << 2));
    for (let x: u32 = 0; x < border; x++) store<f32>(start + (<usize>x << 2), left);
    for (let x: u32 = border + width; x < stride; x++) store<f32>(start + (<usize>x << 2), right);
  }
  const last = first + <usize>(height - 1) * row;
  for (let y: u32 = 0; y < border; y++) {
    memory.copy(plane + <usize>y * row, first, row);
    memory.copy(last + <usize>(y + 1) * row, last, row);
  }
}

// @ts-ignore: decorator
@inline
function placeOf(plane: usize, x: u32, y: u32): usize {
  return plane + ((<usize>(y + border) * stride + border + x) << 2);
}

/** 1 over three tenths of the deviation of four pixels' samples; each distance counts the centre once. */
function narrowness(centre: usize): v128 {
  const own = v128.load(centre);
  let sum = f32x4.splat(0);
  let squares = f32x4.splat(0);
  for (let n: u32 = 0; n < neighbours; n++) {
    const value = f32x4.sub(v128.load(centre + load<i32>(offsets + (<usize>n << 2))), own);
    sum = f32x4.add(sum, value);
    squares = mulAdd(value, value, squares);
  }
  const samples: f32 = <f32>(neighbours + (neighbours >> 3));
  const spread = f32x4.sub(squares, f32x4.mul(f32x4.mul(sum, sum), f32x4.splat(1 / samples)));
  const variance = f32x4.mul(f32x4.pmax(f32x4.splat(0), spread), f32x4.splat(1 / (samples - 1)));
  const wide = f32x4.add(f32x4.mul(f32x4.sqrt(variance), f32x4.splat(0.1)), f32x4.splat(1e-8));
  return f32x4.div(f32x4.splat(1), f32x4.mul(wide, f32x4.splat(3)));
}

/** Weights [neighbours, height, weightRow] of rows `from` to `to` of an image of three planes. */
export function weighNeighbours(image: usize, planeBytes: usize, weights: usize, from: u32, to: u32): void {
  const weightPlane = <usize>(weightRow * height) << 2;
  for (let y = from; y < to; y++)
    for (let x: u32 = 0; x < weightRow; x += 4) {
      const red = placeOf(image, x, y);
      const green = red + planeBytes;
      const blue = green + planeBytes;
      const narrow0 = narrowness(red);
      const narrow1 = narrowness(green);
      const narrow2 = narrowness(blue);
      const own0 = v128.load(red);
      const own1 = v128.load(green);
      const own2 = v128.load(blue);
      const first = weights + (<usize>(y * weightRow + x) << 2);
      let all = f32x4.splat(0);
      let place = first;
      for (let n: u32 = 0; n < neighbours; n++) {
        const offset = load<i32>(offsets + (<usize>n << 2));
        let unlike = f32x4.mul(f32x4.abs(f32x4.sub(v128.load(red + offset), own0)), narrow0);
        unlike = mulAdd(f32x4.abs(f32x4.sub(v128.load(green + offset), own1)), narrow1, unlike);
        unlike = mulAdd(f32x4.abs(f32x4.sub(v128.load(blue + offset), own2)), narrow2, unlike);
        const power = expBelowZero(f32x4.neg(unlike));
        all = f32x4.add(all, power);
        v128.store(place, power);
        place += weightPlane;
      }
      const share = f32x4.div(f32x4.splat(1), all);
      place = first;
      for (let n: u32 = 0; n < neighbours; n++) {
        v128.store(place, f32x4.mul(v128.load(place), share));
        place += weightPlane;
      }
    }
}

/**
 * One step of four maps, from bordered planes one behind the other into others; the borders repeat their
 * edges. Four at a time, since reading the weights is what takes the time.
 */
export function takeNeighbours(maps: usize, into: usize, planeBytes: usize, weights: usize): void {
  const weightPlane = <usize>(weightRow * height) << 2;
  for (let y: u32 = 0; y < height; y++)
    for (let x: u32 = 0; x < weightRow; x += 4) {
      const first = placeOf(maps, x, y);
      const second = first + planeBytes;
      const third = second + planeBytes;
      const fourth = third + planeBytes;
      let place = weights + (<usize>(y * weightRow + x) << 2);
      let sum0 = f32x4.splat(0);
      let sum1 = f32x4.splat(0);
      let sum2 = f32x4.splat(0);
      let sum3 = f32x4.splat(0);
      for (let n: u32 = 0; n < neighbours; n++) {
        const offset = load<i32>(offsets + (<usize>n << 2));
        const weight = v128.load(place);
        sum0 = mulAdd(weight, v128.load(first + offset), sum0);
        sum1 = mulAdd(weight, v128.load(second + offset), sum1);
        sum2 = mulAdd(weight, v128.load(third + offset), sum2);
        sum3 = mulAdd(weight, v128.load(fourth + offset), sum3);
        place += weightPlane;
      }
      const target = placeOf(into, x, y);
      v128.store(target, sum0);
      v128.store(target + planeBytes, sum1);
      v128.store(target + 2 * planeBytes, sum2);
      v128.store(target + 3 * planeBytes, sum3);
    }
  for (let map: u32 = 0; map < 4; map++) repeatEdge(into + map * planeBytes);
}
