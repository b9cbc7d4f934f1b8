// JSON as the world writes it: how deep, which numbers stay as they stood, and where a fault is.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../electron/api/types.ts';
import {
  isNoNumber,
  jsonText,
  parseJson,
  parseJsonBytes,
  rawNumber,
} from '../../../../../electron/engine/dataset/json.ts';

const valueOf = (text: string, isShallow = false): Json => {
  const parsed = parseJson(text, isShallow);
  if ('fault' in parsed) throw new Error(parsed.fault);
  return parsed.value;
};
const faultOf = (text: string): string => {
  const parsed = parseJson(text);
  return 'fault' in parsed ? parsed.fault : 'none';
};

describe('numbers', () => {
  it.each(['NaN', 'Infinity', '-Infinity', '12345678901234567890', '-9007199254740993'])(
    '%s is marked, as it stands',
    (text) => {
      expect(rawNumber(valueOf(text))).toBe(text);
      expect(rawNumber(valueOf(text, true))).toBe(text);
      const around = valueOf(`{"a":[1,${text},2], "b" : ${text}}`) as { a: Json[]; b: Json };
      expect([around.a[0], rawNumber(around.a[1]), around.a[2]]).toEqual([1, text, 2]);
      expect(rawNumber(around.b)).toBe(text);
    },
  );

  it.each([
    // Fifteen digits and less are always exact.
    ['123456789012345', 123456789012345],
    // Sixteen may be.
    ['1234567890123456', 1234567890123456],
    ['9007199254740992', 9007199254740992],
    ['-9007199254740992', -9007199254740992],
    ['0.1250000000000000000', 0.125],
    ['1.5e3', 1500],
    ['1E+20', 1e20],
    ['-2.5e-7', -2.5e-7],
    ['10000000000000000e0', 1e16],
  ])('%s is a plain number', (text, value) => {
    expect(valueOf(text)).toBe(value);
    expect(valueOf(`[${text},0]`)).toEqual([value, 0]);
  });

  it('in texts are letters', () => {
    const text = String.raw`["NaN", "a\"NaN, Infinity", "12345678901234567890", "\\", "b\\\"", NaN]`;
    const list = valueOf(text) as Json[];
    expect(list.slice(0, 5)).toEqual([
      'NaN',
      'a"NaN, Infinity',
      '12345678901234567890',
      '\\',
      'b\\"',
    ]);
    expect(rawNumber(list[5])).toBe('NaN');
  });

  it('that are none are told from those that are only long', () => {
    expect(['NaN', '-Infinity'].map((text) => isNoNumber(valueOf(text)))).toEqual([true, true]);
    expect([valueOf('12345678901234567890'), 3, 'NaN', null].map(isNoNumber)).toEqual(
      Array(4).fill(false),
    );
    expect([3, 'x', null, [1], {}, undefined].map(rawNumber)).toEqual(Array(6).fill(null));
  });

  it('are written as they stood, but for those that JSON does not have', () => {
    const value = valueOf(
      '{"id": 12345678901234567890, "a": -9007199254740993, "b": NaN, "c": -Infinity}',
    );
    expect(jsonText(value)).toBe(
      '{"id":12345678901234567890,"a":-9007199254740993,"b":null,"c":null}',
    );
    // What only looks like a mark inside of a text stays a text.
    const text = '{"salience:number":"12345678901234567890"}';
    expect(jsonText({ text })).toBe(JSON.stringify({ text }));
  });
});

describe('depth', () => {
  const nested = (depth: number, open = '[', close = ']') =>
    `${open.repeat(depth)}1${close.repeat(depth)}`;

  it('may be 64 lists or objects', () => {
    expect(faultOf(nested(64))).toBe('none');
    expect(faultOf(nested(65))).toBe('is nested deeper than 64 levels');
    expect(faultOf(nested(64, '{"a":', '}'))).toBe('none');
    expect(faultOf(nested(65, '{"a":', '}'))).toMatch(/deeper than 64/);
  });

  it('is that at one place: lists beside each other add nothing', () => {
    const beside = Array.from({ length: 200 }, () => '[{"a":[]}]').join(',');
    expect(faultOf(`[${beside}]`)).toBe('none');
    expect(faultOf(`["${'['.repeat(100)}"]`)).toBe('none');
  });
});

describe('a fault', () => {
  it.each([
    ['[1,\n2,\n}', /^is not valid JSON \(line 3\)$|^is not valid JSON \(found "}"\)$/],
    ['', /^is not valid JSON/],
    ['{"a": 1', /^is not valid JSON/],
    ['{"a": NaN', /^is not valid JSON/],
    ['"open', /^is not valid JSON/],
    ['nope', /^is not valid JSON/],
  ])('of %j is told', (text, fault) => {
    expect(faultOf(text)).toMatch(fault);
  });

  it('of bytes is that of their text', () => {
    const bytes = (text: string) => Buffer.from(text);
    expect(parseJsonBytes(bytes('\ufeff{"a":1}'))).toEqual({ value: { a: 1 } });
    expect(parseJsonBytes(bytes('{'))).toEqual({
      fault: expect.stringContaining('is not valid JSON'),
    });
    expect(parseJsonBytes(Uint8Array.of(0x22, 0x0a, 0xff, 0x22))).toEqual({
      fault: 'is not UTF-8 text (line 2); save it as UTF-8',
    });
    expect(parseJsonBytes(Uint8Array.of(0xff, 0xfe, 0x37, 0))).toEqual({ value: 7 });
    expect(parseJsonBytes(Uint8Array.of(0xfe, 0xff, 0, 0x37))).toEqual({ value: 7 });
  });
});
