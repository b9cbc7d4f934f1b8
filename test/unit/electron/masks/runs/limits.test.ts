// Sizes, coordinates and texts that masks are made of, at their limits.
import { describe, expect, it } from 'vitest';
import { grow, shrink } from '../../../../../electron/masks/changes/morphology.ts';
import { rasterizeRing } from '../../../../../electron/masks/outlines/rasterize.ts';
import {
  area,
  checkSize,
  emptyMask,
  isInsideLimits,
  maskFromCounts,
} from '../../../../../electron/masks/runs/rle.ts';
import { rleFromString, rleToString } from '../../../../../electron/masks/runs/rleString.ts';
import { cropOf, packCrop } from '../../../../../electron/masks/runs/window.ts';
import { rowsOf } from '../../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

describe('a size', () => {
  it('is two whole sides from 1 up to a limit', () => {
    const most = Number(/1 to (\d+) px/.exec(String(messageOf(() => checkSize(0, 1))))![1]);
    expect([isInsideLimits(1, 1), isInsideLimits(most, 1), isInsideLimits(1, most)]).toEqual([
      ...[true, true, true],
    ]);
    for (const [width, height] of [
      [0, 1],
      [1, 0],
      [most + 1, 1],
      [1, most + 1],
      [1.5, 2],
      [2, 1.5],
      [-1, 1],
    ] as const)
      expect(isInsideLimits(width, height)).toBe(false);
  });

  it('has so many pixels at most', () => {
    const pixels = Number(
      /at most (\d+) pixels/.exec(String(messageOf(() => checkSize(0, 1))))![1],
    );
    const width = 2 ** Math.floor(Math.log2(Math.sqrt(pixels)));
    const height = Math.floor(pixels / width);
    expect(isInsideLimits(width, height)).toBe(true);
    expect(isInsideLimits(width, height + 1)).toBe(false);
  });
});

describe('runs', () => {
  it('add up to the pixels, none below 0 or beyond them', () => {
    expect(area(maskFromCounts([2, 3, 1], 3, 2))).toBe(3);
    expect(() => maskFromCounts([2, 3], 3, 2)).toThrow(
      'runs add up to 5 pixels; expected 3 x 2 = 6',
    );
    expect(() => maskFromCounts([2, 5], 3, 2)).toThrow(/reach past 3 x 2 = 6 pixels at run 1/);
    expect(() => maskFromCounts([2, -1, 5], 3, 2)).toThrow('run 1 is -1');
    expect(() => maskFromCounts([2, 0.5, 3.5], 3, 2)).toThrow('run 1 is 0.5');
  });

  it('are joined where one between them is empty', () => {
    expect([...maskFromCounts([1, 2, 0, 1, 2], 3, 2).counts]).toEqual([1, 3, 2]);
    expect([...maskFromCounts([0, 0, 2, 1, 3], 3, 2).counts]).toEqual([2, 1, 3]);
    expect([...maskFromCounts([6, 0], 3, 2).counts]).toEqual([6]);
    expect([...maskFromCounts([0, 6], 3, 2).counts]).toEqual([0, 6]);
  });
});

describe('a text of runs', () => {
  it.each([
    [[16]],
    [[15, 1]],
    [[0, 16]],
    [[3, 4, 5, 1, 3]],
    [[1000, 1, 1, 1000, 500]],
    [[512, 511, 1024]],
  ])('of %j comes back', (counts) => {
    const total = counts.reduce((sum, run) => sum + run, 0);
    const mask = maskFromCounts(counts, total, 1);
    expect(rleFromString(rleToString(mask), total, 1)).toEqual(mask);
  });

  it('that breaks off, holds other letters or a run that is too long is refused by its place', () => {
    expect(() => rleFromString('1P', 4, 4)).toThrow(
      'ends inside the run that starts at character 1',
    );
    expect(() => rleFromString('1 ', 4, 4)).toThrow('character 1 of the RLE string is " "');
    expect(() => rleFromString('1p', 4, 4)).toThrow(`character 1 of the RLE string is "p"`);
    expect(() => rleFromString('1/', 4, 4)).toThrow(`character 1 of the RLE string is "/"`);
    expect(() => rleFromString(`1${'P'.repeat(20)}`, 4, 4)).toThrow(
      'the run at character 1 of the RLE string is too long',
    );
  });
});

describe('outlines and radii', () => {
  it('lie within what a grid holds', () => {
    const ring = (x: number) => () => rasterizeRing([0, 0, x, 0, 2, 2, 0, 2], 4, 3);
    const most = Number(/within (\d+) px/.exec(String(messageOf(ring(Infinity))))![1]);
    expect(ring(most)).not.toThrow();
    expect(ring(-most)).not.toThrow();
    expect(ring(most + 1)).toThrow(/polygon number 2 is/);
    expect(ring(-most - 1)).toThrow(/polygon number 2 is/);
    expect(ring(NaN)).toThrow(/polygon number 2 is NaN/);
  });

  it('a radius of 0 changes nothing, one below or beyond the limit is refused', () => {
    const mask = draw('....', '.##.', '....');
    expect(rowsOf(grow(mask, 0))).toEqual(rowsOf(mask));
    expect(rowsOf(shrink(mask, 0))).toEqual(rowsOf(mask));
    expect(rowsOf(grow(mask, 1))).toEqual(['.##.', '####', '.##.']);
    expect(() => grow(mask, -1)).toThrow(RangeError);
    expect(() => grow(mask, NaN)).toThrow(RangeError);
    expect(() => grow(mask, 1e6)).toThrow(RangeError);
  });
});

describe('a crop', () => {
  it('is the box of the mask and a margin, cut at the border', () => {
    const mask = draw('......', '.##...', '.##...', '......', '......');
    expect(cropOf(mask)).toMatchObject({ x: 1, y: 1, width: 2, height: 2 });
    expect(cropOf(mask, 1)).toMatchObject({ x: 0, y: 0, width: 4, height: 4 });
    expect(cropOf(mask, 9)).toMatchObject({ x: 0, y: 0, width: 6, height: 5 });
    expect(cropOf(emptyMask(6, 5), 2)).toMatchObject({ width: 0, height: 0 });
    expect(rowsOf(packCrop(cropOf(mask, 1), 6, 5))).toEqual(rowsOf(mask));
  });

  it('packed beside or over a border loses what lies outside', () => {
    const crop = { x: -1, y: -1, width: 2, height: 3, bits: Uint8Array.of(1, 1, 1, 1, 0, 1) };
    expect(rowsOf(packCrop(crop, 2, 2))).toEqual(['#.', '#.']);
    expect(rowsOf(packCrop({ ...crop, x: 1, y: 1 }, 2, 2))).toEqual(['..', '.#']);
    for (const [x, y] of [
      [2, 0],
      [-2, 0],
      [0, 2],
      [0, -3],
    ] as const)
      expect(area(packCrop({ ...crop, x, y }, 2, 2))).toBe(0);
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
