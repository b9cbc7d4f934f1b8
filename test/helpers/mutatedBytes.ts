// Damaged copies of a valid file for fuzz tests: bytes changed, cut, repeated, inserted.
import fc from 'fast-check';

type Mutation =
  | { kind: 'set'; at: number; value: number }
  | { kind: 'cut'; at: number; length: number }
  | { kind: 'insert'; at: number; bytes: Uint8Array }
  | { kind: 'copy'; from: number; at: number; length: number }
  | { kind: 'end'; at: number };

/** Copies of `original` with one to six mutations; shrinks towards fewer. */
export function mutated(original: Uint8Array): fc.Arbitrary<Buffer> {
  const at = fc.nat(Math.max(0, original.length - 1));
  const mutation: fc.Arbitrary<Mutation> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('set' as const), at, value: fc.nat(255) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('set' as const),
        at,
        value: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff),
      }),
    },
    fc.record({ kind: fc.constant('cut' as const), at, length: fc.integer({ min: 1, max: 40 }) }),
    fc.record({
      kind: fc.constant('insert' as const),
      at,
      bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
    }),
    fc.record({
      kind: fc.constant('copy' as const),
      from: at,
      at,
      length: fc.integer({ min: 1, max: 40 }),
    }),
    fc.record({ kind: fc.constant('end' as const), at }),
  );
  return fc
    .array(mutation, { minLength: 1, maxLength: 6 })
    .map((steps) => steps.reduce<Buffer>(apply, Buffer.from(original)));
}

function apply(bytes: Buffer, step: Mutation): Buffer {
  switch (step.kind) {
    case 'set': {
      const copy = Buffer.from(bytes);
      if (step.at < copy.length) copy[step.at] = step.value;
      return copy;
    }
    case 'cut':
      return Buffer.concat([bytes.subarray(0, step.at), bytes.subarray(step.at + step.length)]);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, step.at), step.bytes, bytes.subarray(step.at)]);
    case 'copy':
      return Buffer.concat([
        bytes.subarray(0, step.at),
        bytes.subarray(step.from, step.from + step.length),
        bytes.subarray(step.at),
      ]);
    case 'end':
      return bytes.subarray(0, step.at);
  }
}
