// What kind of model a checkpoint is, by its tensors alone.
import { EMBEDDING_FAMILIES, FAMILIES, familyOf } from '../../families.ts';
import type { WeightIndex } from '../../family.ts';
import type { PackDefaults, PackManifest } from '../manifest.ts';

/** Kind and family of a checkpoint, checked against its config. */
export interface Recognised {
  readonly kind: PackManifest['kind'];
  readonly family: string;
  /** Rows of the word table. */
  readonly vocabSize: number;
  /** Null for models that explain nothing. */
  readonly defaults: PackDefaults | null;
}

/**
 * Kind, family and defaults; also asks the family for its facts, so that a config that lies or a
 * missing tensor is found before a pack is made. Throws ModelError.
 */
export function recognise(config: unknown, weights: WeightIndex): Recognised {
  const judge = EMBEDDING_FAMILIES.find((family) => family.recognises(weights));
  if (judge && !FAMILIES.some((family) => family.recognises(weights))) {
    const { vocabSize } = judge.facts(config, weights);
    return { kind: 'clip', family: judge.id, vocabSize, defaults: null };
  }
  const family = familyOf(weights);
  const { defaults, vocabSize } = family.facts(config, weights);
  const { layers, heads, inputSide } = defaults;
  return {
    kind: 'itm',
    family: family.id,
    vocabSize,
    defaults: {
      layers,
      heads,
      prefix: 'A picture of',
      parameters: inputSide === null ? {} : { 'pnp.inputSide': inputSide },
    },
  };
}

/** Numbers in the weights without the momentum copies and queues of training checkpoints. */
export function countParameters(weights: WeightIndex): number {
  let count = 0;
  for (const { name, shape, dtype } of weights.values())
    if (/^B?F/.test(dtype) && !/^\w+_m\.|_queue$/.test(name))
      count += shape.reduce((product, side) => product * side, 1);
  return count;
}
