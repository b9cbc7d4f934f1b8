import { describe, expect, it } from 'vitest';
import {
  layoutOf,
  rowOf,
  rowsInView,
  verticalNeighbour,
} from '../../../../../../renderer/src/screens/review/grid/gridLayout.ts';
import type { ReviewGroup } from '../../../../../../renderer/src/screens/review/reviewGroups.ts';

const group = (first: number, count: number): ReviewGroup => ({
  kind: 'all',
  categoryId: null,
  first,
  count,
  from: 0,
  to: 1,
});
// Rows: 0 1 2 | 3 4   and   5 6 7 | 8
const layout = layoutOf([group(0, 5), group(5, 4)], {
  columns: 3,
  rowHeight: 100,
  headHeight: 40,
});

describe('layout of the review grid', () => {
  it('puts a head above each group and a new row after every full one', () => {
    expect(layout.blocks.map(({ top, rows }) => [top, rows])).toEqual([
      [0, 2],
      [240, 2],
    ]);
    expect(layout.height).toBe(480);
    expect(rowOf(layout, 4)).toEqual({ top: 140, bottom: 240 });
    expect(rowOf(layout, 8)).toEqual({ top: 380, bottom: 480 });
  });

  it('draws only rows that touch the window', () => {
    const shown = rowsInView(layout, 150, 290).map(({ block, row, top }) => [
      block.group.first,
      row,
      top,
    ]);
    expect(shown).toEqual([
      [0, 1, 140],
      [5, 0, 280],
    ]);
  });

  it('draws no more for a million proposals than for a hundred', () => {
    const large = layoutOf([group(0, 1_000_000)], { columns: 5, rowHeight: 150, headHeight: 40 });
    expect(rowsInView(large, 9_000_000, 9_000_900).length).toBeLessThanOrEqual(7);
  });

  it('moves down and up through rows and over the edge of a group', () => {
    expect(verticalNeighbour(layout, 1, 1)).toBe(4);
    expect(verticalNeighbour(layout, 4, 1)).toBe(6);
    expect(verticalNeighbour(layout, 6, -1)).toBe(4);
    expect(verticalNeighbour(layout, 4, -1)).toBe(1);
  });

  it('takes the last tile of a short row, and stays at the ends', () => {
    expect(verticalNeighbour(layout, 2, 1)).toBe(4);
    expect(verticalNeighbour(layout, 7, 1)).toBe(8);
    expect(verticalNeighbour(layout, 8, 1)).toBe(8);
    expect(verticalNeighbour(layout, 0, -1)).toBe(0);
  });
});
