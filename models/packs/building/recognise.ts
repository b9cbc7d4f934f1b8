// What kind of model a checkpoint is, by its tensors alone.
import {
  EMBEDDING_FAMILIES,
  FAMILIES,
  familyOf,
  isSegment,
  segmentFamilyOf,
} from '../../families.ts';
import type { Preprocessing, WeightIndex } from '../../family.ts';
import type { PackDefaults, PackManifest } from '../manifest.ts';
import { SAM } from './preprocessing.ts';

/** Kind and family of a checkpoint, checked against its config. */
export interface Recognised {
  readonly kind: PackManifest['kind'];
  readonly family: string;
  /** Rows of the word table; null for models that read no words. */
  readonly vocabSize: number | null;
  /** Null for models that explain nothing. */
  readonly defaults: PackDefaults | null;
  /** Where the checkpoint does not say. */
  readonly preprocessing: Omit<Preprocessing, 'resize'> &
    Pick<PackManifest['preprocessing'], 'resize'>;
}

/**
 * Kind, family and defaults; also asks the family for its facts, so that a config that lies or a
 * missing tensor is found before a pack is made. Throws ModelError.
 */
export function recognise(config: unknown, weights: WeightIndex): Recognised {
  const judge = EMBEDDING_FAMILIES.find((family) => family.recognises(weights));
  if (judge && !FAMILIES.some((family) => family.recognises(weights))) {
    const { vocabSize, preprocessing } = judge.facts(config, weights);
    return { kind: 'clip', family: judge.id, vocabSize, defaults: null, preprocessing };
  }
  if (isSegment(weights)) {
    const family = segmentFamilyOf(weights);
    family.facts(config, weights);
    const facts = { vocabSize: null, defaults: null, preprocessing: SAM };
    return { kind: 'segment', family: family.id, ...facts };
  }
  const family = familyOf(weights);
  const { defaults, vocabSize, preprocessing } = family.facts(config, weights);
  const { layers, heads, inputSide, prefix } = defaults;
  return {
    kind: 'itm',
    family: family.id,
    vocabSize,
    preprocessing,
    defaults: {
      layers,
      heads,
      prefix,
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
