// Masks of a run's labels as the page gets them: which classes have one, which are in doubt, and why.
import { describe, expect, test } from 'vitest';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import type { ClassMask, MaskOptions } from '../../../../../electron/link/facts.ts';
import type { MaskResult } from '../../../../../electron/inference/pipeline/masks/maskResult.ts';
import {
  factsOf,
  masksOf,
  masksWithEdges,
} from '../../../../../electron/inference/runs/runMasks.ts';
import { maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';
import { area } from '../../../../../electron/masks/runs/rle.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { fakePhoto, fakeRun } from '../../../../helpers/standIns/fakeRun.ts';

const [CAT, DOG] = [3, 5] as CategoryId[] as [CategoryId, CategoryId];
type ClassFigures = MaskResult['classes'][number];

const figures = (id: number, more: Partial<ClassFigures> = {}): ClassFigures => ({
  id,
  name: `class ${id}`,
  match: 0.8,
  absent: false,
  area: 1,
  box: null,
  margin: 0.25,
  height: 0.5,
  rival: null,
  crfChange: null,
  patchesKept: 2,
  patches: 6,
  histogram: [1, 2],
  doubtful: false,
  ...more,
});

/** Row by row, a digit a pixel. */
function resultOf(
  rows: readonly string[],
  classes: readonly ClassFigures[],
  unsteady: ReadonlyMap<number, number> | null = null,
) {
  const [width, height] = [rows[0]!.length, rows.length];
  return {
    width,
    height,
    classes,
    unsteady,
    doubtful: false,
    channelIds: [0, CAT, DOG],
    workWidth: width,
    workHeight: height,
    scores: new Float32Array(),
    probabilities: null,
    labels: Uint16Array.from(rows.join(''), Number),
  };
}
const options = (instances: readonly CategoryId[] = [], params = {}): MaskOptions => ({
  thresholds: {},
  draft: true,
  instances,
  params: { ...resolveParams('default').masks, ...params },
});
const photo = (width: number, height: number) => fakePhoto(width, height);

describe('masks', () => {
  const rows = ['33000', '00053', '30055'];
  const image = photo(5, 3);

  test('are one per class that was painted and is wanted', () => {
    const ids = (more: Partial<ClassFigures>, only?: readonly CategoryId[]) =>
      masksOf(
        resultOf(rows, [figures(CAT, more), figures(DOG)]),
        options(),
        image,
        ...(only ? [only] : []),
      ).map(({ categoryId }) => categoryId);
    expect(ids({})).toEqual([CAT, DOG]);
    expect(ids({ absent: true })).toEqual([DOG]);
    expect(ids({ area: 0 })).toEqual([DOG]);
    expect(ids({}, [CAT])).toEqual([CAT]);
    expect(ids({}, [])).toEqual([]);
  });

  test('carry the figures of their class, a margin of 1 at most', () => {
    const [cat, dog] = masksOf(
      resultOf(rows, [figures(CAT, { margin: 1.5, doubtful: true }), figures(DOG)]),
      options(),
      image,
    );
    expect(cat).toMatchObject({ categoryId: CAT, match: 0.8, margin: 1, doubtful: true });
    expect(dog).toMatchObject({ margin: 0.25, crfChange: null, doubtful: false });
    expect(area(cat!.mask)).toBe(4);
    expect(cat).not.toHaveProperty('unsteady');
    expect(cat).not.toHaveProperty('lead');
  });

  test('carry the class that comes next, as shares, and none where the maps hold no numbers', () => {
    const leadOf = (height: number, rival: ClassFigures['rival']) =>
      masksOf(resultOf(rows, [figures(CAT, { height, rival })]), options(), image)[0]!.lead;
    expect(leadOf(0.54, { id: DOG, height: 0.46 })).toEqual({
      height: 0.54,
      rivalId: DOG,
      rivalHeight: 0.46,
    });
    expect(leadOf(3.5, { id: 0, height: -0.1 })).toEqual({
      height: 1,
      rivalId: null,
      rivalHeight: 0,
    });
    expect(leadOf(Number.NaN, { id: DOG, height: 0.4 })).toBeUndefined();
    expect(leadOf(0.4, { id: DOG, height: Number.NaN })).toBeUndefined();
  });

  test('of things are one per connected part, the largest first, 200 at most', () => {
    const [classes, things] = [[figures(CAT)], options([CAT])];
    const parts = masksOf(resultOf(rows, classes), things, image);
    expect(parts.map(({ mask }) => area(mask))).toEqual([2, 1, 1]);
    // Every other pixel of every other row: 15 x 14 single ones.
    const dots = Array.from({ length: 28 }, (_, y) =>
      y % 2 === 0 ? '30'.repeat(15) : '0'.repeat(30),
    );
    expect(masksOf(resultOf(dots, classes), things, photo(30, 28))).toHaveLength(200);
  });
});

test('doubt is that of neighbouring settings and the match, where neighbouring settings were asked', () => {
  const limits = { doubtMatch: 0.5, doubtUnsteady: 0.2 };
  const doubtful = (match: number | null, unsteady: number) => {
    const classes = [figures(CAT, { match, doubtful: true })];
    const result = resultOf(['30'], classes, new Map([[CAT, unsteady]]));
    const [mask] = masksOf(result, options([], limits), photo(2, 1));
    expect(mask!.unsteady).toBe(unsteady);
    return mask!.doubtful;
  };
  // At a limit there is no doubt yet.
  expect(doubtful(0.5, 0.2)).toBe(false);
  expect(doubtful(0.49, 0.2)).toBe(true);
  expect(doubtful(0.5, 0.21)).toBe(true);
  expect(doubtful(null, 0.2)).toBe(false);
  expect(doubtful(null, 0.21)).toBe(true);
});

describe('masks with other edges', () => {
  const image = photo(4, 4);
  const maskOf = (...cells: readonly number[]) =>
    maskFromBitmap(
      Uint8Array.from({ length: 16 }, (_, at) => Number(cells.includes(at))),
      4,
      4,
    );
  const before = masksOf(
    resultOf(['3300', '3300', '0055', '0055'], [figures(CAT), figures(DOG, { doubtful: true })]),
    options(),
    image,
  ) as [ClassMask, ClassMask];
  const kept = { kind: 'kept', reason: 'size', value: 0.1, limit: 0.25 } as const;
  const drawn = { kind: 'refined', agrees: 1, fit: 1, steady: 1, edge: 1 } as const;

  test('are as they were where nothing happened, in doubt where salience and click model disagree', () => {
    const same = { mask: before[0].mask, from: 0 };
    expect(masksWithEdges(before, [{ ...same, parts: [] }], image)).toEqual([before[0]]);
    const [one] = masksWithEdges(before, [{ ...same, parts: [drawn, kept] }], image);
    expect(one).toEqual({ ...before[0], doubtful: true, edges: [drawn, kept] });
    const [two] = masksWithEdges(before, [{ ...same, parts: [drawn] }], image);
    expect(two).toMatchObject({ doubtful: false, edges: [drawn] });
    const [dog] = masksWithEdges(
      before,
      [{ mask: before[1].mask, from: 1, parts: [drawn] }],
      image,
    );
    expect(dog!.doubtful).toBe(true);
  });

  test('look as their own pixels do, and say of which one they were part', () => {
    const [whole, left, right] = masksWithEdges(
      before,
      [
        { from: 0, mask: maskOf(0, 1, 2), parts: [drawn] },
        { from: 1, mask: maskOf(10), parts: [drawn] },
        { from: 1, mask: maskOf(11, 15), parts: [drawn] },
      ],
      image,
    );
    expect(area(whole!.mask)).toBe(3);
    expect(whole!.look).not.toEqual(before[0].look);
    expect(whole).not.toHaveProperty('apart');
    expect([left!.apart, right!.apart]).toEqual([1, 1]);
  });
});

test('a run with its masks is told with figures of every class, times and tokens', () => {
  const run = fakeRun({
    rows: 2,
    columns: 3,
    width: 6,
    height: 4,
    classes: [
      { id: CAT, map: [9, 0, 0, 0, 0, 0] },
      { id: DOG, map: [0, 0, 0, 0, 0, 9] },
    ],
  });
  const result = resultOf(
    ['30', '05'],
    [figures(CAT, { margin: 2 }), figures(DOG, { margin: 0.5 })],
  );
  const facts = factsOf({ ...run, milliseconds: { explain: 4, crf: 1 } }, result, options(), {
    crf: 2,
  });
  expect(facts).toMatchObject({ engine: 'pnp', gridRows: 2, gridColumns: 3, packHash: 'fake' });
  expect(facts.milliseconds).toEqual({ explain: 4, crf: 2 });
  expect(facts.classes.map(({ categoryId, margin }) => [categoryId, margin])).toEqual([
    [CAT, 1],
    [DOG, 0.5],
  ]);
  expect(facts.classes[0]).toMatchObject({ patchesKept: 2, patches: 6, histogram: [1, 2] });
});
