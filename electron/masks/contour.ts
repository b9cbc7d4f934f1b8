// Outlines of a mask along pixel edges, straight from its runs: cost follows the outline's length.
// Rings run with the mask on their right; holes come out as rings of their own.
import type { RleMask } from '../api/types.ts';
import { columnsOf } from './columns.ts';

export interface Ring {
  /** x, y, x, y ... of the corners in image pixels; closed, the first is not repeated. */
  readonly points: Int32Array;
  /** left, top, right, bottom. */
  readonly bounds: readonly [number, number, number, number];
  /** Twice the signed area is negative for holes. */
  readonly hole: boolean;
}

const cache = new WeakMap<RleMask, readonly Ring[]>();

/** Rings of a mask; cached by the mask object. */
export function ringsOf(mask: RleMask): readonly Ring[] {
  const known = cache.get(mask);
  if (known) return known;
  const rings = trace(mask);
  cache.set(mask, rings);
  return rings;
}

interface Edges {
  /** Start and end vertex of each directed edge, as y * stride + x. */
  readonly from: number[];
  readonly to: number[];
}

function trace(mask: RleMask): Ring[] {
  const { edges, stride } = collectEdges(mask);
  // Up to two edges leave a vertex: where two pixels touch by a corner.
  const first = new Map<number, number>();
  const second = new Map<number, number>();
  edges.from.forEach((vertex, edge) => {
    if (first.has(vertex)) second.set(vertex, edge);
    else first.set(vertex, edge);
  });
  const used = new Uint8Array(edges.from.length);
  const rings: Ring[] = [];
  for (let start = 0; start < used.length; start += 1) {
    if (used[start]) continue;
    const corners: number[] = [];
    let edge = start;
    while (!used[edge]) {
      used[edge] = 1;
      corners.push(edges.from[edge]!);
      const vertex = edges.to[edge]!;
      const one = first.get(vertex)!;
      const two = second.get(vertex);
      edge = two === undefined ? one : pick(edges, edge, one, two, used, stride);
    }
    rings.push(ringOf(corners, stride));
  }
  return rings;
}

/** At a corner shared by two pixels turn right: the two stay apart (4-connected regions). */
function pick(
  edges: Edges,
  edge: number,
  one: number,
  two: number,
  used: Uint8Array,
  stride: number,
): number {
  if (used[one]) return two;
  if (used[two]) return one;
  const [dx, dy] = direction(edges, edge, stride);
  const [ex, ey] = direction(edges, one, stride);
  return dx * ey - dy * ex > 0 ? one : two;
}

function direction(edges: Edges, edge: number, stride: number): [number, number] {
  const from = edges.from[edge]!;
  const to = edges.to[edge]!;
  return [
    Math.sign((to % stride) - (from % stride)),
    Math.sign(Math.floor(to / stride) - Math.floor(from / stride)),
  ];
}

/**
 * Horizontal edges are one pixel wide (a span's ends in one column); vertical edges are the stretches
 * where exactly one of two neighbouring columns is set.
 */
function collectEdges(mask: RleMask): { edges: Edges; stride: number } {
  const { width, starts, spans } = columnsOf(mask);
  const stride = width + 1;
  const from: number[] = [];
  const to: number[] = [];
  const add = (x0: number, y0: number, x1: number, y1: number) => {
    from.push(y0 * stride + x0);
    to.push(y1 * stride + x1);
  };
  for (let x = 0; x <= width; x += 1) {
    const end = x < width ? starts[x + 1]! : 0;
    for (let s = x < width ? starts[x]! : 0; s < end; s += 1) {
      add(x, spans[2 * s]!, x + 1, spans[2 * s]!);
      add(x + 1, spans[2 * s + 1]!, x, spans[2 * s + 1]!);
    }
    verticalEdges(
      spans,
      x > 0 ? starts[x - 1]! : 0,
      x > 0 ? starts[x]! : 0,
      x < width ? starts[x]! : 0,
      end,
      (y0, y1, rightSet) => (rightSet ? add(x, y1, x, y0) : add(x, y0, x, y1)),
    );
  }
  return { edges: { from, to }, stride };
}

/** Calls back for every stretch set in only one of two span lists; cut where either list changes. */
function verticalEdges(
  spans: Uint32Array,
  a: number,
  aEnd: number,
  b: number,
  bEnd: number,
  emit: (y0: number, y1: number, rightSet: boolean) => void,
): void {
  let ia = 2 * a;
  let ib = 2 * b;
  let y = 0;
  while (ia < 2 * aEnd || ib < 2 * bEnd) {
    const nextA = ia < 2 * aEnd ? spans[ia]! : Infinity;
    const nextB = ib < 2 * bEnd ? spans[ib]! : Infinity;
    const next = Math.min(nextA, nextB);
    const inA = (ia - 2 * a) % 2 === 1;
    const inB = (ib - 2 * b) % 2 === 1;
    if (inA !== inB && next > y) emit(y, next, inB);
    y = next;
    if (nextA === next) ia += 1;
    if (nextB === next) ib += 1;
  }
}

function ringOf(vertices: readonly number[], stride: number): Ring {
  const corners: number[] = [];
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  let area = 0;
  const count = vertices.length;
  for (let i = 0; i < count; i += 1) {
    const before = vertices[(i + count - 1) % count]!;
    const here = vertices[i]!;
    const after = vertices[(i + 1) % count]!;
    const x = here % stride;
    const y = Math.floor(here / stride);
    const nx = after % stride;
    const ny = Math.floor(after / stride);
    area += x * ny - nx * y;
    // Points in the middle of a straight stretch say nothing.
    const straight =
      (before % stride === x && nx === x) || (Math.floor(before / stride) === y && ny === y);
    if (straight) continue;
    corners.push(x, y);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { points: Int32Array.from(corners), bounds: [left, top, right, bottom], hole: area < 0 };
}
