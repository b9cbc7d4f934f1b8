// What the filter offers while somebody types: values of the word being typed first, then other words.
import { fieldTestOf } from '../../../../../../electron/api/filter/fieldTest.ts';
import { unquoted, writeTerm } from '../../../../../../electron/api/filter/grammar.ts';
import {
  WORD_IDS,
  WORDS,
  wordNamed,
  type WordId,
} from '../../../../../../electron/api/filter/words.ts';
import { isSameClass } from '../../../../../../electron/api/rules/classNames.ts';
import type { Field } from '../../../../../../electron/api/rules/fields/fields.ts';
import { rank } from '../../../../keys/rank.ts';
import { text } from '../../../../text/text.ts';
import type { KnownValues } from './knownValues.svelte.ts';

export interface Suggestion {
  /** Put into the filter when it is chosen; null = goes on typing `begins`. */
  readonly term: string | null;
  readonly begins?: string;
  readonly hint: string;
}

export interface Suggestions {
  /** Word whose values these are; null = none yet. */
  readonly word: WordId | null;
  readonly values: readonly Suggestion[];
  readonly others: readonly { readonly label: string; readonly begins: string }[];
}

const hints = text.filter.hints;

/** Bounds that are worth a press, per word, some with a hint. */
const BOUNDS: {
  readonly [word in WordId]?: readonly (readonly [
    value: string,
    hint?: 'hardlyDecided' | 'doubtBound',
  ])[];
} = {
  match: [['<0.5'], ['0.5-0.8'], ['>=0.9']],
  edge: [['<0.6'], ['>=0.8']],
  margin: [['<0.05', 'hardlyDecided'], ['<0.1', 'doubtBound'], ['0.1-0.3']],
  area: [['<0.1%'], ['<1%'], ['>30%'], ['<100px']],
  count: [['=0'], ['=1'], ['>5']],
  size: [['>4000'], ['<500']],
};
const EXAMPLE: { readonly [word in WordId]?: string } = {
  match: 'match:<0.4',
  margin: 'margin:<0.2',
  edge: 'edge:<0.6',
  area: 'area:<2%',
  count: 'count:>3',
  size: 'size:>2000',
};
const MOST = 8;

const NOTHING: KnownValues = { tags: [], engines: [], fields: [] };

export function suggest(
  draft: string,
  classNames: readonly string[],
  known: KnownValues = NOTHING,
): Suggestions {
  const not = draft.startsWith('-');
  const plain = not ? draft.slice(1) : draft;
  const [, named, typed] = /^([a-z]+):(.*)$/is.exec(plain) ?? [];
  const exact = named === undefined ? null : wordNamed(named);
  const begun = exact ?? beginsAs(plain);
  const values = [
    ...(begun ? valuesOf(begun, exact ? unquoted(typed!) : '', classNames, known) : []),
    ...(exact === null && plain !== '' ? looseOf(plain, classNames) : []),
  ].slice(0, MOST);
  const sign = not ? '-' : '';
  return {
    word: begun,
    values: values.map((value) => ({
      ...value,
      term: value.term === null ? null : sign + value.term,
      ...(value.begins === undefined ? {} : { begins: sign + value.begins }),
    })),
    others: [
      ...WORD_IDS.filter((id) => id !== 'batch' && id !== 'outcome').map((id) => ({
        label: text.filter.words[id],
        begins: `${sign}${id}:`,
      })),
      { label: '#120-180', begins: '#' },
      { label: '/regex/', begins: '/' },
      { label: text.filter.not, begins: '-' },
    ],
  };
}

/** The word that a draft begins; of several the first that is offered. */
function beginsAs(draft: string): WordId | null {
  const name = draft.toLowerCase();
  return name === '' ? null : (WORD_IDS.find((id) => id.startsWith(name)) ?? null);
}

/** Whether a draft is still the beginning of a word: the list waits until it is more. */
export const isHalfAWord = (draft: string): boolean => {
  const plain = draft.replace(/^-/, '');
  if (/^field:[^<>=]+[<>=]+"?$/i.test(plain)) return true;
  if (/^[a-z]+:"?$/i.test(plain)) return wordNamed(plain.replace(/:"?$/, '')) !== null;
  return plain === '' || plain === '#' || plain.startsWith('/') || beginsAs(plain) !== null;
};

function valuesOf(
  word: WordId,
  typed: string,
  classNames: readonly string[],
  known: KnownValues,
): Suggestion[] {
  if (word === 'field') return fieldValues(typed, known.fields);
  const listed = word === 'tag' ? known.tags : word === 'engine' ? known.engines : [];
  const fitting = rank(listed, typed, (name) => name);
  if (fitting.length > 0) return fitting.map((name) => ({ term: writeTerm(word, name), hint: '' }));
  if (word === 'class')
    return rank(classNames, typed, (name) => name).map((name) => ({
      term: writeTerm('class', name),
      hint: '',
    }));
  const { kind } = WORDS[word];
  if (kind === 'choice') {
    const choices = (WORDS[word] as { choices: readonly string[] }).choices;
    return rank(choices, typed, (choice) => text.filter.choices[choice] ?? choice).map(
      (choice) => ({
        term: writeTerm(word, choice),
        hint: word === 'is' && choice === 'doubtful' ? hints.isDoubtful : '',
      }),
    );
  }
  if (kind === 'day')
    return (['today', 'yesterday'] as const).map((day) => ({
      term: writeTerm(word, day),
      hint: '',
    }));
  if (kind === 'text')
    return typed === ''
      ? []
      : [{ term: writeTerm(word, typed), hint: word === 'name' ? hints.contains : '' }];
  return [
    ...(typed === '' ? [] : [{ term: writeTerm(word, typed), hint: '' }]),
    ...(BOUNDS[word] ?? []).map(([value, hint]) => ({
      term: writeTerm(word, value),
      hint: hint ? hints[hint] : '',
    })),
    { term: null, begins: `${word}:`, hint: hints.type(EXAMPLE[word] ?? `${word}:>1`) },
  ];
}

/** Fields by name, then the values of the one that is named. */
function fieldValues(typed: string, fields: readonly Field[]): Suggestion[] {
  const [, name = '', value = ''] = /^([^<>=]*)[<>=]*(.*)$/s.exec(typed) ?? [];
  const named = fields.find((field) => isSameClass(field.name, name));
  if (!named)
    return rank(fields, typed, (field) => field.name).map((field) => ({
      term: writeTerm('field', field.name),
      hint: hints.anyValue,
    }));
  const values =
    named.kind === 'choice' ? named.choices : named.kind === 'tick' ? ['yes', 'no'] : [];
  const chosen = rank(values, value, (one) => one).map((one) => ({
    term: writeTerm('field', `${named.name}=${one}`),
    hint: '',
  }));
  const more = {
    term: null,
    begins: `field:${named.name}`,
    hint: hints.type(`field:${named.name}>4`),
  };
  return [
    ...(fieldTestOf(typed) === null
      ? []
      : [{ term: writeTerm('field', typed), hint: value === '' ? hints.anyValue : '' }]),
    ...chosen,
    ...(named.kind === 'number' ? [more] : []),
  ];
}

/** What words without a colon may mean: a class, a state, part of the name. */
function looseOf(plain: string, classNames: readonly string[]): Suggestion[] {
  if (plain.startsWith('/'))
    return [
      {
        term: plain.endsWith('/') && plain.length > 2 ? plain : null,
        begins: plain,
        hint: hints.pattern,
      },
    ];
  if (plain.startsWith('#'))
    return [{ term: /^#\d/.test(plain) ? plain : null, begins: plain, hint: hints.places }];
  const choices = (['status', 'is', 'has'] as const).flatMap((word) =>
    WORDS[word].choices
      .filter((choice) =>
        [choice, text.filter.choices[choice] ?? choice].some((name) =>
          name.toLowerCase().startsWith(plain.toLowerCase()),
        ),
      )
      .map((choice) => ({ term: writeTerm(word, choice), hint: '' })),
  );
  const name = unquoted(plain);
  const classes = rank(classNames, name, (one) => one)
    .slice(0, 3)
    .map((one) => ({ term: writeTerm('class', one), hint: '' }));
  return [...classes, ...choices, { term: writeTerm('name', name), hint: hints.contains }];
}
