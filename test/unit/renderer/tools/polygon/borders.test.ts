// Places on a neighbour's outline, and the way along it from one to another.
import { describe, expect, it } from 'vitest';
import { ringsOf } from '../../../../../electron/masks/outlines/rings.ts';
import { between, snapTo } from '../../../../../renderer/src/tools/polygon/borders.ts';
import { objectOf } from '../../../../helpers/drivers/toolBench.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

/** A rectangle of 10 x 6 pixels from (5, 4) on. */
const rows = Array.from({ length: 14 }, (_, y) =>
  y >= 4 && y < 10 ? `.....${'#'.repeat(10)}.....` : '.'.repeat(20),
);
const box = objectOf('a', 1, draw(...rows));
const at = (x: number, y: number, reach = 2) => snapTo([box], { x, y }, reach);

describe('the nearest place', () => {
  it('lies on a side, or on a corner beyond its end', () => {
    expect(at(8.5, 3)).toMatchObject({ id: 'a', ring: 0, x: 8.5, y: 4 });
    expect(at(16, 7.25)).toMatchObject({ x: 15, y: 7.25 });
    expect(at(8, 10.5)).toMatchObject({ x: 8, y: 10 });
    expect(at(4, 8)).toMatchObject({ x: 5, y: 8 });
    expect(at(4, 3)).toMatchObject({ x: 5, y: 4 });
    expect(at(16, 11)).toMatchObject({ x: 15, y: 10 });
  });

  it('says how far it is from its corner to the next', () => {
    const found = at(8.5, 3)!;
    const { points } = ringsOf(box.mask)[0]!;
    const count = points.length / 2;
    const corner = (place: number) => [
      points[2 * (place % count)]!,
      points[2 * (place % count) + 1]!,
    ];
    const [[ax, ay], [bx, by]] = [corner(found.corner), corner(found.corner + 1)] as [
      number[],
      number[],
    ];
    expect([ax! + found.share * (bx! - ax!), ay! + found.share * (by! - ay!)]).toEqual([8.5, 4]);
  });

  it('is within reach, the reach itself included', () => {
    expect([at(8, 2), at(8, 1.9), at(17, 7), at(17.1, 7)].map((one) => one !== null)).toEqual([
      ...[true, false, true, false],
    ]);
    expect([at(3, 7), at(2.9, 7), at(8, 12), at(8, 12.1)].map((one) => one !== null)).toEqual([
      ...[true, false, true, false],
    ]);
    // Inside of it no side is near.
    expect(at(10, 7)).toBeNull();
  });

  it('is that of the nearest of several objects', () => {
    const lower = objectOf(
      'b',
      1,
      draw(...rows.map((row, y) => (y === 12 ? row.replaceAll('.', '#') : '.'.repeat(20)))),
    );
    expect(snapTo([box, lower], { x: 8, y: 10.8 }, 3)).toMatchObject({ id: 'a', y: 10 });
    expect(snapTo([box, lower], { x: 8, y: 11.2 }, 3)).toMatchObject({ id: 'b', y: 12 });
  });
});

describe('the way between two places', () => {
  const way = (from: [number, number], to: [number, number], longer = false) =>
    between(box, at(...from)!, at(...to)!, longer);

  it('goes over the corners of the shorter side, either way round', () => {
    expect(way([8, 4], [12, 4])).toEqual([]);
    expect(way([12, 4], [8, 4])).toEqual([]);
    expect(way([12, 4], [15, 6])).toEqual([15, 4]);
    expect(way([15, 6], [12, 4])).toEqual([15, 4]);
    expect(way([14, 4], [14, 10])).toEqual([15, 4, 15, 10]);
    expect(way([14, 10], [14, 4])).toEqual([15, 10, 15, 4]);
  });

  it('goes the longer way where that is wanted', () => {
    expect(way([12, 4], [15, 6], true)).toEqual([5, 4, 5, 10, 15, 10]);
    expect(way([15, 6], [12, 4], true)).toEqual([15, 10, 5, 10, 5, 4]);
    expect(way([8, 4], [12, 4], true)).toEqual([5, 4, 5, 10, 15, 10, 15, 4]);
    expect(way([12, 4], [8, 4], true)).toEqual([15, 4, 15, 10, 5, 10, 5, 4]);
  });

  it('is none from one outline to another', () => {
    const [from, to] = [at(8, 4)!, at(12, 4)!];
    expect(between(box, from, { ...to, id: 'b' as never }, true)).toEqual([]);
    expect(between(box, from, { ...to, ring: 1 }, true)).toEqual([]);
    expect(between(box, { ...from, ring: 1 }, { ...to, ring: 1 }, true)).toEqual([]);
  });
});
