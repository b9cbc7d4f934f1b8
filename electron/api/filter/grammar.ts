// The filter language: "class:ball is:doubtful area:<5% -edited:today #120-180 /beach/ name". Words of one kind
// mean either of them, words of different kinds all of them; a minus or `not` before a word means without.
import { fieldTestOf, type FieldTest } from './fieldTest.ts';
import { areaBoundsOf, boundsOf, daysOf, shareBoundsOf, type Bounds, type Days } from './values.ts';
import { beyondPatterns, patternFault } from './patterns.ts';
import { choiceNamed, WORDS, wordNamed, type WordId } from './words.ts';

export type Meaning =
  | { readonly kind: 'text'; readonly word: WordId; readonly text: string }
  | { readonly kind: 'choice'; readonly word: WordId; readonly choice: string }
  | { readonly kind: 'field'; readonly word: 'field'; readonly test: FieldTest }
  | {
      readonly kind: 'bounds';
      readonly word: WordId;
      readonly bounds: Bounds;
      readonly unit: 'px' | 'share' | 'plain';
    }
  | { readonly kind: 'days'; readonly word: WordId; readonly days: Days }
  | { readonly kind: 'pattern'; readonly pattern: string }
  /** Places in the list by name, from 1. */
  | { readonly kind: 'places'; readonly from: number; readonly to: number };

/** Why a word cannot be understood. */
export type Fault =
  | { readonly kind: 'value'; readonly word: WordId; readonly written: string }
  | { readonly kind: 'pattern'; readonly at: number }
  /** A piece of a pattern that filters do not know. */
  | { readonly kind: 'beyond'; readonly at: number };

export interface Term {
  /** As it was written, with its minus. */
  readonly written: string;
  readonly not: boolean;
  /** Null where the fault says why. */
  readonly meaning: Meaning | null;
  readonly fault: Fault | null;
}

const MOST_TERMS = 60;
/** Inside quotation marks two of them are one. */
const TOKEN =
  /(?:not\s+|-)?(?:[a-z]+:"(?:[^"]|"")*"?|\/(?:\\.|[^/\\])*\/?(?=\s|$)|"(?:[^"]|"")*"?|\S+)/giu;

/** Every word of a filter, understood or not. Words that nobody knows are parts of the name. */
export function parseFilter(text: string): Term[] {
  return [...text.matchAll(TOKEN)].slice(0, MOST_TERMS).map(([written]) => termOf(written));
}

/** Those that can be asked. */
export const soundTerms = (terms: readonly Term[]): (Term & { readonly meaning: Meaning })[] =>
  terms.filter((term): term is Term & { readonly meaning: Meaning } => term.meaning !== null);

function termOf(written: string): Term {
  const [, no = '', rest = ''] = /^(not\s+|-(?=.))?(.*)$/isu.exec(written) ?? [];
  const read = meaningOf(rest);
  const isFault = 'fault' in read;
  return {
    written: no === '' ? rest : `-${rest}`,
    not: no !== '',
    meaning: isFault ? null : read,
    fault: isFault ? read.fault : null,
  };
}

function meaningOf(written: string): Meaning | { readonly fault: Fault } {
  const places = /^#(\d+)(?:-(\d+))?$/.exec(written);
  if (places) {
    const [from, to] = [Number(places[1]), Number(places[2] ?? places[1])];
    return { kind: 'places', from: Math.min(from, to), to: Math.max(from, to) };
  }
  const pattern = /^\/(.+)\/$/su.exec(written)?.[1];
  if (pattern !== undefined) {
    const at = patternFault(pattern);
    if (at !== null) return { fault: { kind: 'pattern', at } };
    const beyond = beyondPatterns(pattern);
    return beyond === null
      ? { kind: 'pattern', pattern }
      : { fault: { kind: 'beyond', at: beyond } };
  }
  const [, name = '', value = ''] = /^([a-z]+):(.*)$/isu.exec(written) ?? [];
  const word = wordNamed(name);
  if (word === null) return { kind: 'text', word: 'name', text: unquoted(written) };
  return valued(word, unquoted(value));
}

function valued(word: WordId, written: string): Meaning | { readonly fault: Fault } {
  const bad = { fault: { kind: 'value', word, written } } as const;
  switch (WORDS[word].kind) {
    case 'text':
      return written === '' ? bad : { kind: 'text', word, text: written };
    case 'choice': {
      const choice = choiceNamed(word, written);
      return choice === null ? bad : { kind: 'choice', word, choice };
    }
    case 'field': {
      const test = fieldTestOf(written);
      return test === null ? bad : { kind: 'field', word: 'field', test };
    }
    case 'share': {
      const bounds = shareBoundsOf(written);
      return bounds ? { kind: 'bounds', word, bounds, unit: 'plain' } : bad;
    }
    case 'number': {
      const bounds = boundsOf(written);
      return bounds ? { kind: 'bounds', word, bounds, unit: 'plain' } : bad;
    }
    case 'area': {
      const found = areaBoundsOf(written);
      return found ? { kind: 'bounds', word, ...found } : bad;
    }
    case 'day': {
      const days = daysOf(written);
      return days ? { kind: 'days', word, days } : bad;
    }
  }
}

/** A value as it is meant, with or without quotation marks around it; the closing one may be missing. */
export function unquoted(text: string): string {
  const inside = /^"((?:[^"]|"")*)"?$/u.exec(text)?.[1];
  return inside === undefined ? text : inside.replaceAll('""', '"');
}

/** A word with its value, in quotation marks where the value needs them, its own ones doubled. */
export function writeTerm(word: WordId, value: string, not = false): string {
  const quoted = /[\s"]/u.test(value) || value === '' ? `"${value.replaceAll('"', '""')}"` : value;
  return `${not ? '-' : ''}${word}:${quoted}`;
}

/** The filter with one more word; the same word twice stays one. */
export function withTerm(text: string, term: string): string {
  const terms = parseFilter(text).map(({ written }) => written);
  return (terms.includes(term) ? terms : [...terms, term]).join(' ');
}

/** The filter without one of its words, by its place. */
export function withoutTerm(text: string, place: number): string {
  return parseFilter(text)
    .map(({ written }) => written)
    .toSpliced(place, 1)
    .join(' ');
}
