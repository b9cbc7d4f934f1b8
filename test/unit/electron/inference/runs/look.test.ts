// Looks of crops: like ones lie close, others do not, whatever the file.
import { describe, expect, it } from 'vitest';
import { measureMask } from '../../../../../electron/masks/runs/measure.ts';
import type { RleMask } from '../../../../../electron/api/types.ts';
import { lookOf } from '../../../../../electron/inference/runs/look.ts';
import { LOOK_BYTES, LOOK_PARTS } from '../../../../../electron/link/lookLayout.ts';

const SIDE = { width: 60, height: 40 };

function maskWhere(inside: (x: number, y: number) => boolean): RleMask {
  const counts: number[] = [];
  let set = false;
  let run = 0;
  for (let x = 0; x < SIDE.width; x += 1)
    for (let y = 0; y < SIDE.height; y += 1) {
      if (inside(x, y) !== set) {
        counts.push(run);
        run = 0;
        set = !set;
      }
      run += 1;
    }
  counts.push(run);
  return { ...SIDE, counts: new Uint32Array(counts) };
}

type Colour = readonly [number, number, number];
function lookWhere(inside: (x: number, y: number) => boolean, own: Colour, around: Colour) {
  const mask = maskWhere(inside);
  const rgb = new Uint8Array(SIDE.width * SIDE.height * 3);
  for (let y = 0; y < SIDE.height; y += 1)
    for (let x = 0; x < SIDE.width; x += 1)
      rgb.set(inside(x, y) ? own : around, (y * SIDE.width + x) * 3);
  const { area, box } = measureMask(mask);
  return lookOf(mask, box, area, { ...SIDE, rgb });
}
const disc = (cx: number, cy: number, r: number) => (x: number, y: number) =>
  (x - cx) ** 2 + (y - cy) ** 2 <= r * r;

function part(look: Uint8Array, wanted: (typeof LOOK_PARTS)[number]['name']): number[] {
  let at = 0;
  for (const { name, bytes } of LOOK_PARTS) {
    if (name === wanted) return [...look.subarray(at, at + bytes)];
    at += bytes;
  }
  throw new Error(wanted);
}

describe('the look of a crop', () => {
  it('tells shape, colours inside and around, aspect, size and place', () => {
    const look = lookWhere((x, y) => x >= 30 && y >= 20, [255, 0, 0], [0, 0, 0]);
    expect(look).toHaveLength(LOOK_BYTES);
    expect(part(look, 'shape')).toEqual(new Array(16).fill(255));
    // Lightness a third, fully red, between blue and yellow half of the way up.
    expect(part(look, 'colour')).toEqual([85, 255, 191]);
    expect(part(look, 'colourSpread')).toEqual([0, 0, 0]);
    expect(part(look, 'surroundings')).toEqual([85, 255, 191]);
    expect(part(look, 'aspect')).toEqual([Math.round(255 * (0.5 + Math.log2(1.5) / 8))]);
    expect(part(look, 'size')).toEqual([128]);
    expect(part(look, 'place')).toEqual([191, 191]);
  });

  it('has the ground between the mask and its box as surroundings', () => {
    const look = lookWhere(disc(30, 20, 12), [255, 255, 255], [0, 0, 255]);
    expect(part(look, 'surroundings')).toEqual([85, 128, 0]);
    expect(part(look, 'colour')).toEqual([255, 128, 128]);
    // The corners of the box are empty, its middle is full.
    expect(part(look, 'shape')[0]).toBeLessThan(128);
    expect(part(look, 'shape')[5]).toBe(255);
  });

  it('stays when the same thing lies elsewhere, but for its place', () => {
    const here = lookWhere(disc(14, 14, 10), [200, 30, 30], [10, 120, 10]);
    const there = lookWhere(disc(44, 24, 10), [200, 30, 30], [10, 120, 10]);
    for (const { name } of LOOK_PARTS)
      if (name === 'place') expect(part(there, name)).not.toEqual(part(here, name));
      else expect(part(there, name)).toEqual(part(here, name));
  });

  it('reads runs that go over the ends of columns', () => {
    const band = lookWhere((x) => x >= 20 && x < 40, [9, 9, 9], [99, 99, 99]);
    expect(part(band, 'shape')).toEqual(new Array(16).fill(255));
    expect(part(band, 'aspect')).toEqual([Math.round(255 * (0.5 + Math.log2(0.5) / 8))]);
  });
});
