// Tiles at their ends: from which size on, which octave, where a tile stops, which come first.
import { describe, expect, it } from 'vitest';
import {
  isCoarse,
  isTiled,
  octaveAt,
  parseTile,
  tileBox,
  tilesOver,
} from '../../../../../electron/api/rules/tiles.ts';

const IMAGE = { width: 5000, height: 3000 };

describe('tiles', () => {
  it('are for images whose longer side is above 4096', () => {
    expect(isTiled({ width: 4096, height: 10 })).toBe(false);
    expect(isTiled({ width: 10, height: 4097 })).toBe(true);
  });

  it('are wanted once the scaled copy has fewer pixels than the screen', () => {
    expect(isCoarse(2048 / 5000, IMAGE)).toBe(false);
    expect(isCoarse(2049 / 5000, IMAGE)).toBe(true);
  });

  it.each([
    [4, 0],
    [1, 0],
    [0.51, 0],
    [0.5, 1],
    [0.26, 1],
    [0.25, 2],
    [1 / 64, 6],
    [1 / 1000, 6],
  ])('at scale %d have octave %i', (scale, octave) => {
    expect(octaveAt(scale)).toBe(octave);
  });

  it('end with the image, and there is none beyond it', () => {
    const at = (column: number, row: number, octave = 0) => tileBox({ octave, column, row }, IMAGE);
    expect(at(1, 2)).toEqual({ x: 1024, y: 2048, width: 1024, height: 952 });
    expect(at(4, 0)).toEqual({ x: 4096, y: 0, width: 904, height: 1024 });
    expect(at(1, 0, 2)).toEqual({ x: 4096, y: 0, width: 904, height: 3000 });
    expect(at(5, 0)).toBeNull();
    expect(at(0, 3)).toBeNull();
    const exact = { width: 2048, height: 1024 };
    expect(tileBox({ octave: 0, column: 1, row: 0 }, exact)).toMatchObject({ width: 1024 });
    expect(tileBox({ octave: 0, column: 2, row: 0 }, exact)).toBeNull();
    expect(tileBox({ octave: 0, column: 0, row: 1 }, exact)).toBeNull();
  });

  it('over a part are those that it meets, the middle first', () => {
    const names = (part: [number, number, number, number], octave = 0) =>
      tilesOver(octave, part).map(({ column, row }) => `${column},${row}`);
    expect(names([0, 0, 1024, 1024])).toEqual(['0,0']);
    expect(names([1023, 0, 1025, 1]).sort()).toEqual(['0,0', '1,0']);
    expect(names([0, 1024, 1, 1025])).toEqual(['0,1']);
    expect(names([0, 0, 3072, 1024])[0]).toBe('1,0');
    expect(names([0, 0, 1024, 3072])[0]).toBe('0,1');
    expect(names([0, 0, 3072, 1000], 1)).toEqual(['0,0', '1,0']);
    expect(names([5, 5, 5, 9])).toEqual([]);
    expect(names([5, 5, 9, 5])).toEqual([]);
  });

  it('have names of at most six octaves', () => {
    expect(parseTile('6-0-12')).toEqual({ octave: 6, column: 0, row: 12 });
    expect(parseTile('7-0-0')).toBeNull();
    expect(parseTile('0-12345-0')).toBeNull();
  });
});
