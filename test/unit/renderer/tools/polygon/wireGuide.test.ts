// Costs by salience: where it falls a step costs least, between cells as much as lies between them.
import { describe, expect, it } from 'vitest';
import type { ScoreMap } from '../../../../../electron/api/run.ts';
import { guideCosts } from '../../../../../renderer/src/tools/polygon/wireGuide.ts';

const RANGE = { along: 4, across: 64 };
const mapOf = (...rows: readonly (readonly number[])[]): ScoreMap => ({
  rows: rows.length,
  columns: rows[0]!.length,
  maximum: 1,
  values: Uint8Array.from(rows.flat()),
});
const turned = (map: ScoreMap): ScoreMap => ({
  rows: map.columns,
  columns: map.rows,
  maximum: 1,
  values: Uint8Array.from(map.values, (_, at) => {
    const [row, column] = [Math.floor(at / map.rows), at % map.rows];
    return map.values[column * map.columns + row]!;
  }),
});
/** Costs in rows. */
function costs(
  map: ScoreMap,
  size: readonly [width: number, height: number],
  window: readonly [left: number, top: number, columns: number, rows: number],
) {
  const [left, top, columns, rows] = window;
  const [width, height] = size;
  const place = { left, top, columns, rows };
  const found = guideCosts({ map, share: 1 }, place, { width, height }, RANGE);
  return (
    found &&
    Array.from({ length: rows }, (_, row) => [...found.slice(row * columns, (row + 1) * columns)])
  );
}

/** Salience falls between the second and the third column: both change as steeply. */
const step = mapOf(...Array.from({ length: 4 }, () => [200, 200, 40, 40]));
/** A quarter of the way is lacking where half of the fall is there. */
const [least, half, most] = [4, 4 + 60 * 0.25, 64];

describe('a step of salience', () => {
  it('costs least at its cells, most away from it, and between them what lies there', () => {
    // A cell is two pixels: its middle is every second corner, from the first one on.
    const across = [most, most, half, least, least, least, half, most, most];
    for (const row of costs(step, [8, 8], [0, 0, 9, 9])!) expect(row).toEqual(across);
    const down = costs(turned(step), [8, 8], [0, 0, 9, 9])!;
    down.forEach((row, at) => expect(row).toEqual(Array(9).fill(across[at])));
  });

  it('costs the same wherever the window lies', () => {
    const whole = costs(step, [8, 8], [0, 0, 9, 9])!;
    const part = costs(step, [8, 8], [2, 3, 5, 4])!;
    expect(part).toEqual(whole.slice(3, 7).map((row) => row.slice(2, 7)));
    const below = costs(turned(step), [8, 8], [3, 2, 4, 5])!;
    const all = costs(turned(step), [8, 8], [0, 0, 9, 9])!;
    expect(below).toEqual(all.slice(2, 7).map((row) => row.slice(3, 7)));
  });

  it('is steeper where the image is smaller along it', () => {
    // The same step along both sides of an image twice as wide as high, away from the corner where they meet.
    const both = mapOf(
      ...[
        [90, 90, 90, 10],
        [90, 90, 90, 10],
      ],
      ...[
        [90, 90, 90, 10],
        [10, 10, 10, 10],
      ],
    );
    const found = costs(both, [16, 8], [0, 0, 17, 9])!;
    // Down the step is full; across it falls half as much for each pixel.
    const [down, side] = [found[5]![2]!, found[1]![10]!];
    expect(down).toBeLessThan(side);
    const lacking = (cost: number) => Math.sqrt((cost - 4) / 60);
    expect((1 - lacking(side)) / (1 - lacking(down))).toBeCloseTo(0.5, 1);
  });
});

it('the steepest twentieth of the cells counts as full', () => {
  // 40 columns, one of which falls four times as much as the others that fall.
  const row = Array.from({ length: 40 }, (_, at) =>
    at < 10 ? 200 : at < 20 ? 160 : at < 30 ? 120 : at === 39 ? 0 : 80,
  );
  const found = costs(mapOf(row), [40, 1], [0, 0, 41, 1])![0]!;
  // Two cells beside each step: the two steepest are left out, the next ones are full.
  expect(found[10]).toBe(least);
  expect(found[39]).toBe(least);
  expect(found[5]).toBe(most);
});

it('without a fall there is no guide', () => {
  expect(costs(mapOf([7, 7], [7, 7]), [8, 8], [0, 0, 9, 9])).toBeNull();
  expect(costs(mapOf([7]), [8, 8], [0, 0, 9, 9])).toBeNull();
});
