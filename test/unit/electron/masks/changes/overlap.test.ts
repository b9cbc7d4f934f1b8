// Pixels that masks share go to one of them, never to nobody, and never away from what may not change.
import { describe, expect, test } from 'vitest';
import type { ScoreMap } from '../../../../../electron/api/run.ts';
import type { AnnotationId, CategoryId } from '../../../../../electron/api/types.ts';
import { cleanMask, NO_CLEANING } from '../../../../../electron/masks/changes/clean.ts';
import { settleImage } from '../../../../../electron/masks/changes/cleanImage.ts';
import { NOTHING_CLEANED } from '../../../../../electron/masks/changes/cleanSummary.ts';
import {
  byOrder,
  bySalience,
  shareOut,
  type Overlapping,
} from '../../../../../electron/masks/changes/overlap.ts';
import { intersect, unionAll } from '../../../../../electron/masks/runs/combine.ts';
import { area, isInside } from '../../../../../electron/masks/runs/rle.ts';
import { annotationWith, rectangle } from '../../../../helpers/drivers/engineBench.ts';

const SIZE = { width: 40, height: 20 };
const [CUP, PLATE, TABLE] = [1, 2, 3] as CategoryId[] as [CategoryId, CategoryId, CategoryId];
const object = (
  categoryId: CategoryId,
  [left, right]: readonly [number, number],
  more: Partial<Overlapping> = {},
): Overlapping => ({
  mask: rectangle(left, 5, right - left, 10, SIZE),
  categoryId,
  meant: true,
  free: true,
  ...more,
});
/** Salience that rises or falls from left to right. */
const ramp = (maximum: number, falls = false): ScoreMap => ({
  rows: 2,
  columns: 40,
  maximum,
  values: Uint8Array.from({ length: 80 }, (_, at) => 6 * (falls ? 39 - (at % 40) : at % 40)),
});

describe('by order', () => {
  test('the upper mask keeps shared pixels, and no pixel is lost', () => {
    const objects = [object(CUP, [0, 20]), object(PLATE, [10, 30]), object(TABLE, [15, 40])];
    const { masks, overlaps } = shareOut(objects, byOrder);
    expect(masks.map(area)).toEqual([100, 50, 250]);
    expect(overlaps).toEqual({ found: 3, held: 0, unsalient: 0 });
    expect(area(intersect(masks[0]!, masks[1]!))).toBe(0);
    const all = (some: typeof masks) => area(unionAll(some, SIZE.width, SIZE.height));
    expect(all(masks)).toBe(all(objects.map(({ mask }) => mask)));
  });

  test('a mask that may not change keeps its pixels, and two others are left alone', () => {
    const objects = [
      object(CUP, [0, 20], { free: false }),
      object(PLATE, [10, 30]),
      object(TABLE, [0, 12], { meant: false }),
      object(CUP, [5, 8], { meant: false }),
    ];
    const { masks, overlaps } = shareOut(objects, byOrder);
    expect(overlaps).toEqual({ found: 4, held: 3, unsalient: 0 });
    expect(masks[0]).toBe(objects[0]!.mask);
    expect(area(masks[1]!)).toBe(180);
    expect(masks[2]).toBe(objects[2]!.mask);
  });
});

describe('by salience', () => {
  test('a pixel goes where its class is more salient, below or above, on one scale', () => {
    const maps = new Map([
      [CUP, ramp(0.5, true)],
      [PLATE, ramp(0.5)],
    ]);
    const objects = [object(CUP, [0, 30]), object(PLATE, [10, 40])];
    const { masks } = shareOut(objects, bySalience(maps));
    expect(masks.map((mask) => [isInside(mask, 19, 9), isInside(mask, 20, 9)])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(masks.map(area)).toEqual([200, 200]);
    const fainter = bySalience(new Map([...maps, [PLATE, ramp(0.1)]]));
    expect(area(shareOut(objects, fainter).masks[0]!)).toBeGreaterThan(250);
  });

  test('of one class the upper one keeps them, and without stored salience both do', () => {
    const maps = new Map([[CUP, ramp(0.5)]]);
    const same = shareOut([object(CUP, [0, 20]), object(CUP, [10, 30])], bySalience(maps));
    expect(same.masks.map(area)).toEqual([100, 200]);
    const objects = [object(CUP, [0, 20]), object(PLATE, [10, 30])];
    const { masks, overlaps } = shareOut(objects, bySalience(maps));
    expect(masks).toEqual(objects.map(({ mask }) => mask));
    expect(overlaps).toEqual({ found: 1, held: 0, unsalient: 1 });
  });
});

test('what others give is counted apart, and accepted ones give only where they are meant', () => {
  const cup = annotationWith('cup', CUP, rectangle(10, 5, 20, 10, SIZE), { status: 'proposal' });
  const plate = annotationWith('plate', PLATE, rectangle(0, 5, 15, 10, SIZE));
  const meant = new Map([[cup.id, cleanMask(cup.mask, NO_CLEANING)]]);
  const settle = (accepted: boolean) =>
    settleImage(NOTHING_CLEANED, [plate, cup], meant, { goDown: byOrder, accepted });
  expect(settle(false).summary).toMatchObject({
    masks: 1,
    changed: 0,
    others: 0,
    overlaps: { found: 1, held: 1, unsalient: 0 },
  });
  const { masks, summary } = settle(true);
  expect(summary).toMatchObject({ masks: 1, changed: 0, others: 1, accepted: 1, removedPx: 50 });
  const ids: AnnotationId[] = masks.map(({ annotation }) => annotation.id);
  expect(ids).toEqual([plate.id, cup.id]);
  expect(masks[0]!.cleaned).toMatchObject({ removedPx: 50, addedPx: 0, islands: 0 });
});

describe('salience between the cells of small maps', () => {
  const whole = (categoryId: CategoryId): Overlapping => ({
    mask: rectangle(0, 0, 40, 20, SIZE),
    categoryId,
    meant: true,
    free: true,
  });
  const map = (rows: number, columns: number, ...values: readonly number[]): ScoreMap => ({
    rows,
    columns,
    maximum: 1,
    values: Uint8Array.from(values),
  });
  const lower = (under: ScoreMap, over: ScoreMap) => {
    const maps = new Map([
      [CUP, under],
      [PLATE, over],
    ]);
    return shareOut([whole(CUP), whole(PLATE)], bySalience(maps)).masks[0]!;
  };
  const flat = map(1, 1, 50);

  test('rises evenly from the middle of one to the middle of the next, down and across', () => {
    // 0 at a quarter of the side, 100 at three quarters: 50 is passed in the middle.
    const down = lower(map(2, 1, 0, 100), flat);
    expect([isInside(down, 7, 9), isInside(down, 7, 10)]).toEqual([false, true]);
    expect(area(down)).toBe(400);
    const across = lower(map(1, 2, 0, 100), flat);
    expect([isInside(across, 19, 3), isInside(across, 20, 3)]).toEqual([false, true]);
    expect(area(across)).toBe(400);
    // A fifth of the way: 20 is passed 0.1 of the side behind the first middle.
    expect(area(lower(map(2, 1, 0, 100), map(1, 1, 20)))).toBe((20 - 7) * 40);
    expect(area(lower(map(1, 2, 0, 100), map(1, 1, 20)))).toBe((40 - 14) * 20);
  });

  test('is that of the cell itself at the border, and where both are alike the upper one keeps', () => {
    expect(area(lower(map(2, 1, 51, 49), flat))).toBe(400);
    expect(area(lower(flat, flat))).toBe(0);
    expect(area(lower(map(3, 1, 51, 51, 51), flat))).toBe(800);
  });
});

test('masks whose boxes only touch share nothing', () => {
  const at = (x: number, y: number): Overlapping => ({
    mask: rectangle(x, y, 5, 5, SIZE),
    categoryId: CUP,
    meant: true,
    free: true,
  });
  for (const [x, y] of [
    [15, 10],
    [5, 10],
    [10, 15],
    [10, 5],
  ] as const) {
    const pair = [at(10, 10), at(x, y)];
    expect(shareOut(pair, byOrder).overlaps.found).toBe(0);
    expect(
      shareOut([at(10, 10), at(x + Math.sign(10 - x), y + Math.sign(10 - y))], byOrder),
    ).toMatchObject({
      overlaps: { found: 1 },
    });
  }
  const neither = [at(10, 10), at(11, 11)].map((one) => ({ ...one, meant: false }));
  expect(shareOut(neither, byOrder).overlaps.found).toBe(0);
});
