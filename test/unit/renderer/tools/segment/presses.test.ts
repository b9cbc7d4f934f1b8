// Presses of the segment tool at their limits: what is still a click, what is grabbed, which object is meant.
import { describe, expect, it, test } from 'vitest';
import type { Annotation, ImageId } from '../../../../../electron/api/types.ts';
import { DEFAULT_OPTIONS } from '../../../../../renderer/src/tools/armed/table.ts';
import {
  askedOf,
  clickQuestion,
  edgeOfCut,
  salienceQuestion,
} from '../../../../../renderer/src/tools/segment/question.ts';
import { changedPart, segmentTool } from '../../../../../renderer/src/tools/segment/segment.ts';
import { NO_CLICKS, type ClickStep } from '../../../../../renderer/src/tools/segment/state.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';
import { rowsOf } from '../../../../helpers/fixtures/maskText.ts';
import { objectOf, ToolBench } from '../../../../helpers/drivers/toolBench.ts';

const bench = (...objects: Annotation[]) => new ToolBench(segmentTool, 100, 80, objects);
const add = (x: number, y: number): ClickStep => ({ kind: 'click', x, y, adds: true });
const whole = (width: number, height: number) =>
  draw(...Array.from({ length: height }, () => '#'.repeat(width)));

test('the tool is busy with clicks, with a press, and with nothing else', () => {
  const press = { from: { x: 1, y: 1 }, at: { x: 1, y: 1 } } as never;
  expect(segmentTool.busy(NO_CLICKS)).toBe(false);
  expect(segmentTool.busy({ ...NO_CLICKS, steps: [add(1, 1)] })).toBe(true);
  expect(segmentTool.busy({ ...NO_CLICKS, press })).toBe(true);
});

describe('a press', () => {
  it('is a click up to 4 screen pixels, farther a box', () => {
    const drawn = (scale: number, x: number) => {
      const b = bench();
      b.scale = scale;
      return b.drag([
        [20, 20],
        [x, 30],
        [x, 20],
      ]).state.steps;
    };
    const near = bench();
    near.drag([
      [20, 20],
      [24, 20],
    ]);
    expect(near.state.steps).toEqual([add(20, 20)]);
    // A box without a height is none.
    near.drag([
      [50, 20],
      [55, 20],
    ]);
    expect(near.state.steps).toEqual([add(20, 20)]);
    expect(drawn(0.1, 30)).toEqual([add(20, 20)]);
    const far = bench();
    far.scale = 4;
    far.drag([
      [20, 20],
      [22, 21],
    ]);
    expect(far.state.steps).toEqual([{ kind: 'box', box: [20, 20, 2, 1] }]);
  });

  it.each([
    [-0.1, 5, 0],
    [5, -0.1, 0],
    [100, 5, 0],
    [5, 80, 0],
    [0, 0, 1],
    [99.9, 79.9, 1],
  ])('at (%d, %d) gives %d clicks: beside the image there is none', (x, y, clicks) => {
    expect(bench().click(x, y).state.steps).toHaveLength(clicks);
  });

  it('with Alt beside the image begins nothing; after a click, or without Alt, a box may', () => {
    const down = (b: ReturnType<typeof bench>, x: number, y: number, alt: boolean) =>
      b.send('down', x, y, { alt }).state.press !== null;
    for (const [x, y] of [
      [-1, 5],
      [5, -1],
      [100, 5],
      [5, 80],
    ] as const) {
      expect(down(bench(), x, y, true)).toBe(false);
      expect(down(bench(), x, y, false)).toBe(true);
      const clicked = bench();
      clicked.click(50, 50);
      expect(down(clicked, x, y, true)).toBe(true);
    }
    expect(down(bench(), 0, 0, true)).toBe(true);
  });
});

test('a first box starts from the choice that is shown, another one in its place from nothing', () => {
  const b = bench();
  const { steps } = b.click(50, 50).state;
  b.drag([
    [10, 10],
    [80, 70],
  ]);
  expect(b.state.after).toEqual({ steps, chosen: 0 });
  b.drag([
    [20, 30],
    [90, 75],
  ]);
  expect(b.state).toMatchObject({ after: null, steps: [add(50, 50), { box: [20, 30, 70, 45] }] });
});

describe('what is grabbed', () => {
  const grabbed = (steps: readonly ClickStep[], x: number, y: number, scale = 1) => {
    const b = bench();
    b.scale = scale;
    b.state = { ...NO_CLICKS, steps };
    return b.send('down', x, y).state.press!.grabbed;
  };

  it('lies within 12 screen pixels, at any zoom', () => {
    expect(grabbed([add(20, 20)], 32, 20)).toEqual({ step: 0, corner: null });
    expect(grabbed([add(20, 20)], 32.1, 20)).toBeNull();
    expect(grabbed([add(20, 20)], 23, 20, 4)).toEqual({ step: 0, corner: null });
    expect(grabbed([add(20, 20)], 24, 20, 4)).toBeNull();
    expect(grabbed([add(20, 20)], 43, 20, 0.5)).toEqual({ step: 0, corner: null });
  });

  it.each([
    [10, 10, 0],
    [70, 10, 1],
    [70, 60, 2],
    [10, 60, 3],
  ])('at (%d, %d) of a box is corner %d', (x, y, corner) => {
    const box: ClickStep = { kind: 'box', box: [10, 10, 60, 50] };
    expect(grabbed([box], x, y)).toEqual({ step: 0, corner });
    expect(grabbed([box], x - 12, y)).toEqual({ step: 0, corner });
    expect(grabbed([box], x - 12.1, y)).toBeNull();
  });

  it('is the last given of several', () => {
    expect(grabbed([add(20, 20), add(22, 20)], 21, 20)).toEqual({ step: 1, corner: null });
  });

  it('moves: a click stays half a pixel inside, a corner onto the other side changes nothing', () => {
    const b = bench();
    b.click(20, 20);
    b.drag([
      [20, 20],
      [-50, 300],
    ]);
    expect(b.state.steps).toEqual([add(0.5, 79.5)]);
    b.state = { ...NO_CLICKS, steps: [{ kind: 'box', box: [10, 10, 60, 50] }] };
    b.drag([
      [10, 10],
      [70, 30],
    ]);
    expect(b.state.steps).toEqual([{ kind: 'box', box: [10, 10, 60, 50] }]);
    b.drag([
      [10, 10],
      [69, 30],
    ]);
    expect(b.state.steps).toEqual([{ kind: 'box', box: [69, 30, 1, 30] }]);
  });

  it('not moved, a corner leaves the box as it is', () => {
    const b = bench();
    b.state = { ...NO_CLICKS, steps: [{ kind: 'box', box: [10, 10, 60, 50] }] };
    expect(b.click(10, 10).state.steps).toHaveLength(1);
  });
});

describe('the object that clicks change', () => {
  const baseFor = (object: Annotation, keys: { shift?: boolean; alt?: boolean }) => {
    const b = bench(object);
    b.selection = [object.id];
    return b.click(2, 2, keys).state.base;
  };
  const fits = () => objectOf('a', 1, whole(100, 80));

  it('is the one under a click with Shift, or the selected one to take away', () => {
    expect(baseFor(fits(), { shift: true })).toBe('a');
    expect(baseFor(fits(), { alt: true })).toBe('a');
    expect(baseFor(fits(), {})).toBeNull();
  });

  it('is none that is locked or of another size than the image', () => {
    expect(baseFor({ ...fits(), locked: true }, { alt: true })).toBeNull();
    expect(baseFor(objectOf('a', 1, whole(100, 79)), { alt: true })).toBeNull();
    expect(baseFor(objectOf('a', 1, whole(99, 80)), { alt: true })).toBeNull();
  });

  it('that is gone, or would stay as it is, is not changed', () => {
    const b = bench(fits());
    b.click(2, 2, { shift: true });
    b.clickMask = whole(100, 80);
    b.send('confirm', 0, 0);
    expect([b.notes, b.state]).toEqual([[{ kind: 'nothing' }], NO_CLICKS]);
    b.click(2, 2, { shift: true });
    b.document = new Map();
    b.send('confirm', 0, 0);
    expect([b.notes.length, b.objects, b.state]).toEqual([2, [], NO_CLICKS]);
  });

  it('is changed where the first click lies; without a click all of it is', () => {
    const mask = draw('##..', '##..', '...#');
    expect(rowsOf(changedPart(mask, [add(3.9, 2.1)]).part)).toEqual(['....', '....', '...#']);
    expect(rowsOf(changedPart(mask, [add(3.9, 2.1)]).rest)).toEqual(['##..', '##..', '....']);
    const all = changedPart(mask, [{ kind: 'box', box: [0, 0, 1, 1] }]);
    expect([rowsOf(all.part), rowsOf(all.rest)]).toEqual([rowsOf(mask), ['....', '....', '....']]);
    const apart = draw('###', '...', '#.#');
    expect(changedPart(apart, []).part).toBe(apart);
  });
});

describe('the word of a step', () => {
  const box: ClickStep = { kind: 'box', box: [0, 0, 5, 5] };
  const other: ClickStep = { kind: 'box', box: [0, 0, 6, 6] };
  it.each<[string, readonly ClickStep[], readonly ClickStep[], string | null]>([
    ['a new click', [], [add(1, 1)], 'addClick'],
    [
      'a new click that takes away',
      [box],
      [box, { ...add(1, 1), adds: false } as ClickStep],
      'takeClick',
    ],
    ['a new box', [add(1, 1)], [add(1, 1), box], 'clickBox'],
    ['another box', [add(1, 1), box], [add(1, 1), other], 'clickBox'],
    ['a click that moved', [add(1, 1)], [add(2, 2)], 'moveClick'],
    ['a click that moved beside a box', [box, add(1, 1)], [box, add(2, 2)], 'moveClick'],
    ['one of two that is gone', [add(1, 1), add(2, 2)], [add(2, 2)], 'dropClick'],
    ['the only one that is gone', [add(1, 1)], [], 'dropClick'],
    ['all that are gone', [add(1, 1), box], [], 'clearClicks'],
  ])('for %s', (_what, before, after, kind) => {
    const word = segmentTool.step!({ ...NO_CLICKS, steps: before }, { ...NO_CLICKS, steps: after });
    expect(word?.kind ?? null).toBe(kind);
  });

  it('is none where the clicks are the same', () => {
    const steps = [add(1, 1)];
    expect(segmentTool.step!({ ...NO_CLICKS, steps }, { ...NO_CLICKS, steps, cut: 1 })).toBeNull();
  });
});

describe('a question', () => {
  const category = 3 as never;
  const context = { imageId: 1 as ImageId, category, base: null };
  const asked = (onePart: boolean, ...steps: ClickStep[]) =>
    askedOf(
      { ...NO_CLICKS, steps, cut: 2 },
      {
        ...context,
        options: { ...DEFAULT_OPTIONS, onePart },
      },
    )!;

  it('keeps one part only where that is wanted, and a click says which: the last that adds', () => {
    const away: ClickStep = { kind: 'click', x: 9, y: 9, adds: false };
    expect(asked(true, add(1, 2), add(3, 4), away).cut.part).toEqual({ x: 3, y: 4 });
    expect(asked(false, add(1, 2)).cut.part).toBeNull();
    expect(asked(true, away).cut.part).toBeNull();
    expect(clickQuestion(asked(false, add(1, 2)), null).start).toEqual({ kind: 'nothing' });
  });

  it('to salience needs a class; a step of the edge is a twentieth of it', () => {
    const one = asked(false, add(1, 2));
    expect(salienceQuestion({ ...one, category: null })).toBeNull();
    expect(salienceQuestion(one)).toEqual({
      imageId: 1,
      categoryId: 3,
      off: 0.1,
      prompt: { points: [{ x: 1, y: 2, adds: true }], box: null },
    });
    expect(edgeOfCut(0.6, 0.5)).toBeCloseTo(2, 9);
    expect(edgeOfCut(0.5, 0.5)).toBe(0);
  });
});
