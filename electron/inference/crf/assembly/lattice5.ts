// Permutohedral lattice of positions and colours of an image, four pixels at a time. The float32 steps are those of
// lattice.ts one folder up, unrolled for five dimensions, so that both choose the same simplices and the same weights.
import {
  advance, areInLine, gatheredColours, gatheredColumns, gatheredLines, gatherFour, walkFrom, x, y,
} from './strips';
import { own } from './own';
import { enterRow, resetTable } from './vertexTable';

/** Bits of one coordinate in a key; 60 in all. */
const BITS: u64 = 12;
const INVERSE: f32 = <f32>1 / <f32>6;
/** Raises all five stored coordinates by one. */
const ONES: u64 = 0x0001001001001001;
/** In a thread's own scratch: byte offsets of six coordinates by place, shares, and the keys' parts; v128 each, over four pixels. */
const PLACES: usize = 1088;
const SHARES: usize = 1184;
const PARTS: usize = 1280;
/** Of one pixel, by place and eight bytes apart: shares f32, and what the corner after has more in its key. */
const SORTED: usize = 1328;
const STEPS: usize = 1376;

let vertexOf: usize = 0;
let weightOf: usize = 0;
let scale0: f32 = 0;
let scale1: f32 = 0;
let scale2: f32 = 0;
let scale3: f32 = 0;
let scale4: f32 = 0;

/**
 * Starts a lattice. vertexOf u32 and weightOf f32 are [pixels rounded up to 4, 6]; scales are f32[5] at `scales`.
 * The table starts at `workspace` with room for 2^(log2 - 1) vertices; see resetTable for `end`.
 */
export function beginBilateral(scales: usize, vertices: usize, weights: usize, workspace: usize, log2: u32, end: usize): void {
  scale0 = load<f32>(scales);
  scale1 = load<f32>(scales, 4);
  scale2 = load<f32>(scales, 8);
  scale3 = load<f32>(scales, 12);
  scale4 = load<f32>(scales, 16);
  vertexOf = vertices;
  weightOf = weights;
  resetTable(workspace, log2, end);
}

/** Enters pixels [from, to); `from` is a multiple of four. `image` is RGB bytes; up to four behind them are read. */
export function addBilateral(
  image: usize,
  width: u32,
  height: u32,
  from: u32,
  to: u32,
  deviation: f32,
  colour: f32,
): void {
  const scratch = own;
  const px = f32x4.splat(deviation);
  const rgb = f32x4.splat(colour);
  const none = i32x4.splat(0);
  walkFrom(from, width, height);
  for (let pixel = from; pixel < to; pixel += 4) {
    let column: v128;
    let line: v128;
    let bytes: v128;
    if (areInLine()) {
      column = i32x4.add(i32x4.splat(x), i32x4(0, 1, 2, 3));
      line = i32x4.splat(y);
      bytes = v128.load(image + (<usize>y * width + x) * 3);
      advance(4);
    } else {
      gatherFour(to - pixel, image);
      column = gatheredColumns();
      line = gatheredLines();
      bytes = gatheredColours();
    }
    const red = v128.shuffle<u8>(bytes, none, 0, 16, 16, 16, 3, 16, 16, 16, 6, 16, 16, 16, 9, 16, 16, 16);
    const green = v128.shuffle<u8>(bytes, none, 1, 16, 16, 16, 4, 16, 16, 16, 7, 16, 16, 16, 10, 16, 16, 16);
    const blue = v128.shuffle<u8>(bytes, none, 2, 16, 16, 16, 5, 16, 16, 16, 8, 16, 16, 16, 11, 16, 16, 16);
    locate(
      scratch,
      f32x4.mul(f32x4.div(f32x4.convert_i32x4_s(column), px), f32x4.splat(scale0)),
      f32x4.mul(f32x4.div(f32x4.convert_i32x4_s(line), px), f32x4.splat(scale1)),
      f32x4.mul(f32x4.div(f32x4.convert_i32x4_s(red), rgb), f32x4.splat(scale2)),
      f32x4.mul(f32x4.div(f32x4.convert_i32x4_s(green), rgb), f32x4.splat(scale3)),
      f32x4.mul(f32x4.div(f32x4.convert_i32x4_s(blue), rgb), f32x4.splat(scale4)),
    );
    for (let lane: usize = 0; lane < 4; lane++) enterPixel(scratch, <usize>pixel + lane, lane << 2);
  }
}

// @ts-ignore: decorator
@inline
function below(sum: v128, times: f32, scaled: v128): v128 {
  return f32x4.sub(sum, f32x4.mul(f32x4.splat(times), scaled));
}

// @ts-ignore: decorator
@inline
function cellOf(elevated: v128): v128 {
  return f32x4.nearest(f32x4.mul(elevated, f32x4.splat(INVERSE)));
}

/** Simplices of four pixels: elevate, round to the nearest lattice point, rank what is left over. */
// @ts-ignore: decorator
@inline
function locate(to: usize, a0: v128, a1: v128, a2: v128, a3: v128, a4: v128): void {
  const six = f32x4.splat(6);
  const e5 = below(f32x4.splat(0), 5, a4);
  const e4 = below(a4, 4, a3);
  const sum3 = f32x4.add(a4, a3);
  const e3 = below(sum3, 3, a2);
  const sum2 = f32x4.add(sum3, a2);
  const e2 = below(sum2, 2, a1);
  const sum1 = f32x4.add(sum2, a1);
  const e1 = f32x4.sub(sum1, a0);
  const e0 = f32x4.add(sum1, a0);

  const c0 = cellOf(e0);
  const c1 = cellOf(e1);
  const c2 = cellOf(e2);
  const c3 = cellOf(e3);
  const c4 = cellOf(e4);
  const c5 = cellOf(e5);
  const o0 = f32x4.mul(c0, six);
  const o1 = f32x4.mul(c1, six);
  const o2 = f32x4.mul(c2, six);
  const o3 = f32x4.mul(c3, six);
  const o4 = f32x4.mul(c4, six);
  const o5 = f32x4.mul(c5, six);
  const sum = f32x4.add(f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)), f32x4.add(c4, c5));
  const off = i32x4.trunc_sat_f32x4_s(sum);

  const r0 = f32x4.sub(e0, o0);
  const r1 = f32x4.sub(e1, o1);
  const r2 = f32x4.sub(e2, o2);
  const r3 = f32x4.sub(e3, o3);
  const r4 = f32x4.sub(e4, o4);
  const r5 = f32x4.sub(e5, o5);
  // Each pair once: a comparison that holds is -1, and raises the rank of the first or leaves that of the second.
  let rank0 = off;
  let rank1 = i32x4.add(off, i32x4.splat(1));
  let rank2 = i32x4.add(off, i32x4.splat(2));
  let rank3 = i32x4.add(off, i32x4.splat(3));
  let rank4 = i32x4.add(off, i32x4.splat(4));
  let rank5 = i32x4.add(off, i32x4.splat(5));
  let m = f32x4.lt(r0, r1); rank0 = i32x4.sub(rank0, m); rank1 = i32x4.add(rank1, m);
  m = f32x4.lt(r0, r2); rank0 = i32x4.sub(rank0, m); rank2 = i32x4.add(rank2, m);
  m = f32x4.lt(r0, r3); rank0 = i32x4.sub(rank0, m); rank3 = i32x4.add(rank3, m);
  m = f32x4.lt(r0, r4); rank0 = i32x4.sub(rank0, m); rank4 = i32x4.add(rank4, m);
  m = f32x4.lt(r0, r5); rank0 = i32x4.sub(rank0, m); rank5 = i32x4.add(rank5, m);
  m = f32x4.lt(r1, r2); rank1 = i32x4.sub(rank1, m); rank2 = i32x4.add(rank2, m);
  m = f32x4.lt(r1, r3); rank1 = i32x4.sub(rank1, m); rank3 = i32x4.add(rank3, m);
  m = f32x4.lt(r1, r4); rank1 = i32x4.sub(rank1, m); rank4 = i32x4.add(rank4, m);
  m = f32x4.lt(r1, r5); rank1 = i32x4.sub(rank1, m); rank5 = i32x4.add(rank5, m);
  m = f32x4.lt(r2, r3); rank2 = i32x4.sub(rank2, m); rank3 = i32x4.add(rank3, m);
  m = f32x4.lt(r2, r4); rank2 = i32x4.sub(rank2, m); rank4 = i32x4.add(rank4, m);
  m = f32x4.lt(r2, r5); rank2 = i32x4.sub(rank2, m); rank5 = i32x4.add(rank5, m);
  m = f32x4.lt(r3, r4); rank3 = i32x4.sub(rank3, m); rank4 = i32x4.add(rank4, m);
  m = f32x4.lt(r3, r5); rank3 = i32x4.sub(rank3, m); rank5 = i32x4.add(rank5, m);
  m = f32x4.lt(r4, r5); rank4 = i32x4.sub(rank4, m); rank5 = i32x4.add(rank5, m);

  const k0 = settle(to, 0, e0, o0, rank0);
  const k1 = settle(to, 1, e1, o1, rank1);
  const k2 = settle(to, 2, e2, o2, rank2);
  const k3 = settle(to, 3, e3, o3, rank3);
  const k4 = settle(to, 4, e4, o4, rank4);
  settle(to, 5, e5, o5, rank5);
  v128.store(to + PARTS, i32x4.add(k0, i32x4.shl(k1, 12)));
  v128.store(to + PARTS, i32x4.add(k2, i32x4.shl(k3, 12)), 16);
  v128.store(to + PARTS, k4, 32);
}

/** Brings coordinate `i` back into the plane when the rounded point left it; stores its place and share, returns it. */
// @ts-ignore: decorator
@inline
function settle(to: usize, i: usize, elevated: v128, origin: v128, rank: v128): v128 {
  const corners = i32x4.splat(6);
  const low = v128.and(i32x4.lt_s(rank, i32x4.splat(0)), corners);
  const high = v128.and(i32x4.gt_s(rank, i32x4.splat(5)), corners);
  const turn = i32x4.sub(low, high);
  const moved = f32x4.add(origin, f32x4.convert_i32x4_s(turn));
  const place = i32x4.sub(i32x4.splat(5), i32x4.add(rank, turn));
  v128.store(to + PLACES + (i << 4), i32x4.shl(place, 3));
  v128.store(to + SHARES + (i << 4), f32x4.mul(f32x4.sub(elevated, moved), f32x4.splat(INVERSE)));
  return i32x4.trunc_sat_f32x4_s(moved);
}

// @ts-ignore: decorator
@inline
function sort(scratch: usize, i: usize, lane: usize, step: u64): void {
  const at = scratch + <usize>load<u32>(scratch + PLACES + (i << 4) + lane);
  store<f32>(at + SORTED, load<f32>(scratch + SHARES + (i << 4) + lane));
  store<u64>(at + STEPS, step);
}

/** The key after the corner at `place`, whose row goes to `vertices` and whose weight to `weights`. */
// @ts-ignore: decorator
@inline
function enterCorner(scratch: usize, place: usize, key: u64, vertices: usize, weights: usize): u64 {
  store<u32>(vertices + (place << 2), enterRow(key));
  const share = load<f32>(scratch + SORTED + (place << 3));
  // The first corner takes what the others leave.
  const weight = place == 0 ? share + (<f32>1 - load<f32>(scratch + SORTED, 40)) : share - load<f32>(scratch + SORTED + (place << 3) - 8);
  store<f32>(weights + (place << 2), weight);
  return key + load<u64>(scratch + STEPS + (place << 3));
}

function enterPixel(scratch: usize, pixel: usize, lane: usize): void {
  sort(scratch, 0, lane, ONES - 6);
  sort(scratch, 1, lane, ONES - ((<u64>6) << BITS));
  sort(scratch, 2, lane, ONES - ((<u64>6) << (2 * BITS)));
  sort(scratch, 3, lane, ONES - ((<u64>6) << (3 * BITS)));
  sort(scratch, 4, lane, ONES - ((<u64>6) << (4 * BITS)));
  sort(scratch, 5, lane, ONES);
  const low = <i64>load<i32>(scratch + PARTS + lane);
  const middle = <i64>load<i32>(scratch + PARTS + lane, 16);
  const high = <i64>load<i32>(scratch + PARTS + lane, 32);
  let key = <u64>(low + (middle << (2 * BITS)) + (high << (4 * BITS)));
  const vertices = vertexOf + pixel * 24;
  const weights = weightOf + pixel * 24;
  key = enterCorner(scratch, 0, key, vertices, weights);
  key = enterCorner(scratch, 1, key, vertices, weights);
  key = enterCorner(scratch, 2, key, vertices, weights);
  key = enterCorner(scratch, 3, key, vertices, weights);
  key = enterCorner(scratch, 4, key, vertices, weights);
  enterCorner(scratch, 5, key, vertices, weights);
}

/** What a key gains to the right neighbour along `axis`. */
export function bilateralStep(axis: i32): u64 {
  return axis < 5 ? ONES - ((<u64>6) << (BITS * axis)) : ONES;
}
