// Masks of the page against a naive bitmap model: every operation on runs must equal it pixel by pixel.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RleMask } from '../../../../../electron/api/types.ts';
import { columnContains, columnsOf } from '../../../../../electron/masks/runs/columns.ts';
import { cropOf, cropWindow, packCrop } from '../../../../../electron/masks/runs/window.ts';
import { fillRings } from '../../../../../electron/masks/outlines/polygon.ts';
import { splitByLine } from '../../../../../electron/masks/regions/split.ts';
import { Stroke } from '../../../../../electron/masks/changes/stroke.ts';
import { moveMask } from '../../../../../electron/masks/changes/transform.ts';
import { bitmaps, type Bitmap } from '../../../../helpers/fixtures/masks.ts';
import {
  intersect,
  subtract,
  union,
  unionAll,
} from '../../../../../electron/masks/runs/combine.ts';
import { fillHoles, partsOf } from '../../../../../electron/masks/regions/components.ts';
import { measureMask } from '../../../../../electron/masks/runs/measure.ts';
import { grow, shrink } from '../../../../../electron/masks/changes/morphology.ts';
import { countParts, ringsOf } from '../../../../../electron/masks/outlines/rings.ts';
import { area, isInside } from '../../../../../electron/masks/runs/rle.ts';

const pack = ({ width, height, pixels }: Bitmap): RleMask =>
  packCrop({ x: 0, y: 0, width, height, bits: pixels }, width, height);
const unpack = (mask: RleMask): Uint8Array =>
  cropWindow(mask, { x: 0, y: 0, width: mask.width, height: mask.height }).bits;
const pairs = bitmaps().chain((a) =>
  fc
    .uint8Array({ minLength: a.pixels.length, maxLength: a.pixels.length, max: 1 })
    .map((pixels) => [a, { ...a, pixels }] as const),
);

describe('masks of the page', () => {
  it('packing and unpacking give the same pixels, and the counts cover the image', () => {
    fc.assert(
      fc.property(bitmaps(), (bitmap) => {
        const mask = pack(bitmap);
        expect(unpack(mask)).toEqual(bitmap.pixels);
        expect(mask.counts.reduce((sum, run) => sum + run, 0)).toBe(bitmap.width * bitmap.height);
      }),
    );
  });

  it('union, subtraction and intersection are those of the pixels', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const both = [pack(a), pack(b)] as const;
        const expected = (rule: (x: number, y: number) => boolean) =>
          a.pixels.map((x, i) => (rule(x, b.pixels[i]!) ? 1 : 0));
        expect(unpack(union(...both))).toEqual(expected((x, y) => x + y > 0));
        expect(unpack(subtract(...both))).toEqual(expected((x, y) => x > y));
        expect(unpack(intersect(...both))).toEqual(expected((x, y) => x * y > 0));
        expect(unpack(unionAll(both, a.width, a.height))).toEqual(expected((x, y) => x + y > 0));
      }),
    );
  });

  it('area, box and point tests agree with the pixels', () => {
    fc.assert(
      fc.property(bitmaps(), (bitmap) => {
        const mask = pack(bitmap);
        const set = [...bitmap.pixels.keys()].filter((i) => bitmap.pixels[i] === 1);
        const xs = set.map((i) => i % bitmap.width);
        const ys = set.map((i) => Math.floor(i / bitmap.width));
        expect(area(mask)).toBe(set.length);
        const left = Math.min(...xs);
        const top = Math.min(...ys);
        expect(measureMask(mask).box).toEqual(
          set.length === 0
            ? [0, 0, 0, 0]
            : [left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1],
        );
        for (let y = -1; y <= bitmap.height; y += 1)
          for (let x = -1; x <= bitmap.width; x += 1) {
            const inside =
              x >= 0 &&
              y >= 0 &&
              x < bitmap.width &&
              y < bitmap.height &&
              bitmap.pixels[y * bitmap.width + x] === 1;
            expect(isInside(mask, x, y)).toBe(inside);
            expect(columnContains(columnsOf(mask), x, y)).toBe(inside);
          }
      }),
    );
  });

  it('outlines filled again are the mask, holes and corner contacts included', () => {
    fc.assert(
      fc.property(bitmaps(), (bitmap) => {
        const mask = pack(bitmap);
        const rings = ringsOf(mask).map((ring) => ring.points);
        expect(unpack(fillRings(rings, bitmap.width, bitmap.height))).toEqual(bitmap.pixels);
      }),
    );
  });

  it('parts are disjoint, together the mask, and as many as the outlines say', () => {
    fc.assert(
      fc.property(bitmaps(), (bitmap) => {
        const mask = pack(bitmap);
        const parts = partsOf(mask);
        expect(parts.length).toBe(countParts(mask).parts);
        expect(parts.reduce((sum, part) => sum + area(part), 0)).toBe(area(mask));
        expect(unpack(unionAll(parts, bitmap.width, bitmap.height))).toEqual(bitmap.pixels);
      }),
    );
  });

  it('filling holes leaves none, takes nothing away and is done after once', () => {
    fc.assert(
      fc.property(bitmaps(), (bitmap) => {
        const mask = pack(bitmap);
        const filled = fillHoles(mask);
        expect(area(subtract(mask, filled))).toBe(0);
        expect(unpack(fillHoles(filled))).toEqual(unpack(filled));
      }),
    );
  });

  it('growing contains the mask and shrinking lies inside it, at any radius', () => {
    fc.assert(
      fc.property(bitmaps(), fc.integer({ min: 1, max: 4 }), (bitmap, radius) => {
        const mask = pack(bitmap);
        expect(area(subtract(mask, grow(mask, radius)))).toBe(0);
        expect(area(subtract(shrink(mask, radius), mask))).toBe(0);
      }),
    );
  });

  it('a split loses no pixel and gives no pixel twice', () => {
    const point = fc.record({
      x: fc.double({ min: -2, max: 16, noNaN: true }),
      y: fc.double({ min: -2, max: 16, noNaN: true }),
    });
    fc.assert(
      fc.property(bitmaps(), fc.array(point, { minLength: 2, maxLength: 4 }), (bitmap, line) => {
        const parts = splitByLine(pack(bitmap), line);
        expect(parts.reduce((sum, part) => sum + area(part), 0)).toBe(area(pack(bitmap)));
        expect(unpack(unionAll(parts, bitmap.width, bitmap.height))).toEqual(bitmap.pixels);
      }),
    );
  });

  it('a stroke paints what a naive brush paints, never on protected pixels', () => {
    const at = fc.double({ min: -3, max: 17, noNaN: true });
    fc.assert(
      fc.property(
        pairs,
        at,
        at,
        fc.double({ min: 0.5, max: 9, noNaN: true }),
        fc.boolean(),
        ([target, blocked], x, y, size, square) => {
          const { width, height } = target;
          const stroke = new Stroke({
            width,
            height,
            erase: false,
            target: pack(target),
            blocked: [pack(blocked)],
          });
          stroke.line({ x, y }, { x, y }, { size, tip: square ? 'square' : 'round' });
          const painted = unpack(stroke.toMask());
          const half = size / 2;
          let hits = 0;
          const naive = target.pixels.map((_, i) => {
            const dx = (i % width) + 0.5 - x;
            const dy = Math.floor(i / width) + 0.5 - y;
            const inside = square
              ? Math.abs(dx) <= half && Math.abs(dy) <= half
              : dx * dx + dy * dy <= half * half;
            if (inside) hits += 1;
            return inside && blocked.pixels[i] === 0 ? 1 : 0;
          });
          // Smaller than a pixel, a tip paints the pixel it is on.
          if (hits > 0) expect(painted).toEqual(naive);
          const gained = painted.reduce(
            (sum, bit, i) => sum + (bit === 1 && target.pixels[i] === 0 ? 1 : 0),
            0,
          );
          expect(stroke.changed).toBe(gained);
        },
      ),
    );
  });

  it('moving there and back keeps what stayed inside', () => {
    fc.assert(
      fc.property(
        bitmaps(),
        fc.integer({ min: -4, max: 4 }),
        fc.integer({ min: -4, max: 4 }),
        (bitmap, dx, dy) => {
          const mask = pack(bitmap);
          const back = moveMask(moveMask(mask, dx, dy), -dx, -dy);
          const expected = bitmap.pixels.map((bit, i) => {
            const x = (i % bitmap.width) + dx;
            const y = Math.floor(i / bitmap.width) + dy;
            return x >= 0 && y >= 0 && x < bitmap.width && y < bitmap.height ? bit : 0;
          });
          expect(unpack(back)).toEqual(expected);
        },
      ),
    );
  });

  it('a crop with a margin still packs to the same mask', () => {
    fc.assert(
      fc.property(bitmaps(), fc.integer({ min: 0, max: 3 }), (bitmap, margin) => {
        const mask = pack(bitmap);
        expect(unpack(packCrop(cropOf(mask, margin), bitmap.width, bitmap.height))).toEqual(
          bitmap.pixels,
        );
      }),
    );
  });
});
