// The things of a part, seed by seed: which masks mean one thing, which is the surer one, and what is asked again.
import { describe, expect, test } from 'vitest';
import type { DecodedMasks } from '../../../../../../electron/inference/segment/choices.ts';
import type { Question } from '../../../../../../electron/inference/segment/refine/ask.ts';
import type { RefineScene } from '../../../../../../electron/inference/segment/refine/scene.ts';
import { thingsOf } from '../../../../../../electron/inference/segment/refine/things.ts';
import { asking } from './scenes.ts';

const LOW = 32;
const cellAt = (column: number, row: number) => row * LOW + column;
/** Left, top, width and height in cells. */
type Rect = readonly [left: number, top: number, width: number, height: number];
const cellsIn = (...rects: readonly Rect[]) =>
  Uint8Array.from({ length: LOW * LOW }, (_, at) =>
    Number(
      rects.some(([left, top, width, height]) => {
        const [column, row] = [(at % LOW) - left, Math.floor(at / LOW) - top];
        return column >= 0 && row >= 0 && column < width && row < height;
      }),
    ),
  );

interface More {
  readonly leastPx?: number;
  /** Pixels of the image in a cell. */
  readonly across?: number;
  readonly down?: number;
}

/** One part whose seeds are these cells, the surest first. */
function sceneOf(part: Uint8Array, seeds: readonly number[], more: More = {}): RefineScene {
  const { leastPx = 64, across = 1, down = 1 } = more;
  const salience = new Float32Array(LOW * LOW);
  seeds.forEach((cell, at) => (salience[cell] = 1 - at / 20));
  return {
    frame: { low: LOW, columns: LOW, rows: LOW, across, down },
    patch: 2,
    leastPx,
    classes: [{ part: Uint16Array.from(part), salience }],
    parts: [{ of: 0 }],
  } as unknown as RefineScene;
}

type Mask = readonly [fit: number, cells: Uint8Array, outside?: number];
const NONE: Mask = [0, new Uint8Array(LOW * LOW)];
/** One answer: what a click alone may mean stands behind the first mask. */
const answer = (...masks: readonly Mask[]): DecodedMasks => ({
  iou: Float32Array.from(masks, ([fit]) => fit),
  logits: Float32Array.from(
    masks.flatMap(([, cells, outside = -6]) => Array.from(cells, (one) => (one ? 6 : outside))),
  ),
});
const alone = (...masks: readonly Mask[]) => answer(NONE, ...masks);

const cellOf = ({ x, y }: { readonly x: number; readonly y: number }, across = 1, down = 1) =>
  cellAt(Math.floor(x / across), Math.floor(y / down));
const isAlone = ({ prompt: { points } }: Question) => points.length === 1;
const first = ({ prompt: { points } }: Question) => cellOf(points[0]!);
/** Cells of every question's clicks that add, and of those that do not. */
const clicks = (adding: boolean, asked: readonly Question[]) =>
  asked.map(({ prompt: { points } }) =>
    points.filter(({ adds }) => adds === adding).map((point) => cellOf(point)),
  );
const sizes = (things: readonly { readonly logits: Float32Array }[]) =>
  things.map(({ logits }) => logits.reduce((sum, one) => sum + Number(one > 0), 0));

const ROW = cellsIn([0, 0, 20, 5]);
const [LEFT, RIGHT] = [cellAt(2, 2), cellAt(17, 2)];

describe('the surest click', () => {
  test('of two is asked; one alone asks nothing', async () => {
    const { ask, asked } = asking(() => alone(NONE));
    await thingsOf(sceneOf(ROW, [LEFT]), 0, ask);
    expect(asked).toEqual([]);
    await thingsOf(sceneOf(ROW, [LEFT, RIGHT]), 0, ask);
    expect(asked.slice(0, 2).map(first)).toEqual([LEFT, RIGHT]);
  });

  test('means the whole part from nine tenths of it on', async () => {
    const asks = async (columns: number) => {
      const { ask, asked } = asking(() => alone([0.9, cellsIn([0, 0, columns, 5])]));
      await thingsOf(sceneOf(ROW, [LEFT, RIGHT]), 0, ask);
      return asked.length;
    };
    expect(await asks(18)).toBe(1);
    expect(await asks(17)).toBeGreaterThan(1);
  });

  test.each([
    ['first', [0.9, 0.5], 4],
    ['last', [0.5, 0.9], 6],
  ] as const)('means the surer of its masks, also the %s', async (_which, [a, b], columns) => {
    const { ask } = asking((question) =>
      !isAlone(question) || first(question) === RIGHT
        ? alone(NONE)
        : alone([a, cellsIn([0, 0, 4, 5])], [b, cellsIn([0, 0, 6, 5])]),
    );
    expect(sizes(await thingsOf(sceneOf(ROW, [LEFT, RIGHT]), 0, ask))).toEqual([5 * columns]);
  });
});

describe('two clicks mean one thing', () => {
  /** Clicks of the second question, group by group. */
  const groups = async (left: Mask, right: Mask) => {
    const { ask, asked } = asking((question) =>
      isAlone(question) ? alone(first(question) === LEFT ? left : right) : alone(NONE),
    );
    await thingsOf(sceneOf(ROW, [LEFT, RIGHT], { leastPx: 999 }), 0, ask);
    return clicks(true, asked.slice(2));
  };
  const joined = [[LEFT, RIGHT]];
  const apart = [[LEFT], [RIGHT]];

  test('where each covers the other and they share six tenths, no less', async () => {
    const wide: Mask = [0.9, cellsIn([0, 0, 20, 4])];
    // 48 of 80 cells, and 47.
    const most = cellsIn([0, 0, 20, 2], [0, 2, 3, 1], [16, 2, 4, 1], [3, 2, 1, 1]);
    expect(sizes([{ logits: Float32Array.from(most) }])).toEqual([48]);
    expect(await groups(wide, [0.9, most])).toEqual(joined);
    const less = most.slice();
    less[cellAt(3, 2)] = 0;
    expect(await groups(wide, [0.9, less])).toEqual(apart);
  });

  test('but not where one of them leaves the other out, though they share as much', async () => {
    const all: Mask = [0.9, cellsIn([0, 0, 20, 4])];
    const without = (cell: number, value = 0): Mask => {
      const cells = cellsIn([0, 0, 20, 4]);
      cells[cell] = value;
      return [0.9, cells];
    };
    expect(await groups(all, without(LEFT))).toEqual(apart);
    expect(await groups(without(RIGHT), all)).toEqual(apart);
    expect(await groups(all, without(cellAt(9, 3)))).toEqual(joined);
    // A logit of 0 covers nothing.
    const [fit, cells] = without(LEFT);
    expect(await groups(all, [fit, cells, 0])).toEqual(apart);
    expect(await groups([fit, without(RIGHT)[1], 0], all)).toEqual(apart);
  });

  test.each([
    [0.9, 0.6, 80],
    [0.6, 0.9, 75],
  ])(
    'of which the surer is taken (%d and %d) where both clicks together find none',
    async (a, b, size) => {
      const { ask } = asking((question) => {
        if (!isAlone(question)) return alone(NONE);
        return first(question) === LEFT
          ? alone([a, cellsIn([0, 0, 20, 4])])
          : alone([b, cellsIn([0, 0, 15, 4], [16, 0, 4, 3], [15, 0, 1, 3])]);
      });
      const things = await thingsOf(sceneOf(ROW, [LEFT, RIGHT], { leastPx: 999 }), 0, ask);
      expect(sizes(things)).toEqual([size]);
      expect(things[0]!.seeds).toEqual([LEFT, RIGHT]);
    },
  );
});

test('of the clicks on other things the five nearest are kept out, nearest first', async () => {
  const part = cellsIn([0, 0, 32, 3]);
  const seeds = [0, 4, 8, 12, 16, 20, 24, 28].map((column) => cellAt(column, 1));
  const { ask, asked } = asking((question) =>
    isAlone(question) ? alone([0.9, cellsIn([first(question) % LOW, 0, 3, 3])]) : alone(NONE),
  );
  await thingsOf(sceneOf(part, seeds, { leastPx: 999 }), 0, ask);
  const grouped = asked.slice(8);
  expect(clicks(true, grouped)).toEqual(seeds.map((seed) => [seed]));
  const places = (at: number) => clicks(false, grouped)[at]!.map((cell) => cell % LOW);
  expect(places(0)).toEqual([4, 8, 12, 16, 20]);
  expect(places(7)).toEqual([24, 20, 16, 12, 8]);
  expect(places(3)).toEqual([8, 16, 4, 20, 0]);
});

describe('a thing is another one', () => {
  const part = cellsIn([0, 0, 32, 10]);
  const [a, b] = [cellAt(2, 5), cellAt(28, 5)];
  /** Sizes of what is left of two things, each asked for by its own click. */
  const left = async (one: Mask, other: Mask) => {
    const { ask } = asking((question) => answer(first(question) === a ? one : other, NONE));
    // Clicks alone find little things apart.
    const small = asking((question) => alone([0.5, cellsIn([first(question) % LOW, 5, 1, 1])]));
    const both = (questions: readonly Question[]) =>
      isAlone(questions[0]!) ? small.ask(questions) : ask(questions);
    return sizes(await thingsOf(sceneOf(part, [a, b], { leastPx: 9999 }), 0, both));
  };
  /** Whole rows of ten cells. */
  const rows = (from: number, count: number) => cellsIn([0, from, 10, count]);

  test('where both share seven tenths, whichever is larger', async () => {
    expect(await left([0.9, rows(0, 7)], [0.8, rows(0, 10)])).toEqual([70]);
    expect(await left([0.8, rows(0, 10)], [0.9, rows(0, 7)])).toEqual([70]);
    const less = rows(0, 7);
    less[cellAt(0, 0)] = 0;
    expect(await left([0.9, less], [0.8, rows(0, 10)])).toEqual([69, 100]);
  });

  test('where it lies inside of a surer one by 85 hundredths', async () => {
    // 20 cells, of which 17 lie in a thing of 100.
    const inner = (inside: number) => {
      const cells = cellsIn([12, 0, 20 - inside, 1]);
      for (let at = 0; at < inside; at++) cells[cellAt(at % 10, Math.floor(at / 10))] = 1;
      return cells;
    };
    expect(await left([0.9, rows(0, 10)], [0.8, inner(17)])).toEqual([100]);
    expect(await left([0.9, rows(0, 10)], [0.8, inner(16)])).toEqual([100, 20]);
    // The surer one inside is a thing of its own.
    expect(await left([0.8, rows(0, 10)], [0.9, inner(17)])).toEqual([20, 100]);
  });
});

describe('what no thing covers is asked about again', () => {
  const [a, b] = [cellAt(2, 2), cellAt(17, 2)];
  /** Places asked about after the things of two clicks: 100 cells each, but for `more`. */
  const again = async (
    rest: number,
    more: More & { second?: Uint8Array; outside?: number } = {},
  ) => {
    const { second = cellsIn([10, 0, 10, 10]), outside, ...scene } = more;
    const { across = 1, down = 1 } = scene;
    // What is left lies below, in rows of five.
    const left = new Uint8Array(LOW * LOW);
    for (let at = 0; at < rest; at++) left[cellAt(at % 5, 20 + Math.floor(at / 5))] = 1;
    const part = cellsIn([0, 0, 20, 10]).map((one, cell) => (one || left[cell] ? 1 : 0));
    const { ask, asked } = asking(({ prompt: { points } }) => {
      const seed = cellOf(points[0]!, across, down);
      if (seed !== a && seed !== b) return alone(NONE);
      const mask: Mask = [0.9, seed === a ? cellsIn([0, 0, 10, 10]) : second, outside ?? -6];
      return answer(mask, mask);
    });
    await thingsOf(sceneOf(part, [a, b], scene), 0, ask);
    return asked.slice(4).map(({ prompt: { points } }) => cellOf(points[0]!, across, down));
  };
  const place = cellAt(0, 20);

  test('from the least size of a part on, in pixels of the image', async () => {
    expect(await again(20, { leastPx: 20 })).toEqual([place]);
    expect(await again(19, { leastPx: 20 })).toEqual([]);
    // A cell is 2 x 3 pixels.
    const cells = { across: 2, down: 3, leastPx: 120 };
    expect(await again(20, cells)).toEqual([place]);
    expect(await again(19, cells)).toEqual([]);
  });

  test('from a tenth of the usual thing on', async () => {
    expect(await again(10, { leastPx: 1 })).toEqual([place]);
    expect(await again(9, { leastPx: 1 })).toEqual([]);
    // Of two the larger one is the usual one.
    const smaller = cellsIn([10, 0, 10, 8]);
    expect(await again(9, { leastPx: 1, second: smaller })).toEqual([cellAt(10, 8)]);
    const second = cellsIn([10, 0, 10, 14]);
    expect(await again(14, { leastPx: 1, second })).toEqual([place]);
    expect(await again(13, { leastPx: 1, second })).toEqual([]);
  });

  test('where logits are 0 as well', async () => {
    expect(await again(10, { leastPx: 1, outside: 0 })).toEqual([place]);
    expect(await again(9, { leastPx: 1, outside: 0 })).toEqual([]);
  });

  test('eight times, each time at the best place that was not tried', async () => {
    const part = cellsIn([0, 0, 20, 5]);
    const { ask, asked } = asking((question) => {
      const cells = new Uint8Array(LOW * LOW);
      cells[first(question)] = 1;
      return answer([0.9, cells], [0.9, cells]);
    });
    const things = await thingsOf(sceneOf(part, [LEFT, RIGHT], { leastPx: 1 }), 0, ask);
    expect(asked).toHaveLength(2 + 2 + 8);
    expect(new Set(asked.slice(2).map(first)).size).toBe(10);
    expect(sizes(things)).toEqual(Array(10).fill(1));
  });

  test('at 64 places in all', async () => {
    // Two things, and 80 cells apart from each other.
    const spots = Array.from({ length: 80 }, (_, at): Rect => [
      2 * (at % 16),
      12 + 2 * Math.floor(at / 16),
      1,
      1,
    ]);
    const part = cellsIn([0, 0, 20, 5], ...spots);
    const { ask, asked } = asking((question) => {
      const seed = first(question);
      const mask: Mask = [0.9, cellsIn([seed === LEFT ? 0 : 10, 0, 10, 5])];
      return seed === LEFT || seed === RIGHT ? answer(mask, mask) : alone(NONE);
    });
    await thingsOf(sceneOf(part, [LEFT, RIGHT], { leastPx: 1 }), 0, ask);
    // A tenth of a thing is five cells: spots are too small.
    expect(asked).toHaveLength(4);
    const small = asking((question) => {
      const cells = new Uint8Array(LOW * LOW);
      if (isAlone(question) && first(question) < cellAt(0, 5)) cells[first(question)] = 1;
      return alone([0.9, cells]);
    });
    await thingsOf(sceneOf(part, [LEFT, RIGHT], { leastPx: 1 }), 0, small.ask);
    expect(small.asked).toHaveLength(64);
  });
});
