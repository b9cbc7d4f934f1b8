// Whatever bytes come, reading a header ends quickly with an index or with a ModelError.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../../models/errors.ts';
import { parseStrictJson } from '../../../../models/files/strictJson.ts';
import { parseHeader } from '../../../../models/safetensors/header.ts';
import { f32, randomF32, safetensorsFile } from '../../../helpers/fixtures/safetensorsFile.ts';
import { mutated } from '../../../helpers/fixtures/mutatedBytes.ts';

const valid = safetensorsFile({
  'text.weight': randomF32([3, 4]),
  'text.bias': { dtype: 'F32', shape: [2], bytes: f32(1, 2) },
  ids: { dtype: 'I64', shape: [1, 2], bytes: Buffer.alloc(16) },
});
const headerLength = Number(valid.readBigUInt64LE(0));
const json = valid.subarray(8, 8 + headerLength);
const place = {
  file: 'm',
  bodyStart: 8 + headerLength,
  bodyLength: valid.length - 8 - headerLength,
};

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return error;
  }
}

describe('safetensors headers', () => {
  it('any mutation of a valid header gives ranges inside the file or a ModelError', () => {
    fc.assert(
      fc.property(mutated(json), (bytes) => {
        const result = outcome(() => parseHeader(bytes, place));
        if (!(result instanceof Map)) return;
        let total = 0;
        for (const { offset, length } of result.values() as Iterable<{
          offset: number;
          length: number;
        }>) {
          expect(offset >= place.bodyStart && offset + length <= valid.length).toBe(true);
          total += length;
        }
        expect(total).toBe(place.bodyLength);
      }),
      { numRuns: 3000 },
    );
  });

  it('a written file reads back with the same names, shapes and bytes', () => {
    const tensors = fc.dictionary(
      fc
        .string({ minLength: 1, unit: 'grapheme' })
        .filter((name) => name !== '__metadata__' && name !== '__proto__'),
      fc.array(fc.nat(4), { maxLength: 4 }).map((shape) => randomF32(shape)),
      { maxKeys: 6, noNullPrototype: true },
    );
    fc.assert(
      fc.property(tensors, (stored) => {
        const file = safetensorsFile(stored);
        const length = Number(file.readBigUInt64LE(0));
        const read = parseHeader(file.subarray(8, 8 + length), {
          file: 'm',
          bodyStart: 8 + length,
          bodyLength: file.length - 8 - length,
        });
        const seen = Object.fromEntries(
          [...read.values()].map((ref) => [
            ref.name,
            {
              dtype: ref.dtype,
              shape: ref.shape,
              bytes: Buffer.from(file.subarray(ref.offset, ref.offset + ref.length)),
            },
          ]),
        );
        expect(seen).toEqual(stored);
      }),
    );
  });
});

describe('strict JSON', () => {
  const limits = { file: 'm', depth: 100, values: 100_000 };
  const plain = (value: unknown): unknown =>
    value instanceof Map
      ? Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]))
      : Array.isArray(value)
        ? value.map(plain)
        : value;

  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value, null, 1);
        const expected = JSON.parse(text) as unknown;
        fc.pre(!text.includes('__proto__') && text.isWellFormed());
        const read = outcome(() => parseStrictJson(Buffer.from(text), limits));
        // Escaped lone surrogates are legal JSON and are refused here on purpose.
        if (read instanceof ModelError) expect(text).toMatch(/\\ud[89a-f]/);
        else expect(plain(read)).toEqual(expected);
      }),
    );
  });

  it('accepts nothing that JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        mutated(Buffer.from('{"a":[1,-2.5e3,"x\\u00e9\\n"],"b":{"c":null,"d":true}}')),
        (bytes) => {
          const read = outcome(() => parseStrictJson(bytes, limits));
          if (!(read instanceof ModelError))
            expect(plain(read)).toEqual(JSON.parse(new TextDecoder().decode(bytes)));
        },
      ),
      { numRuns: 3000 },
    );
  });
});
