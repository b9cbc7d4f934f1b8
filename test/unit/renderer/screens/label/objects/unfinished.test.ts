// What is said of unfinished work, kept or under the hands.
import { describe as suite, expect, it } from 'vitest';
import type { Parked, ParkedWork } from '../../../../../../electron/api/types.ts';
import {
  describe,
  describeDrawing,
} from '../../../../../../renderer/src/screens/label/objects/unfinished.ts';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';
import { text } from '../../../../../../renderer/src/text/text.ts';
import { categoryNamed } from '../../../../../helpers/drivers/toolBench.ts';

const cup = categoryNamed(3, 'cup');
const words = text.label.unfinished;
const app = { session: { categoryById: new Map([[3, cup]]) } } as unknown as App;
const said = (work: ParkedWork, categoryId: number | null = 3) =>
  describe(app, { categoryId, work } as Parked);
const grey = '#9a9aa2';

suite('kept work', () => {
  it.each<[ParkedWork, number, string]>([
    [{ kind: 'polygon', use: 'new', points: [1, 2, 3, 4, 5, 6] }, 3, words.kept(3)],
    [{ kind: 'seed', use: 'new', x: 1, y: 1, tolerance: 3, contiguous: true }, 1, words.keptSeed],
    [
      { kind: 'clicks', use: 'new', clicks: [1, 1, 1, 2, 2, 0], box: null, crop: null, base: null },
      2,
      words.keptClicks(2),
    ],
    [
      { kind: 'clicks', use: 'new', clicks: [1, 1, 1], box: [0, 0, 4, 4], crop: null, base: null },
      3,
      words.keptClicks(2),
    ],
  ])('%j', (work, points, detail) => {
    expect(said(work)).toEqual({ name: 'cup', color: cup.color, detail, points });
  });

  it('without a class is called by what it is', () => {
    const line: ParkedWork = { kind: 'line', points: [1, 2, 3, 4] };
    expect(said(line, null)).toMatchObject({ name: words.line, color: grey });
    const polygon: ParkedWork = { kind: 'polygon', use: 'new', points: [1, 2] };
    expect(said(polygon, null)).toMatchObject({ name: words.badge, color: grey });
    expect(said(polygon, 9)).toMatchObject({ name: words.badge, color: grey });
  });
});

it.each([
  ['polygon', cup, 'cup', cup.color],
  ['polygon', null, words.badge, grey],
  ['split', cup, words.line, grey],
])('a %s under the hands', (id, category, name, color) => {
  const drawing = describeDrawing({ tools: { id, category, steps: 4 } } as unknown as App);
  expect(drawing).toEqual({ name, color, detail: words.steps(4, 4), points: 4 });
});
