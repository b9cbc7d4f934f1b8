// Our masks and polygons against recorded answers of pycocotools (test/fixtures/coco/recipe.py).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { maskFromBitmap } from '../../../../electron/masks/runs/bitmap.ts';
import { intersectionOverUnion } from '../../../../electron/masks/runs/combine.ts';
import { rasterizeRings } from '../../../../electron/masks/outlines/rasterize.ts';
import { area } from '../../../../electron/masks/runs/rle.ts';
import { sameMask } from '../../../../electron/api/rules/document.ts';
import { boundingBox } from '../../../../electron/masks/runs/measure.ts';
import { rleFromString, rleToString } from '../../../../electron/masks/runs/rleString.ts';
import { traceParts } from '../../../../electron/masks/outlines/trace.ts';

interface Facts {
  width: number;
  height: number;
  counts: string;
  area: number;
  bbox: number[];
}
interface Recorded {
  masks: (Facts & { pixels: string })[];
  large: Facts[];
  polygons: (Facts & { segmentation: number[][] })[];
  named: Record<string, Facts & { segmentation: number[][] }>;
}

const recorded = JSON.parse(
  readFileSync(new URL('../../../fixtures/coco/pycocotools.json', import.meta.url), 'utf8'),
) as Recorded;

function facts(mask: ReturnType<typeof rleFromString>) {
  const box = boundingBox(mask);
  return {
    counts: rleToString(mask),
    area: area(mask),
    bbox: [box.x, box.y, box.width, box.height],
  };
}

const of = ({ counts, area, bbox }: Facts) => ({ counts, area, bbox });

describe('the RLE codec', () => {
  it('writes the same string, area and box as pycocotools for 44 masks', () => {
    for (const recording of recorded.masks) {
      const pixels = Uint8Array.from(recording.pixels, Number);
      const mask = maskFromBitmap(pixels, recording.width, recording.height);
      expect(facts(mask)).toEqual(of(recording));
    }
  });

  it('reads large strings of pycocotools and writes them back unchanged', () => {
    for (const recording of recorded.large)
      expect(facts(rleFromString(recording.counts, recording.width, recording.height))).toEqual(
        of(recording),
      );
  });

  it('refuses a size of 10^9 x 10^9 before reserving memory', () => {
    expect(() => rleFromString('0', 1e9, 1e9)).toThrow(/at most/);
  });

  it('names the run when the string does not fit the size', () => {
    const { counts, width, height } = recorded.large[0]!;
    expect(() => rleFromString(counts, width - 1, height)).toThrow(/reach past/);
    expect(() => rleFromString(counts, width + 1, height)).toThrow(/add up to/);
    expect(() => rleFromString('~', 3, 3)).toThrow(/character 0/);
    expect(() => rleFromString('P', 3, 3)).toThrow(/ends inside/);
  });
});

describe('the polygon rasteriser', () => {
  it('fills the same pixels as pycocotools for 120 random objects', () => {
    for (const recording of recorded.polygons) {
      const mask = rasterizeRings(recording.segmentation, recording.width, recording.height);
      expect(facts(mask)).toEqual(of(recording));
    }
  });

  it.each(Object.entries(recorded.named))('treats "%s" like pycocotools', (_name, recording) => {
    const mask = rasterizeRings(recording.segmentation, recording.width, recording.height);
    expect(facts(mask)).toEqual(of(recording));
  });

  it('refuses coordinates that no grid can hold', () => {
    expect(() => rasterizeRings([[0, 0, NaN, 1, 2, 2]], 5, 5)).toThrow(/number 2 is NaN/);
    expect(() => rasterizeRings([[0, 0, 1e12, 1, 2, 2]], 5, 5)).toThrow(/1000000000000/);
  });
});

describe('tracing on pixel edges', () => {
  it.each([2, 4, 8, 16, 32, 64])('keeps every pixel of a disc of radius %i', (radius) => {
    const side = 2 * radius + 3;
    const pixels = new Uint8Array(side * side).map((_, p) => {
      const dx = (p % side) - radius - 1;
      const dy = Math.floor(p / side) - radius - 1;
      return dx * dx + dy * dy <= radius * radius ? 1 : 0;
    });
    const disc = maskFromBitmap(pixels, side, side);
    const rings = traceParts(disc).map((part) => part.outer);
    expect(rings).toHaveLength(1);
    const again = rasterizeRings(rings, side, side);
    expect(sameMask(again, disc)).toBe(true);
    expect(intersectionOverUnion(again, disc)).toBe(1);
  });
});
