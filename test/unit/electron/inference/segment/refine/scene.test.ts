// What refinement looks at, on an image that is no square: parts, their cells, and how far classes are ahead.
import { describe, expect, test } from 'vitest';
import { cellFrame, cellsOf } from '../../../../../../electron/inference/segment/refine/cells.ts';
import {
  cellsCovered,
  refineScene,
  REST,
} from '../../../../../../electron/inference/segment/refine/scene.ts';
import { maskFromBitmap } from '../../../../../../electron/masks/runs/bitmap.ts';
import { area } from '../../../../../../electron/masks/runs/rle.ts';
import { modelFrame } from '../../../../../../models/sam/frame.ts';
import { randomFrom } from '../../../../../helpers/fixtures/random.ts';

const [WIDTH, HEIGHT, LOW] = [128, 64, 32];
const framed = { frame: modelFrame(WIDTH, HEIGHT, 64), width: WIDTH, height: HEIGHT };
type Rect = readonly [left: number, top: number, right: number, bottom: number];
const maskOf = (rects: readonly Rect[], width = WIDTH, height = HEIGHT) =>
  maskFromBitmap(
    Uint8Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      return Number(rects.some(([l, t, r, b]) => x >= l && x < r && y >= t && y < b));
    }),
    width,
    height,
  );
const random = randomFrom(8);
const channels = Array.from({ length: 4 }, () =>
  Float32Array.from({ length: 12 * 6 }, () => random()),
);
/** Channels 0 (background), 5, 9 and 7; class 8 has none. */
const result = {
  width: WIDTH,
  height: HEIGHT,
  workWidth: 12,
  workHeight: 6,
  channelIds: [0, 5, 9, 7],
  scores: Float32Array.from(channels.flatMap((plane) => [...plane])),
  probabilities: null,
};
const sceneOf = (
  classes: readonly (readonly [id: number, ...rects: Rect[]])[],
  more: object = {},
) =>
  refineScene(
    { ...result, ...more } as never,
    classes.map(([categoryId, ...rects]) => ({ categoryId, mask: maskOf(rects) })) as never,
    { rows: 4, columns: 8, framed, low: LOW, classes: [5, 9] as never, ...more },
  );

describe('parts', () => {
  test('are those of the classes asked for, the largest first, each of its mask', () => {
    const scene = sceneOf([
      [9, [0, 0, 10, 10], [40, 0, 60, 20]],
      [8, [100, 0, 128, 30]],
      [5, [0, 40, 20, 60]],
      [5, [80, 40, 100, 64]],
    ]);
    expect(scene.parts.map(({ of, mask, pixels }) => [of, mask, area(pixels)])).toEqual([
      [2, 3, 480],
      [0, 0, 400],
      [2, 2, 400],
      [0, 0, 100],
    ]);
    expect(scene.classOf).toEqual([0, 1, 2, 2]);
    expect(scene.classes.map(({ categoryId }) => categoryId)).toEqual([9, 8, 5]);
    expect(scene.leastPx).toBe(64);
  });

  test('are no smaller than 64 pixels, or 0.05 percent of a large image', () => {
    const parts = (size: number) => sceneOf([[5, [0, 0, size, 1]]]).parts.length;
    expect([parts(63), parts(64)]).toEqual([0, 1]);
    const [width, height] = [1000, 401];
    const large = (size: number) =>
      refineScene(
        { ...result, width, height } as never,
        [{ categoryId: 5, mask: maskOf([[0, 0, size, 1]], width, height) }] as never,
        {
          rows: 4,
          columns: 8,
          low: LOW,
          classes: [5] as never,
          framed: { frame: modelFrame(width, height, 64), width, height },
        },
      );
    expect(large(200).leastPx).toBe(201);
    expect([large(200).parts.length, large(201).parts.length]).toEqual([0, 1]);
  });

  test('are 64 at most: the others are the rest of their class', () => {
    const rects = Array.from({ length: 66 }, (_, i): Rect => {
      const [x, y] = [(i % 11) * 11, Math.floor(i / 11) * 10];
      return [x, y, x + 9, y + (i < 64 ? 9 : 8)];
    });
    const scene = sceneOf([[5, ...rects]]);
    expect(scene.parts).toHaveLength(64);
    expect(REST).toBe(65);
    const { part } = scene.classes[0]!;
    const numbers = new Set(part);
    expect([numbers.has(0), numbers.has(1), numbers.has(64), numbers.has(REST)]).toEqual([
      ...[true, true, true, true],
    ]);
  });

  test('own the cells that they cover by more than half', () => {
    // A cell is 4 x 4 pixels.
    const scene = sceneOf([
      [5, [8, 8, 24, 24]],
      [9, [40, 8, 63, 21], [80, 0, 82, 8]],
    ]);
    const cells = (at: number) =>
      [...scene.classes[at]!.part.entries()].flatMap(([cell, number]) =>
        number > 0 ? [[cell % LOW, Math.floor(cell / LOW), number]] : [],
      );
    const rect = (left: number, top: number, right: number, bottom: number, number: number) =>
      Array.from({ length: bottom - top }, (_, y) =>
        Array.from({ length: right - left }, (_one, x) => [left + x, top + y, number]),
      ).flat();
    expect(cells(0)).toEqual(rect(2, 2, 6, 6, 2));
    // 23 of 24 columns and 13 of 16 rows: the last row is covered by a quarter.
    expect(cells(1)).toEqual(rect(10, 2, 16, 5, 1));
    expect([...cellsCovered(maskOf([[8, 8, 24, 24]]), framed, LOW)].filter(Boolean)).toHaveLength(
      16,
    );
  });

  test('may have an outline alone that moves', () => {
    const scene = sceneOf(
      [
        [5, [0, 0, 20, 20]],
        [9, [40, 0, 60, 20]],
      ],
      { outlines: [9] },
    );
    expect(scene.classes.map(({ outlineOnly }) => outlineOnly)).toEqual([false, true]);
    expect(sceneOf([[5, [0, 0, 20, 20]]]).classes[0]!.outlineOnly).toBe(false);
  });
});

test('a patch is the longer side by the longer side', () => {
  expect(sceneOf([]).patch).toBe(4);
  expect(sceneOf([], { rows: 16, columns: 2 }).patch).toBe(2);
});

describe('classes on cells', () => {
  const frame = cellFrame(framed, LOW);
  const heights = channels.map((values) =>
    cellsOf({ width: 12, height: 6, values }, frame, { width: WIDTH, height: HEIGHT }),
  );
  const scene = sceneOf([
    [9, [40, 0, 60, 20]],
    [8, [0, 0, 20, 20]],
  ]);

  test('have the salience of their channel, its highest 1', () => {
    const highest = Math.max(...heights[2]!);
    scene.classes[0]!.salience.forEach((value, cell) =>
      expect(value).toBeCloseTo(heights[2]![cell]! / highest, 6),
    );
    expect(scene.classes[1]!.salience.every((value) => value === 0)).toBe(true);
  });

  test('are ahead by as much as they are above the best other channel', () => {
    const ahead = (at: number) => (cell: number) => {
      const others = heights.filter((_, other) => other !== at).map((height) => height[cell]!);
      return (heights[at]?.[cell] ?? 0) - Math.max(0, ...others);
    };
    [2, -1].forEach((channel, at) =>
      scene.classes[at]!.lead.forEach((value, cell) =>
        expect(value).toBeCloseTo(ahead(channel)(cell), 6),
      ),
    );
  });

  test('are soft as the CRF left them, where one ran', () => {
    expect(scene.classes[0]!.soft).toBe(scene.classes[0]!.salience);
    const probabilities = result.scores.map((value) => value / 3);
    const refined = sceneOf([[9, [40, 0, 60, 20]]], { probabilities });
    refined.classes[0]!.soft.forEach((value, cell) =>
      expect(value).toBeCloseTo(heights[2]![cell]! / 3, 6),
    );
  });
});
