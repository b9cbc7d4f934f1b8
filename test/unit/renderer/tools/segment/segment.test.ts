// Clicks, boxes, what they change, and what of it can be taken back.
import { describe, expect, test } from 'vitest';
import { area } from '../../../../../electron/masks/runs/rle.ts';
import { maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';
import { segmentTool, withoutStep } from '../../../../../renderer/src/tools/segment/segment.ts';
import {
  askedCrop,
  automaticCrop,
  widerCrop,
} from '../../../../../renderer/src/tools/segment/crop.ts';
import { askedOf, clickQuestion } from '../../../../../renderer/src/tools/segment/question.ts';
import { NO_CLICKS, type ClickStep } from '../../../../../renderer/src/tools/segment/state.ts';
import { resume, workOf } from '../../../../../renderer/src/tools/armed/parking.ts';
import { back, moved, nothingUnderWay } from '../../../../../renderer/src/tools/armed/underWay.ts';
import { DEFAULT_OPTIONS } from '../../../../../renderer/src/tools/armed/table.ts';
import type { Annotation, ImageId } from '../../../../../electron/api/types.ts';
import { objectOf, ToolBench } from '../../../../helpers/drivers/toolBench.ts';

const SIZE = { width: 100, height: 80 };
function rectangle(x: number, y: number, w: number, h: number, ...more: number[][]) {
  const bitmap = new Uint8Array(SIZE.width * SIZE.height);
  for (const [left, top, wide, tall] of [[x, y, w, h], ...more] as [
    number,
    number,
    number,
    number,
  ][])
    for (let row = top; row < top + tall; row++)
      bitmap.fill(1, row * SIZE.width + left, row * SIZE.width + left + wide);
  return maskFromBitmap(bitmap, SIZE.width, SIZE.height);
}
const bench = (...objects: Annotation[]) =>
  new ToolBench(segmentTool, SIZE.width, SIZE.height, objects);
type Bench = ReturnType<typeof bench>;
const click = (b: Bench, x: number, y: number, keys: { alt?: boolean; shift?: boolean } = {}) =>
  b.send('down', x, y, keys).send('up', x, y, keys);
const drag = (b: Bench, from: [number, number], to: [number, number]) =>
  b
    .send('down', ...from)
    .send('move', ...to)
    .send('up', ...to);
const kinds = (b: Bench) =>
  b.state.steps.map((step) => (step.kind === 'box' ? 'box' : step.adds ? '+' : '-')).join('');

describe('clicks', () => {
  test('add, take away with Alt, and a drag is a box of which there is one', () => {
    const b = bench();
    click(b, 20, 20);
    click(b, 50, 20, { alt: true });
    drag(b, [5, 5], [60, 40]);
    drag(b, [30, 6], [70, 50]);
    expect(kinds(b)).toBe('+-box');
    expect(b.state.steps.at(-1)).toEqual({ kind: 'box', box: [30, 6, 40, 44] });
    // A shaking hand still clicks.
    b.send('down', 30, 30).send('move', 32, 31).send('up', 32, 31);
    expect(b.state.steps.at(-1)).toEqual({ kind: 'click', x: 30, y: 30, adds: true });
  });

  test('on a click take it away, dragged they move it; a corner moves with the box', () => {
    const b = bench();
    click(b, 20, 20);
    click(b, 60, 60);
    drag(b, [21, 20], [40, 30]);
    expect(b.state.steps[0]).toEqual({ kind: 'click', x: 40, y: 30, adds: true });
    click(b, 40, 30);
    expect(b.state.steps).toEqual([{ kind: 'click', x: 60, y: 60, adds: true }]);
    drag(b, [10, 10], [50, 40]);
    drag(b, [50, 40], [80, 70]);
    expect(b.state.steps.at(-1)).toEqual({ kind: 'box', box: [10, 10, 70, 60] });
  });

  test('start the next answer from the choice that is shown, but not after something was taken back', () => {
    const b = bench();
    click(b, 20, 20);
    const first = b.state.steps;
    b.state = { ...b.state, chosen: 2 };
    click(b, 60, 60);
    expect(b.state.after).toEqual({ steps: first, chosen: 2 });
    expect(b.state.chosen).toBe(0);
    expect(withoutStep(b.state, 0).after).toBeNull();
    expect(withoutStep(withoutStep(b.state, 0), 0)).toEqual(NO_CLICKS);
  });

  test('that take away need something to take from', () => {
    const b = bench(objectOf('a', 1, rectangle(10, 10, 30, 30)));
    click(b, 20, 20, { alt: true });
    expect(b.state.steps).toEqual([]);
    expect(b.notes).toEqual([{ kind: 'clickFirst' }]);
    b.selection = ['a' as never];
    click(b, 20, 20, { alt: true });
    expect(b.state.base).toBe('a');
  });
});

describe('accepting', () => {
  test('makes an object of the mask; without one it waits, and nothing is lost', () => {
    const b = bench();
    click(b, 20, 20);
    b.send('confirm', 0, 0);
    expect(b.notes).toEqual([{ kind: 'clickWaits' }]);
    expect(kinds(b)).toBe('+');
    b.clickMask = rectangle(10, 10, 20, 20);
    b.send('confirm', 0, 0);
    expect(b.objects.map(({ area: pixels }) => pixels)).toEqual([400]);
    expect(b.state).toEqual(NO_CLICKS);
  });

  test('changes only the part of an object under the first click', () => {
    const b = bench(objectOf('a', 1, rectangle(10, 10, 10, 10, [60, 10, 10, 10])));
    click(b, 15, 15, { shift: true });
    b.clickMask = rectangle(10, 10, 20, 20);
    b.send('confirm', 0, 0);
    expect(b.objects.map(({ id, mask }) => [id, area(mask)])).toEqual([['a', 400 + 100]]);
  });

  test('by a double click keeps the click that its second press would take away', () => {
    const b = bench();
    b.clickMask = rectangle(10, 10, 20, 20);
    click(b, 20, 20);
    click(b, 20, 20);
    expect(kinds(b)).toBe('');
    b.send('double', 20, 20);
    expect(b.objects).toHaveLength(1);
  });

  test('never follows from Escape', () => {
    const b = bench();
    b.clickMask = rectangle(10, 10, 20, 20);
    click(b, 20, 20);
    b.send('cancel', 0, 0);
    expect([b.objects.length, kinds(b)]).toEqual([0, '']);
  });
});

test('every click is a step: as many undos lead back to nothing, also over Escape', () => {
  const steps: ClickStep[][] = [[]];
  for (const step of [
    { kind: 'click', x: 1, y: 1, adds: true },
    { kind: 'box', box: [0, 0, 5, 5] },
    { kind: 'click', x: 2, y: 2, adds: false },
  ] as const)
    steps.push([...steps.at(-1)!, step]);
  let way = nothingUnderWay(segmentTool);
  for (const one of steps.slice(1)) way = moved(segmentTool, way, { ...NO_CLICKS, steps: one });
  way = moved(segmentTool, way, NO_CLICKS);
  expect(way.past.map(({ word }) => word.kind)).toEqual([
    'addClick',
    'clickBox',
    'takeClick',
    'clearClicks',
  ]);
  // Another choice or edge is no step.
  expect(
    moved(segmentTool, way, { ...NO_CLICKS, steps: way.state.steps, cut: 1 }).past,
  ).toHaveLength(4);
  const seen = [];
  for (let next = back(segmentTool, way); next; next = back(segmentTool, next)) {
    seen.push(next.state.steps.length);
  }
  expect(seen).toEqual([3, 2, 1, 0]);
});

test('what is left open comes back with its clicks, box, crop and object', () => {
  const steps: ClickStep[] = [
    { kind: 'box', box: [1, 2, 3, 4] },
    { kind: 'click', x: 5, y: 6, adds: true },
    { kind: 'click', x: 7, y: 8, adds: false },
  ];
  const state = { ...NO_CLICKS, steps, crop: [0, 0, 50, 50] as const, base: 'a' as never };
  const work = workOf({ tool: 'segment', state }, DEFAULT_OPTIONS)!;
  const { tool, way } = resume(work, 1 as ImageId, null, [])!;
  expect(tool).toBe('segment');
  expect(way.state).toMatchObject({ steps, crop: [0, 0, 50, 50], base: 'a' });
  expect(way.past).toHaveLength(3);
});

describe('where to look', () => {
  const image = { width: 4000, height: 3000 };

  test('at all of a small image, and of a large one that is seen as a whole', () => {
    expect(automaticCrop({ width: 1200, height: 900 }, [0, 0, 100, 100], null)).toBeNull();
    expect(automaticCrop(image, [0, 0, 4000, 3000], null)).toBeNull();
  });

  test('at what is in view of a large one, on a lattice that small pans keep', () => {
    const crop = automaticCrop(image, [1010, 505, 800, 600], null)!;
    expect(crop).toEqual(automaticCrop(image, [1020, 512, 800, 600], null));
    const [x, y, width, height] = crop;
    expect(x <= 1010 && y <= 505 && x + width >= 1810 && y + height >= 1105).toBe(true);
  });

  test('around a small box, at least 256 pixels wide, inside of the image', () => {
    const [x, y, width, height] = automaticCrop(image, [0, 0, 4000, 3000], [3990, 10, 9, 9])!;
    expect(width >= 128 && height >= 128).toBe(true);
    expect(x + width <= 4000 && y >= 0).toBe(true);
  });

  test('wider where a mask goes on behind the crop; the whole image is no crop', () => {
    const [, , width] = widerCrop([1000, 1000, 800, 600], image)!;
    expect(width).toBeGreaterThanOrEqual(1200);
    expect(askedCrop(image, [0, 0, 4000, 3000], null)).toBeNull();
  });
});

test('a question says what is meant: the part that is kept, what to start from', () => {
  const steps: ClickStep[] = [
    { kind: 'click', x: 15, y: 15, adds: true },
    { kind: 'click', x: 30, y: 30, adds: false },
  ];
  const base = objectOf('a', 1, rectangle(10, 10, 10, 10, [60, 10, 10, 10]));
  const context = { imageId: 1 as ImageId, category: base.categoryId, base: null };
  const state = { ...NO_CLICKS, steps, cut: 1.5 };
  const asked = askedOf(state, { ...context, options: { ...DEFAULT_OPTIONS, onePart: true } })!;
  expect(asked.cut).toEqual({ cut: 1.5, specks: true, part: { x: 15, y: 15 } });
  expect(clickQuestion(asked, null)).toMatchObject({
    prompt: { points: [{ adds: true }, { adds: false }], box: null },
    start: { kind: 'nothing' },
  });
  expect(clickQuestion(asked, { decode: 4, candidate: 2 }).start).toEqual({
    kind: 'choice',
    decode: 4,
    candidate: 2,
  });
  const { start } = clickQuestion({ ...asked, base }, null);
  expect(start.kind === 'mask' && area(start.mask)).toBe(100);
  expect(askedOf(NO_CLICKS, { ...context, options: DEFAULT_OPTIONS })).toBeNull();
});
