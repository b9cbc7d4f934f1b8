// Values of a file inside of a sentence: quoted, and cut to what can be read.
import { expect, it } from 'vitest';
import type { Json } from '../../../../../electron/api/types.ts';
import { parseJson } from '../../../../../electron/engine/dataset/json.ts';
import { describe as described, shown } from '../../../../../electron/engine/dataset/shown.ts';
import {
  unexpected,
  wrongStart,
} from '../../../../../electron/engine/dataset/coco/reading/splitProblems.ts';

const json = (text: string): Json => (parseJson(text) as { value: Json }).value;

it('a name is shown up to two hundred letters', () => {
  expect(shown('a "b"\n')).toBe(String.raw`"a \"b\"\n"`);
  expect(shown('x'.repeat(200))).toBe(`"${'x'.repeat(200)}"`);
  expect(shown('x'.repeat(201))).toBe(`"${'x'.repeat(200)}..."`);
});

it.each<[string, Json | undefined, string]>([
  ['what is not there', undefined, 'missing'],
  ['nothing', null, 'null'],
  ['a number', -1.5, '-1.5'],
  ['a number that is none', json('NaN'), 'NaN'],
  ['a long number', json('12345678901234567890'), '12345678901234567890'],
  ['a text', 'a"b', String.raw`"a\"b"`],
  ['a text of sixty letters', 'x'.repeat(60), `"${'x'.repeat(60)}"`],
  ['a longer text', 'x'.repeat(61), `"${'x'.repeat(60)}..."`],
  ['an object', { a: 1 }, 'an object'],
  ['a short list', [1, 'a', null], '[1,"a",null]'],
  ['an empty list', [], '[]'],
  ['a list of lists', [[1], [2]], 'a list of 2'],
  ['a list with an object', [1, {}], 'a list of 2'],
  ['a long list of them', Array<Json>(100).fill({}), 'a list of 100'],
  // Fifty-nine letters of a list, and a bracket.
  [
    'a list of sixty letters',
    Array<Json>(29).fill(1).concat(12),
    `[${'1,'.repeat(29)}12]`.slice(0, 60) + '...',
  ],
  ['a list that fits', Array<Json>(29).fill(1), `[${'1,'.repeat(28)}1]`],
  ['a long list', Array<Json>(1000).fill(1), `[${'1,'.repeat(29)}1...`],
])('%s is told as a person reads it', (_what, value, text) => {
  expect(described(value)).toBe(text);
});

it('a byte that no data set begins with is told by what it looks like', () => {
  const byte = (letter: string) => letter.charCodeAt(0);
  expect(unexpected(byte('"'), "','")).toBe(`found "\\"" where ',' was expected`);
  expect(wrongStart(byte('['))).toMatch(/^is a list; a COCO data set is an object/);
  for (const mark of [0xff, 0xfe, 0]) expect(wrongStart(mark)).toMatch(/^is not UTF-8 text/);
  for (const letter of ['x', '\u0001', '<'])
    expect(wrongStart(byte(letter))).toBe(`found ${JSON.stringify(letter)} where '{' was expected`);
});
