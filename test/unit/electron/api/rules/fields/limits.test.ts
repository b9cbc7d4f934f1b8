// Fields, values, notes and tags at their limits.
import { describe, expect, it } from 'vitest';
import type { Field } from '../../../../../../electron/api/rules/fields/fields.ts';
import { fieldsFault } from '../../../../../../electron/api/rules/fields/schema.ts';
import {
  isDetails,
  isFieldValue,
  isNote,
  isTagList,
  isWithin,
  tidied,
  tidiedTags,
  valueTrouble,
} from '../../../../../../electron/api/rules/fields/values.ts';

const letters = (count: number) => 'x'.repeat(count);
/** The largest count that is fine, from one that is to one that is not. */
function mostOf(isFine: (count: number) => boolean, beyond = 100_000): number {
  let [low, high] = [1, beyond];
  expect([isFine(low), isFine(high)]).toEqual([true, false]);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isFine(middle)) low = middle;
    else high = middle;
  }
  return low;
}
const text = (name: string): Field => ({ name, needed: false, kind: 'text' });

describe('fields of a class', () => {
  const kindOf = (...fields: readonly object[]) =>
    fieldsFault(fields as unknown as Field[])?.kind ?? null;
  const choice = (choices: readonly string[], more: object = {}) => ({
    ...text('a'),
    kind: 'choice',
    choices,
    ...more,
  });
  const number = (more: object) => ({
    ...text('a'),
    kind: 'number',
    min: null,
    max: null,
    unit: '',
    ...more,
  });

  it('are so many at most, each of its own name', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => text(`f${at}`));
    const most = mostOf((count) => fieldsFault(many(count)) === null, 1000);
    expect(most).toBe(50);
    expect(fieldsFault(many(most + 1))).toEqual({ place: most, kind: 'many' });
    expect(fieldsFault([text('a'), text('b'), text(' A')])).toMatchObject({ place: 2 });
    expect(kindOf(text('a'), text('A'))).toBe('twice');
  });

  it('have names that fit a line', () => {
    expect(mostOf((count) => kindOf(text(letters(count))) === null)).toBe(100);
    for (const name of ['', ' a', 'a ', 'a\nb', 'occluded', 'NOTE', '__proto__'])
      expect(kindOf(text(name))).toBe('name');
  });

  it('have choices, each once and none empty', () => {
    expect(kindOf(choice(['a', 'b']))).toBeNull();
    for (const choices of [[], ['a', ' '], ['a', 'A'], ['a\n']])
      expect(kindOf(choice(choices))).toBe('choices');
    expect(mostOf((count) => kindOf(choice([letters(count)])) === null)).toBe(200);
    const many = (count: number) => choice(Array.from({ length: count }, (_, at) => `c${at}`));
    expect(mostOf((count) => kindOf(many(count)) === null)).toBe(200);
    expect(kindOf(choice(['a'], { default: 'b' }))).toBe('default');
    expect(kindOf(choice(['a'], { default: 'a' }))).toBeNull();
  });

  it('have bounds that something lies between', () => {
    expect(kindOf(number({ min: 3, max: 3 }))).toBeNull();
    expect(kindOf(number({ min: 3, max: 2 }))).toBe('bounds');
    expect(kindOf(number({ min: 3 }))).toBeNull();
    expect(kindOf(number({ max: -3 }))).toBeNull();
    expect(kindOf(number({ unit: 'a\tb' }))).toBe('unit');
    expect(mostOf((count) => kindOf(number({ unit: letters(count) })) === null)).toBe(20);
    expect(kindOf(number({ min: 1, default: 0 }))).toBe('default');
  });
});

describe('a value', () => {
  const number = (min: number | null, max: number | null) =>
    ({ ...text('a'), kind: 'number', min, max, unit: '' }) as Field;

  it('lies within its bounds, which belong to it', () => {
    expect([1, 3, 0.9, 3.1].map((value) => valueTrouble(number(1, 3), value))).toEqual([
      ...[null, null, 'bounds', 'bounds'],
    ]);
    expect([valueTrouble(number(null, 3), -99), valueTrouble(number(1, null), 99)]).toEqual([
      null,
      null,
    ]);
    expect(valueTrouble(number(1, 3), '2')).toBe('kind');
  });

  it('is text of a length that is kept, a number or a tick', () => {
    expect(mostOf((count) => isFieldValue(letters(count)))).toBe(1000);
    expect(mostOf((count) => valueTrouble(text('a'), letters(count)) === null)).toBe(1000);
    expect(valueTrouble(text('a'), 'a\nb')).toBe('long');
    expect([true, 0, -1.5, '', NaN, Infinity, null, []].map(isFieldValue)).toEqual([
      ...[true, true, true, true, false, false, false, false],
    ]);
  });

  it('fits a line where nothing of it cannot be shown', () => {
    expect([isWithin('', 0), isWithin('ab', 2), isWithin('abc', 2)]).toEqual([true, true, false]);
    expect(['\u0000', '\u001f', '\u007f', ' ', '~', 'é'].map((one) => isWithin(one, 9))).toEqual([
      ...[false, false, false, true, true, true],
    ]);
  });
});

describe('details', () => {
  it('are values, marks and a note, and nothing else', () => {
    expect(
      isDetails({ values: { a: 1 }, marks: { cut: true }, note: { text: 'n', talk: false } }),
    ).toBe(true);
    expect(isDetails({})).toBe(true);
    for (const value of [
      ...[null, [], { other: 1 }, { values: [] }, { marks: 'x' }, { values: { '': 1 } }],
      ...[{ values: { a: [] } }, { marks: { other: true } }, { marks: { cut: 1 } }, { note: 'n' }],
    ])
      expect(isDetails(value)).toBe(false);
    const many = (count: number) => ({
      values: Object.fromEntries(Array.from({ length: count }, (_, at) => [`v${at}`, at])),
    });
    expect(mostOf((count) => isDetails(many(count)), 1000)).toBe(100);
    expect(mostOf((count) => isDetails({ values: { [letters(count)]: 1 } }))).toBe(100);
  });

  it('have a note of a text and whether it is to be talked about', () => {
    expect(mostOf((count) => isNote({ text: letters(count), talk: true }))).toBe(4000);
    for (const value of [
      null,
      {},
      { text: 'a' },
      { talk: true },
      { text: 1, talk: true },
      { text: 'a', talk: 1 },
    ])
      expect(isNote(value)).toBe(false);
  });

  it('in their one form are sorted and have no empty part', () => {
    expect(Object.keys(tidied({ values: { b: 1, a: 2, c: '' } })!.values!)).toEqual(['a', 'b']);
    expect(
      tidied({ values: { c: '' }, marks: {}, note: { text: ' ', talk: false } }),
    ).toBeUndefined();
    expect(tidied({ note: { text: ' ', talk: true } })).toEqual({
      note: { text: ' ', talk: true },
    });
    expect(tidied(undefined)).toBeUndefined();
  });
});

describe('tags', () => {
  it('are each there once, however they are spelled', () => {
    expect(tidiedTags([' night', 'Night', '', 'rain', ' '])).toEqual(['night', 'rain']);
  });

  it('are so many of such a length at most', () => {
    expect(mostOf((count) => isTagList(Array.from({ length: count }, (_, at) => `t${at}`)))).toBe(
      100,
    );
    expect(mostOf((count) => isTagList([letters(count)]))).toBe(100);
    for (const value of ['a', [1], [' '], ['a\n']]) expect(isTagList(value)).toBe(false);
    expect(isTagList([])).toBe(true);
  });
});
