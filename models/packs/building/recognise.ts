// What kind of model a checkpoint is, by its tensors alone.
import {
  EMBEDDING_FAMILIES,
  FAMILIES,
  familyOf,
  isSegment,
  segmentFamilyOf,
} from '../../families.ts';
import type { Preprocessing, Vocabulary, WeightIndex } from '../../family.ts';
import type { PackDefaults, PackManifest } from '../manifest.ts';
import { SAM } from './preprocessing.ts';

/** Kind and family of a checkpoint, checked against its config. */
export interface Recognised {
  readonly kind: PackManifest['kind'];
  readonly family: string;
  /** Null for models that read no words. */
  readonly words: WordTable | null;
  /** Parameters of the model. */
  readonly parameters: number;
  /** Null for models that explain nothing. */
  readonly defaults: PackDefaults | null;
  /** Where the checkpoint does not say. */
  readonly preprocessing: Omit<Preprocessing, 'resize'> &
    Pick<PackManifest['preprocessing'], 'resize'>;
}

/** What a model's vocabulary must fit. */
export interface WordTable {
  /** Rows of the table. */
  readonly rows: number;
  readonly vocabulary: Vocabulary;
}

/**
 * Kind, family and defaults; also asks the family for its facts, so that a config that lies or a
 * missing tensor is found before a pack is made. Throws ModelError.
 */
export function recognise(config: unknown, weights: WeightIndex): Recognised {
  const parameters = countParameters(weights);
  const judge = EMBEDDING_FAMILIES.find((family) => family.recognises(weights));
  if (judge && !FAMILIES.some((family) => family.recognises(weights))) {
    const { vocabSize, preprocessing } = judge.facts(config, weights);
    const words = { rows: vocabSize, vocabulary: judge.vocabulary };
    const family = judge.id;
    return { kind: 'clip', family, words, parameters, defaults: null, preprocessing };
  }
  if (isSegment(weights)) {
    const family = segmentFamilyOf(weights);
    family.facts(config, weights);
    const facts = { words: null, parameters, defaults: null, preprocessing: SAM };
    return { kind: 'segment', family: family.id, ...facts };
  }
  const family = familyOf(weights);
  const { defaults, vocabSize, preprocessing } = family.facts(config, weights);
  const { layers, heads, inputSide, prefix } = defaults;
  return {
    kind: 'itm',
    family: family.id,
    words: { rows: vocabSize, vocabulary: family.vocabulary },
    parameters,
    preprocessing,
    defaults: {
      layers,
      heads,
      prefix,
      parameters: inputSide === null ? {} : { 'pnp.inputSide': inputSide },
    },
  };
}

/** Parameters without the momentum copies and queues of training checkpoints. */
function countParameters(weights: WeightIndex): number {
  let count = 0;
  for (const { name, shape, dtype } of weights.values())
    if (/^B?F/.test(dtype) && !/^\w+_m\.|_queue$/.test(name))
      count += shape.reduce((product, side) => product * side, 1);
  return count;
}
