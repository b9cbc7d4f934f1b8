// Configs and weight indexes bent at random: BLIP's family either accepts them or says what is wrong
// with a ModelError; it never crashes, hangs or builds a graph of a size the weights do not have.
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blipItm } from '../../../../models/blip-itm/family.ts';
import { ModelError } from '../../../../models/errors.ts';
import type { TensorRef } from '../../../../models/family.ts';
import { readSafetensorsIndex } from '../../../../models/safetensors/reader.ts';
import { BLIP_CASE, blipConfig } from '../../../helpers/fixtures/blipCase.ts';

const weights = await readSafetensorsIndex(join(BLIP_CASE, 'model.safetensors'));
const names = [...weights.keys()];

const side = fc.oneof(fc.nat(200), fc.constantFrom(0, -1, 2 ** 31, 2 ** 53 - 1, 0.5, NaN));
const bentRef: fc.Arbitrary<Partial<TensorRef>> = fc.record(
  {
    shape: fc.array(side, { maxLength: 5 }),
    dtype: fc.constantFrom('F32', 'F16', 'BF16', 'F64', 'I64', 'BOOL'),
    length: side,
    offset: side,
  },
  { requiredKeys: [] },
);
const fields = Object.entries(blipConfig()).flatMap(([section, value]) =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).map((key) => [section, key] as const)
    : [],
);
const value = fc.oneof(fc.jsonValue(), side, fc.integer({ min: 1, max: 1e6 }));

/** Accepted, or refused with a ModelError; whatever else is thrown fails the test. */
function outcome(config: unknown, index: ReadonlyMap<string, TensorRef>): 'accepted' | 'refused' {
  try {
    blipItm.facts(config, index);
    const built = blipItm.explain(config, index, [0]);
    expect(built.onnx.length).toBeLessThan(1_000_000);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    expect(error.expected).not.toBe('');
    return 'refused';
  }
}

test('any value in any field of the config is accepted or refused by name', () => {
  fc.assert(
    fc.property(fc.constantFrom(...fields), value, ([section, key], bent) => {
      const config = blipConfig() as unknown as Record<string, Record<string, unknown>>;
      (config[section] as Record<string, unknown>)[key] = bent;
      outcome(config, weights);
    }),
    { numRuns: 150 },
  );
});

test('any JSON at all as a config is accepted or refused by name', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (config) => {
      outcome(config, weights);
    }),
    { numRuns: 100 },
  );
});

test('any change to any tensors, with or without a config, is accepted or refused by name', () => {
  const change = fc.tuple(fc.constantFrom(...names), fc.option(bentRef));
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (changes, configured) => {
        const bent = new Map(weights);
        for (const [name, ref] of changes)
          if (ref === null) bent.delete(name);
          else bent.set(name, { ...(weights.get(name) as TensorRef), ...ref });
        outcome(configured ? blipConfig() : null, bent);
      },
    ),
    { numRuns: 150 },
  );
});
