// Configs and weight indexes bent at random: a family either accepts them or says what is wrong with a
// ModelError; it never crashes, hangs or builds a graph of a size the weights do not have.
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { albef } from '../../../models/albef/family.ts';
import { blipItm } from '../../../models/blip-itm/family.ts';
import { ModelError } from '../../../models/errors.ts';
import type { ItmFamily, TensorRef, WeightIndex } from '../../../models/family.ts';
import { mplug } from '../../../models/mplug/family.ts';
import { readSafetensorsIndex } from '../../../models/safetensors/reader.ts';
import { albefConfig, albefShapes } from '../../helpers/albefCheckpoint.ts';
import { indexOf } from '../../helpers/bertShapes.ts';
import { BLIP_CASE, blipConfig } from '../../helpers/blipCase.ts';
import { mplugConfig, mplugShapes } from '../../helpers/mplugCheckpoint.ts';

interface Subject {
  readonly family: ItmFamily;
  readonly weights: WeightIndex;
  readonly config: () => object;
}

const SUBJECTS: readonly Subject[] = [
  {
    family: blipItm,
    weights: await readSafetensorsIndex(join(BLIP_CASE, 'model.safetensors')),
    config: blipConfig,
  },
  { family: albef, weights: indexOf(albefShapes()), config: albefConfig },
  {
    family: mplug,
    weights: indexOf(mplugShapes('base')),
    config: () => mplugConfig('base'),
  },
];

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
/** Paths of the fields of a config, those of its sections included. */
const fieldsOf = (config: object): readonly (readonly string[])[] =>
  Object.entries(config).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? Object.keys(value as object).map((inner) => [key, inner])
      : [[key]],
  );
const value = fc.oneof(fc.jsonValue(), side, fc.integer({ min: 1, max: 1e6 }));

describe.each(SUBJECTS)('$family.id', ({ family, weights, config: whole }) => {
  /** Accepted, or refused with a ModelError; whatever else is thrown fails the test. */
  function outcome(config: unknown, index: WeightIndex): 'accepted' | 'refused' {
    try {
      family.facts(config, index);
      const built = family.explain(config, index, [0]);
      expect(built.onnx.length).toBeLessThan(1_000_000);
      return 'accepted';
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      expect(error.expected).not.toBe('');
      return 'refused';
    }
  }

  test('as it is it is accepted', () => {
    expect(outcome(whole(), weights)).toBe('accepted');
  });

  test('any value in any field of the config is accepted or refused by name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fieldsOf(whole())), value, (path, bent) => {
        const config = whole() as Record<string, unknown>;
        const section = path.length === 1 ? config : (config[path[0] as string] as typeof config);
        section[path.at(-1) as string] = bent;
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
    const change = fc.tuple(fc.constantFrom(...weights.keys()), fc.option(bentRef));
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (changes, configured) => {
          const bent = new Map(weights);
          for (const [name, ref] of changes)
            if (ref === null) bent.delete(name);
            else bent.set(name, { ...(weights.get(name) as TensorRef), ...ref });
          outcome(configured ? whole() : null, bent);
        },
      ),
      { numRuns: 150 },
    );
  });
});
