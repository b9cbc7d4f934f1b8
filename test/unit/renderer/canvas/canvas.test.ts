// How objects look, and the colours that the canvas uses.
import { describe, expect, it } from 'vitest';
import { hatchOf, strokeHatch } from '../../../../renderer/src/canvas/hatch.ts';
import { lookOf, makeLooks } from '../../../../renderer/src/canvas/look.ts';
import {
  ciede2000,
  confusedWith,
  nearestFree,
  PALETTE,
} from '../../../../renderer/src/canvas/palette.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { objectOf } from '../../../helpers/drivers/toolBench.ts';

const flags = { selected: false, hovered: false, draft: false, aside: false, hatch: 0 };

describe('looks', () => {
  it('changing one of 2,000 objects makes one new look', () => {
    const mask = draw('#');
    const objects = Array.from({ length: 2000 }, (_, i) => objectOf(`o${i}`, 1, mask));
    const looks = makeLooks();
    const looksOf = (of: typeof objects) =>
      looks(
        of,
        () => '#fff',
        () => flags,
      );
    const before = looksOf(objects);
    const after = looksOf(objects.with(700, { ...objects[700]!, z: 9 }));
    expect(after.flatMap((look, i) => (look === before[i] ? [] : [look.key]))).toEqual(['o700']);
  });

  it('what is aside is filled less, unless it is chosen or under the pointer', () => {
    const fill = (more: object) =>
      lookOf(objectOf('a', 1, draw('#')), '#fff', { ...flags, ...more }).fill;
    expect(fill({ aside: true })).toBeCloseTo(0.6 * fill({}), 9);
    expect(fill({ aside: true, selected: true })).toBe(fill({ selected: true }));
    expect(fill({ aside: true, hovered: true })).toBe(fill({ hovered: true }));
  });

  it('a crowd is hatched, as its class where that has a hatch', () => {
    const hatch = (isCrowd: boolean, own: number) =>
      lookOf(objectOf('a', 1, draw('#'), { isCrowd }), '#fff', { ...flags, hatch: own }).hatch;
    expect([hatch(true, 0), hatch(true, 3), hatch(false, 0), hatch(false, 3)]).toEqual([
      1, 3, 0, 3,
    ]);
  });

  it('every state differs by line or dash, not by colour alone', () => {
    const mask = draw('#');
    const states = [
      objectOf('a', 1, mask, { status: 'proposal' }),
      objectOf('a', 1, mask, { status: 'proposal', doubtful: true }),
      objectOf('a', 1, mask),
      objectOf('a', 1, mask, { locked: true }),
      objectOf('a', 1, mask, { status: 'rejected' }),
    ].map((object) => lookOf(object, '#fff', flags));
    expect(new Set(states.map((look) => `${look.line}/${look.dash.join()}`)).size).toBe(5);
  });
});

describe('hatches', () => {
  it('start over with the colours, and from the thirteenth class on where they are wanted', () => {
    const places = [0, 11, 12, 13, 16, 23, 24, 47, 48, 120];
    expect(places.map((place) => hatchOf(place, false))).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 2, 1]);
    expect(places.map((place) => hatchOf(place, true))).toEqual([0, 0, 1, 2, 1, 4, 1, 1, 2, 1]);
  });

  it('are lines six screen pixels apart that reach every corner', () => {
    const moves: number[][] = [];
    const context = {
      beginPath() {},
      stroke() {},
      moveTo: (x: number, y: number) => moves.push([x, y]),
      lineTo: (x: number, y: number) => moves.at(-1)!.push(x, y),
    } as unknown as CanvasRenderingContext2D;
    strokeHatch(context, 3, { left: 10, top: 20, right: 40, bottom: 50 }, 2);
    const heights = moves.map(([, y]) => y!);
    expect(heights.every((y) => Math.abs(y / 3 - Math.round(y / 3)) < 1e-9)).toBe(true);
    expect(Math.min(...heights)).toBeLessThanOrEqual(23);
    expect(Math.max(...heights)).toBeGreaterThanOrEqual(47);
    expect(moves.every(([x, , to]) => x! <= 10 && to! >= 40)).toBe(true);
  });
});

describe('colours', () => {
  it('CIEDE2000 gives the published values of Sharma’s pairs that sRGB can show', () => {
    // White against black is 100 by definition; equal colours 0; the first two class colours far apart.
    expect(ciede2000('#000000', '#ffffff')).toBeCloseTo(100, 1);
    expect(ciede2000('#7ba3f6', '#7ba3f6')).toBe(0);
    expect(ciede2000('#7ba3f6', '#f0ec52')).toBeGreaterThan(26);
  });

  it('warns of a colour too near to another class and names a free one', () => {
    const others = [{ color: '#7ba3f6', name: 'cup' }];
    expect(confusedWith('#7ea5f4', others)?.name).toBe('cup');
    expect(confusedWith('#4ab400', others)).toBeNull();
    const free = nearestFree('#7ea5f4', ['#7ba3f6'])!;
    expect(ciede2000(free.color, '#7ba3f6')).toBeGreaterThanOrEqual(10);
    expect(PALETTE.length).toBe(24);
  });
});
