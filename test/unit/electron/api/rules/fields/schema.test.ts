// Which fields a class may have: the first fault of a list, and what a file may call one.
import { describe, expect, it } from 'vitest';
import {
  MAX_CHOICE,
  MAX_CHOICES,
  MAX_FIELD_NAME,
  MAX_FIELDS,
  MAX_UNIT,
  type Field,
} from '../../../../../../electron/api/rules/fields/fields.ts';
import { fieldsFault, isFieldList } from '../../../../../../electron/api/rules/fields/schema.ts';

const field = (patch: object = {}) =>
  ({ name: 'f', needed: false, kind: 'text', ...patch }) as unknown as Field;
const long = (length: number) => 'a'.repeat(length);
const fault = (patch: object) => fieldsFault([field(patch)])?.kind ?? null;

describe('fields', () => {
  it('are sound where nothing speaks against them', () => {
    expect(fieldsFault([])).toBeNull();
    expect(fieldsFault([field({ name: 'a' }), field({ name: 'b', default: 'x' })])).toBeNull();
  });

  it('are not too many', () => {
    const many = (count: number) =>
      fieldsFault(Array.from({ length: count }, (_, i) => field({ name: `f${i}` })));
    expect(many(MAX_FIELDS)).toBeNull();
    expect(many(MAX_FIELDS + 1)).toEqual({ place: MAX_FIELDS, kind: 'many' });
  });

  it('have names that nothing else has, however they are spelled', () => {
    expect(
      fieldsFault([field({ name: 'Age' }), field({ name: 'b' }), field({ name: 'age' })]),
    ).toEqual({ place: 2, kind: 'twice' });
    for (const name of [
      '',
      ' a',
      'a ',
      'a\nb',
      long(MAX_FIELD_NAME + 1),
      'Occluded',
      'iscrowd',
      '__proto__',
    ])
      expect([name, fault({ name })]).toEqual([name, 'name']);
    expect(fault({ name: long(MAX_FIELD_NAME) })).toBeNull();
  });

  it('have choices that differ and can be read', () => {
    const choices = (list: readonly string[]) => fault({ kind: 'choice', choices: list });
    const many = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);
    expect(choices(['a', long(MAX_CHOICE)])).toBeNull();
    expect(choices(many(MAX_CHOICES))).toBeNull();
    for (const bad of [
      [],
      ['a', ' '],
      ['a', long(MAX_CHOICE + 1)],
      ['a', 'A'],
      many(MAX_CHOICES + 1),
    ])
      expect(choices(bad)).toBe('choices');
  });

  it('have bounds in order and a short unit', () => {
    const number = (min: number | null, max: number | null, unit = 'cm') =>
      fault({ kind: 'number', min, max, unit });
    expect([number(1, 1), number(null, 0), number(5, null), number(1, 2, long(MAX_UNIT))]).toEqual([
      ...[null, null, null, null],
    ]);
    expect(number(2, 1)).toBe('bounds');
    expect(number(1, 2, long(MAX_UNIT + 1))).toBe('unit');
  });

  it('have a default that fits', () => {
    expect(fault({ kind: 'tick', default: 'yes' })).toBe('default');
    expect(fault({ kind: 'tick', default: false })).toBeNull();
    expect(fault({ kind: 'number', min: 0, max: 9, unit: '', default: 10 })).toBe('default');
  });
});

describe('fields of a file', () => {
  const choice = { name: 'f', needed: true, kind: 'choice', choices: ['a'] };
  const number = { name: 'f', needed: false, kind: 'number', min: null, max: 4, unit: '' };

  it('are lists of what can be fields', () => {
    expect(isFieldList([field(), field({ kind: 'tick', default: true }), choice, number])).toBe(
      true,
    );
    expect(isFieldList([])).toBe(true);
  });

  it.each<[unknown]>([
    ['text'],
    [[null]],
    [['text']],
    [[field({ name: 3 })]],
    [[field({ needed: 'no' })]],
    [[field({ kind: 'other' })]],
    [[field({ default: null })]],
    [[{ ...choice, choices: 'a' }]],
    [[{ ...choice, choices: ['a', 3] }]],
    [[{ ...number, min: 'low' }]],
    [[{ ...number, max: Infinity }]],
    [[{ ...number, unit: 4 }]],
    [[{ ...number, min: undefined }]],
  ])('are none where one part is none: %j', (value) => {
    expect(isFieldList(value)).toBe(false);
  });
});
