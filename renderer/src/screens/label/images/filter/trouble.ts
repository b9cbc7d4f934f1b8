// What is wrong with a filter, in a sentence, and what was probably meant.
import type { Term } from '../../../../../../electron/api/filter/grammar.ts';
import { text } from '../../../../text/text.ts';
import { faultWords } from './chip.ts';

export interface Trouble {
  /** Of the chip. */
  readonly place: number;
  readonly message: string;
  /** A class that may have been meant. */
  readonly offer: string | null;
}

/** The first word that cannot be understood, or that asks for a class that nobody has. */
export function troubleIn(chips: readonly Term[], classNames: readonly string[]): Trouble | null {
  for (const [place, { fault, meaning }] of chips.entries()) {
    if (fault) return { place, message: faultWords(fault), offer: null };
    if (meaning?.kind !== 'text' || meaning.word !== 'class') continue;
    const wanted = meaning.text.toLowerCase();
    if (classNames.some((name) => name.toLowerCase().includes(wanted))) continue;
    return {
      place,
      message: text.filter.faults.noClass(meaning.text),
      offer: nearestName(meaning.text, classNames),
    };
  }
  return null;
}

/** The class name nearest to one that nobody has; null = none is near. */
function nearestName(wanted: string, names: readonly string[]): string | null {
  const near = names
    .map((name) => ({ name, far: distance(name.toLowerCase(), wanted.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  return near && near.far <= Math.max(1, Math.floor(wanted.length / 2)) ? near.name : null;
}

/** Letters to add, drop or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])),
      );
    row = next;
  }
  return row[b.length]!;
}
