// A brush stroke against its definition, pixel by pixel: round and square tips, over tiles and borders, around what
// is protected, painting and erasing.
import { describe, expect, it } from 'vitest';
import { bitmapFromMask, maskFromBitmap } from '../../../../../electron/masks/runs/bitmap.ts';
import { Stroke, TILE, type Brush } from '../../../../../electron/masks/changes/stroke.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

interface At {
  readonly x: number;
  readonly y: number;
}

/** Pixels whose middle a tip covers at any of its places; the one that a tip lies on where it covers none. */
function painted(width: number, height: number, places: readonly At[], { size, tip }: Brush) {
  const bits = new Uint8Array(width * height);
  for (const { x: cx, y: cy } of places) {
    let any = false;
    for (let y = Math.floor(cy - size); y <= cy + size; y++)
      for (let x = Math.floor(cx - size); x <= cx + size; x++) {
        const [dx, dy] = [Math.abs(x + 0.5 - cx), Math.abs(y + 0.5 - cy)];
        const covers =
          tip === 'square' ? Math.max(dx, dy) <= size / 2 : dx * dx + dy * dy <= (size / 2) ** 2;
        if (!covers) continue;
        any ||= y >= 0 && y < height;
        if (x >= 0 && x < width && y >= 0 && y < height) bits[y * width + x] = 1;
      }
    const [px, py] = [Math.floor(cx), Math.floor(cy)];
    if (!any && px >= 0 && px < width && py >= 0 && py < height) bits[py * width + px] = 1;
  }
  return bits;
}
const strokeOf = (width: number, height: number, more: object = {}) =>
  new Stroke({ width, height, erase: false, target: null, blocked: [], ...more });
const bitsOf = (stroke: Stroke) => [...bitmapFromMask(stroke.toMask())];

describe('a tip', () => {
  const [width, height] = [TILE + 14, TILE + 9];
  const corners = [
    [0, 0],
    [width, height],
    [TILE, TILE],
    [0.5, TILE - 0.5],
    [-3, 5],
    [width + 2, 7.25],
    [9, -1.5],
  ] as const;

  it.each([
    ...[
      { size: 1, tip: 'round' },
      { size: 4, tip: 'round' },
    ],
    ...[
      { size: 7.5, tip: 'round' },
      { size: 5, tip: 'square' },
      { size: 6, tip: 'square' },
    ],
  ] as const)('of %j paints the pixels whose middle it covers', (brush) => {
    for (const [x, y] of corners) {
      const stroke = strokeOf(width, height);
      stroke.line({ x, y }, { x, y }, brush);
      const expected = painted(width, height, [{ x, y }], brush);
      // Seventy thousand pixels: compared as bytes.
      expect(Buffer.compare(bitmapFromMask(stroke.toMask()), expected)).toBe(0);
      expect(stroke.changed).toBe(expected.reduce((sum, bit) => sum + bit, 0));
    }
  });

  it('smaller than a pixel paints the one that it is on', () => {
    const stroke = strokeOf(4, 3);
    stroke.line({ x: 2.1, y: 1.9 }, { x: 2.1, y: 1.9 }, { size: 0.2, tip: 'round' });
    expect(bitsOf(stroke)).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    stroke.line({ x: -0.1, y: 1 }, { x: -0.1, y: 1 }, { size: 0.2, tip: 'round' });
    stroke.line({ x: 4, y: 3 }, { x: 4, y: 3 }, { size: 0.2, tip: 'round' });
    expect(stroke.changed).toBe(1);
  });
});

describe('a stroke', () => {
  it('has stamps a quarter of the tip apart at most, its ends included', () => {
    const stroke = strokeOf(60, 20);
    const brush = { size: 8, tip: 'round' } as const;
    stroke.line({ x: 10, y: 10 }, { x: 45, y: 10 }, brush);
    // 35 px in steps of 2 px at most: 18 of them.
    const places = Array.from({ length: 19 }, (_, i) => ({ x: 10 + (35 * i) / 18, y: 10 }));
    expect(bitsOf(stroke)).toEqual([...painted(60, 20, places, brush)]);
  });

  it('tells which part of the image it may have changed: all it painted, and a pixel more', () => {
    const stroke = strokeOf(100, 80);
    const rect = stroke.line({ x: 30, y: 50 }, { x: 20, y: 40 }, { size: 6, tip: 'square' });
    expect(rect).toEqual({ x: 16, y: 36, width: 18, height: 18 });
    expect(stroke.line({ x: 1, y: 1 }, { x: 99, y: 79 }, { size: 6, tip: 'round' })).toEqual({
      x: 0,
      y: 0,
      width: 100,
      height: 80,
    });
  });

  it('paints around what is protected, and counts what it adds or takes', () => {
    const random = randomFrom(4);
    const [width, height] = [TILE + 20, 40];
    const some = () => Uint8Array.from({ length: width * height }, () => Number(random() < 0.3));
    const [blocked, target] = [some(), some()];
    const brush = { size: 9, tip: 'square' } as const;
    const from = { x: TILE - 6, y: 20 };
    const touched = painted(width, height, [from], brush);
    for (const erase of [false, true]) {
      const stroke = strokeOf(width, height, {
        erase,
        target: maskFromBitmap(target, width, height),
        blocked: [maskFromBitmap(blocked, width, height)],
      });
      stroke.line(from, from, brush);
      const free = touched.map((bit, at) => bit & (1 - blocked[at]!));
      expect(bitsOf(stroke)).toEqual([...free]);
      expect([...bitmapFromMask(stroke.toBlockedMask())]).toEqual(
        [...touched].map((bit, at) => bit & blocked[at]!),
      );
      expect(stroke.changed).toBe(
        free.filter((bit, at) => bit === 1 && target[at] === Number(erase)).length,
      );
      expect(stroke.metProtection).toBe(true);
    }
  });

  it('that met no protected pixel says so, and one that painted nothing is empty', () => {
    const blocked = maskFromBitmap(Uint8Array.of(1, 0, 0, 0, 0, 0), 6, 1);
    const stroke = strokeOf(6, 1, { blocked: [blocked] });
    expect(bitsOf(stroke)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(stroke.tileAt(0, 0)).toBeNull();
    stroke.line({ x: 4.5, y: 0.5 }, { x: 4.5, y: 0.5 }, { size: 1, tip: 'round' });
    expect([stroke.metProtection, stroke.changed]).toEqual([false, 1]);
    expect(stroke.tileAt(0, 0)).toHaveLength(TILE * TILE);
    // The same pixel again changes nothing.
    stroke.line({ x: 4.5, y: 0.5 }, { x: 4.5, y: 0.5 }, { size: 1, tip: 'round' });
    expect(stroke.changed).toBe(1);
  });
});
