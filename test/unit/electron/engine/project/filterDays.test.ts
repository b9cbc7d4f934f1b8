// Days of a filter as times: those of this computer's clock, the last one included.
import { expect, it } from 'vitest';
import { conditionsOf } from '../../../../../electron/engine/project/images/filterSql.ts';

/** An afternoon at the end of a winter. */
const now = new Date(2026, 2, 1, 15, 30);
const at = (year: number, month: number, day: number) =>
  new Date(year, month - 1, day).toISOString();
const times = (words: string) => conditionsOf(words, now)[0]!.values;

it.each<[string, readonly string[]]>([
  ['edited:today', [at(2026, 3, 1), at(2026, 3, 2)]],
  ['edited:yesterday', [at(2026, 2, 28), at(2026, 3, 1)]],
  ['edited:2025-12-31', [at(2025, 12, 31), at(2026, 1, 1)]],
  ['edited:2026-02-03', [at(2026, 2, 3), at(2026, 2, 4)]],
])('%s', (words, expected) => {
  expect(times(words)).toEqual(expected);
});

it('before and after a day have one end', () => {
  expect(times('edited:<2026-02-03')).toHaveLength(1);
  expect(times('edited:>2026-02-03')).toHaveLength(1);
  const [before] = conditionsOf('edited:<2026-02-03', now);
  expect([before!.sql.includes('l.at < ?'), before!.sql.includes('l.at >= ?')]).toEqual([
    true,
    false,
  ]);
});
