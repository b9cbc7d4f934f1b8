// Permutohedral lattice of an image, four pixels at a time (method.md 4.12). Same float32 steps as
// lattice.ts one folder up, so that both choose the same simplices and the same weights.
import { CHAIN_START } from './blur';
import { STRIP } from './strips';
import { enterRow, findRow, keyOfRow, resetTable, rowCount, tableEnd } from './vertexTable';

const MAX_CORNERS: i32 = 6;
/** Row-major place of four pixels in the image. */
const place: usize = memory.data(16, 16);
/** One v128 per coordinate, each over four pixels. */
const elevated: usize = memory.data(16 * 6, 16);
const origin: usize = memory.data(16 * 6, 16);
const rank: usize = memory.data(16 * 6, 16);
const feature: usize = memory.data(16 * 6, 16);
const scale: usize = memory.data(4 * 6, 16);
/** Left over parts and coordinate numbers of one pixel, by rank. */
const sorted: usize = memory.data(4 * 6, 16);
const coordinate: usize = memory.data(4 * 6, 16);
/** Keys and rows of the pixel before: neighbours mostly share their simplex. */
const lastKey: usize = memory.data(8 * 6, 16);
const lastRow: usize = memory.data(4 * 6, 16);

let d: i32 = 0;
let bits: u64 = 0;
let vertexOf: usize = 0;
let weightOf: usize = 0;
/** Adding this to a key raises every stored coordinate by one. */
let ones: u64 = 0;

/**
 * Starts a lattice of `dimensions` (2 or 5). vertexOf u32 and weightOf f32 are [pixels rounded up to 4, d + 1];
 * scales are f32[d] at `scales`. The table starts at `workspace` with room for 2^(log2 - 1) vertices.
 */
export function beginLattice(
  dimensions: i32,
  scales: usize,
  vertices: usize,
  weights: usize,
  workspace: usize,
  log2: u32,
): void {
  d = dimensions;
  bits = 60 / dimensions;
  vertexOf = vertices;
  weightOf = weights;
  ones = 0;
  for (let i = 0; i < d; i++) ones += (<u64>1) << (bits * i);
  memory.copy(scale, scales, d << 2);
  // No packed key is this large.
  for (let i = 0; i < MAX_CORNERS; i++) store<u64>(lastKey + (i << 3), u64.MAX_VALUE);
  resetTable(workspace, log2);
}

export function vertexCount(): u32 {
  return rowCount();
}

export function workspaceEnd(): usize {
  return tableEnd();
}

/** Enters pixels [from, to) with position features only; `from` is a multiple of four. */
export function addGaussian(width: u32, height: u32, from: u32, to: u32, deviation: f32): void {
  const px = f32x4.splat(deviation);
  for (let pixel = from; pixel < to; pixel += 4) {
    storePosition(width, height, pixel, to, px);
    locate(pixel);
  }
}

/** Enters pixels [from, to) with position and colour; `image` is RGB bytes. */
export function addBilateral(
  image: usize,
  width: u32,
  height: u32,
  from: u32,
  to: u32,
  deviation: f32,
  colour: f32,
): void {
  const px = f32x4.splat(deviation);
  const rgb = f32x4.splat(colour);
  for (let pixel = from; pixel < to; pixel += 4) {
    storePosition(width, height, pixel, to, px);
    for (let lane: u32 = 0; lane < 4; lane++) {
      const byte = image + (<usize>load<u32>(place + (lane << 2))) * 3;
      const inside = pixel + lane < to;
      for (let i: u32 = 0; i < 3; i++)
        store<f32>(feature + ((i + 2) << 4) + (lane << 2), inside ? <f32>load<u8>(byte + i) : 0);
    }
    for (let i = 2; i < 5; i++)
      v128.store(feature + (i << 4), f32x4.div(v128.load(feature + (i << 4)), rgb));
    locate(pixel);
  }
}

/** Lanes past `to` get zero features, as in the reference: their vertices exist and carry the blur. */
// @ts-ignore: decorator
@inline
function storePosition(width: u32, height: u32, pixel: u32, to: u32, px: v128): void {
  for (let lane: u32 = 0; lane < 4; lane++) {
    const at = pixel + lane;
    const inside = at < to;
    const left = inside ? (at / (STRIP * height)) * STRIP : 0;
    const across = min(STRIP, width - left);
    const y = inside ? (at - left * height) / across : 0;
    const x = inside ? at - left * height - y * across + left : 0;
    store<u32>(place + (lane << 2), y * width + x);
    store<f32>(feature + (lane << 2), <f32>x);
    store<f32>(feature + 16 + (lane << 2), <f32>y);
  }
  v128.store(feature, f32x4.div(v128.load(feature), px));
  v128.store(feature + 16, f32x4.div(v128.load(feature, 16), px));
}

/** Simplices of four pixels: elevate, round, rank, then weights and rows pixel by pixel. */
function locate(pixel: u32): void {
  const corners = f32x4.splat(<f32>(d + 1));
  const inverse = f32x4.splat(<f32>1 / <f32>(d + 1));
  let sum = f32x4.splat(0);
  for (let i = d; i > 0; i--) {
    const at = (i - 1) << 4;
    const scaled = f32x4.mul(
      v128.load(feature + at),
      v128.load32_splat(scale + ((i - 1) << 2)),
    );
    v128.store(elevated + at, f32x4.sub(sum, f32x4.mul(f32x4.splat(<f32>i), scaled)), 16);
    sum = f32x4.add(sum, scaled);
  }
  v128.store(elevated, sum);

  let off = f32x4.splat(0);
  for (let i = 0; i <= d; i++) {
    const cell = f32x4.nearest(f32x4.mul(v128.load(elevated + (i << 4)), inverse));
    v128.store(origin + (i << 4), f32x4.mul(cell, corners));
    v128.store(rank + (i << 4), i32x4.splat(0));
    off = f32x4.add(off, cell);
  }
  for (let i = 0; i < d; i++) {
    const at = i << 4;
    const rest = f32x4.sub(v128.load(elevated + at), v128.load(origin + at));
    let mine = v128.load(rank + at);
    for (let j = i + 1; j <= d; j++) {
      const to = j << 4;
      const behind = f32x4.lt(rest, f32x4.sub(v128.load(elevated + to), v128.load(origin + to)));
      mine = i32x4.sub(mine, behind);
      v128.store(
        rank + to,
        i32x4.add(v128.load(rank + to), i32x4.add(behind, i32x4.splat(1))),
      );
    }
    v128.store(rank + at, mine);
  }
  const shift = i32x4.trunc_sat_f32x4_s(off);
  const turn = i32x4.splat(d + 1);
  for (let i = 0; i <= d; i++) {
    const at = i << 4;
    const shifted = i32x4.add(v128.load(rank + at), shift);
    const low = v128.and(i32x4.lt_s(shifted, i32x4.splat(0)), turn);
    const high = v128.and(i32x4.gt_s(shifted, i32x4.splat(d)), turn);
    const add = i32x4.sub(low, high);
    v128.store(rank + at, i32x4.add(shifted, add));
    const moved = f32x4.add(v128.load(origin + at), f32x4.convert_i32x4_s(add));
    v128.store(origin + at, moved);
    // The feature is not needed any more; its place takes the barycentric share.
    v128.store(
      elevated + at,
      f32x4.mul(f32x4.sub(v128.load(elevated + at), moved), inverse),
    );
  }
  for (let lane = 0; lane < 4; lane++) enterPixel(pixel + lane, lane << 2);
}

function enterPixel(pixel: u32, lane: usize): void {
  let key: u64 = 0;
  for (let i = 0; i <= d; i++) {
    const at = ((<usize>i) << 4) + lane;
    const byRank = (<usize>load<u32>(rank + at)) << 2;
    store<f32>(sorted + byRank, load<f32>(elevated + at));
    store<i32>(coordinate + byRank, i);
    if (i < d) key += (<u64>(<i64>load<f32>(origin + at))) << (bits * i);
  }
  const first = (<usize>pixel) * (d + 1);
  let above: f32 = -1;
  for (let corner = 0; corner <= d; corner++) {
    const byRank = (<usize>(d - corner)) << 2;
    const share = load<f32>(sorted + byRank);
    // The first corner takes what the others leave: share + (1 - smallest share).
    const weight = corner == 0 ? share + (<f32>1 - load<f32>(sorted)) : share - above;
    above = share;
    if (corner > 0) {
      // Every coordinate goes up by one; the one whose turn it is drops by d + 1.
      const i = load<i32>(coordinate + byRank + 4);
      key += ones;
      if (i < d) key -= (<u64>(d + 1)) << (bits * i);
    }
    const cached = (<usize>corner) << 3;
    let row: u32;
    if (load<u64>(lastKey + cached) == key) row = load<u32>(lastRow + (corner << 2));
    else {
      row = enterRow(key);
      store<u64>(lastKey + cached, key);
      store<u32>(lastRow + (corner << 2), row);
    }
    const at = (first + corner) << 2;
    store<u32>(vertexOf + at, row);
    store<f32>(weightOf + at, weight);
  }
}

/**
 * Writes the chains of one lattice direction: row numbers u32 from left to right neighbour, the first
 * of a chain with its top bit set; rows without neighbours are left out. Returns how many were written.
 * `right` and `left` are scratch, u32[rows + 1] each.
 */
export function linkChains(axis: i32, chains: usize, right: usize, left: usize): u32 {
  const rows = rowCount();
  let step = ones;
  if (axis < d) step -= (<u64>(d + 1)) << (bits * axis);
  memory.fill(left, 0, ((<usize>rows) + 1) << 2);
  // The right neighbour's left neighbour is the vertex itself: one search serves both.
  for (let row: u32 = 1; row <= rows; row++) {
    const next = findRow(keyOfRow(row) + step);
    store<u32>(right + ((<usize>row) << 2), next);
    if (next != 0) store<u32>(left + ((<usize>next) << 2), row);
  }
  let to = chains;
  for (let row: u32 = 1; row <= rows; row++) {
    let next = load<u32>(right + ((<usize>row) << 2));
    if (next == 0 || load<u32>(left + ((<usize>row) << 2)) != 0) continue;
    store<u32>(to, row | CHAIN_START);
    to += 4;
    while (next != 0) {
      store<u32>(to, next);
      to += 4;
      next = load<u32>(right + ((<usize>next) << 2));
    }
  }
  return <u32>((to - chains) >> 2);
}
