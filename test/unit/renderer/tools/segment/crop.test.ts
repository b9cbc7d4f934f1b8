// Where a click model looks closely: when it does so by itself, and which part of the image.
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../../../electron/api/types.ts';
import {
  askedCrop,
  automaticCrop,
  widerCrop,
} from '../../../../../renderer/src/tools/segment/crop.ts';

const size = (width: number, height: number) => ({ width, height });
const all = (width: number, height: number): Box => [0, 0, width, height];

describe('by itself', () => {
  it('it looks closely at a small box in a large image', () => {
    const image = size(2048, 1000);
    const crop = (side: number, of = image) =>
      automaticCrop(of, all(of.width, of.height), [600, 400, side, 10]);
    // 192 pixels are 96 of the model's.
    expect(crop(192)).toBeNull();
    expect(crop(191)).not.toBeNull();
    expect(automaticCrop(image, all(2048, 1000), [600, 400, 10, 192])).toBeNull();
    expect(crop(20, size(1024, 1000))).toBeNull();
    expect(crop(20, size(1025, 1000))).not.toBeNull();
    expect(crop(20, size(900, 1025))).not.toBeNull();
  });

  it('it looks closely at less than half of a large image', () => {
    const shown = (width: number, height: number, image = size(1600, 1000)) =>
      automaticCrop(image, [100, 100, width, height], null) !== null;
    expect([shown(799, 500), shown(800, 500), shown(500, 799), shown(500, 800)]).toEqual([
      ...[true, false, true, false],
    ]);
    expect(shown(300, 300, size(1536, 1000))).toBe(false);
    expect(shown(300, 300, size(1537, 1000))).toBe(true);
  });
});

describe('the part of the image', () => {
  it('is the box and half of it on every side, on a lattice of a sixteenth', () => {
    // 400 x 300 grow to 800 x 600 from (200, 150) on; a step is 50.
    expect(askedCrop(size(4000, 3000), all(4000, 3000), [400, 300, 400, 300])).toEqual([
      200, 150, 800, 600,
    ]);
    // From 203 to 1003 and from 157 to 757: outwards to the lattice.
    expect(askedCrop(size(4000, 3000), all(4000, 3000), [403, 307, 400, 300])).toEqual([
      200, 150, 850, 650,
    ]);
  });

  it('is 256 pixels long at least, about the middle of the box', () => {
    // 32 x 16 grow to 64 x 32, four times that is 256 x 128; a step is 16.
    expect(askedCrop(size(4000, 3000), all(4000, 3000), [480, 480, 32, 16])).toEqual([
      368, 416, 256, 144,
    ]);
  });

  it('ends with the image', () => {
    expect(askedCrop(size(1000, 900), all(1000, 900), [800, 700, 200, 200])).toEqual([
      700, 600, 300, 300,
    ]);
    expect(askedCrop(size(1000, 900), all(1000, 900), [0, 0, 200, 200])).toEqual([0, 0, 300, 300]);
  });

  it('is what is shown without a box, and nothing where that is all', () => {
    const image = size(1000, 800);
    expect(askedCrop(image, [100, 100, 320, 320], null)).toEqual([100, 100, 320, 320]);
    expect(askedCrop(image, all(1000, 800), null)).toBeNull();
    // Of whole width or height alone it is a part: steps are 63 and 56.
    expect(askedCrop(image, [0, 0, 1000, 700], null)).toEqual([0, 0, 1000, 756]);
    expect(askedCrop(image, [0, 0, 900, 800], null)).toEqual([0, 0, 952, 800]);
  });

  it('grows by a quarter on every side where a mask goes on', () => {
    expect(widerCrop([400, 400, 320, 320], size(2000, 2000))).toEqual([300, 300, 510, 510]);
    expect(widerCrop([0, 0, 900, 900], size(1000, 1000))).toBeNull();
  });
});
