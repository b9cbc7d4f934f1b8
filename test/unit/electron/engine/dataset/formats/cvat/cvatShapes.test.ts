// Shapes of CVAT's XML as masks, with what stands beside them, and what is no area.
import { describe, expect, it } from 'vitest';
import { readCvatShape } from '../../../../../../../electron/engine/dataset/formats/cvat/cvatShapes.ts';
import { bitmapFromMask } from '../../../../../../../electron/masks/runs/bitmap.ts';
import { area } from '../../../../../../../electron/masks/runs/rle.ts';

const size = { width: 12, height: 8 };
const node = (
  name: string,
  attributes: Record<string, string>,
  said: readonly (readonly [string, string])[] = [],
) => ({
  name,
  text: '',
  attributes: { label: 'cat', ...attributes },
  children: said.map(([of, text]) => ({
    name: 'attribute',
    attributes: { name: of },
    children: [],
    text,
  })),
});
const read = (...given: Parameters<typeof node>) => readCvatShape(node(...given), size, new Map());
const pixels = (...given: Parameters<typeof node>) => area(read(...given).mask);
const square = { points: '1,1;5,1;5,4;1,4' };

describe('a shape', () => {
  it('is a polygon, a box, an ellipse', () => {
    expect(pixels('polygon', square)).toBe(12);
    expect(pixels('box', { xtl: '2', ytl: '1', xbr: '8', ybr: '5' })).toBe(24);
    // Turned about its middle: six rows, of which the first lies above the image.
    expect(pixels('box', { xtl: '3', ytl: '1', xbr: '9', ybr: '3', rotation: '90' })).toBe(10);
    expect(pixels('ellipse', { cx: '6', cy: '4', rx: '4', ry: '2' })).toBeGreaterThan(20);
    expect(pixels('ellipse', { cx: '6', cy: '4', rx: '4', ry: '2' })).toBeLessThan(30);
    expect(read('box', { xtl: '2', ytl: '1', xbr: '8', ybr: '5' }).note).toContain('is a box');
    expect(read('polygon', square).note).toBeNull();
  });

  it('is a mask of runs along the rows of its box', () => {
    const shape = read('mask', { left: '2', top: '1', width: '3', height: '2', rle: '1, 2, 2, 1' });
    const rows = Array.from({ length: 4 }, (_, y) =>
      Array.from({ length: 6 }, (_one, x) => bitmapFromMask(shape.mask)[y * 12 + x]).join(''),
    );
    expect(rows).toEqual(['000000', '000110', '000010', '000000']);
    // It may lie partly outside of the image.
    expect(pixels('mask', { left: '-1', top: '7', width: '3', height: '2', rle: '0,6' })).toBe(2);
  });

  it.each([
    ['1,2,2', 'runs for 5 of the 6 px of its box; they were cut off'],
    ['1,2,2,2', 'has runs that reach past its box of 3 x 2 px'],
    ['1,2.5,2', 'has "2.5" among its run lengths'],
    ['1,-2,2', 'has "-2" among its run lengths'],
    ['1,,5', 'has "" among its run lengths'],
  ])('is no mask with the runs %s', (rle, why) => {
    const given = { left: '2', top: '1', width: '3', height: '2', rle };
    expect(() => read('mask', given)).toThrow(why);
  });

  it('is no mask in a box far larger than the image', () => {
    const wide = (columns: number, rows: number) => () =>
      read('mask', {
        left: '0',
        top: '0',
        width: `${columns}`,
        height: `${rows}`,
        rle: `0,${columns * rows}`,
      });
    expect(wide(24, 16)).not.toThrow();
    expect(wide(25, 16)).toThrow('has a box of 25 x 16 px in an image of 12 x 8 px');
    expect(wide(24, 17)).toThrow('has a box of 24 x 17 px');
  });

  it.each([
    ['points', {}, 'is a set of points; only areas are imported'],
    ['polyline', {}, 'is a polyline; only areas are imported'],
    ['polygon', { label: '' }, 'has no label'],
    ['polygon', { points: '1,1;2' }, 'has the point "2"; expected x,y'],
    ['polygon', { points: '1,1;2,3,4' }, 'has the point "2,3,4"'],
    ['polygon', { points: '1,1; ,3' }, 'has the point " ,3"'],
    ['polygon', {}, 'has the point ""'],
    ['box', { xtl: '2', ytl: 'x', xbr: '8', ybr: '5' }, 'has ytl "x"; expected a number'],
    ['box', { xtl: ' ', ytl: '1', xbr: '8', ybr: '5' }, 'has xtl " "'],
    ['box', { xtl: '2', ytl: '1', xbr: '8' }, 'has ybr null'],
    ['polygon', { ...square, z_order: 'top' }, 'has z_order "top"'],
  ])('a %s with %j is none', (name, attributes, why) => {
    expect(() => read(name, attributes as never)).toThrow(why);
  });
});

describe('beside a shape', () => {
  it('stand its order and its group', () => {
    expect(read('polygon', square)).toMatchObject({ order: 0, group: null, label: 'cat' });
    expect(read('polygon', { ...square, z_order: '-3', group_id: '7' })).toMatchObject({
      order: -3,
      group: '7',
      extra: { group_id: 7 },
    });
  });

  it('stand marks, a note and values, ticks as ticks', () => {
    const said = [
      ['note', 'look'],
      ['needs_talk', 'True'],
      ['is_crowd', 'true'],
      ['difficult', 'false'],
      ['colour', 'red'],
    ] as const;
    const shape = read('polygon', { ...square, occluded: '1', source: 'manual' }, said);
    expect(shape).toMatchObject({ isCrowd: true });
    expect(shape.extra).toEqual({
      occluded: true,
      source: 'manual',
      note: 'look',
      needs_talk: true,
      attributes: { difficult: false, colour: 'red' },
    });
  });

  it('stands nothing where nothing is said', () => {
    const said = [
      ['note', ''],
      ['needs_talk', 'false'],
    ] as const;
    const shape = read('polygon', { ...square, occluded: '0' }, said);
    expect([shape.extra, shape.isCrowd]).toEqual([{}, false]);
  });
});
