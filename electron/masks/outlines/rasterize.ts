// Polygons to masks with the same pixels as pycocotools: corners are rounded on a grid five times as
// fine, edges are walked on that grid, and a pixel column is crossed where its centre line is.
// Only those crossings are computed, so a polygon far outside the image costs nothing.
import type { RleMask } from '../../api/types.ts';
import { unionAll } from '../runs/combine.ts';
import { checkSize, maskFromCounts } from '../runs/rle.ts';

const SCALE = 5;
/** Grid coordinates must stay 32-bit integers. */
const MAX_COORDINATE_PX = (2 ** 31 - 1) / SCALE - 1;
const MAX_CROSSINGS = 2 ** 25;

/**
 * Mask of one ring [x0, y0, x1, y1, ...] in the corner frame (pixel (0, 0) covers [0,1] x [0,1]).
 * A last single number is ignored, like pycocotools does. Crossing edges follow the even-odd rule.
 */
export function rasterizeRing(ring: ArrayLike<number>, width: number, height: number): RleMask {
  checkSize(width, height);
  const points = Math.floor(ring.length / 2);
  const x = new Int32Array(points + 1);
  const y = new Int32Array(points + 1);
  for (let i = 0; i < points; i++) {
    x[i] = toGrid(ring[2 * i]!, 2 * i);
    y[i] = toGrid(ring[2 * i + 1]!, 2 * i + 1);
  }
  x[points] = x[0]!;
  y[points] = y[0]!;
  const crossings = new Crossings(width, height);
  for (let i = 0; i < points; i++) crossings.addEdge(x[i]!, y[i]!, x[i + 1]!, y[i + 1]!);
  return maskFromCounts(crossings.runs(), width, height);
}

/** Union of several rings: the parts of one object, as COCO reads a `segmentation` list. */
export function rasterizeRings(
  rings: readonly ArrayLike<number>[],
  width: number,
  height: number,
): RleMask {
  return unionAll(
    rings.map((ring) => rasterizeRing(ring, width, height)),
    width,
    height,
  );
}

function toGrid(value: number, index: number): number {
  if (!(Math.abs(value) <= MAX_COORDINATE_PX))
    throw new RangeError(
      `polygon number ${index} is ${value}; expected a coordinate within ${Math.floor(MAX_COORDINATE_PX)} px`,
    );
  return Math.trunc(SCALE * value + 0.5);
}

class Crossings {
  readonly #width: number;
  readonly #height: number;
  #positions = new Float64Array(64);
  #count = 0;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
  }

  /** One edge on the fine grid. Both directions give the same crossings: bridges cancel out. */
  addEdge(xa: number, ya: number, xb: number, yb: number): void {
    const dx = Math.abs(xb - xa);
    const dy = Math.abs(yb - ya);
    const flip = dx >= dy ? xa > xb : ya > yb;
    const [x0, y0, x1, y1] = flip ? [xb, yb, xa, ya] : [xa, ya, xb, yb];
    if (dx === 0) return;
    // A crossing lies between grid columns 5k + 2 and 5k + 3, around the centre of pixel column k.
    const left = Math.min(xa, xb);
    const right = Math.max(xa, xb);
    const first = Math.max(0, Math.ceil((left - 2) / SCALE));
    const last = Math.min(this.#width - 1, Math.floor((right - 3) / SCALE));
    if (dx >= dy) {
      const slope = (y1 - y0) / dx;
      for (let k = first; k <= last; k++) {
        const t = SCALE * k + 2 - x0;
        const here = Math.trunc(y0 + slope * t + 0.5);
        const next = Math.trunc(y0 + slope * (t + 1) + 0.5);
        this.#add(k, Math.min(here, next));
      }
    } else {
      const slope = (x1 - x0) / dy;
      const column = (t: number) => Math.trunc(x0 + slope * t + 0.5);
      for (let k = first; k <= last; k++) {
        // The step t - 1 -> t on which the edge leaves grid column 5k + 2 (rising) or 5k + 3 (falling).
        const target = SCALE * k + 3;
        const crossed = (t: number) => (slope > 0 ? column(t) >= target : column(t) < target);
        let t = Math.max(1, Math.min(dy, Math.round((target - 0.5 - x0) / slope)));
        while (t > 1 && crossed(t - 1)) t--;
        while (t < dy && !crossed(t)) t++;
        this.#add(k, y0 + t - 1);
      }
    }
  }

  #add(column: number, gridY: number): void {
    const row = Math.ceil(Math.min(this.#height, Math.max(0, (gridY + 0.5) / SCALE - 0.5)));
    if (this.#count === this.#positions.length) {
      if (this.#count >= MAX_CROSSINGS)
        throw new RangeError(
          `polygon crosses more than ${MAX_CROSSINGS} pixel columns; simplify it`,
        );
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#positions);
      this.#positions = larger;
    }
    this.#positions[this.#count++] = column * this.#height + row;
  }

  /** Run lengths between sorted crossings; crossings that meet leave empty runs. */
  runs(): Float64Array {
    const sorted = this.#positions.subarray(0, this.#count).sort();
    const counts = new Float64Array(this.#count + 1);
    let before = 0;
    for (let i = 0; i < sorted.length; i++) {
      counts[i] = sorted[i]! - before;
      before = sorted[i]!;
    }
    counts[this.#count] = this.#width * this.#height - before;
    return counts;
  }
}
