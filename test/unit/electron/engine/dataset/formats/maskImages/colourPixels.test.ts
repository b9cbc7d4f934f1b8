// Pixels of class masks, and of object masks beside them, as one mask for each class and object.
import { describe, expect, it } from 'vitest';
import { objectsOfMaps } from '../../../../../../../electron/engine/dataset/formats/maskImages/colourPixels.ts';
import { rgb } from '../../../../../../../electron/engine/dataset/formats/maskImages/colourTable.ts';
import { Problems } from '../../../../../../../electron/engine/dataset/problems.ts';
import { bitmapFromMask } from '../../../../../../../electron/masks/runs/bitmap.ts';

const table = [
  { name: 'background', colour: rgb(9, 9, 9), index: 1 },
  { name: 'cat', colour: rgb(255, 0, 0), index: 2 },
  { name: 'dog', colour: rgb(0, 128, 64), index: 3 },
];
type Png = Parameters<typeof objectsOfMaps>[0];
/** Pixels row by row, `channels` numbers each. */
const png = (width: number, channels: number, data: number[], more: Partial<Png> = {}): Png => ({
  width,
  height: data.length / channels / width,
  channels,
  palette: null,
  opacity: null,
  data: Uint8Array.from(data),
  ...more,
});
function read(classes: Png, objects: Png | null = null) {
  const report = new Problems();
  const found = objectsOfMaps(classes, objects, { table, place: 'a.png', report });
  return {
    found: found.map(({ label, mask }) => `${label} ${bitmapFromMask(mask).join('')}`),
    said: report.kept.map(({ message }) => message),
  };
}

describe('a mask of colours', () => {
  const red = [255, 0, 0];
  const green = [0, 128, 64];
  it('has a mask for each class; black, Pascal VOC’s border and the background are none', () => {
    const classes = png(3, 3, [red, green, [0, 0, 0], red, [224, 224, 192], [9, 9, 9]].flat());
    expect(read(classes)).toEqual({ found: ['cat 100100', 'dog 010000'], said: [] });
  });

  it('may have transparency, sixteen bits or a palette', () => {
    const four = png(2, 4, [...red, 0, ...green, 255]);
    expect(read(four).found).toEqual(['cat 10', 'dog 01']);
    const deep = Uint16Array.from([...red, ...green].map((value) => value * 256 + 77));
    expect(read(png(2, 3, [...red, ...green], { data: deep })).found).toEqual(['cat 10', 'dog 01']);
    const palette = Uint8Array.from([0, 0, 0, ...green, ...red]);
    expect(read(png(3, 1, [2, 0, 1], { palette })).found).toEqual(['cat 100', 'dog 001']);
    // Beyond the palette lies black.
    expect(read(png(2, 1, [2, 7], { palette }))).toEqual({ found: ['cat 10'], said: [] });
  });
});

describe('a mask of numbers', () => {
  it('has the numbers of the table; 0 and 255 are none', () => {
    expect(read(png(6, 1, [2, 3, 0, 255, 1, 2]))).toEqual({
      found: ['cat 100001', 'dog 010000'],
      said: [],
    });
    expect(read(png(2, 2, [2, 0, 3, 255])).found).toEqual(['cat 10', 'dog 01']);
  });
});

describe('a second mask', () => {
  it('parts the objects of a class, whatever their numbers are', () => {
    const classes = png(6, 1, [2, 2, 2, 3, 3, 0]);
    const objects = png(6, 1, [7, 7, 4, 7, 4, 4]);
    expect(read(classes, objects).found.toSorted()).toEqual([
      ...['cat 001000', 'cat 110000', 'dog 000010', 'dog 000100'],
    ]);
  });

  it('may have colours, in which the border belongs to no object of its own', () => {
    const classes = png(4, 1, [2, 2, 2, 2]);
    const objects = png(
      4,
      3,
      [
        [1, 2, 3],
        [224, 224, 192],
        [0, 0, 0],
        [1, 2, 3],
      ].flat(),
    );
    expect(read(classes, objects).found.toSorted()).toEqual(['cat 0110', 'cat 1001']);
  });
});

describe('what the table does not name', () => {
  it('is told with its pixels', () => {
    expect(read(png(4, 1, [2, 9, 9, 0])).said).toEqual([
      'has 2 px of the number 9, which the table of classes does not name',
    ]);
    expect(read(png(2, 3, [1, 2, 3, 255, 0, 0])).said[0]).toContain('has 1 px of #010203,');
  });

  it('is told together where there are several, with the one that is most', () => {
    expect(read(png(7, 1, [9, 8, 8, 7, 8, 7, 2])).said).toEqual([
      'has 6 px in 3 colours or numbers that the table of classes does not name, most of them the number 8; smoothed masks and JPEG have such edges',
    ]);
    expect(read(png(4, 1, [9, 8, 8, 9])).said[0]).toContain('most of them the number 9');
  });
});
