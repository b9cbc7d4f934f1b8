// Live wire: the way along the strongest edge from one point to another (Mortensen and Barrett 1995), nearer to where
// the salience of the class falls where a run has stored it. It runs on corners between pixels, so that what it
// encloses ends where the colours change. Ways from a point are kept and found as far as the pointer goes: the first
// 100 px cost about 10 ms in all, every later move there 0.03 ms. wireWorker.ts does it beside the page's thread.
import type { Box } from '../../../../electron/api/types.ts';
import type { Pixels } from '../../../../electron/masks/regions/flood.ts';
import { simplifyLine } from '../../../../electron/masks/outlines/simplify.ts';
import type { Size } from '../../geometry/viewport.ts';
import type { XY } from './state.ts';
import { guideCosts, type Guide } from './wireGuide.ts';
import { acrossColumns, acrossRows, FAINT, onEdge, PULL } from './wireStrength.ts';

/** Side of the window, in image pixels. */
export const WINDOW = 512;
/** Difference that counts as a full edge, at least. */
const CLEAR = 24;
/** Cost of a step of one pixel along a full edge, and where there is none. */
const ALONG = 4;
const ACROSS = 64;
/** What the line may lose of its steps, in image pixels. */
const LOSS = 0.75;

/** Pixels beyond the window: what lies within its border is told from the pixels on both sides. */
const MARGIN = PULL + 2;

export interface WireLine {
  /** On the edge that is meant. */
  readonly end: XY;
  /** Points between the start and there. */
  readonly between: readonly number[];
}

export interface Wire {
  /** Null = outside the window, or there is no edge on the way. */
  to(point: XY): WireLine | null;
}

/** A part of a picture by its place in it. */
export interface WirePart {
  readonly pixels: Pixels;
  readonly left: number;
  readonly top: number;
  readonly image: Size;
}

/** The part that ways from a point are found in, and the one that tells which edge is near to it. */
export const partFrom = (image: Size, from: XY): Box => around(image, from, WINDOW / 2 + MARGIN);
export const partNear = (image: Size, point: XY): Box => around(image, point, PULL + MARGIN);

function around({ width, height }: Size, { x, y }: XY, reach: number): Box {
  const inside = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  const [left, top] = [inside(x - reach, width - 1), inside(y - reach, height - 1)];
  return [
    ...([left, top] as const),
    Math.max(1, inside(x + reach, width) - left),
    Math.max(1, inside(y + reach, height) - top),
  ];
}

/** Ways from a point of a part of a picture, as far as they were asked for. */
export function wireFrom(part: WirePart, from: XY, guide: Guide | null = null): Wire {
  const { left, top, pixels } = part;
  const start = { x: from.x - left, y: from.y - top };
  const field = new Field(part, Math.round(start.x), Math.round(start.y), guide);
  return {
    to(point) {
      const end = onEdge(pixels, { x: point.x - left, y: point.y - top });
      const line = field.lineTo(Math.round(end.x), Math.round(end.y));
      if (line === null || line.strength < FAINT) return null;
      const points = simplifyLine([start.x, start.y, ...line.points.slice(2)], LOSS);
      return {
        end: { x: end.x + left, y: end.y + top },
        between: points.slice(2, -2).map((value, i) => value + (i % 2 === 0 ? left : top)),
      };
    },
  };
}

/** The edge near to a point of a part. */
export function edgeNear({ pixels, left, top }: WirePart, { x, y }: XY): XY {
  const found = onEdge(pixels, { x: x - left, y: y - top });
  return { x: found.x + left, y: found.y + top };
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
  readonly #part: WirePart;
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

  constructor(part: WirePart, x: number, y: number, guide: Guide | null) {
    const half = WINDOW / 2;
    const { pixels } = part;
    this.#part = part;
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
    const { left, top, image } = this.#part;
    const window = {
      left: left + this.#left,
      top: top + this.#top,
      columns: this.#columns,
      rows: this.#rows,
    };
    const costs = guideCosts(guide, window, image, { along: ALONG, across: ACROSS });
    // Cut off where the other part is rounded: both together fit the ring of buckets.
    return costs && costs.map((cost) => Math.floor(cost * guide.share));
  }

  /** Cost of a step by the difference across it: one that few sides of the window exceed costs least. */
  #costs(share: number): Uint8Array {
    const counts = new Uint32Array(256);
    let sides = 0;
    // A ninth of the sides is enough for the estimate.
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
