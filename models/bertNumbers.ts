// The text side of families whose config.json is BERT's own, with keys beside it: what the tensors show,
// what the config states, and both held against each other.
import * as v from 'valibot';
import {
  agreeAll,
  count,
  epsilon,
  headsOf,
  headsOfWidth,
  rankedTensor,
  type Tower,
} from './configFields.ts';
import type { WeightIndex } from './family.ts';

/** Keys that every BERT config has or may have. */
export const BERT_FIELDS = {
  hidden_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  intermediate_size: count,
  hidden_act: v.optional(v.literal('gelu')),
  layer_norm_eps: v.optional(epsilon),
  max_position_embeddings: v.optional(count),
  type_vocab_size: v.optional(count),
  vocab_size: v.optional(count),
  /** Width of the vectors that cross-attention reads. */
  encoder_width: v.optional(count),
};
type BertConfig = v.InferOutput<v.ObjectSchema<typeof BERT_FIELDS, undefined>>;

/** Where the text side's sizes are read off. */
export interface BertNames {
  readonly words: string;
  readonly positions: string;
  readonly types: string;
  /** The first layer's feed-forward part, `.weight` included. */
  readonly inner: string;
}

/** What the tensors show of the text side. */
export interface BertSizes {
  readonly width: number;
  readonly mlpWidth: number;
  readonly vocabSize: number;
  readonly maxTokens: number;
  /** Rows of the token-type table; 0 where there is none. */
  readonly tokenTypes: number;
}

/** Reads the sizes; `model` names what was expected. Throws ModelError. */
export function bertSizes(named: WeightIndex, names: BertNames, model: string): BertSizes {
  const [vocabSize, width] = rankedTensor(named, names.words, 2, model).shape;
  const [maxTokens] = rankedTensor(named, names.positions, 2, model).shape;
  const [mlpWidth] = rankedTensor(named, names.inner, 2, model).shape;
  const types = named.has(names.types) ? rankedTensor(named, names.types, 2, model) : null;
  return {
    width: width as number,
    mlpWidth: mlpWidth as number,
    vocabSize: vocabSize as number,
    maxTokens: maxTokens as number,
    tokenTypes: types?.shape[0] ?? 0,
  };
}

/** Throws where the config states anything that the weights do not show. */
export function agreeBert(given: BertConfig, sizes: BertSizes, stored: number): void {
  agreeAll([
    ['hidden_size', given.hidden_size, sizes.width],
    ['num_hidden_layers', given.num_hidden_layers, stored],
    ['intermediate_size', given.intermediate_size, sizes.mlpWidth],
    ['max_position_embeddings', given.max_position_embeddings, sizes.maxTokens],
    // A config says 2 also of files without the table.
    ['type_vocab_size', given.type_vocab_size, sizes.tokenTypes || undefined],
    ['vocab_size', given.vocab_size, sizes.vocabSize],
  ]);
}

/** The numbers of `layers` layers, with the published heads and epsilon where there is no config. */
export function bertTower(given: BertConfig | null, sizes: BertSizes, layers: number): Tower {
  const { width, mlpWidth } = sizes;
  return {
    layers,
    width,
    mlpWidth,
    heads: given
      ? headsOf('num_attention_heads', given.num_attention_heads, width)
      : headsOfWidth(width),
    epsilon: given?.layer_norm_eps ?? 1e-12,
  };
}
