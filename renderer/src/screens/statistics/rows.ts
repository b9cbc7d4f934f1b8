// Figures of all classes as rows of a table: for the CSV file and for sorting.
import type { ClassStatistics } from '../../../../electron/api/methods/project.ts';
import type { CategoryId } from '../../../../electron/api/types.ts';
import { text } from '../../text/text.ts';

/** Numbers of a class in the order of the table's columns. */
export const COLUMNS = [
  'annotations',
  'images',
  'pixels',
  'acceptedAsIs',
  'edited',
  'rejected',
  'pending',
] as const;

export type Column = (typeof COLUMNS)[number];

/** Side in px of a square whose area is 4^bin: bins are powers of four. */
export function sizeSide(bin: number): number {
  return 2 ** bin;
}

/** Head and one row per class, histograms spread over columns of their own. */
export function statisticsRows(
  rows: readonly ClassStatistics[],
  nameOf: (id: CategoryId) => string,
): (string | number)[][] {
  const words = text.statistics;
  const sizes = rows[0]?.sizes.length ?? 0;
  const matches = rows[0]?.matches.length ?? 0;
  const head = [
    words.columns.class,
    ...COLUMNS.map((column) => words.columns[column]),
    ...Array.from(
      { length: sizes },
      (_, i) =>
        `${words.columns.size} ${words.sizeBin(sizeSide(i), i === sizes - 1 ? null : sizeSide(i + 1))}`,
    ),
    ...Array.from(
      { length: matches },
      (_, i) => `${words.columns.match} ${words.matchBin(i / matches, (i + 1) / matches)}`,
    ),
  ];
  return [
    head,
    ...rows.map((row) => [
      nameOf(row.categoryId),
      ...COLUMNS.map((column) => row[column]),
      ...row.sizes,
      ...row.matches,
    ]),
  ];
}

/** Largest first; equal ones stay in the project's order. */
export function sortedBy(
  rows: readonly ClassStatistics[],
  column: Column | null,
): readonly ClassStatistics[] {
  return column === null ? rows : [...rows].sort((a, b) => b[column] - a[column]);
}
