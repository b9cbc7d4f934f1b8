// Editing an outline: which point or edge a press takes, where it goes, and the error that is told.
import { describe, expect, it } from 'vitest';
import {
  outlineEdit,
  startEditing,
  withPointAt,
} from '../../../../../renderer/src/tools/polygon/outline.ts';
import { polygonTool } from '../../../../../renderer/src/tools/polygon/polygon.ts';
import type { Editing } from '../../../../../renderer/src/tools/polygon/state.ts';
import { objectOf, ToolBench } from '../../../../helpers/drivers/toolBench.ts';
import { rowsOf } from '../../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

/** A block from (2, 2) to (8, 6); one screen pixel is a twentieth of an image pixel: reach 0.6. */
const block = () =>
  draw(
    '..........',
    '..........',
    '..######..',
    '..######..',
    '..######..',
    '..######..',
    '..........',
    '..........',
  );

function editing(mask = block()) {
  const bench = new ToolBench(polygonTool, mask.width, mask.height, [objectOf('a', 1, mask)]);
  bench.scale = 20;
  bench.options = { ...bench.options, polygonMode: 'edit', detail: 0 };
  bench.click(4.5, 4.5);
  return bench;
}

const outlineOf = (bench: ReturnType<typeof editing>) => bench.state as Editing;
const pointsOf = (bench: ReturnType<typeof editing>) => outlineOf(bench).rings[0]!.length / 2;

describe('the middle of an edge', () => {
  it.each([
    ['upper', [5, 2], [5, 0]],
    ['right', [8, 4], [10, 4]],
    ['lower', [5, 6], [5, 8]],
    ['left', [2, 4], [0, 4]],
  ] as const)('of the %s side becomes a point that is dragged alone', (_side, from, to) => {
    const bench = editing();
    bench.drag([from, to]);
    expect(pointsOf(bench)).toBe(5);
    expect(outlineOf(bench).rings[0]!.join()).toContain(to.join());
    bench.send('confirm', 0, 0);
    const rows = rowsOf(bench.objects[0]!.mask);
    const before = rowsOf(block());
    // The corners stay: nothing of the block is lost, and the new tip lies outside of it.
    for (const [y, row] of before.entries())
      for (const [x, pixel] of [...row].entries()) if (pixel === '#') expect(rows[y]![x]).toBe('#');
    expect(bench.objects[0]!.area).toBeGreaterThan(24);
    expect(bench.labels).toEqual(['Edit points of cup']);
  });

  it('is taken within reach of the pointer, and the new point is where the pointer is', () => {
    const bench = editing();
    bench.send('down', 5.5, 2.1);
    expect(pointsOf(bench)).toBe(5);
    expect(outlineOf(bench).hover).toEqual({ ring: 0, index: outlineOf(bench).drag!.index });
    const { ring, index, edge } = outlineOf(bench).drag!;
    expect([outlineOf(bench).rings[ring]!.slice(2 * index, 2 * index + 2), edge]).toEqual([
      [5.5, 2.1],
      false,
    ]);
  });
});

describe('an edge away from its middle', () => {
  it.each([
    ['upper', [3.5, 2], [3.5, 1], { x: 2, y: 1, width: 6, height: 5 }],
    ['right', [8, 3], [9, 3], { x: 2, y: 2, width: 7, height: 4 }],
    ['lower', [3.5, 6], [3.5, 7], { x: 2, y: 2, width: 6, height: 5 }],
    ['left', [2, 3], [1, 3], { x: 1, y: 2, width: 7, height: 4 }],
  ] as const)('of the %s side moves with both its ends', (_side, from, to, block) => {
    const bench = editing();
    bench.drag([from, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], to]);
    expect(pointsOf(bench)).toBe(4);
    bench.send('confirm', 0, 0);
    const { x, y, width, height } = block;
    const expected = Array.from({ length: 8 }, (_, row) =>
      row >= y && row < y + height
        ? '.'.repeat(x) + '#'.repeat(width) + '.'.repeat(10 - x - width)
        : '.'.repeat(10),
    );
    expect(rowsOf(bench.objects[0]!.mask)).toEqual(expected);
  });

  it('is not taken from farther than a press reaches: the edit is over', () => {
    const bench = editing();
    bench.send('down', 3.5, 1.5);
    expect(bench.busy).toBe(false);
  });
});

describe('points', () => {
  it('are dragged to the pointer and let go', () => {
    const bench = editing();
    bench.send('down', 8, 6).send('move', 9, 7);
    const { drag, rings } = outlineOf(bench);
    const at = 2 * drag!.index;
    expect([rings[0]![at], rings[0]![at + 1], drag!.from]).toEqual([9, 7, { x: 8, y: 6 }]);
    bench.send('up', 9, 7);
    expect(outlineOf(bench).drag).toBe(null);
    bench.send('move', 1, 1);
    expect(outlineOf(bench).rings).toBe(rings);
  });

  it.each([
    [2, 2],
    [8, 2],
    [8, 6],
    [2, 6],
  ])('are dragged from where they were: (%d, %d)', (x, y) => {
    const bench = editing();
    bench.send('down', x + 0.1, y - 0.1);
    expect(outlineOf(bench).drag!.from).toEqual({ x, y });
  });

  it('are under the pointer within twelve screen pixels', () => {
    const hover = (x: number) => outlineOf(editing().send('hover', x, 2) as never).hover;
    expect([hover(8.6), hover(8.61)].map((one) => one !== null)).toEqual([true, false]);
  });

  it('are taken away by Alt+click, and by Backspace under the pointer', () => {
    const bench = editing();
    bench.send('down', 8, 2, { alt: true }).send('up', 8, 2);
    expect([pointsOf(bench), outlineOf(bench).rings[0]!.join().includes('8,2')]).toEqual([
      3,
      false,
    ]);
    const other = editing();
    other.send('back', 0, 0);
    expect(pointsOf(other)).toBe(4);
    other.send('hover', 2, 6).send('back', 2, 6);
    expect([pointsOf(other), outlineOf(other).rings[0]!.join().includes('2,6')]).toEqual([
      3,
      false,
    ]);
  });

  it('of a triangle take the whole ring with them', () => {
    const bench = editing();
    bench.send('down', 8, 2, { alt: true }).send('up', 8, 2);
    bench.send('down', 8, 6, { alt: true }).send('up', 8, 6);
    expect(outlineOf(bench).rings).toEqual([]);
  });
});

describe('the error of a simpler outline', () => {
  // The notch in the upper side is one pixel deep; the second part has nothing to leave out.
  const notched = draw(
    '............',
    '.####.####..',
    '.#########..',
    '.#########..',
    '.#########..',
    '............',
    '.#..........',
    '............',
  );
  const id = objectOf('a', 1, notched).id;

  it('is the farthest that a dropped corner lies from it, over all parts', () => {
    const { error, rings } = startEditing(id, notched, 1.5);
    expect(error).toBeCloseTo(1, 6);
    expect(rings.map((ring) => ring.length / 2)).toEqual([5, 4]);
  });

  it('is none when every corner stays', () => {
    const { error, rings, before } = startEditing(id, notched, 0);
    expect([error, rings === before]).toEqual([0, true]);
    expect(rings.map((ring) => ring.length / 2).toSorted()).toEqual([4, 8]);
  });
});

describe('a point put somewhere by its numbers', () => {
  const start = startEditing(objectOf('a', 1, block()).id, block(), 0);
  const index = 2;
  const [x, y] = start.rings[0]!.slice(2 * index, 2 * index + 2) as [number, number];

  it('moves alone, and is under the pointer afterwards', () => {
    const moved = withPointAt(start, { ring: 0, index }, { x: x + 1, y });
    expect(moved.rings[0]).toEqual(start.rings[0]!.toSpliced(2 * index, 2, x + 1, y));
    expect(moved.hover).toEqual({ ring: 0, index });
    const lower = withPointAt(start, { ring: 0, index }, { x, y: y + 1 });
    expect(lower.rings[0]).toEqual(start.rings[0]!.toSpliced(2 * index, 2, x, y + 1));
  });

  it('stays a step less when it is there already', () => {
    for (let at = 0; at < 4; at += 1) {
      const [here, there] = start.rings[0]!.slice(2 * at, 2 * at + 2) as [number, number];
      expect(withPointAt(start, { ring: 0, index: at }, { x: here, y: there })).toBe(start);
    }
  });
});

describe('what moved points do', () => {
  const object = objectOf('a', 1, block());
  const start = startEditing(object.id, block(), 0);
  const moved = withPointAt(start, { ring: 0, index: 0 }, { x: 0, y: 0 });
  const context = (there: typeof object | null) => ({
    image: { width: 10, height: 8 },
    objectById: () => there,
    nameOf: () => 'cup',
  });

  it('is nothing without a moved point, and nothing to an object that is gone', () => {
    expect(outlineEdit(start, context(object))).toBeUndefined();
    expect(outlineEdit(moved, context(null))).toBeUndefined();
    expect(outlineEdit(moved, context(object))?.changes).toHaveLength(1);
  });
});
