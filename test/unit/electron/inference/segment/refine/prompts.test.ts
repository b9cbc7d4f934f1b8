// Prompts of a part, cell by cell: where clicks, the box and the start come from.
import { describe, expect, test } from 'vitest';
import {
  distance,
  highest,
  insideOf,
  inwardSalience,
  partPrompt,
  placeOf,
  seedsOf,
} from '../../../../../../electron/inference/segment/refine/prompts.ts';
import { depthOf } from '../../../../../../electron/inference/segment/refine/cells.ts';
import type { RefineScene } from '../../../../../../electron/inference/segment/refine/scene.ts';
import { randomFrom } from '../../../../../helpers/fixtures/random.ts';

const LOW = 32;
/** 24 rows of the square hold image; a cell is 5 x 3 of its pixels. */
const FRAME = { low: LOW, columns: 32, rows: 24, across: 5, down: 3 };
const cellAt = (column: number, row: number) => row * LOW + column;
type Rect = readonly [left: number, top: number, right: number, bottom: number];

/** A class whose part number `part` covers a rectangle; values by cell where they are not one everywhere. */
function classIn(
  rect: Rect,
  part: number,
  { salience = 1, lead = 0.5 }: { salience?: number | Float32Array; lead?: number } = {},
) {
  const numbers = new Uint16Array(LOW * LOW);
  for (let row = rect[1]; row < rect[3]; row++)
    numbers.fill(part, cellAt(rect[0], row), cellAt(rect[2], row));
  const filled = (value: number) =>
    Float32Array.from(numbers, (number) => (number > 0 ? value : 0));
  return {
    categoryId: part,
    outlineOnly: false,
    part: numbers,
    salience: typeof salience === 'number' ? filled(salience) : salience,
    lead: new Float32Array(LOW * LOW).fill(lead),
    soft: filled(1),
  };
}
const sceneOf = (...classes: ReturnType<typeof classIn>[]) =>
  ({
    framed: { width: 160, height: 72 },
    frame: FRAME,
    patch: 4,
    leastPx: 64,
    classes,
    parts: classes.map((_, of) => ({ of, mask: of })),
  }) as unknown as RefineScene;

test('a cell is clicked in its middle', () => {
  expect(placeOf(cellAt(3, 2), true, FRAME)).toEqual({ x: 17.5, y: 7.5, adds: true });
  expect(placeOf(cellAt(31, 23), false, FRAME)).toEqual({ x: 157.5, y: 70.5, adds: false });
  expect(distance(cellAt(3, 2), cellAt(6, 6), LOW)).toBe(5);
  expect(distance(cellAt(6, 2), cellAt(3, 6), LOW)).toBe(5);
});

test('the highest value is the first of equal ones', () => {
  expect(highest(Float32Array.of(1, 3, 2, 3))).toBe(1);
  expect(highest(Float32Array.of(5, 3))).toBe(0);
});

describe('salience of a part', () => {
  const random = randomFrom(3);
  const salience = Float32Array.from({ length: LOW * LOW }, () => random());
  const scene = sceneOf(classIn([4, 3, 17, 12], 1, { salience }));

  test('counts in full from half a patch inwards, less beside the border', () => {
    const inside = insideOf(scene, 0);
    const depth = depthOf(inside, LOW);
    const found = inwardSalience(scene, 0);
    found.forEach((value, cell) =>
      expect(value).toBeCloseTo(salience[cell]! * Math.min(1, depth[cell]! / 2), 6),
    );
    expect(found[cellAt(4, 5)]).toBeCloseTo(salience[cellAt(4, 5)]! / 2, 6);
    expect(found[cellAt(3, 5)]).toBe(0);
  });

  test('gives seeds: each the best that is far from the ones before, down to a share of the first', () => {
    const value = inwardSalience(scene, 0);
    const seeds = seedsOf(scene, 0);
    const free = (cell: number, before: readonly number[]) =>
      before.every((seed) => distance(seed, cell, LOW) >= 6);
    seeds.forEach((seed, at) => {
      const before = seeds.slice(0, at);
      expect(free(seed, before)).toBe(true);
      const better = [...value.keys()].filter(
        (cell) => value[cell]! > value[seed]! && free(cell, before),
      );
      expect(better).toEqual([]);
      expect(value[seed]!).toBeGreaterThanOrEqual(0.35 * value[seeds[0]!]!);
    });
    const left = [...value.keys()].filter(
      (cell) => value[cell]! >= 0.35 * value[seeds[0]!]! && free(cell, seeds),
    );
    expect(left).toEqual([]);
    expect(seeds.length).toBeGreaterThan(2);
  });

  test('gives at most sixteen seeds, and none where it is 0', () => {
    expect(seedsOf(sceneOf(classIn([0, 0, 32, 24], 1)), 0)).toHaveLength(16);
    expect(seedsOf(sceneOf(classIn([4, 3, 17, 12], 1, { salience: 0 })), 0)).toEqual([]);
  });
});

describe('the prompt', () => {
  test('has a box a tenth and half a patch larger, to whole cells, within the image', () => {
    // 13 and 9 cells: 1.3 + 2 and 0.9 + 2 more on each side.
    const { bounds, prompt } = partPrompt(sceneOf(classIn([6, 5, 19, 14], 1)), 0)!;
    expect(bounds).toEqual([2, 2, 23, 17]);
    expect(prompt.box).toEqual([10, 6, 105, 45]);
    const corner = partPrompt(sceneOf(classIn([1, 1, 11, 10], 1)), 0)!;
    expect(corner.bounds.slice(0, 2)).toEqual([0, 0]);
    const far = partPrompt(sceneOf(classIn([20, 12, 31, 23], 1)), 0)!;
    expect(far.bounds.slice(2)).toEqual([32, 24]);
    expect(far.prompt.box).toEqual([80, 24, 80, 48]);
  });

  test('ends with the image where its last cell reaches beyond it', () => {
    const scene = { ...sceneOf(classIn([20, 12, 31, 23], 1)) };
    const short = { ...scene, framed: { width: 158, height: 71 } } as unknown as RefineScene;
    expect(partPrompt(short, 0)!.prompt.box).toEqual([80, 24, 78, 47]);
  });

  test('has three clicks, a patch apart, as sure as half of the surest', () => {
    const { cells, prompt } = partPrompt(sceneOf(classIn([4, 3, 17, 12], 1)), 0)!;
    expect(cells.adding).toHaveLength(3);
    expect(cells.adding[0]).toBe(cellAt(5, 4));
    expect(
      cells.adding.every((a) => cells.adding.every((b) => a === b || distance(a, b, LOW) >= 4)),
    ).toBe(true);
    expect(prompt.points).toEqual(cells.adding.map((cell) => placeOf(cell, true, FRAME)));
    const salience = new Float32Array(LOW * LOW);
    salience[cellAt(6, 6)] = 1;
    salience[cellAt(12, 8)] = 0.5;
    salience[cellAt(12, 4)] = 0.49;
    const one = partPrompt(sceneOf(classIn([2, 2, 17, 12], 1, { salience })), 0)!;
    expect(one.cells.adding).toEqual([cellAt(6, 6), cellAt(12, 8)]);
    // Half of the surest, whatever that is; a patch away is far enough.
    const spots = (...places: readonly (readonly [cell: number, value: number])[]) => {
      const values = new Float32Array(LOW * LOW);
      for (const [cell, value] of places) values[cell] = value;
      const of = sceneOf(classIn([2, 2, 17, 12], 1, { salience: values }));
      return partPrompt(of, 0)!.cells.adding;
    };
    const pale = spots([cellAt(6, 6), 0.75], [cellAt(12, 8), 0.375]);
    expect(pale).toEqual([cellAt(6, 6), cellAt(12, 8)]);
    expect(spots([cellAt(6, 6), 1], [cellAt(10, 6), 0.9])).toHaveLength(2);
    expect(spots([cellAt(6, 6), 1], [cellAt(9, 6), 0.9])).toHaveLength(1);
  });

  test('has clicks further apart in a part that is long', () => {
    // 0.08 of 100 cells would be more than a patch; here a patch is less than that.
    const scene = { ...sceneOf(classIn([0, 0, 32, 6], 1)), patch: 1 };
    const { adding } = partPrompt(scene, 0)!.cells;
    expect(adding).toEqual([cellAt(0, 0), cellAt(3, 0), cellAt(6, 0)]);
    const aside = { ...sceneOf(classIn([8, 4, 32, 10], 1)), patch: 1 };
    expect(partPrompt(aside, 0)!.cells.adding[1]).toBe(cellAt(10, 4));
    const below = { ...sceneOf(classIn([8, 10, 14, 24], 1)), patch: 1 };
    expect(partPrompt(below, 0)!.cells.adding[1]).toBe(cellAt(10, 10));
    const tall = { ...sceneOf(classIn([0, 0, 6, 24], 1)), patch: 1 };
    expect(partPrompt(tall, 0)!.cells.adding[1]).toBe(cellAt(2, 0));
  });

  test('is none for a part without a cell, or without salience', () => {
    expect(partPrompt(sceneOf(classIn([4, 4, 4, 4], 1)), 0)).toBeNull();
    expect(partPrompt(sceneOf(classIn([4, 4, 9, 9], 1, { salience: 0 })), 0)).toBeNull();
  });
});

describe('clicks against', () => {
  const own = (at: Record<number, number> = {}) => {
    const salience = new Float32Array(LOW * LOW);
    const part = classIn([4, 4, 12, 12], 1);
    part.part.forEach((number, cell) => (salience[cell] = number > 0 ? 1 : 0));
    for (const [cell, value] of Object.entries(at)) salience[Number(cell)] = value;
    return classIn([4, 4, 12, 12], 1, { salience });
  };
  /** A class beside it with one peak. */
  const other = (part: number, rect: Rect, peak: number, height: number) => {
    const salience = Float32Array.from(classIn(rect, part).part, (one) => (one > 0 ? 0.1 : 0));
    salience[peak] = height;
    return classIn(rect, part, { salience });
  };
  const against = (...classes: ReturnType<typeof classIn>[]) =>
    partPrompt(sceneOf(...classes), 0)!.cells.against;
  // The box is [1, 1, 15, 15].
  const peak = cellAt(14, 8);

  test('lie on the peak of another class inside of the box', () => {
    const beside = other(2, [13, 4, 20, 14], peak, 0.9);
    expect(against(own(), beside)).toEqual([peak]);
    const { prompt } = partPrompt(sceneOf(own(), beside), 0)!;
    expect(prompt.points.at(-1)).toEqual(placeOf(peak, false, FRAME));
    // Salience of it beside its own part, in the box, is no peak of it.
    const spread = other(2, [13, 4, 20, 14], peak, 0.9);
    (spread.salience as Float32Array)[cellAt(3, 3)] = 0.95;
    expect(against(own(), spread)).toEqual([peak]);
    // Its peak is outside of the box: what is inside of it is not clear.
    expect(against(own(), other(2, [13, 4, 20, 14], cellAt(15, 8), 0.9))).toEqual([]);
    expect(against(own(), other(2, [16, 4, 20, 14], cellAt(17, 8), 0.9))).toEqual([]);
    // Nothing of it is inside of the box, though it is salient above the box in the second cell of all.
    expect(against(own(), other(2, [16, 4, 20, 14], 1, 0.9))).toEqual([]);
  });

  test('count where the other class is clear and the own one is not', () => {
    const beside = (height: number) => other(2, [13, 4, 20, 14], peak, height);
    expect(against(own(), beside(0.6))).toHaveLength(1);
    expect(against(own(), beside(0.59))).toEqual([]);
    expect(against(own({ [peak]: 0.5 }), beside(0.9))).toHaveLength(1);
    expect(against(own({ [peak]: 0.51 }), beside(0.9))).toEqual([]);
  });

  test('keep half a patch away from the part', () => {
    const at = (column: number, row = 8) =>
      against(own(), other(2, [12, 4, 20, 14], cellAt(column, row), 0.9));
    expect([at(12), at(13), at(14)]).toEqual([[], [cellAt(13, 8)], [cellAt(14, 8)]]);
    const above = (row: number) =>
      against(own(), other(2, [4, 1, 12, 4], cellAt(8, row), 0.9)).length;
    expect([above(3), above(2), above(1)]).toEqual([0, 1, 1]);
    const below = (row: number) =>
      against(own(), other(2, [4, 12, 12, 15], cellAt(8, row), 0.9)).length;
    expect([below(12), below(13), below(14)]).toEqual([0, 1, 1]);
    const left = (column: number) =>
      against(own(), other(2, [1, 4, 4, 12], cellAt(column, 8), 0.9)).length;
    expect([left(3), left(2), left(1)]).toEqual([0, 1, 1]);
  });

  test('are three at most, those with the greatest lead first', () => {
    const places = [cellAt(14, 2), cellAt(14, 5), cellAt(14, 8), cellAt(14, 11)];
    const heights = [0.7, 0.95, 0.8, 0.9];
    const all = places.map((cell, i) =>
      other(i + 2, [14, 2 + 3 * i, 15, 4 + 3 * i], cell, heights[i]!),
    );
    expect(against(own({ [places[1]!]: 0.3 }), ...all)).toEqual([
      ...[places[3], places[2], places[0]],
    ]);
  });
});

test('the start says how far the class is ahead in the box, that nothing is beside it, and no more', () => {
  const own = classIn([6, 5, 19, 14], 1);
  own.lead[cellAt(7, 7)] = 0.25;
  own.lead[cellAt(8, 7)] = -0.25;
  own.lead[cellAt(9, 7)] = -0.9;
  const { start } = partPrompt(sceneOf(own), 0)!;
  const at = (column: number, row: number) => start[cellAt(column, row)]!;
  expect([at(7, 7), at(8, 7)]).toEqual([3, -3]);
  expect(at(9, 7)).toBeCloseTo(-6.9, 6);
  expect(at(10, 7)).toBe(6);
  const steep = classIn([6, 5, 19, 14], 1, { lead: 0.9 });
  expect(partPrompt(sceneOf(steep), 0)!.start[cellAt(10, 7)]).toBeCloseTo(6.9, 6);
  // The box is [2, 2, 23, 17], the image 32 x 24 cells.
  expect([at(2, 2), at(22, 16)]).toEqual([6, 6]);
  for (const [column, row] of [
    [1, 2],
    [2, 1],
    [23, 16],
    [22, 17],
    [31, 23],
  ] as const)
    expect(at(column, row)).toBeCloseTo(-6.9, 6);
  expect([at(0, 24), at(31, 31)]).toEqual([0, 0]);
  // Beside an image that is narrower than the square nothing is known either.
  const narrow = { ...sceneOf(own), frame: { ...FRAME, columns: 26 } } as unknown as RefineScene;
  const cells = partPrompt(narrow, 0)!.start;
  expect([cells[cellAt(25, 3)]! < -6, cells[cellAt(26, 3)], cells[cellAt(26, 20)]]).toEqual([
    true,
    0,
    0,
  ]);
});
