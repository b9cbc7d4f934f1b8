// Every mask operation on runs against the same operation on plain pixels.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bitmapFromMask,
  maskFromBitmap,
  masksFromLabelMap,
  paintInPlace,
} from '../../../../electron/masks/runs/bitmap.ts';
import { traceCentres } from '../../../../electron/masks/outlines/centres.ts';
import {
  complement,
  intersect,
  intersectionOverUnion,
  subtract,
  union,
  unionAll,
} from '../../../../electron/masks/runs/combine.ts';
import {
  components,
  dropSmall,
  fillHoles,
  holes,
} from '../../../../electron/masks/regions/components.ts';
import { crop, paste } from '../../../../electron/masks/runs/crop.ts';
import { joinRings, traceKeyholes } from '../../../../electron/masks/outlines/keyhole.ts';
import { grow, shrink } from '../../../../electron/masks/changes/morphology.ts';
import { rasterizeRing, rasterizeRings } from '../../../../electron/masks/outlines/rasterize.ts';
import { area, isInside, maskFromCounts } from '../../../../electron/masks/runs/rle.ts';
import { sameMask } from '../../../../electron/api/rules/document.ts';
import { boundingBox } from '../../../../electron/masks/runs/measure.ts';
import { rleFromString, rleToString } from '../../../../electron/masks/runs/rleString.ts';
import { simplifyRing } from '../../../../electron/masks/outlines/simplify.ts';
import { traceParts } from '../../../../electron/masks/outlines/trace.ts';
import { bitmaps } from '../../../helpers/fixtures/masks.ts';
import type { Bitmap } from '../../../helpers/fixtures/masks.ts';

const toMask = (b: Bitmap) => maskFromBitmap(b.pixels, b.width, b.height);
const pairs = bitmaps().chain((a) =>
  fc
    .array(fc.integer({ min: 0, max: 1 }), {
      minLength: a.pixels.length,
      maxLength: a.pixels.length,
    })
    .map((bits): [Bitmap, Bitmap] => [a, { ...a, pixels: Uint8Array.from(bits) }]),
);

/** Component number per pixel (from 1) by flood fill; 0 outside. */
function flood({ width, height, pixels }: Bitmap, value: number, corners: boolean): Int32Array {
  const label = new Int32Array(pixels.length);
  let count = 0;
  for (let seed = 0; seed < pixels.length; seed++) {
    if (pixels[seed] !== value || label[seed]) continue;
    const stack = [seed];
    label[seed] = ++count;
    for (let p = stack.pop(); p !== undefined; p = stack.pop()) {
      const [px, py] = [p % width, Math.floor(p / width)];
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          if (!corners && dx !== 0 && dy !== 0) continue;
          const [x, y] = [px + dx, py + dy];
          if (x < 0 || y < 0 || x >= width || y >= height) continue;
          const q = y * width + x;
          if (pixels[q] === value && !label[q]) {
            label[q] = count;
            stack.push(q);
          }
        }
    }
  }
  return label;
}

describe('masks on runs', () => {
  it('survive the way to runs, to the COCO string and back', () => {
    fc.assert(
      fc.property(bitmaps(), (b) => {
        const mask = toMask(b);
        const again = rleFromString(rleToString(mask), b.width, b.height);
        expect(sameMask(mask, again)).toBe(true);
        expect(bitmapFromMask(again)).toEqual(b.pixels);
        expect(maskFromCounts([...mask.counts], b.width, b.height)).toEqual(mask);
      }),
    );
  });

  it('have the area, box and inside test of their pixels', () => {
    fc.assert(
      fc.property(bitmaps(), (b) => {
        const mask = toMask(b);
        const on = [...b.pixels.keys()].filter((p) => b.pixels[p]);
        expect(area(mask)).toBe(on.length);
        const xs = on.map((p) => p % b.width);
        const ys = on.map((p) => Math.floor(p / b.width));
        const [x, y] = [Math.min(...xs), Math.min(...ys)];
        expect(boundingBox(mask)).toEqual(
          on.length
            ? { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 }
            : { x: 0, y: 0, width: 0, height: 0 },
        );
        for (let p = 0; p < b.pixels.length; p++)
          expect(isInside(mask, p % b.width, Math.floor(p / b.width))).toBe(b.pixels[p] === 1);
      }),
    );
  });

  it('combine like their pixels', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const [ma, mb] = [toMask(a), toMask(b)];
        const expected = (rule: (p: number, q: number) => number) =>
          toMask({ ...a, pixels: a.pixels.map((p, i) => rule(p, b.pixels[i]!)) });
        expect(union(ma, mb)).toEqual(expected((p, q) => p | q));
        expect(intersect(ma, mb)).toEqual(expected((p, q) => p & q));
        expect(subtract(ma, mb)).toEqual(expected((p, q) => p & (1 - q)));
        expect(complement(ma)).toEqual(expected((p) => 1 - p));
        const shared = area(intersect(ma, mb));
        expect(area(intersect(ma, mb))).toBe(shared);
        const joined = area(union(ma, mb));
        expect(intersectionOverUnion(ma, mb)).toBe(joined ? shared / joined : 0);
      }),
    );
  });

  it('split into the same components as a flood fill, 4 and 8 connected', () => {
    fc.assert(
      fc.property(bitmaps(), fc.constantFrom(4 as const, 8 as const), (b, connectivity) => {
        const mask = toMask(b);
        const label = flood(b, 1, connectivity === 8);
        const parts = components(mask, connectivity);
        expect(parts).toHaveLength(Math.max(0, ...label));
        expect(unionAll(parts, b.width, b.height)).toEqual(mask);
        for (const part of parts) {
          const numbers = new Set(label.filter((_, p) => bitmapFromMask(part)[p]));
          expect(numbers.size).toBe(1);
        }
      }),
    );
  });

  it('find holes as background that cannot reach the border', () => {
    fc.assert(
      fc.property(bitmaps(), fc.constantFrom(4 as const, 8 as const), (b, connectivity) => {
        const mask = toMask(b);
        const label = flood(b, 0, connectivity === 4);
        const open = new Set<number>();
        for (let p = 0; p < label.length; p++) {
          const [x, y] = [p % b.width, Math.floor(p / b.width)];
          if (x === 0 || y === 0 || x === b.width - 1 || y === b.height - 1) open.add(label[p]!);
        }
        const closed = b.pixels.map((on, p) => (on || open.has(label[p]!) ? 0 : 1));
        expect(bitmapFromMask(holes(mask, connectivity))).toEqual(closed);
        const filled = fillHoles(mask, Infinity, connectivity);
        expect(bitmapFromMask(filled)).toEqual(b.pixels.map((on, p) => on | closed[p]!));
        const sizes = [...closed.keys()].filter((p) => closed[p]).map((p) => label[p]!);
        const small = b.pixels.map((on, p) =>
          on || (closed[p] && sizes.filter((n) => n === label[p]).length <= 2) ? 1 : 0,
        );
        expect(bitmapFromMask(fillHoles(mask, 2, connectivity))).toEqual(small);
      }),
    );
  });

  it('lose exactly the components below a size', () => {
    fc.assert(
      fc.property(bitmaps(), fc.integer({ min: 0, max: 6 }), (b, least) => {
        const label = [...flood(b, 1, true)];
        const kept = b.pixels.map((on, p) =>
          on && label.filter((n) => n === label[p]).length >= least ? 1 : 0,
        );
        expect(bitmapFromMask(dropSmall(toMask(b), least))).toEqual(kept);
      }),
    );
  });

  it('grow by a disc and shrink as its dual', () => {
    fc.assert(
      fc.property(bitmaps(10), fc.double({ min: 0, max: 4, noNaN: true }), (b, radius) => {
        const mask = toMask(b);
        const near = b.pixels.map((_, p) => {
          for (let q = 0; q < b.pixels.length; q++) {
            const dx = (p % b.width) - (q % b.width);
            const dy = Math.floor(p / b.width) - Math.floor(q / b.width);
            if (b.pixels[q] && dx * dx + dy * dy <= radius * radius) return 1;
          }
          return 0;
        });
        expect(bitmapFromMask(grow(mask, radius))).toEqual(near);
        expect(shrink(mask, radius)).toEqual(complement(grow(complement(mask), radius)));
      }),
    );
  });

  it('crop and paste like their pixels', () => {
    const offset = fc.integer({ min: -6, max: 8 });
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(bitmaps(), offset, offset, side, side, (b, x, y, width, height) => {
        const mask = toMask(b);
        const cut = crop(mask, { x, y, width, height });
        for (let cy = 0; cy < height; cy++)
          for (let cx = 0; cx < width; cx++)
            expect(isInside(cut, cx, cy)).toBe(isInside(mask, cx + x, cy + y));
        const frame = { ...b, pixels: new Uint8Array(b.pixels.length) };
        for (let py = Math.max(0, y); py < Math.min(b.height, y + height); py++)
          for (let px = Math.max(0, x); px < Math.min(b.width, x + width); px++)
            frame.pixels[py * b.width + px] = b.pixels[py * b.width + px]!;
        expect(paste(cut, { width: b.width, height: b.height, x, y })).toEqual(toMask(frame));
      }),
    );
  });

  it('come apart from a label map and paint back to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }).chain((width) =>
          fc.array(
            fc.array(fc.integer({ min: 0, max: 4 }), { minLength: width, maxLength: width }),
            {
              minLength: 1,
              maxLength: 9,
            },
          ),
        ),
        (rows) => {
          const labels = Uint8Array.from(rows.flat());
          const masks = masksFromLabelMap(labels, rows[0]!.length, rows.length);
          expect([...masks.keys()]).toEqual([...new Set(labels)].filter((l) => l).sort());
          const painted = new Uint8Array(labels.length);
          for (const [label, mask] of masks) expect(paintInPlace(painted, mask, label)).toBe(0);
          expect(painted).toEqual(labels);
        },
      ),
    );
  });
});

describe('polygons', () => {
  it('traced on pixel edges rasterise to the same pixels, holes taken out', () => {
    fc.assert(
      fc.property(bitmaps(), (b) => {
        const mask = toMask(b);
        const parts = traceParts(mask);
        expect(parts).toHaveLength(components(mask, 4).length);
        const outers = rasterizeRings(
          parts.map((part) => part.outer),
          b.width,
          b.height,
        );
        expect(union(mask, fillHoles(outers, Infinity, 4))).toEqual(outers);
        const whole = parts.map((part) =>
          subtract(
            rasterizeRing(part.outer, b.width, b.height),
            rasterizeRings(part.holes, b.width, b.height),
          ),
        );
        expect(unionAll(whole, b.width, b.height)).toEqual(mask);
        const perPart = components(mask, 4);
        for (const part of whole) expect(perPart.some((c) => sameMask(c, part))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('with keyhole bridges rasterise to the same pixels, ring by ring and joined to one', () => {
    fc.assert(
      fc.property(bitmaps(), (b) => {
        const mask = toMask(b);
        const rings = traceKeyholes(mask);
        expect(rings).toHaveLength(components(mask, 4).length);
        expect(rasterizeRings(rings, b.width, b.height)).toEqual(mask);
        expect(rasterizeRing(joinRings(rings), b.width, b.height)).toEqual(mask);
      }),
      { numRuns: 400 },
    );
  });

  it('through pixel centres fill to the same pixels, their outline drawn as well', () => {
    fc.assert(
      fc.property(bitmaps(), (b) => {
        const filled = new Uint8Array(b.pixels.length);
        for (const ring of traceCentres(toMask(b))) {
          expect(ring.length).toBeGreaterThanOrEqual(6);
          fillLikeOpenCv(filled, ring, b.width, b.height);
        }
        expect(filled).toEqual(b.pixels);
      }),
      { numRuns: 400 },
    );
  });

  it('simplified stay within the stated error and keep at least three corners', () => {
    fc.assert(
      fc.property(bitmaps(), fc.double({ min: 0, max: 5, noNaN: true }), (b, tolerance) => {
        for (const { outer } of traceParts(toMask(b))) {
          const { ring, errorPx } = simplifyRing(outer, tolerance);
          expect(ring.length).toBeGreaterThanOrEqual(6);
          expect(errorPx).toBeLessThanOrEqual(tolerance);
          for (let i = 0; i < outer.length; i += 2)
            expect(distanceToRing(ring, outer[i]!, outer[i + 1]!)).toBeLessThanOrEqual(
              errorPx + 1e-9,
            );
        }
      }),
    );
  });

  it('of any finite numbers give a mask or one clear error', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 24 }), (ring) => {
        try {
          const mask = rasterizeRing(ring, 33, 21);
          expect(mask.counts.reduce((sum, run) => sum + run, 0)).toBe(33 * 21);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('RLE strings', () => {
  it('of any characters give a whole mask or one clear error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 40 }),
          fc.array(fc.integer({ min: 48, max: 111 })).map((c) => String.fromCharCode(...c)),
        ),
        (text) => {
          try {
            const mask = rleFromString(text, 9, 11);
            expect(mask.counts.reduce((sum, run) => sum + run, 0)).toBe(99);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** Outline pixels and everything inside by the even-odd rule, as cv2.fillPoly does. */
function fillLikeOpenCv(pixels: Uint8Array, ring: number[], width: number, height: number): void {
  const points = ring.length / 2;
  for (let i = 0; i < points; i++) {
    const [ax, ay] = [ring[2 * i]!, ring[2 * i + 1]!];
    const [bx, by] = [ring[(2 * i + 2) % ring.length]!, ring[(2 * i + 3) % ring.length]!];
    const steps = Math.max(Math.abs(bx - ax), Math.abs(by - ay));
    // Only straight and diagonal ways: no two ways to draw them.
    expect(ax === bx || ay === by || Math.abs(bx - ax) === Math.abs(by - ay)).toBe(true);
    for (let t = 0; t <= steps; t++)
      pixels[(ay + Math.sign(by - ay) * t) * width + ax + Math.sign(bx - ax) * t] = 1;
  }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let inside = false;
      for (let i = 0; i < points; i++) {
        const [ax, ay] = [ring[2 * i]!, ring[2 * i + 1]!];
        const [bx, by] = [ring[(2 * i + 2) % ring.length]!, ring[(2 * i + 3) % ring.length]!];
        if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) inside = !inside;
      }
      if (inside) pixels[y * width + x] = 1;
    }
}

function distanceToRing(ring: readonly number[], x: number, y: number): number {
  let best = Infinity;
  for (let i = 0; i < ring.length; i += 2) {
    const [ax, ay] = [ring[i]!, ring[i + 1]!];
    const [bx, by] = [ring[(i + 2) % ring.length]!, ring[(i + 3) % ring.length]!];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length : 0;
    const along = Math.max(0, Math.min(1, t));
    best = Math.min(best, Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)));
  }
  return best;
}
