// The frame codec: what goes in comes out, and hostile bytes give one kind of error.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { Frame } from '../../../../../electron/api/wire/frame.ts';
import { decodeFrame, encodeFrame, FRAME_KINDS } from '../../../../../electron/api/wire/frame.ts';
import { MAX_DEPTH, MAX_FRAME_BYTES } from '../../../../../electron/api/wire/limits.ts';

const typedArray = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint32Array({ maxLength: 40 }),
  fc.float32Array({ maxLength: 40, noNaN: true }),
  fc.float64Array({ maxLength: 10, noNaN: true }),
);
const key = fc.string({ maxLength: 8 }).filter((name) => name !== '__proto__' && name !== '$seg');
const payload = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string(),
    typedArray,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const frame: fc.Arbitrary<Frame> = fc.record({
  kind: fc.constantFrom(...FRAME_KINDS),
  id: fc.nat(),
  name: fc.string({ maxLength: 40 }),
  payload,
});

const header = (json: string) => {
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array((4 + text.length + 7) & ~7);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  return bytes;
};

describe('frame codec', () => {
  test('a frame survives the round trip, typed arrays with type and values', () => {
    fc.assert(
      fc.property(frame, (original) => {
        expect(decodeFrame(encodeFrame(original))).toEqual(original);
      }),
    );
  });

  test('a frame inside a larger buffer at an odd offset decodes the same', () => {
    fc.assert(
      fc.property(frame, fc.integer({ min: 1, max: 15 }), (original, shift) => {
        const bytes = encodeFrame(original);
        const pool = new Uint8Array(bytes.length + 32);
        pool.set(bytes, shift);
        expect(decodeFrame(pool.subarray(shift, shift + bytes.length))).toEqual(original);
      }),
    );
  });

  test('random bytes and damaged frames are refused with AppError and nothing else', () => {
    const refused = (bytes: Uint8Array) => {
      try {
        decodeFrame(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), refused), { numRuns: 20_000 });
    fc.assert(
      fc.property(
        frame,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (original, edits) => {
          const bytes = encodeFrame(original);
          for (const [at, value] of edits) bytes[at % bytes.length] = value;
          refused(bytes);
          refused(bytes.subarray(0, (edits[0]?.[0] ?? 0) % bytes.length));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ['a header longer than the frame', new Uint8Array([255, 255, 255, 127, 0, 0, 0, 0])],
    ['a frame over the size limit', new Uint8Array(MAX_FRAME_BYTES + 8)],
    [
      'a segment that ends after the frame',
      header('{"v":2,"t":"request","id":1,"m":"x","p":null,"seg":[["u8",9]]}'),
    ],
    [
      'a negative segment',
      header('{"v":2,"t":"request","id":1,"m":"x","p":null,"seg":[["u8",-8]]}'),
    ],
    [
      'an inherited name as segment type',
      header('{"v":2,"t":"request","id":1,"m":"x","p":null,"seg":[["constructor",1]]}'),
    ],
    [
      'a payload that reaches for a prototype',
      header('{"v":2,"t":"request","id":1,"m":"x","p":{"__proto__":{"a":1}},"seg":[]}'),
    ],
    [
      'a payload nested too deep',
      header(
        `{"v":2,"t":"request","id":1,"m":"x","p":${'['.repeat(MAX_DEPTH + 2)}${']'.repeat(MAX_DEPTH + 2)},"seg":[]}`,
      ),
    ],
    [
      'a reference to no segment',
      header('{"v":2,"t":"request","id":1,"m":"x","p":{"$seg":0},"seg":[]}'),
    ],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeFrame(bytes)).toThrow(/Refused a frame/);
  });

  test('names both versions when the other side speaks another protocol', () => {
    expect(() => decodeFrame(header('{"v":99,"t":"bye","id":0,"m":"","p":null,"seg":[]}'))).toThrow(
      /protocol 99, this one 2/,
    );
  });
});
