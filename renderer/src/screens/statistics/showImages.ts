// From a figure to the images behind it: Label, its list under a filter that can be seen and goes on from there.
import { writeTerm } from '../../../../electron/api/filter/grammar.ts';
import type { CategoryId } from '../../../../electron/api/types.ts';
import type { App } from '../../state/app.svelte.ts';
import { sizeSide } from './rows.ts';
import type { StatisticsFilter } from './statistics.svelte.ts';

/** More of them would fill the filter. */
const MOST_CLASSES = 12;

/** What the screen counts, as words; classes only while they can be said in a few. */
export function countedWords(
  { text, status, jobId, hidden }: StatisticsFilter,
  categories: readonly { readonly id: CategoryId; readonly name: string }[] = [],
): string[] {
  const shown = hidden.size === 0 ? [] : categories.filter(({ id }) => !hidden.has(id));
  return [
    ...(text === '' ? [] : [writeTerm('name', text)]),
    ...(status === null ? [] : [writeTerm('status', status)]),
    ...(jobId === null ? [] : [writeTerm('batch', jobId)]),
    ...(shown.length > MOST_CLASSES ? [] : shown.map(({ name }) => writeTerm('class', name))),
  ];
}

/** Accepted masks of a bin of sizes: areas from a power of four up to the next. */
export const sizeWords = (bin: number, isLast: boolean): string[] => {
  const least = sizeSide(bin) ** 2;
  const area = isLast ? `>=${least}` : `${least}-${sizeSide(bin + 1) ** 2 - 1}`;
  return [writeTerm('area', area), writeTerm('is', 'accepted')];
};

/** Masks of a bin of matches, both ends with it. */
export const matchWords = (bin: number, bins: number): string[] => {
  const at = (n: number) => String(Number((n / bins).toFixed(4)));
  return [writeTerm('match', `${at(bin)}-${at(bin + 1)}`)];
};

export async function showImages(app: App, words: readonly string[]): Promise<void> {
  await app.attempt(async () => {
    await app.images.setWords(words.join(' '));
    app.go('label');
    if (app.images.total > 0) await app.openIndex(0);
  });
}
