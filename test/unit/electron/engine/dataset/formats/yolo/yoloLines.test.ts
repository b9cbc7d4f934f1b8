// Lines of YOLO label files: which are outlines, and what is wrong with the others.
import { describe, expect, it } from 'vitest';
import {
  looksLikeLabels,
  parseYoloLine,
} from '../../../../../../../electron/engine/dataset/formats/yolo/yoloLines.ts';
import { bitmapFromMask } from '../../../../../../../electron/masks/runs/bitmap.ts';

/** On an image of 4 x 2 pixels: the pixels of the mask row by row, or the fault. */
function read(line: string): string {
  const parsed = parseYoloLine(line, 4, 2);
  if ('fault' in parsed) return parsed.fault;
  const bits = bitmapFromMask(parsed.mask).join('');
  return `${parsed.classNumber} ${bits.slice(0, 4)} ${bits.slice(4)}`;
}

describe('a line', () => {
  it.each([
    ['7 0 0 0.5 0 0.5 1 0 1', '7 1100 1100'],
    ['  0\t0.25 0 1 0 1 .5 2.5e-1 0.5  ', '0 0111 0000'],
    ['3 +0 0 1 0 1 1 0 1', '3 1111 1111'],
    // A little outside is rounding.
    ['1 -0.1 -1.5 1.5 -0.5 1.5 1.5 -0.1 1.5', '1 1111 1111'],
    ['1 0 0 1 0 1 1', '1 1111 0111'],
  ])('%s is an outline', (line, found) => {
    const [classNumber, ...rows] = found.split(' ');
    expect(read(line).split(' ')[0]).toBe(classNumber);
    // Corners of slanted sides may be drawn either way; straight ones may not.
    if (line.split(/\s+/).length > 8) expect(read(line)).toBe([classNumber, ...rows].join(' '));
  });

  it.each([
    ['x 0 0 1 0 1 1', 'holds "x", no number'],
    ['1 0 0 1 nan 1 1', 'holds "nan", no number'],
    [`1 ${'y'.repeat(60)} 0 1 0 1 1`, `holds "${'y'.repeat(40)}", no number`],
    ['', 'holds "", no number'],
    ['-1 0 0 1 0 1 1', 'starts with -1; expected a class number from 0'],
    ['1.5 0 0 1 0 1 1', 'starts with 1.5; expected a class number from 0'],
    ['1 0.5 0.5 0.2 0.2', 'is a box, not an outline'],
    ['1', 'has 0 coordinates; an outline has 6 or more, x and y by turns'],
    ['1 0 0 1 0 1', 'has 5 coordinates; an outline has 6 or more'],
    ['1 0 0 1 0 1 1 0', 'has 7 coordinates; an outline has 6 or more'],
    ['1 0 0 1.51 0 1 1', "holds 1.51; coordinates are shares of the image's sides"],
    ['1 0 0 1 0 1 -1.51', 'holds -1.51; coordinates are shares'],
    ['1 0.1 0.1 0.1 0.1 0.1 0.1', 'covers no pixel'],
    [`1 ${'0'.repeat(16 * 1024 * 1024)}`, 'is too long'],
  ])('%.40s is none', (line, fault) => {
    expect(read(line)).toContain(fault);
  });
});

describe('a file', () => {
  it('looks like labels where its first line with anything in it has five numbers', () => {
    for (const text of ['0 .5 .5 .2 .2', '\n \r\n3 0 0 1 0 1 1\nwords', '1 2 3 4 5'])
      expect(looksLikeLabels(text), text).toBe(true);
    for (const text of ['', ' \n', '0 .5 .5 .2', 'a readme of five words', '0 1 2 3 x\n0 1 2 3 4'])
      expect(looksLikeLabels(text), text).toBe(false);
  });
});
