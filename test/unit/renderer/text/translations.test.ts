// Every translation says what English says: nothing left out, nothing left in English, every fact told.
import { afterEach, describe, expect, it } from 'vitest';
import type { Language } from '../../../../electron/api/settings.ts';
import { en } from '../../../../renderer/src/text/en.ts';
import { SPOKEN, speak } from '../../../../renderer/src/text/languages/languages.ts';
import { text } from '../../../../renderer/src/text/text.ts';
import {
  englishLeft,
  factFaults,
  percentFaults,
  shapeFaults,
  termFaults,
} from '../../../helpers/languages/faults.ts';
import { GLOSSARIES, NAMES } from '../../../helpers/languages/glossary.ts';

const GAPS: Partial<Record<Language, string>> = { ja: '', zh: '' };

afterEach(() => speak('en'));

describe('what is found in a translation', () => {
  const english = {
    title: 'Open image',
    of: (done: number, total: number) => `${done} of ${total}`,
    parts: ['One', 'Two'],
  };
  it('a name that is missing or too many, a list of another length', () => {
    expect(shapeFaults(english, { ...english, parts: ['Eins'], more: 'x' })).toEqual([
      'parts: 2 parts, here 1 parts',
      'more: undefined, here string',
    ]);
  });
  it('a fact that is not told', () => {
    expect(factFaults(english, { of: (done: number) => `${done} von vielen` })).toHaveLength(1);
    expect(
      factFaults(english, { of: (done: number, total: number) => `von ${total}: ${done}` }),
    ).toEqual([]);
  });
  it('English that is left, unless the word is the same', () => {
    const other = { ...english, parts: ['Eins', 'Two'] };
    expect(englishLeft(english, other, ['Open image'])).toEqual(['of: Qa of Qb', 'parts: Two']);
  });
  it('another term than the glossary has, once it is more than an exception', () => {
    const pair = [{ a: 'One mask' }, { a: 'Eine Fläche' }] as const;
    expect(termFaults(...pair, { mask: /Maske/ })).toHaveLength(1);
  });
  it('a sign of percent that stands too far off', () => {
    expect(percentFaults({ a: '5 %', b: '5\u202f%' }, '\u202f')).toEqual(['a: 5 %']);
  });
});

it('English is compared as a whole: every function says something of facts', () => {
  expect(shapeFaults(en, text)).toEqual([]);
  expect(factFaults(en, en)).toEqual([]);
});

/** Spoken names of buttons beside what stands on them: who commands by voice says what is seen. */
const SPOKEN_AND_SEEN: readonly (() => readonly [spoken: string, seen: string])[] = [
  () => [text.review.acceptGroup(3, 'x'), text.review.acceptN(3)],
  () => [text.review.rejectGroup(3, 'x'), text.review.rejectN(3)],
  () => [text.label.classes.keyPage(2, 3), '2/3'],
];

for (const language of SPOKEN)
  it(`${language} says of a button what is seen on it`, async () => {
    await speak(language);
    for (const [spoken, seen] of SPOKEN_AND_SEEN.map((pair) => pair()))
      expect(spoken.toLowerCase()).toContain(seen.toLowerCase());
  });

for (const language of SPOKEN)
  if (language !== 'en')
    it(`${language} says what English says`, async () => {
      await speak(language);
      const { terms, same } = GLOSSARIES[language];
      expect(shapeFaults(en, text), 'names').toEqual([]);
      expect(factFaults(en, text), 'facts').toEqual([]);
      expect(englishLeft(en, text, [...NAMES, ...same]), 'left in English').toEqual([]);
      expect(termFaults(en, text, terms), 'terms').toEqual([]);
      expect(percentFaults(text, GAPS[language] ?? '\u202f'), 'percent').toEqual([]);
    });
