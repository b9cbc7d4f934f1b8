// Sentences of the patch that was clicked.
import { count } from '../../plural.ts';

export const patch = {
  title: 'Clicked patch',
  at: (row: number, column: number, rows: number, columns: number) =>
    `${row}, ${column} of ${rows} × ${columns}`,
  none: 'Click a patch to see what it is taken for. With keys: arrows, then Enter.',
  busy: 'Looking',
  cannot: 'This method cannot say it.',
  cosine: (value: string) => `Similarity ${value}`,
  shares: (n: number) => `Shares of all ${count(n)} words, background words included.`,
  under: (share: string) => `All under ${share}: background.`,
  near: 'With nearness',
  alone: 'Without,',
  aloneNote: 'keys alone',
  listens: (window: number, all: number) =>
    all === 1
      ? 'Where this patch listens in the last block.'
      : `Where this patch listens in the last block, in window ${window} of ${all}.`,
  took: (time: string) => `Read in ${time}`,
};
