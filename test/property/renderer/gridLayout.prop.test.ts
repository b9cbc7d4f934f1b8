// The review grid against a list of rows that is laid out one by one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewGroup } from '../../../renderer/src/screens/review/reviewGroups.ts';
import {
  layoutOf,
  rowOf,
  rowsInView,
  verticalNeighbour,
} from '../../../renderer/src/screens/review/grid/gridLayout.ts';

const MEASURE = { rowHeight: 100, headHeight: 30 };
const groupsOf = (counts: readonly number[]) => {
  let first = 0;
  return counts.map((count) => {
    const group = { first, count } as ReviewGroup;
    first += count;
    return group;
  });
};
const asked = fc.record({
  counts: fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 1, maxLength: 5 }),
  columns: fc.integer({ min: 1, max: 4 }),
});

/** Every tile with the row it stands in, its column and the row's top. */
function tilesOf(counts: readonly number[], columns: number) {
  const tiles: { row: number; column: number; top: number }[] = [];
  let [top, row] = [0, 0];
  for (const count of counts) {
    top += MEASURE.headHeight;
    for (let i = 0; i < count; i += 1) {
      if (i > 0 && i % columns === 0) {
        row += 1;
        top += MEASURE.rowHeight;
      }
      tiles.push({ row, column: i % columns, top });
    }
    row += 1;
    top += MEASURE.rowHeight;
  }
  return { tiles, height: top };
}

describe('the review grid', () => {
  it('is as high as its heads and rows, and knows the row of each tile', () => {
    fc.assert(
      fc.property(asked, ({ counts, columns }) => {
        const layout = layoutOf(groupsOf(counts), { ...MEASURE, columns });
        const { tiles, height } = tilesOf(counts, columns);
        expect(layout.height).toBe(height);
        tiles.forEach(({ top }, index) =>
          expect(rowOf(layout, index)).toEqual({ top, bottom: top + MEASURE.rowHeight }),
        );
        expect(rowOf(layout, tiles.length)).toEqual({ top: 0, bottom: 0 });
        expect(rowOf(layout, -1)).toEqual({ top: 0, bottom: 0 });
      }),
    );
  });

  it('draws every row that the window cuts, and none beyond', () => {
    fc.assert(
      fc.property(
        asked,
        fc.integer({ min: -50, max: 900 }),
        fc.integer({ min: 1, max: 400 }),
        ({ counts, columns }, from, high) => {
          const layout = layoutOf(groupsOf(counts), { ...MEASURE, columns });
          const tops = new Set(tilesOf(counts, columns).tiles.map(({ top }) => top));
          const seen = [...tops].filter((top) => top < from + high && top + 100 > from);
          expect(rowsInView(layout, from, from + high).map(({ top }) => top)).toEqual(seen);
        },
      ),
    );
  });

  it('goes up and down to the same column, or the last of a shorter row', () => {
    fc.assert(
      fc.property(asked, fc.nat(54), fc.constantFrom(1, -1), ({ counts, columns }, at, by) => {
        const layout = layoutOf(groupsOf(counts), { ...MEASURE, columns });
        const { tiles } = tilesOf(counts, columns);
        const from = tiles[at];
        const next = from
          ? tiles.findLastIndex(({ row, column }) => row === from.row + by && column <= from.column)
          : -1;
        expect(verticalNeighbour(layout, at, by as 1 | -1)).toBe(next < 0 ? at : next);
      }),
    );
  });
});
