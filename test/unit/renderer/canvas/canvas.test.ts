// What the canvas layers touch, and the colours they use.
import { describe, expect, it } from 'vitest';
import { hatchOf, strokeHatch } from '../../../../renderer/src/canvas/hatch.ts';
import { lookOf, makeLooks } from '../../../../renderer/src/canvas/look.ts';
import {
  ciede2000,
  confusedWith,
  nearestFree,
  PALETTE,
} from '../../../../renderer/src/canvas/palette.ts';
import { makeReconcile } from '../../../../renderer/src/canvas/reconcile.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { objectOf } from '../../../helpers/drivers/toolBench.ts';

const flags = { selected: false, hovered: false, draft: false, aside: false, hatch: 0 };

describe('reconcile', () => {
  it('changing one of 2,000 objects touches one node', () => {
    const mask = draw('#');
    const objects = Array.from({ length: 2000 }, (_, i) => objectOf(`o${i}`, 1, mask));
    const looks = makeLooks();
    const touched: string[] = [];
    const reconcile = makeReconcile<{ key: string }, string>({
      create: (item) => item.key,
      update: (node) => touched.push(node),
      remove: () => {},
      order: () => {},
    });
    reconcile(
      looks(
        objects,
        () => '#fff',
        () => flags,
      ),
    );
    const next = objects.with(700, { ...objects[700]!, z: 9 });
    expect(
      reconcile(
        looks(
          next,
          () => '#fff',
          () => flags,
        ),
      ),
    ).toEqual({ added: 0, updated: 1, removed: 0 });
    expect(touched).toEqual(['o700']);
    expect(
      reconcile(
        looks(
          next,
          () => '#fff',
          () => flags,
        ),
      ),
    ).toEqual({ added: 0, updated: 0, removed: 0 });
  });

  it('tells the order anew only when it changed', () => {
    const orders: string[][] = [];
    const reconcile = makeReconcile<{ key: string }, string>({
      create: (item) => item.key,
      update: () => {},
      remove: () => {},
      order: (nodes) => orders.push([...nodes]),
    });
    const [a, b] = [{ key: 'a' }, { key: 'b' }];
    reconcile([a, b]);
    reconcile([{ key: 'a' }, b]);
    reconcile([b, a]);
    expect(orders).toEqual([
      ['a', 'b'],
      ['b', 'a'],
    ]);
  });
});

describe('looks', () => {
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
