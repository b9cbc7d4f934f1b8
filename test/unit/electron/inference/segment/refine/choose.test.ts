// Which mask of a click model is taken for a part, at every limit.
import { describe, expect, test } from 'vitest';
import { chooseMask, NO_MASK } from '../../../../../../electron/inference/segment/refine/choose.ts';
import {
  REST,
  type RefineScene,
} from '../../../../../../electron/inference/segment/refine/scene.ts';

const LOW = 20;
type Cells = (column: number, row: number) => boolean;
const each = <T>(value: (column: number, row: number) => T) =>
  Array.from({ length: LOW * LOW }, (_, at) => value(at % LOW, Math.floor(at / LOW)));
const rect =
  (left: number, top: number, right: number, bottom: number): Cells =>
  (column, row) =>
    column >= left && column < right && row >= top && row < bottom;

/** Part 1 is 10 x 10 cells from (4, 4) on; part 2 of its class lies right of it. */
const own = rect(4, 4, 14, 14);
const second = rect(15, 4, 18, 14);
const scene = (soft: Cells = own, number = 2) =>
  ({
    frame: { low: LOW },
    parts: [{ of: 0 }, { of: 0 }],
    classes: [
      {
        part: Uint16Array.from(each((x, y) => (own(x, y) ? 1 : second(x, y) ? number : 0))),
        soft: Float32Array.from(each((x, y) => Number(soft(x, y)))),
      },
    ],
  }) as unknown as RefineScene;
const asked = {
  bounds: [3, 3, 15, 15] as const,
  cells: { adding: [4 * LOW + 4], against: [] as number[] },
};
const masks = (...all: [fit: number, is: Cells, logit?: number][]) => ({
  iou: Float32Array.from(all, ([fit]) => fit),
  logits: Float32Array.from(
    all.flatMap(([, is, logit = 6]) => each((x, y) => (is(x, y) ? logit : -logit))),
  ),
});
const choose = (given: ReturnType<typeof masks>, more: Partial<typeof asked> = {}, of = scene()) =>
  chooseMask([given], of, 0, { ...asked, ...more });

describe('the best mask', () => {
  test('is taken with what speaks for it', () => {
    const found = choose(masks([0.9, own]));
    expect(found).toMatchObject({ finding: { kind: 'refined', agrees: 1, steady: 1 } });
    expect('logits' in found && [...found.logits]).toEqual(each((x, y) => (own(x, y) ? 6 : -6)));
  });

  test('is the surest; of nearly equal ones the first, in the order of the sets', () => {
    const fitOf = (...sets: ReturnType<typeof masks>[]) => {
      const found = chooseMask(sets, scene(), 0, asked);
      return 'finding' in found ? found.finding.fit : null;
    };
    expect(fitOf(masks([0.8, own], [0.99, own]))).toBeCloseTo(0.99, 6);
    expect(fitOf(masks([0.98, own], [0.99, own]))).toBeCloseTo(0.98, 6);
    expect(fitOf(masks([0.81, own]), masks([0.8, own], [0.9, own]))).toBeCloseTo(0.9, 6);
    expect(fitOf(masks([0.9, own]), masks([0.89, own]))).toBeCloseTo(0.9, 6);
  });

  test('covers a click that adds and none against it', () => {
    expect(choose(masks([0.9, own]), { cells: { adding: [0], against: [] } })).toEqual(NO_MASK);
    const one = 9 * LOW + 9;
    expect(choose(masks([0.9, own]), { cells: { adding: [one], against: [one + 1] } })).toEqual(
      NO_MASK,
    );
    expect(choose(masks([0.9, own]), { cells: { adding: [0, one], against: [0] } })).toHaveProperty(
      'logits',
    );
  });

  test('has at most a fifth outside of the box, on whichever side', () => {
    // 10 x 10 cells of which some columns or rows lie outside.
    for (const [bounds, allowed] of [
      [[6, 3, 15, 15], true],
      [[7, 3, 15, 15], false],
      [[3, 6, 15, 15], true],
      [[3, 7, 15, 15], false],
      [[3, 3, 12, 15], true],
      [[3, 3, 11, 15], false],
      [[3, 3, 15, 12], true],
      [[3, 3, 15, 11], false],
    ] as const)
      expect('logits' in choose(masks([0.9, own]), { bounds: bounds as never })).toBe(allowed);
  });
});

test('a cell of the mask is above 0: one at 0 is outside', () => {
  // 100 cells are sure; 15 of the 30 of the other part lie at 0.
  const given = masks([0.9, own]);
  const at = (column: number, row: number) => row * LOW + column;
  for (let row = 4; row < 9; row++) given.logits.fill(0, at(15, row), at(18, row));
  const both: Cells = (x, y) => own(x, y) || second(x, y);
  const bounds = [5, 3, 15, 15] as never;
  const found = (cells: typeof asked.cells) => choose(given, { bounds, cells }, scene(both));
  expect(found({ adding: [at(5, 5)], against: [] })).toMatchObject({ finding: { agrees: 1 } });
  expect(found({ adding: [at(16, 5)], against: [] })).toEqual(NO_MASK);
  expect(found({ adding: [at(5, 5)], against: [at(16, 5)] })).toHaveProperty('logits');
});

describe('a part stays', () => {
  const reason = (given: ReturnType<typeof masks>, of = scene()) => choose(given, {}, of);
  const wide = { bounds: [0, 0, LOW, LOW] as never };

  test('where salience says another thing', () => {
    // 45 of 100 cells are meant: the limit itself is enough.
    const of = (rows: number) => reason(masks([0.9, own]), scene(rect(4, 4, 13, 4 + rows)));
    expect(of(5)).toHaveProperty('logits');
    expect(of(4)).toEqual({ kind: 'kept', reason: 'disagrees', value: 0.36, limit: 0.45 });
  });

  test('where the model is unsure of its mask, or its edge is blurred', () => {
    expect(reason(masks([0.75, own]))).toHaveProperty('logits');
    expect(reason(masks([0.69, own]))).toMatchObject({ reason: 'unsure', limit: 0.7 });
    expect(reason(masks([0.7 + 1e-6, own]))).toHaveProperty('logits');
    // Of 100 cells 80 are steep: the limit itself is enough.
    const steep = (rows: number) => {
      const given = masks([0.9, own]);
      given.logits.forEach((logit, at) => {
        if (logit > 0 && Math.floor(at / LOW) >= 4 + rows) given.logits[at] = 0.5;
      });
      return reason(given);
    };
    expect(steep(8)).toMatchObject({ finding: { steady: 0.8 } });
    expect(steep(7)).toMatchObject({ reason: 'unstable', value: 0.7 });
    expect(reason(masks([0.9, own, 0.5]))).toMatchObject({
      reason: 'unstable',
      value: 0,
      limit: 0.8,
    });
  });

  test('where most of the mask is of no pixel of the class', () => {
    // 100 of 200 cells are of it: the limit itself is enough.
    const half = masks([0.9, rect(4, 0, 14, 20)]);
    expect(choose(half, wide)).toHaveProperty('logits');
    const less = masks([0.9, rect(3, 0, 14, 20)]);
    expect(choose(less, wide)).toMatchObject({ kind: 'kept', reason: 'elsewhere', limit: 0.5 });
  });

  test('where the mask is four times larger or smaller than the part', () => {
    const soft = rect(4, 4, 9, 9);
    expect(choose(masks([0.9, soft]), {}, scene(soft))).toHaveProperty('logits');
    const small = rect(4, 4, 9, 8);
    expect(choose(masks([0.9, small]), {}, scene(small))).toMatchObject({
      reason: 'size',
      value: 0.2,
      limit: 0.25,
    });
    // Everything is of the class, one cell of the part.
    const all = rect(0, 0, 20, 20);
    const one = scene(all);
    one.classes[0]!.part.fill(2);
    one.classes[0]!.part.fill(1, 0, 99);
    const cells = { adding: [0], against: [] };
    expect(choose(masks([0.9, all]), { ...wide, cells }, one)).toMatchObject({
      reason: 'size',
      value: 400 / 99,
      limit: 4,
    });
    one.classes[0]!.part[99] = 1;
    expect(choose(masks([0.9, all]), { ...wide, cells }, one)).toHaveProperty('logits');
  });
});

test.each([
  ['another part', 2],
  ['the rest', REST],
])('%s of the class counts only where the mask covers half of it', (_what, number) => {
  const both: Cells = (x, y) => own(x, y) || second(x, y);
  const agrees = (is: Cells) => {
    const of = scene(both, number);
    const found = choose(masks([0.9, is]), { bounds: [0, 0, LOW, LOW] as never }, of);
    return 'finding' in found ? found.finding.agrees : null;
  };
  expect(agrees(own)).toBe(1);
  expect(agrees(both)).toBe(1);
  // 15 of its 30 cells are half: it is meant, and 15 are missing.
  expect(agrees((x, y) => own(x, y) || (second(x, y) && y < 9))).toBeCloseTo(115 / 130, 6);
  // 12 are less: it is not meant, and the 12 are wrong.
  expect(agrees((x, y) => own(x, y) || (second(x, y) && y < 8))).toBeCloseTo(100 / 112, 6);
});
