// Permutohedral lattice of the positions of an image, four pixels at a time. The float32 steps are those of lattice.ts
// one folder up, unrolled for two dimensions, so that both choose the same simplices and the same weights.
import { advance, areInLine, gatheredColumns, gatheredLines, gatherFour, walkFrom, x, y } from './strips';
import { own } from './own';
import { enterRow, resetTable } from './vertexTable';

/** Bits of one coordinate in a key. */
const BITS: u64 = 30;
const INVERSE: f32 = <f32>1 / <f32>3;
/** Raises both stored coordinates by one. */
const ONES: u64 = 1 + ((<u64>1) << BITS);
/** In a thread's own scratch: byte offsets of three coordinates by place, shares, and the keys' two parts; v128 each, over four pixels. */
const PLACES: usize = 1088;
const SHARES: usize = 1136;
const PARTS: usize = 1184;
/** Of one pixel, by place and eight bytes apart: shares f32, and what the corner after has more in its key. */
const SORTED: usize = 1216;
const STEPS: usize = 1240;

let vertexOf: usize = 0;
let weightOf: usize = 0;
let scale0: f32 = 0;
let scale1: f32 = 0;

/**
 * Starts a lattice. vertexOf u32 and weightOf f32 are [pixels rounded up to 4, 3]; scales are f32[2] at `scales`.
 * The table starts at `workspace` with room for 2^(log2 - 1) vertices; see resetTable for `end`.
 */
export function beginGaussian(scales: usize, vertices: usize, weights: usize, workspace: usize, log2: u32, end: usize): void {
  scale0 = load<f32>(scales);
  scale1 = load<f32>(scales, 4);
  vertexOf = vertices;
  weightOf = weights;
  resetTable(workspace, log2, end);
}

/** Enters pixels [from, to); `from` is a multiple of four. */
export function addGaussian(width: u32, height: u32, from: u32, to: u32, deviation: f32): void {
  const scratch = own;
  const px = f32x4.splat(deviation);
  walkFrom(from, width, height);
  for (let pixel = from; pixel < to; pixel += 4) {
    let column: v128;
    let line: v128;
    if (areInLine()) {
      column = i32x4.add(i32x4.splat(x), i32x4(0, 1, 2, 3));
      line = i32x4.splat(y);
      advance(4);
    } else {
      gatherFour(to - pixel, 0);
      column = gatheredColumns();
      line = gatheredLines();
    }
    locate(scratch, f32x4.div(f32x4.convert_i32x4_s(column), px), f32x4.div(f32x4.convert_i32x4_s(line), px));
    for (let lane: usize = 0; lane < 4; lane++) enterPixel(scratch, <usize>pixel + lane, lane << 2);
  }
}

/** Simplices of four pixels: elevate, round to the nearest lattice point, rank what is left over. */
// @ts-ignore: decorator
@inline
function locate(to: usize, feature0: v128, feature1: v128): void {
  const inverse = f32x4.splat(INVERSE);
  const three = f32x4.splat(3);
  const scaled1 = f32x4.mul(feature1, f32x4.splat(scale1));
  const scaled0 = f32x4.mul(feature0, f32x4.splat(scale0));
  const e2 = f32x4.sub(f32x4.splat(0), f32x4.mul(f32x4.splat(2), scaled1));
  const e1 = f32x4.sub(scaled1, scaled0);
  const e0 = f32x4.add(scaled1, scaled0);

  const cell0 = f32x4.nearest(f32x4.mul(e0, inverse));
  const cell1 = f32x4.nearest(f32x4.mul(e1, inverse));
  const cell2 = f32x4.nearest(f32x4.mul(e2, inverse));
  const o0 = f32x4.mul(cell0, three);
  const o1 = f32x4.mul(cell1, three);
  const o2 = f32x4.mul(cell2, three);
  const off = i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.add(cell0, cell1), cell2));
  const rest0 = f32x4.sub(e0, o0);
  const rest1 = f32x4.sub(e1, o1);
  const rest2 = f32x4.sub(e2, o2);
  // A comparison that holds is -1.
  const m01 = f32x4.lt(rest0, rest1);
  const m02 = f32x4.lt(rest0, rest2);
  const m12 = f32x4.lt(rest1, rest2);
  settle(to, 0, e0, o0, i32x4.sub(off, i32x4.add(m01, m02)));
  settle(to, 1, e1, o1, i32x4.add(off, i32x4.add(i32x4.splat(1), i32x4.sub(m01, m12))));
  settle(to, 2, e2, o2, i32x4.add(off, i32x4.add(i32x4.splat(2), i32x4.add(m02, m12))));
}

/** Brings coordinate `i` back into the plane when the rounded point left it, and stores its place and share. */
// @ts-ignore: decorator
@inline
function settle(to: usize, i: usize, elevated: v128, origin: v128, rank: v128): void {
  const corners = i32x4.splat(3);
  const low = v128.and(i32x4.lt_s(rank, i32x4.splat(0)), corners);
  const high = v128.and(i32x4.gt_s(rank, i32x4.splat(2)), corners);
  const turn = i32x4.sub(low, high);
  const moved = f32x4.add(origin, f32x4.convert_i32x4_s(turn));
  const place = i32x4.sub(i32x4.splat(2), i32x4.add(rank, turn));
  v128.store(to + PLACES + (i << 4), i32x4.shl(place, 3));
  v128.store(to + SHARES + (i << 4), f32x4.mul(f32x4.sub(elevated, moved), f32x4.splat(INVERSE)));
  if (i < 2) v128.store(to + PARTS + (i << 4), i32x4.trunc_sat_f32x4_s(moved));
}

// @ts-ignore: decorator
@inline
function sort(scratch: usize, i: usize, lane: usize, step: u64): void {
  const at = scratch + <usize>load<u32>(scratch + PLACES + (i << 4) + lane);
  store<f32>(at + SORTED, load<f32>(scratch + SHARES + (i << 4) + lane));
  store<u64>(at + STEPS, step);
}

function enterPixel(scratch: usize, pixel: usize, lane: usize): void {
  sort(scratch, 0, lane, ONES - 3);
  sort(scratch, 1, lane, ONES - ((<u64>3) << BITS));
  sort(scratch, 2, lane, ONES);
  const vertices = vertexOf + pixel * 12;
  const weights = weightOf + pixel * 12;
  const share0 = load<f32>(scratch + SORTED);
  const share1 = load<f32>(scratch + SORTED, 8);
  const share2 = load<f32>(scratch + SORTED, 16);
  // The first corner takes what the others leave.
  store<f32>(weights, share0 + (<f32>1 - share2));
  store<f32>(weights, share1 - share0, 4);
  store<f32>(weights, share2 - share1, 8);
  let key = <u64>(<i64>load<i32>(scratch + PARTS + lane) + ((<i64>load<i32>(scratch + PARTS + lane, 16)) << BITS));
  store<u32>(vertices, enterRow(key));
  key += load<u64>(scratch + STEPS);
  store<u32>(vertices, enterRow(key), 4);
  key += load<u64>(scratch + STEPS, 8);
  store<u32>(vertices, enterRow(key), 8);
}

/** What a key gains to the right neighbour along `axis`. */
export function gaussianStep(axis: i32): u64 {
  return axis < 2 ? ONES - ((<u64>3) << (BITS * axis)) : ONES;
}
