// Unfinished work of each tool: what of it is stored, and the steps it comes back with.
import { describe, expect, it } from 'vitest';
import type { AnnotationId, ImageId, ParkedWork } from '../../../../../electron/api/types.ts';
import {
  openPart,
  pointsOf,
  resume,
  workOf,
  type Leaving,
} from '../../../../../renderer/src/tools/armed/parking.ts';
import { DEFAULT_OPTIONS } from '../../../../../renderer/src/tools/armed/table.ts';
import { NO_CLICKS, type ClickStep } from '../../../../../renderer/src/tools/segment/state.ts';
import { categoryNamed } from '../../../../helpers/drivers/toolBench.ts';

const cup = categoryNamed(1, 'cup');
const targets = ['a' as AnnotationId];
const options = { ...DEFAULT_OPTIONS, shapeMode: 'add' as const, polygonMode: 'new' as const };
const back = (work: ParkedWork) => resume(work, 7 as ImageId, cup, targets);

const click: ClickStep = { kind: 'click', x: 3, y: 4, adds: true };
const away: ClickStep = { kind: 'click', x: 8, y: 9, adds: false };
const box: ClickStep = { kind: 'box', box: [1, 2, 30, 40] };
const cursor = { x: 0, y: 0 };
const asked = {
  imageId: 7 as ImageId,
  x: 5,
  y: 6,
  tolerance: 12,
  contiguous: true,
  sample: 3 as const,
  shapeMode: 'cut' as const,
};
const rings = [[1, 1, 4, 1, 4, 4]];
const held = { held: false, setAt: null, cursor };
const editing = { kind: 'editing', id: 'a', rings, before: [[0, 0, 4, 1, 4, 4]] } as const;

describe('what is stored', () => {
  const kept: readonly (readonly [string, Leaving, ParkedWork | null, unknown])[] = [
    [
      'a split without a point',
      { tool: 'split', state: { points: [], cursor: null, pressed: false } },
      null,
      [],
    ],
    [
      'a split with one',
      { tool: 'split', state: { points: [{ x: 2, y: 3 }], cursor: null, pressed: false } },
      { kind: 'line', points: [2, 3] },
      [{ x: 2, y: 3 }],
    ],
    ['a box that is idle', { tool: 'box', state: { kind: 'idle' } }, null, null],
    [
      'a box that is dragged',
      { tool: 'box', state: { kind: 'drag', from: cursor, to: { x: 9, y: 9 } } },
      null,
      null,
    ],
    [
      'the first side of a turned box',
      { tool: 'box', state: { kind: 'turned', points: [1, 2, 3, 4], ...held } },
      { kind: 'polygon', use: 'add', points: [1, 2, 3, 4] },
      [1, 2, 3, 4],
    ],
    [
      'a wand that asked nothing',
      { tool: 'wand', state: { press: null, asked: null } },
      null,
      null,
    ],
    [
      'a wand that asked',
      { tool: 'wand', state: { press: null, asked } },
      { kind: 'seed', use: 'cut', x: 5, y: 6, tolerance: 12, contiguous: true, sample: 3 },
      asked,
    ],
    ['no clicks', { tool: 'segment', state: NO_CLICKS }, null, null],
    [
      'clicks and a box',
      { tool: 'segment', state: { ...NO_CLICKS, steps: [click, box, away], base: targets[0]! } },
      {
        kind: 'clicks',
        use: 'add',
        clicks: [3, 4, 1, 8, 9, 0],
        box: [1, 2, 30, 40],
        crop: null,
        base: targets[0]!,
      },
      [click, box, away],
    ],
    ['a polygon that is idle', { tool: 'polygon', state: { kind: 'idle' } as never }, null, null],
    [
      'a polygon under way',
      { tool: 'polygon', state: { kind: 'drawing', points: [1, 2, 3, 4], cursor } },
      { kind: 'polygon', use: 'add', points: [1, 2, 3, 4] },
      [1, 2, 3, 4],
    ],
    [
      'an outline whose points moved',
      { tool: 'polygon', state: editing as never },
      { kind: 'outline', before: editing.before, rings },
      rings,
    ],
    [
      'an outline that is as it was',
      { tool: 'polygon', state: { ...editing, before: rings } as never },
      null,
      rings,
    ],
  ];

  it.each(kept)('of %s', (_what, leaving, work, open) => {
    expect(workOf(leaving, options)).toEqual(work);
    expect(openPart(leaving)).toEqual(open);
  });
});

describe('what comes back', () => {
  it('of a polygon is every point as a step, the pointer on the last one', () => {
    const found = back({ kind: 'polygon', use: 'cut', points: [1, 2, 3, 4, 5, 6] })!;
    expect(found).toMatchObject({
      tool: 'polygon',
      options: { polygonMode: 'new', shapeMode: 'cut' },
      way: {
        imageId: 7,
        pinned: { category: cup, targets },
        state: { kind: 'drawing', points: [1, 2, 3, 4, 5, 6], cursor: { x: 5, y: 6 } },
      },
    });
    expect(found.way.settled).toBe(found.way.state);
    expect(found.way.past.map(({ state }) => state)).toMatchObject([
      { kind: 'idle' },
      { points: [1, 2], cursor: { x: 1, y: 2 } },
      { points: [1, 2, 3, 4], cursor: { x: 3, y: 4 } },
    ]);
  });

  it('of a line is every point as a step', () => {
    const found = back({ kind: 'line', points: [1, 2, 3, 4] })!;
    expect(found).toMatchObject({ tool: 'split', options: {}, way: { imageId: 7 } });
    expect(found.way.past.map(({ state }) => state)).toMatchObject([
      { points: [] },
      { points: [{ x: 1, y: 2 }], cursor: { x: 1, y: 2 } },
    ]);
    expect(found.way.state).toEqual({
      points: [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
      cursor: { x: 3, y: 4 },
      pressed: false,
    });
  });

  it('of clicks is the box, then every click, each adding or taking away as it did', () => {
    const place = { crop: [0, 0, 50, 50], base: targets[0]! } as const;
    const found = back({
      kind: 'clicks',
      use: 'add',
      clicks: [3, 4, 1, 8, 9, 0],
      box: box.box,
      ...place,
    })!;
    expect(found).toMatchObject({ tool: 'segment', options: { shapeMode: 'add' } });
    expect(found.way.state).toEqual({ ...NO_CLICKS, ...place, steps: [box, click, away] });
    expect(found.way.past.map(({ word }) => word.kind)).toEqual([
      'clickBox',
      'addClick',
      'takeClick',
    ]);
    const bare = { ...place, kind: 'clicks', use: 'new', box: null } as const;
    expect(back({ ...bare, clicks: [3, 4, 1] })!.way.state).toMatchObject({ steps: [click] });
    // Numbers that are no whole click are left.
    expect(back({ ...bare, clicks: [3, 4, 1, 8, 9] })!.way.state).toMatchObject({ steps: [click] });
  });

  it('of an outline is nothing: it is finished without asking', () => {
    expect(back({ kind: 'outline', before: rings, rings })).toBeNull();
  });
});

it.each<[string, ParkedWork, readonly number[]]>([
  ['a polygon', { kind: 'polygon', use: 'new', points: [1, 2, 3, 4] }, [1, 2, 3, 4]],
  ['a line', { kind: 'line', points: [5, 6] }, [5, 6]],
  [
    'a seed, the middle of its pixel',
    { kind: 'seed', use: 'new', x: 5, y: 6, tolerance: 1, contiguous: true },
    [5.5, 6.5],
  ],
  [
    'clicks, without what each of them does',
    { kind: 'clicks', use: 'new', clicks: [3, 4, 1, 8, 9, 0], box: null, crop: null, base: null },
    [3, 4, 8, 9],
  ],
  [
    'a box, two of its corners',
    { kind: 'clicks', use: 'new', clicks: [3, 4, 1], box: [1, 2, 30, 40], crop: null, base: null },
    [1, 2, 31, 42, 3, 4],
  ],
  ['an outline, none', { kind: 'outline', before: rings, rings }, []],
])('points on the canvas: %s', (_what, work, points) => {
  expect(pointsOf(work)).toEqual(points);
});
