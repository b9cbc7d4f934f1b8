// What kind of model a checkpoint is, by its tensors alone.
import { EMBEDDING_FAMILIES, FAMILIES, familyOf } from '../families.ts';
import type { WeightIndex } from '../family.ts';
import type { PackDefaults, PackManifest } from './manifest.ts';

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
  const { layers, heads, nativeSide, vocabSize } = family.facts(config, weights);
  return {
    kind: 'itm',
    family: family.id,
    vocabSize,
    defaults: {
      // Layer 8 and head 10 of BLIP large and base, as published (method.md 2). Models of another
      // depth have no published choice: the layer at the same height, and all heads.
      layers: [
        layers === 12 ? 8 : Math.max(1, Math.min(layers - 1, Math.round((layers * 8) / 12))),
      ],
      heads: layers === 12 && heads === 12 ? [10] : 'mean',
      prefix: 'A picture of',
      // The published runs use 336 for models of 384 (method.md 2); others get their own side.
      parameters: nativeSide === 384 ? {} : { 'explain.inputSide': nativeSide },
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
