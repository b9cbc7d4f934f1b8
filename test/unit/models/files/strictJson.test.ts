// JSON of hostile headers at its limits: how deep, and how many values.
import { expect, it } from 'vitest';
import { parseStrictJson } from '../../../../models/files/strictJson.ts';

const parse = (text: string, values = 9) =>
  parseStrictJson(new TextEncoder().encode(text), { file: 'a.json', depth: 2, values });

it('goes as deep as it may and no deeper, through lists and objects', () => {
  expect(parse('[[1]]')).toEqual([[1]]);
  expect(parse('{"a": {"b": 1}}')).toEqual(new Map([['a', new Map([['b', 1]])]]));
  for (const text of ['[[[1]]]', '{"a": {"b": {"c": 1}}}', '[{"a": []}]', '{"a": [{}]}'])
    expect(() => parse(text)).toThrow('at most 2 levels');
});

it('has as many values as it may, lists and objects counted', () => {
  expect(parse('[1, 2]', 3)).toEqual([1, 2]);
  expect(() => parse('[1, 2]', 2)).toThrow('at most 2 values');
});

it('tells what stands there, twelve characters of it', () => {
  expect(() => parse('[1, nonsense and more]')).toThrow(/at character 4.*"nonsense and"/);
  expect(() => parse('[1, ')).toThrow(/the end/);
});
