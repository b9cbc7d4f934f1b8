// Which values, notes and tags can be kept, and in which form.
import { describe, expect, it } from 'vitest';
import {
  MAX_FIELD_NAME,
  MAX_NOTE,
  MAX_TAG,
  MAX_TAGS,
  MAX_VALUE,
  MAX_VALUES,
  type Field,
} from '../../../../../../electron/api/rules/fields/fields.ts';
import {
  isDetails,
  isFieldValue,
  isNoNote,
  isNote,
  isTagList,
  isWithin,
  sameDetails,
  tidied,
  tidiedTags,
  valueTrouble,
} from '../../../../../../electron/api/rules/fields/values.ts';

const field = (patch: object) => ({ name: 'f', ...patch }) as unknown as Field;
const long = (length: number) => 'a'.repeat(length);

describe('a value of its field', () => {
  it('is a tick', () => {
    expect(valueTrouble(field({ kind: 'tick' }), false)).toBeNull();
    expect(valueTrouble(field({ kind: 'tick' }), 'no')).toBe('kind');
  });

  it('is one of the choices', () => {
    const choice = field({ kind: 'choice', choices: ['red', 'blue'] });
    expect(valueTrouble(choice, 'blue')).toBeNull();
    expect(valueTrouble(choice, 'green')).toBe('list');
    expect(valueTrouble(choice, 3)).toBe('list');
  });

  it('is a number from the least to the most, where those are given', () => {
    const of = (min: number | null, max: number | null, value: number | string) =>
      valueTrouble(field({ kind: 'number', min, max }), value);
    expect([of(2, 5, 2), of(2, 5, 5), of(null, null, -1e9), of(2, null, 1e9)]).toEqual([
      ...[null, null, null, null],
    ]);
    expect([of(2, 5, 1.9), of(2, 5, 5.1), of(2, null, 1), of(null, 5, 6)]).toEqual([
      ...['bounds', 'bounds', 'bounds', 'bounds'],
    ]);
    expect(of(2, 5, '3')).toBe('kind');
  });

  it('is text of a line that is not too long', () => {
    const text = field({ kind: 'text' });
    expect(valueTrouble(text, long(MAX_VALUE))).toBeNull();
    expect(valueTrouble(text, long(MAX_VALUE + 1))).toBe('long');
    expect(valueTrouble(text, 'a\nb')).toBe('long');
    expect(valueTrouble(text, true)).toBe('kind');
  });
});

describe('details', () => {
  it('have one form: values by name, marks in their order, nothing that is empty', () => {
    const values = { b: 2, a: '', c: false, A: 0 };
    const note = { text: ' x ', talk: false };
    const tidy = tidied({ values, marks: { occluded: false }, note } as never)!;
    expect(JSON.stringify(tidy.values)).toBe('{"A":0,"b":2,"c":false}');
    expect(tidy).toEqual({ values: { A: 0, b: 2, c: false }, marks: { occluded: false }, note });
    expect(tidied({ values: { a: 1 } } as never)).toEqual({ values: { a: 1 } });
    expect(tidied({ marks: { occluded: true } } as never)).toEqual({ marks: { occluded: true } });
    expect(tidied({ note: { text: '', talk: true } })).toEqual({ note: { text: '', talk: true } });
    expect(
      tidied({ values: { a: '' }, marks: {}, note: { text: ' ', talk: false } }),
    ).toBeUndefined();
    expect(tidied(undefined)).toBeUndefined();
  });

  it('are the same where they say the same', () => {
    const a = { values: { x: 1, y: 2 } } as never;
    const b = { values: { y: 2, x: 1 }, marks: {} } as never;
    expect(sameDetails(a, b)).toBe(true);
    expect(sameDetails(a, { values: { x: 1, y: 3 } } as never)).toBe(false);
    expect(sameDetails(undefined, undefined)).toBe(true);
    expect(sameDetails(undefined, { values: {} })).toBe(true);
  });

  it('of a file are taken within their bounds', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`v${i}`, i]));
    for (const good of [
      {},
      { values: many(MAX_VALUES) },
      { values: { [long(MAX_FIELD_NAME)]: long(MAX_VALUE) } },
      { marks: { occluded: true } },
      { note: { text: long(MAX_NOTE), talk: true } },
    ])
      expect(isDetails(good)).toBe(true);
    for (const bad of [
      null,
      'text',
      [],
      { other: 1 },
      { values: [] },
      { values: null },
      { marks: 3 },
      { values: many(MAX_VALUES + 1) },
      { values: { '': 1 } },
      { values: { [long(MAX_FIELD_NAME + 1)]: 1 } },
      { values: { a: long(MAX_VALUE + 1) } },
      { values: { a: null } },
      { values: { a: NaN } },
      { marks: { unheard: true } },
      { marks: { occluded: 'yes' } },
      { note: 'text' },
      { note: { text: 1, talk: true } },
      { note: { text: 'x', talk: 1 } },
      { note: { text: long(MAX_NOTE + 1), talk: true } },
    ])
      expect([bad, isDetails(bad)]).toEqual([bad, false]);
  });
});

it('a note says nothing where it is blank and nobody asks to talk', () => {
  expect(isNoNote({ text: ' \n', talk: false })).toBe(true);
  expect(isNoNote({ text: ' ', talk: true })).toBe(false);
  expect(isNoNote({ text: 'x', talk: false })).toBe(false);
  expect(isNote(null)).toBe(false);
});

it('values of fields are text, ticks and finite numbers', () => {
  expect([long(MAX_VALUE), true, -3.5].map(isFieldValue)).toEqual([true, true, true]);
  expect([long(MAX_VALUE + 1), Infinity, null, {}].map(isFieldValue)).toEqual([
    ...[false, false, false, false],
  ]);
});

describe('tags', () => {
  it('are kept once, however they are spelled, without blanks at their ends', () => {
    expect(tidiedTags([' Night', 'rain ', 'night', '', '  ', 'RAIN', 'fog'])).toEqual([
      ...['Night', 'rain', 'fog'],
    ]);
  });

  it('are a list within its bounds', () => {
    expect(isTagList([])).toBe(true);
    expect(isTagList(Array.from({ length: MAX_TAGS }, () => long(MAX_TAG)))).toBe(true);
    for (const bad of ['a', [''], [' '], [3], [long(MAX_TAG + 1)], Array(MAX_TAGS + 1).fill('a')])
      expect(isTagList(bad)).toBe(false);
  });

  it('and texts of a line have no signs that a line cannot show', () => {
    expect(isWithin('ab', 2)).toBe(true);
    for (const bad of ['abc', '\u0000', '\u001f', '\u007f']) expect(isWithin(bad, 2)).toBe(false);
  });
});
