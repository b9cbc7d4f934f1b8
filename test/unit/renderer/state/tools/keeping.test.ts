// What would be lost if the window ended now: of tools that can leave something, on an image, with its class.
import { describe, expect, it } from 'vitest';
import type { AnnotationId, ImageId } from '../../../../../electron/api/types.ts';
import { keepingOf, openPartOf } from '../../../../../renderer/src/state/tools/keeping.ts';
import { DEFAULT_OPTIONS } from '../../../../../renderer/src/tools/armed/table.ts';
import type { UnderWay } from '../../../../../renderer/src/tools/armed/underWay.ts';
import { categoryNamed } from '../../../../helpers/drivers/toolBench.ts';

const cup = categoryNamed(3, 'cup');
const targets = ['a' as AnnotationId];
const imageId = 7 as ImageId;
const cursor = { x: 0, y: 0 };
const way = (settled: object, more: Partial<UnderWay<unknown>> = {}): UnderWay<unknown> => ({
  imageId,
  state: settled,
  settled,
  pinned: { category: cup, targets },
  past: [],
  future: [],
  below: 0,
  ...more,
});
const polygon = { kind: 'drawing', points: [1, 2], cursor };
const line = { points: [{ x: 1, y: 2 }], cursor, pressed: false };

describe('what is kept', () => {
  it('has the class and the objects of the first press', () => {
    expect(keepingOf('polygon', way(polygon), DEFAULT_OPTIONS)).toEqual({
      imageId,
      categoryId: 3,
      targets,
      work: { kind: 'polygon', use: 'new', points: [1, 2] },
    });
    const unpinned = keepingOf('polygon', way(polygon, { pinned: null }), DEFAULT_OPTIONS);
    expect(unpinned).toMatchObject({ categoryId: null, targets: [] });
    const classless = way(polygon, { pinned: { category: null, targets } });
    expect(keepingOf('polygon', classless, DEFAULT_OPTIONS)).toMatchObject({ categoryId: null });
  });

  it('of a line and of an outline needs no class', () => {
    expect(keepingOf('split', way(line), DEFAULT_OPTIONS)).toMatchObject({
      categoryId: null,
      targets,
      work: { kind: 'line', points: [1, 2] },
    });
    const outline = { kind: 'editing', rings: [[1, 1, 4, 1, 4, 4]], before: [[0, 0, 4, 1, 4, 4]] };
    expect(keepingOf('polygon', way(outline), DEFAULT_OPTIONS)).toMatchObject({
      categoryId: null,
      work: { kind: 'outline' },
    });
  });

  it('is nothing before a press, of a tool that leaves nothing, and of nothing drawn', () => {
    expect(keepingOf('polygon', way(polygon, { imageId: null }), DEFAULT_OPTIONS)).toBeNull();
    expect(keepingOf('brush', way(polygon), DEFAULT_OPTIONS)).toBeNull();
    expect(keepingOf('polygon', way({ kind: 'idle' }), DEFAULT_OPTIONS)).toBeNull();
  });
});

it('the part that changes is the open one, and none where nothing can be left', () => {
  expect(openPartOf('polygon', way(polygon))).toBe(polygon.points);
  expect(openPartOf('split', way(line))).toBe(line.points);
  expect(openPartOf('polygon', way(polygon, { imageId: null }))).toBeNull();
  expect(openPartOf('brush', way(polygon))).toBeNull();
});
