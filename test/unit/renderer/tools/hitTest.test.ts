// What lies under a point: handles, points and edges of outlines, with their reach at its very end.
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../electron/api/types.ts';
import {
  dragHandle,
  edgeAt,
  handleAt,
  handlesOf,
  litAt,
  topmostAt,
  vertexAt,
  type HandleId,
} from '../../../../renderer/src/tools/hitTest.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { objectOf } from '../../../helpers/drivers/toolBench.ts';

const BOX: Box = [10, 20, 40, 30];

describe('handles', () => {
  it('stand at the corners and in the middle of the sides', () => {
    expect(Object.fromEntries(handlesOf(BOX).map(({ id, x, y }) => [id, [x, y]]))).toEqual({
      nw: [10, 20],
      n: [30, 20],
      ne: [50, 20],
      e: [50, 35],
      se: [50, 50],
      s: [30, 50],
      sw: [10, 50],
      w: [10, 35],
    });
  });

  it('are held up to their reach and not beyond, in both directions', () => {
    for (const { id, x, y } of handlesOf(BOX)) {
      expect(handleAt(BOX, { x: x - 5, y: y + 5 }, 5)).toBe(id);
      expect(handleAt(BOX, { x: x + 5.1, y }, 5)).toBeNull();
      expect(handleAt(BOX, { x, y: y - 5.1 }, 5)).toBeNull();
    }
  });

  it('of two in reach the nearer is meant', () => {
    expect(handleAt(BOX, { x: 19, y: 20 }, 15)).toBe('nw');
    expect(handleAt(BOX, { x: 21, y: 20 }, 15)).toBe('n');
    expect(handleAt(BOX, { x: 50, y: 42 }, 15)).toBe('e');
    expect(handleAt(BOX, { x: 50, y: 43 }, 15)).toBe('se');
  });

  it.each<[HandleId, Box]>([
    ['nw', [13, 25, 37, 25]],
    ['n', [10, 25, 40, 25]],
    ['ne', [10, 25, 43, 25]],
    ['e', [10, 20, 43, 30]],
    ['se', [10, 20, 43, 35]],
    ['s', [10, 20, 40, 35]],
    ['sw', [13, 20, 37, 35]],
    ['w', [13, 20, 37, 30]],
  ])('%s dragged by (3, 5) moves its own sides only', (handle, box) => {
    expect(dragHandle(BOX, handle, 3, 5)).toEqual(box);
  });

  it.each<[HandleId, Box]>([
    ['nw', [49, 49, 1, 1]],
    ['se', [10, 20, 1, 1]],
  ])('%s dragged over the other side leaves one pixel', (handle, box) => {
    const way = handle === 'nw' ? 100 : -100;
    expect(dragHandle(BOX, handle, way, way)).toEqual(box);
  });
});

describe('objects', () => {
  it('the topmost is told, a locked one too, and nothing where there is none', () => {
    const objects = [
      objectOf('below', 1, draw('##', '##'), { z: 1 }),
      objectOf('locked', 1, draw('#.', '..'), { z: 2, locked: true }),
    ];
    expect(topmostAt(objects, { x: 0.9, y: 0.9 })?.id).toBe('locked');
    expect(topmostAt(objects, { x: 1, y: 0.9 })?.id).toBe('below');
    expect(topmostAt(objects, { x: 2, y: 0 })).toBeNull();
  });

  it('lights up what a click takes, a locked one where nothing else lies', () => {
    const objects = [
      objectOf('back', 1, draw('##', '..'), { z: 1 }),
      objectOf('front', 1, draw('#.', '..'), { z: 2 }),
      objectOf('locked', 1, draw('##', '#.'), { z: 3, locked: true }),
    ];
    const lit = (x: number, y: number) => litAt(objects, { x, y })?.id ?? null;
    expect([lit(0.5, 0.5), lit(1.5, 0.5)]).toEqual(['front', 'back']);
    expect([lit(0.5, 1.5), lit(1.5, 1.5), lit(0.5, 2), lit(-0.1, 0)]).toEqual([
      ...['locked', null, null, null],
    ]);
  });
});

const SQUARE = [0, 0, 10, 0, 10, 10, 0, 10];

describe('points of rings', () => {
  const rings = [SQUARE, [20, 20, 30, 20, 25, 26]];

  it('the nearest within reach, its end included', () => {
    expect(vertexAt(rings, { x: 13, y: 14 }, 5)).toEqual({ ring: 0, index: 2 });
    expect(vertexAt(rings, { x: 13, y: 14.1 }, 5)).toBeNull();
    expect(vertexAt(rings, { x: 25, y: 24 }, 8)).toEqual({ ring: 1, index: 2 });
    expect(vertexAt(rings, { x: 29, y: 21 }, 8)).toEqual({ ring: 1, index: 1 });
    expect(vertexAt([], { x: 0, y: 0 }, 8)).toBeNull();
  });
});

describe('edges of rings', () => {
  it('tell the place on the edge, the closing one too', () => {
    expect(edgeAt([SQUARE], { x: 4, y: -1 }, 1)).toEqual({ ring: 0, index: 0, x: 4, y: 0 });
    expect(edgeAt([SQUARE], { x: 11, y: 3 }, 1)).toEqual({ ring: 0, index: 1, x: 10, y: 3 });
    expect(edgeAt([SQUARE], { x: 6, y: 12 }, 2)).toEqual({ ring: 0, index: 2, x: 6, y: 10 });
    expect(edgeAt([SQUARE], { x: -1, y: 7 }, 1)).toEqual({ ring: 0, index: 3, x: 0, y: 7 });
    expect(edgeAt([SQUARE], { x: 4, y: -1.1 }, 1)).toBeNull();
  });

  it('the foot of a slanted edge, wherever the edge begins', () => {
    const found = edgeAt([SQUARE, [101, 102, 107, 110, 90, 110]], { x: 107, y: 104 }, 4)!;
    expect([found.ring, found.index]).toEqual([1, 0]);
    expect(found.x).toBeCloseTo(104.12, 9);
    expect(found.y).toBeCloseTo(106.16, 9);
  });

  it('beyond an end the end itself is meant', () => {
    const line = [10, 10, 20, 10, 20, 10];
    expect(edgeAt([line], { x: 23, y: 14 }, 5)).toMatchObject({ x: 20, y: 10 });
    expect(edgeAt([line], { x: 7, y: 6 }, 5)).toMatchObject({ x: 10, y: 10 });
    expect(edgeAt([line], { x: 7, y: 5.9 }, 5)).toBeNull();
  });

  it('an edge without length is a point', () => {
    expect(edgeAt([[3, 4, 3, 4]], { x: 3, y: 5 }, 1)).toMatchObject({ x: 3, y: 4 });
  });
});
