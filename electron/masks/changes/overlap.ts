// Assigns pixels that masks of one image share to one of them: to the upper one, or to the one whose class is
// more salient there. Pixels stay with both where no salience of the classes is stored, and with a mask that
// may not change.
import type { ScoreMap } from '../../api/run.ts';
import type { Overlaps } from '../../api/review.ts';
import type { CategoryId, RleMask } from '../../api/types.ts';
import { intersect, subtract, unionAll } from '../runs/combine.ts';
import { measureMask } from '../runs/measure.ts';
import { area, emptyMask, RunWriter } from '../runs/rle.ts';
import { spansOf } from '../runs/spans.ts';

export interface Overlapping {
  readonly mask: RleMask;
  readonly categoryId: CategoryId;
  /** Cleaned; of two others every pixel stays with both. */
  readonly meant: boolean;
  /** It may lose pixels. */
  readonly free: boolean;
}

export const NO_OVERLAPS: Overlaps = { found: 0, held: 0, unsalient: 0 };

export const addOverlaps = (a: Overlaps, b: Overlaps): Overlaps => ({
  found: a.found + b.found,
  held: a.held + b.held,
  unsalient: a.unsalient + b.unsalient,
});

/** The shared pixels that go to the lower mask; null = no salience decides. */
export type GoDown = (upper: CategoryId, lower: CategoryId, shared: RleMask) => RleMask | null;

export const byOrder: GoDown = (_upper, _lower, { width, height }) => emptyMask(width, height);

/** Masks after sharing, back to front; a mask that keeps all its pixels is returned as the same object. */
export function shareOut(
  objects: readonly Overlapping[],
  goDown: GoDown,
): { readonly masks: readonly RleMask[]; readonly overlaps: Overlaps } {
  const lost = objects.map((): RleMask[] => []);
  let { found, held, unsalient } = NO_OVERLAPS;
  for (const { upper, lower, shared } of sharing(objects)) {
    found += 1;
    const [a, b] = [objects[upper]!, objects[lower]!];
    // Two of one class: the salience is the same, and the upper one is in front.
    const down = (a.categoryId === b.categoryId ? byOrder : goDown)(
      a.categoryId,
      b.categoryId,
      shared,
    );
    if (down === null) {
      unsalient += 1;
      continue;
    }
    const given = [
      [upper, down],
      [lower, subtract(shared, down)],
    ] as const;
    const moving = given.filter(([, pixels]) => area(pixels) > 0);
    for (const [at, pixels] of moving) if (objects[at]!.free) lost[at]!.push(pixels);
    if (moving.some(([at]) => !objects[at]!.free)) held += 1;
  }
  const masks = objects.map(({ mask }, at) =>
    lost[at]!.length === 0 ? mask : subtract(mask, unionAll(lost[at]!, mask.width, mask.height)),
  );
  return { masks, overlaps: { found, held, unsalient } };
}

interface Pair {
  readonly upper: number;
  readonly lower: number;
  readonly shared: RleMask;
}

/** Pairs that share pixels and of which at least one is to be cleaned. */
export function sharing(objects: readonly Omit<Overlapping, 'free'>[]): Pair[] {
  const boxes = objects.map(({ mask }) => measureMask(mask).box);
  const pairs: Pair[] = [];
  for (let upper = 1; upper < objects.length; upper += 1)
    for (let lower = 0; lower < upper; lower += 1) {
      const [a, b] = [objects[upper]!, objects[lower]!];
      const [[ax, ay, aw, ah], [bx, by, bw, bh]] = [boxes[upper]!, boxes[lower]!];
      const meet = ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
      if (!meet || !(a.meant || b.meant)) continue;
      const shared = intersect(a.mask, b.mask);
      if (area(shared) > 0) pairs.push({ upper, lower, shared });
    }
  return pairs;
}

/** The lower mask gets the pixels where its class is more salient. */
export function bySalience(maps: ReadonlyMap<CategoryId, ScoreMap>): GoDown {
  return (upper, lower, shared) => {
    const [over, under] = [maps.get(upper), maps.get(lower)];
    if (!over || !under) return null;
    const { width, height, first, top, bottom } = spansOf(shared);
    const runs = new RunWriter();
    for (let x = 0; x < width; x += 1) {
      if (first[x] === first[x + 1]) continue;
      const [a, b] = [over, under].map((map) => columnOf(map, (x + 0.5) / width));
      for (let span = first[x]!; span < first[x + 1]!; span += 1)
        for (let y = top[span]!; y < bottom[span]!; y += 1) {
          const at = (y + 0.5) / height;
          if (valueIn(b!, at) > valueIn(a!, at)) runs.add(x * height + y, x * height + y + 1);
        }
    }
    return runs.mask(width, height);
  };
}

/** Values down a map at a share of its width, between the middles of its cells. */
function columnOf({ rows, columns, values, maximum }: ScoreMap, x: number): Float64Array {
  const at = placeIn(x, columns);
  const left = Math.floor(at);
  const right = Math.min(columns - 1, left + 1);
  return Float64Array.from({ length: rows }, (_, row) => {
    const [a, b] = [values[row * columns + left]!, values[row * columns + right]!];
    return (a + (b - a) * (at - left)) * maximum;
  });
}

function valueIn(column: Float64Array, y: number): number {
  const at = placeIn(y, column.length);
  const above = Math.floor(at);
  const below = Math.min(column.length - 1, above + 1);
  return column[above]! + (column[below]! - column[above]!) * (at - above);
}

/** Where a share of a side lies between the middles of its cells, counted from the first middle. */
const placeIn = (share: number, cells: number): number =>
  Math.min(cells - 1, Math.max(0, share * cells - 0.5));
