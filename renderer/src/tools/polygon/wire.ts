// Live wire: the way along the strongest edge from one point to another (Mortensen and Barrett 1995), nearer to where
// the salience of the class falls where a run has stored it. It runs on corners between pixels, so that what it
// encloses ends where the colours change. Ways from a point are kept and found as far as the pointer goes: the first
// 100 px cost about 10 ms in all, every later move there 0.03 ms.
import type { Pixels } from '../../../../electron/masks/regions/flood.ts';
import { simplifyLine } from '../../../../electron/masks/outlines/simplify.ts';
import type { XY } from './state.ts';
import { guideCosts, type Guide } from './wireGuide.ts';

/** Side of the window, in image pixels. */
export const WINDOW = 512;
/** Difference of colour, 0-255, from which there is an edge at all. */
const FAINT = 10;
/** Difference that counts as a full edge, at least. */
const CLEAR = 24;
/** Cost of a step of one pixel along a full edge, and where there is none. */
const ALONG = 4;
const ACROSS = 64;
/** What the line may lose of its steps, in image pixels. */
const LOSS = 0.75;
/** A press this near to an edge means the edge, in image pixels. */
const PULL = 3;

export interface Wire {
  /** Ends on the edge that is meant; null = outside the window, or there is no edge on the way. */
  to(point: XY): { readonly end: XY; readonly between: number[] } | null;
}

/** The latest of each picture; a picture that nobody holds any more is not held here either. */
const latest = new WeakMap<Pixels, Latest>();
interface Latest extends XY {
  readonly guide: Guide | null;
  readonly wire: Wire;
}

/** Ways from a point; those from the same point of the same picture are kept. */
export function wireFrom(pixels: Pixels, { x, y }: XY, guide: Guide | null = null): Wire {
  const known = latest.get(pixels);
  const isKnown = known?.x === x && known.y === y && isSame(known.guide, guide);
  if (isKnown) return known.wire;
  const wire = findWays(pixels, { x, y }, guide);
  latest.set(pixels, { x, y, guide, wire });
  return wire;
}

const isSame = (a: Guide | null, b: Guide | null) => a?.map === b?.map && a?.share === b?.share;

/** The place within reach where the colours change most; the point itself where they do not. */
export function onEdge(pixels: Pixels, { x, y }: XY): XY {
  let best = { x, y };
  let most = FAINT;
  const [cx, cy] = [Math.round(x), Math.round(y)];
  for (let dy = -PULL; dy <= PULL; dy += 1)
    for (let dx = -PULL; dx <= PULL; dx += 1) {
      const [px, py] = [cx + dx, cy + dy];
      const strength = cornerStrength(pixels, px, py) - 2 * Math.hypot(dx, dy);
      if (strength <= most) continue;
      most = strength;
      best = { x: px, y: py };
    }
  return best;
}

function findWays(pixels: Pixels, from: XY, guide: Guide | null): Wire {
  const field = new Field(pixels, Math.round(from.x), Math.round(from.y), guide);
  return {
    to(point) {
      const end = onEdge(pixels, point);
      const line = field.lineTo(Math.round(end.x), Math.round(end.y));
      if (line === null || line.strength < FAINT) return null;
      const points = simplifyLine([from.x, from.y, ...line.points.slice(2)], LOSS);
      return { end, between: points.slice(2, -2) };
    },
  };
}

/** How a corner was reached: to the right, left, down, up. */
const STEPS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
const START = STEPS.length;

/** Corners of a window and the cheapest ways to them from one of them, found no farther than was asked. */
class Field {
  readonly #pixels: Pixels;
  readonly #left: number;
  readonly #top: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Cost of a step by the difference of colour across it, and what its end adds to it. */
  readonly #costOf: Uint8Array;
  readonly #guide: Uint8Array | null;
  readonly #came: Uint8Array;
  readonly #cost: Int32Array;
  /** Costs are small whole numbers: corners wait in a ring of buckets (Dial's form of Dijkstra's search). */
  readonly #buckets: number[][] = Array.from({ length: ACROSS + 1 }, () => []);
  #waiting = 1;
  /** All ways that cost less are final. */
  #now = 0;

  constructor(pixels: Pixels, x: number, y: number, guide: Guide | null) {
    const half = WINDOW / 2;
    this.#pixels = pixels;
    this.#left = Math.max(0, x - half);
    this.#top = Math.max(0, y - half);
    this.#columns = Math.min(pixels.width, x + half) - this.#left + 1;
    this.#rows = Math.min(pixels.height, y + half) - this.#top + 1;
    this.#guide = guide && this.#guided(guide);
    this.#costOf = this.#costs(this.#guide ? 1 - guide!.share : 1);
    this.#came = new Uint8Array(this.#columns * this.#rows);
    this.#cost = new Int32Array(this.#columns * this.#rows).fill(0x7fffffff);
    const start = (y - this.#top) * this.#columns + (x - this.#left);
    this.#cost[start] = 0;
    this.#came[start] = START;
    this.#buckets[0]!.push(start);
  }

  /** Corners from the start to a place, and the mean difference of colour on the way; null = outside. */
  lineTo(x: number, y: number): { points: number[]; strength: number } | null {
    const [column, row] = [x - this.#left, y - this.#top];
    if (column < 0 || row < 0 || column >= this.#columns || row >= this.#rows) return null;
    const corner = row * this.#columns + column;
    this.#reach(corner);
    const back: number[] = [];
    let strength = 0;
    for (let at = corner; ;) {
      back.push(this.#top + Math.floor(at / this.#columns), this.#left + (at % this.#columns));
      const step = STEPS[this.#came[at]!];
      if (!step) break;
      const before = at - step[0] - step[1] * this.#columns;
      strength += this.#strength(at, before);
      at = before;
    }
    return { points: back.reverse(), strength: strength / Math.max(1, back.length / 2 - 1) };
  }

  /** Goes on with the search until the way to a corner is final. */
  #reach(corner: number): void {
    for (; this.#waiting > 0 && this.#cost[corner]! > this.#now; this.#now += 1) {
      const bucket = this.#buckets[this.#now % this.#buckets.length]!;
      for (let at = bucket.pop(); at !== undefined; at = bucket.pop()) {
        this.#waiting -= 1;
        if (this.#cost[at] === this.#now) this.#spread(at);
      }
    }
  }

  #spread(at: number): void {
    const column = at % this.#columns;
    if (column + 1 < this.#columns) this.#try(at, at + 1, 0);
    if (column > 0) this.#try(at, at - 1, 1);
    if (at + this.#columns < this.#cost.length) this.#try(at, at + this.#columns, 2);
    if (at >= this.#columns) this.#try(at, at - this.#columns, 3);
  }

  #try(at: number, next: number, step: number): void {
    if (this.#cost[next]! <= this.#now) return;
    const total =
      this.#now + this.#costOf[this.#strength(at, next)]! + (this.#guide ? this.#guide[next]! : 0);
    if (total >= this.#cost[next]!) return;
    this.#cost[next] = total;
    this.#came[next] = step;
    this.#buckets[total % this.#buckets.length]!.push(next);
    this.#waiting += 1;
  }

  /** Difference of colour across the side between two neighbours. */
  #strength(a: number, b: number): number {
    const first = Math.min(a, b);
    const x = this.#left + (first % this.#columns);
    const y = this.#top + Math.floor(first / this.#columns);
    return Math.abs(a - b) === 1
      ? acrossRows(this.#pixels, x, y)
      : acrossColumns(this.#pixels, x, y);
  }

  #guided(guide: Guide): Uint8Array | null {
    const window = {
      ...{ left: this.#left, top: this.#top, columns: this.#columns, rows: this.#rows },
    };
    const costs = guideCosts(guide, window, this.#pixels, { along: ALONG, across: ACROSS });
    // Cut off where the other part is rounded: both together fit the ring of buckets.
    return costs && costs.map((cost) => Math.floor(cost * guide.share));
  }

  /** Cost of a step by the difference across it: one that few sides of the window exceed costs least. */
  #costs(share: number): Uint8Array {
    const counts = new Uint32Array(256);
    let sides = 0;
    // A ninth of them tells the same.
    for (let row = 0; row < this.#rows; row += 3)
      for (let column = 0; column < this.#columns; column += 3, sides += 2) {
        const [x, y] = [this.#left + column, this.#top + row];
        counts[acrossRows(this.#pixels, x, y)]! += 1;
        counts[acrossColumns(this.#pixels, x, y)]! += 1;
      }
    let left = 0.03 * sides;
    let full = 255;
    while (full > CLEAR && (left -= counts[full]!) > 0) full -= 1;
    return Uint8Array.from({ length: 256 }, (_, value) => {
      const lacking = 1 - Math.min(1, value / full);
      return Math.round(share * (ALONG + (ACROSS - ALONG) * lacking * lacking));
    });
  }
}

/** Largest difference of colour across the four sides that meet in a corner. */
const cornerStrength = (pixels: Pixels, x: number, y: number): number =>
  Math.max(
    acrossRows(pixels, x, y),
    acrossRows(pixels, x - 1, y),
    acrossColumns(pixels, x, y),
    acrossColumns(pixels, x, y - 1),
  );

/** Between the two pixels above and the two below the side from (x, y) to (x + 1, y); 0 at the border. */
function acrossRows(pixels: Pixels, x: number, y: number): number {
  const { width, height } = pixels;
  if (x < 0 || x >= width || y < 1 || y >= height) return 0;
  const [a, b] = [(y - 1) * width + x, y * width + x];
  const [a2, b2] = [y > 1 ? a - width : a, y + 1 < height ? b + width : b];
  return difference(pixels.data, [a, a2], [b, b2]);
}

/** Between the two pixels left and the two right of the side from (x, y) to (x, y + 1); 0 at the border. */
function acrossColumns(pixels: Pixels, x: number, y: number): number {
  const { width, height } = pixels;
  if (y < 0 || y >= height || x < 1 || x >= width) return 0;
  const [a, b] = [y * width + x - 1, y * width + x];
  return difference(pixels.data, [a, x > 1 ? a - 1 : a], [b, x + 1 < width ? b + 1 : b]);
}

type Pair = readonly [number, number];
function difference(data: Uint8ClampedArray, [a, a2]: Pair, [b, b2]: Pair): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    const one = data[4 * a + channel]! + data[4 * a2 + channel]!;
    const other = data[4 * b + channel]! + data[4 * b2 + channel]!;
    most = Math.max(most, Math.abs(one - other));
  }
  return most >> 1;
}
