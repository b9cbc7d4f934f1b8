// Where the mask of one image belongs in another: where the salience of its class looks most like what
// lay under the mask. Pure; places are shares of the image's width and height.
import type { ScoreMap } from '../../api/run.ts';
import type { Box, RleMask } from '../../api/types.ts';
import { columnContains, columnsOf } from '../../masks/runs/columns.ts';

export interface Move {
  /** Shares of the width and of the height. */
  readonly dx: number;
  readonly dy: number;
  /** Correlation of both saliences there, up to 1. */
  readonly likeness: number;
}

/** Values over an image of any size, each at the middle of its cell. */
export interface Field {
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

/** Cells along a side of the image while looking for a place. */
const CELLS = 48;
/** Points along a side of a cell that a mask is asked at. */
const POINTS = 4;
/** Most samples along a side of a template: the work for a large mask is that for a small one. */
const MOST_SAMPLES = 16;
/** Parts of a cell that the best place is settled to. */
const PARTS = 8;
/** Below it the place says nothing: another object, or none. */
const LEAST_LIKENESS = 0.5;
/** What a move over the whole image costs: of places that are equally like, the nearest. */
const FAR_COST = 0.05;
/** Share of its size by which the surroundings of a mask count as well. */
const MARGIN = 0.25;

/** A mask as a field of its own: what to look for where no salience of its image is stored. */
export function fieldOf(mask: RleMask): Field {
  const columns = columnsOf(mask);
  const step = 1 / (CELLS * POINTS);
  const values = Float32Array.from({ length: CELLS * CELLS }, (_, cell) => {
    let inside = 0;
    for (let point = 0; point < POINTS * POINTS; point += 1) {
      const x = ((cell % CELLS) * POINTS + (point % POINTS) + 0.5) * step;
      const y = (Math.floor(cell / CELLS) * POINTS + Math.floor(point / POINTS) + 0.5) * step;
      const [px, py] = [Math.floor(x * mask.width), Math.floor(y * mask.height)];
      if (columnContains(columns, px, py)) inside += 1;
    }
    return inside / POINTS ** 2;
  });
  return { rows: CELLS, columns: CELLS, values };
}

export const fieldOfMap = ({ rows, columns, values }: ScoreMap): Field => ({
  rows,
  columns,
  values,
});

/** The move of a mask with this box (in shares) to where `to` is most like `from` under it; null = nowhere. */
export function placeBySalience(box: Box, from: Field, to: Field): Move | null {
  const template = templateOf(box, from);
  if (template === null) return null;
  const [left, top, width, height] = box;
  const [middleX, middleY] = [left + width / 2, top + height / 2];
  let best: Move | null = null;
  let most = -Infinity;
  const tryAt = (dx: number, dy: number) => {
    // The middle of the mask stays in the image.
    if (middleX + dx < 0 || middleX + dx > 1 || middleY + dy < 0 || middleY + dy > 1) return;
    const likeness = likenessAt(template, to, dx, dy);
    const worth = likeness - FAR_COST * Math.hypot(dx, dy);
    if (worth <= most) return;
    most = worth;
    best = { dx, dy, likeness };
  };
  for (const down of steps(CELLS)) for (const right of steps(CELLS)) tryAt(right, down);
  const { dx, dy } = best ?? { dx: 0, dy: 0 };
  for (const down of steps(PARTS))
    for (const right of steps(PARTS)) tryAt(dx + right / CELLS, dy + down / CELLS);
  const found = best as Move | null;
  return found !== null && found.likeness >= LEAST_LIKENESS ? found : null;
}

/** From -1 to 1 in so many steps a unit; 1 itself is left out, since a mask's middle never moves a whole image. */
const steps = (count: number): number[] =>
  Array.from({ length: 2 * count }, (_, step) => step / count - 1);

interface Template {
  /** Places of the samples, in shares of the image. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Row-major, their mean taken away. */
  readonly values: Float64Array;
  readonly norm: number;
}

/** What lies under the mask and a little around it; null where all of it is the same. */
function templateOf([left, top, width, height]: Box, from: Field): Template | null {
  const xs = samples(left - width * MARGIN, left + width * (1 + MARGIN));
  const ys = samples(top - height * MARGIN, top + height * (1 + MARGIN));
  const values = Float64Array.from(ys.flatMap((y) => xs.map((x) => sampleAt(from, x, y))));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const apart = values.map((value) => value - mean);
  const norm = Math.sqrt(apart.reduce((sum, value) => sum + value * value, 0));
  return norm > 1e-9 ? { xs, ys, values: apart, norm } : null;
}

/** Middles of cells between two shares, three at least; wider ones where it is long. */
function samples(from: number, to: number): number[] {
  const count = Math.min(MOST_SAMPLES, Math.max(3, Math.round((to - from) * CELLS)));
  return Array.from({ length: count }, (_, i) => from + ((i + 0.5) * (to - from)) / count);
}

function likenessAt({ xs, ys, values, norm }: Template, to: Field, dx: number, dy: number): number {
  let [sum, squares, product, at] = [0, 0, 0, 0];
  for (const y of ys)
    for (const x of xs) {
      const value = sampleAt(to, x + dx, y + dy);
      sum += value;
      squares += value * value;
      product += value * values[at]!;
      at += 1;
    }
  const spread = Math.sqrt(Math.max(0, squares - (sum * sum) / at));
  return spread > 1e-9 ? product / (spread * norm) : 0;
}

/** Bilinear; outside the image nothing is salient. */
function sampleAt({ rows, columns, values }: Field, x: number, y: number): number {
  if (x < 0 || y < 0 || x > 1 || y > 1) return 0;
  const column = Math.min(columns - 1, Math.max(0, x * columns - 0.5));
  const row = Math.min(rows - 1, Math.max(0, y * rows - 0.5));
  const [c, r] = [Math.floor(column), Math.floor(row)];
  const [c1, r1] = [Math.min(columns - 1, c + 1), Math.min(rows - 1, r + 1)];
  const [fx, fy] = [column - c, row - r];
  const above = values[r * columns + c]! * (1 - fx) + values[r * columns + c1]! * fx;
  const below = values[r1 * columns + c]! * (1 - fx) + values[r1 * columns + c1]! * fx;
  return above * (1 - fy) + below * fy;
}
