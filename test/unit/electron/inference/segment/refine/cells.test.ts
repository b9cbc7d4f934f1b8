// The decoder's cells against plain reckoning: where they lie, what a plane is there, how deep a part is.
import { describe, expect, test } from 'vitest';
import {
  boundsOf,
  cellFrame,
  cellsOf,
  depthOf,
} from '../../../../../../electron/inference/segment/refine/cells.ts';
import { randomFrom } from '../../../../../helpers/fixtures/random.ts';

const framed = { frame: { side: 64, width: 60, height: 45 }, width: 200, height: 90 } as never;

describe('the frame', () => {
  test('has the cells that hold image, begun ones too, and their size in its pixels', () => {
    expect(cellFrame(framed, 16)).toEqual({
      low: 16,
      columns: 15,
      rows: 12,
      across: 200 / 15,
      down: 8,
    });
  });

  test('ends with the square', () => {
    const wide = { frame: { side: 64, width: 65, height: 63 }, width: 65, height: 63 } as never;
    expect(cellFrame(wide, 16)).toMatchObject({ columns: 16, rows: 16 });
  });
});

describe('a plane at the middle of every cell', () => {
  const frame = cellFrame(framed, 16);
  const image = { width: 200, height: 90 };
  const random = randomFrom(4);
  const plane = (width: number, height: number) => ({
    width,
    height,
    values: Float32Array.from({ length: width * height }, () => random()),
  });

  test.each([
    [7, 5],
    [40, 3],
    [3, 60],
    [1, 1],
  ])('of %d x %d values is mixed from the four around it', (width, height) => {
    const given = plane(width, height);
    const value = (x: number, y: number) =>
      given.values[Math.min(height - 1, y) * width + Math.min(width - 1, x)]!;
    const cells = cellsOf(given, frame, image);
    for (let row = 0; row < 16; row++)
      for (let column = 0; column < 16; column++) {
        const found = cells[row * 16 + column]!;
        if (column >= 15 || row >= 12) {
          expect(found).toBe(0);
          continue;
        }
        const x = Math.min(
          width - 1,
          Math.max(0, (((column + 0.5) * 200) / 15 / 200) * width - 0.5),
        );
        const y = Math.min(height - 1, Math.max(0, (((row + 0.5) * 8) / 90) * height - 0.5));
        const [left, top] = [Math.floor(x), Math.floor(y)];
        const [across, down] = [x - left, y - top];
        const mixed =
          value(left, top) * (1 - across) * (1 - down) +
          value(left + 1, top) * across * (1 - down) +
          value(left, top + 1) * (1 - across) * down +
          value(left + 1, top + 1) * across * down;
        expect(found).toBeCloseTo(mixed, 6);
      }
  });
});

/** Cells by characters, 8 a row. */
const cellsBy = (...rows: string[]) =>
  Uint8Array.from([...rows.join('')], (one) => Number(one === '#'));

describe('bounds', () => {
  test('are the smallest box around what is inside', () => {
    const inside = cellsBy(
      '........',
      '...#....',
      '.....#..',
      '..#.....',
      '........',
      ...Array(3).fill('........'),
    );
    expect(boundsOf(inside, 8)).toEqual([2, 1, 6, 4]);
    expect(boundsOf(cellsBy('#.......', ...Array(7).fill('........')), 8)).toEqual([0, 0, 1, 1]);
    expect(boundsOf(cellsBy(...Array(7).fill('........'), '.......#'), 8)).toEqual([7, 7, 8, 8]);
    expect(boundsOf(new Uint8Array(64), 8)).toBeNull();
  });
});

/** Shortest way out in steps of 1 and the root of 2, step by step until nothing changes. */
function slowDepth(inside: Uint8Array, low: number, beyond: number): number[] {
  const depth: number[] = Array.from(inside, (one) => (one === 0 ? 0 : Infinity));
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= low || y >= low ? beyond : depth[y * low + x]!;
  for (let changed = true; changed;) {
    changed = false;
    for (let y = 0; y < low; y++)
      for (let x = 0; x < low; x++)
        for (const [dx, dy] of [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy]))) {
          if (inside[y * low + x] === 0 || (dx === 0 && dy === 0)) continue;
          const way = at(x + dx!, y + dy!) + Math.hypot(dx!, dy!);
          if (way < depth[y * low + x]! - 1e-9) {
            depth[y * low + x] = way;
            changed = true;
          }
        }
  }
  return depth;
}

describe('depth', () => {
  const random = randomFrom(9);
  const parts = [
    ...Array.from({ length: 12 }, (_, at) =>
      Uint8Array.from({ length: 100 }, () => Number(random() < 0.5 + at / 25)),
    ),
    new Uint8Array(100).fill(1),
    Uint8Array.from({ length: 100 }, (_, at) => Number(at % 10 > 2 && at > 20 && at % 10 < 9)),
  ];

  test.each([0, 3, Infinity])(
    'is the way to the nearest cell outside, with %d around',
    (beyond) => {
      for (const inside of parts) {
        const found = [...depthOf(inside, 10, beyond)];
        const slow = slowDepth(inside, 10, beyond);
        found.forEach((value, cell) =>
          Number.isFinite(slow[cell]!)
            ? expect(value).toBeCloseTo(slow[cell]!, 5)
            : expect(value).toBe(Infinity),
        );
      }
    },
  );

  test('around the square nothing is inside unless said', () => {
    expect(depthOf(new Uint8Array(9).fill(1), 3)[4]).toBe(2);
    expect(depthOf(new Uint8Array(9), 3)).toEqual(new Float32Array(9));
  });
});
