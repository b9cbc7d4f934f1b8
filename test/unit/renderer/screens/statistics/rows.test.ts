import { describe, expect, it } from 'vitest';
import type { ClassStatistics } from '../../../../../electron/api/methods/project.ts';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import {
  sizeSide,
  sortedBy,
  statisticsRows,
} from '../../../../../renderer/src/screens/statistics/rows.ts';
import { text } from '../../../../../renderer/src/text/text.ts';
import { sumOf } from '../../../../../renderer/src/screens/statistics/statistics.svelte.ts';

const row = (id: number, change: Partial<ClassStatistics> = {}): ClassStatistics => ({
  categoryId: id as CategoryId,
  annotations: id,
  images: 1,
  pixels: 10 * id,
  acceptedAsIs: 1,
  edited: 2,
  rejected: 3,
  pending: 4,
  sizes: [id, 0],
  matches: [0, id],
  ...change,
});

describe('rows of the statistics', () => {
  it('give every class a name and every column a head', () => {
    const rows = statisticsRows([row(1), row(2)], (id) => `class ${id}`);
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map((line) => line.length)).size).toBe(1);
    const { columns, matchBin, sizeBin } = text.statistics;
    expect(rows[0]!.slice(-4)).toEqual([
      `${columns.size} ${sizeBin(1, 2)}`,
      `${columns.size} ${sizeBin(2, null)}`,
      `${columns.match} ${matchBin(0, 0.5)}`,
      `${columns.match} ${matchBin(0.5, 1)}`,
    ]);
    expect(rows[2]!.slice(0, 4)).toEqual(['class 2', 2, 1, 20]);
  });

  it('sort by the largest and leave the order alone without a column', () => {
    expect(sortedBy([row(1), row(3), row(2)], 'pixels').map((r) => r.categoryId)).toEqual([
      3, 2, 1,
    ]);
    expect(sortedBy([row(1), row(3)], null).map((r) => r.categoryId)).toEqual([1, 3]);
  });

  it('add up over classes, histograms bin by bin', () => {
    const total = sumOf([row(1), row(2, { sizes: [0, 0, 5] })]);
    expect(total.annotations).toBe(3);
    expect(total.sizes).toEqual([1, 0, 5]);
    expect(total.matches).toEqual([0, 3]);
  });

  it('name a bin of areas 4^n by the side of its square', () => {
    expect([0, 1, 5].map(sizeSide)).toEqual([1, 2, 32]);
  });
});
