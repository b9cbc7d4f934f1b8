// Masks of 12,000 x 12,000 px: everything runs on runs, so what an operation costs is its outline.
import { describe, expect, it } from 'vitest';
import { bitmapFromMask } from '../../../../electron/masks/runs/bitmap.ts';
import { intersect, subtract, union } from '../../../../electron/masks/runs/combine.ts';
import { components, fillHoles } from '../../../../electron/masks/regions/components.ts';
import { crop } from '../../../../electron/masks/runs/crop.ts';
import { traceKeyholes } from '../../../../electron/masks/outlines/keyhole.ts';
import { grow } from '../../../../electron/masks/changes/morphology.ts';
import { rasterizeRing, rasterizeRings } from '../../../../electron/masks/outlines/rasterize.ts';
import { area } from '../../../../electron/masks/runs/rle.ts';
import { boundingBox } from '../../../../electron/masks/runs/measure.ts';
import { rleFromString, rleToString } from '../../../../electron/masks/runs/rleString.ts';
import { traceParts } from '../../../../electron/masks/outlines/trace.ts';

const side = 12_000;
const disc = (x: number, y: number, radius: number) =>
  rasterizeRing(
    Array.from({ length: 720 }, (_, i) => {
      const angle = (Math.PI * Math.floor(i / 2)) / 180;
      return i % 2 === 0 ? x + radius * Math.cos(angle) : y + radius * Math.sin(angle);
    }),
    side,
    side,
  );

describe('a 12,000 x 12,000 px mask', () => {
  const outer = disc(6000, 6000, 5900);
  const hole = disc(5000, 6500, 1500);
  const mask = subtract(outer, hole);

  it('is combined, split, filled, grown and cut without a bitmap', () => {
    expect(area(mask)).toBe(area(outer) - area(hole));
    expect(union(mask, hole)).toEqual(outer);
    expect(area(intersect(mask, hole))).toBe(0);
    expect(components(mask)).toEqual([mask]);
    expect(fillHoles(mask)).toEqual(outer);
    const grown = grow(hole, 3);
    expect(boundingBox(grown).width).toBe(boundingBox(hole).width + 6);
    const cut = crop(mask, { x: 5990, y: 6490, width: 20, height: 20 });
    expect(bitmapFromMask(cut)).toHaveLength(400);
  });

  it('is traced, written as text and read again without losing a pixel', () => {
    expect(traceParts(mask)).toHaveLength(1);
    expect(rasterizeRings(traceKeyholes(mask), side, side)).toEqual(mask);
    expect(rleFromString(rleToString(mask), side, side)).toEqual(mask);
  });
});
