// The numbers of an mPLUG model, from its tensors and from config.json (the repository's config_bert.json)
// where there is one. Which fusion layers join the streams is in no tensor.
import * as v from 'valibot';
import {
  agreeAll,
  countLayers,
  count,
  epsilon,
  gridSide,
  headsOf,
  headsOfWidth,
  parseConfig,
  rankedTensor,
  type Tower,
} from '../configFields.ts';
import type { WeightIndex } from '../family.ts';
import {
  IMAGE_PROJECTION,
  PATCH_KERNEL,
  POSITION_TABLE,
  TEXT_LAYERS,
  TOKEN_POSITIONS,
  TOKEN_TYPES,
  VISION_BLOCKS,
  WORD_TABLE,
  fusionLayer,
  storedFusionLayers,
  textLayer,
  visionBlock,
} from './names.ts';

/** Text reads image, or both read both. */
export type FusionKind = 'cross' | 'joint';

/** Everything the graphs need to know besides the weights themselves. */
export interface MplugNumbers {
  readonly patch: number;
  /** Patches per side of the stored position table. */
  readonly grid: number;
  readonly vision: Tower;
  /** The text encoder; the fusion encoder's layers are made like its own. */
  readonly text: Tower;
  /** The first stored fusion layer that runs. */
  readonly firstFusion: number;
  /** The fusion layers that run, in order. */
  readonly fusion: readonly FusionKind[];
  /** True for large models: the image's vectors are projected to the width of the text. */
  readonly projected: boolean;
  /** Rows of the token-type table; 0 where there is none. */
  readonly tokenTypes: number;
  readonly vocabSize: number;
  readonly maxTokens: number;
}

const CONFIG = v.object({
  hidden_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  intermediate_size: count,
  hidden_act: v.optional(v.literal('gelu')),
  layer_norm_eps: v.optional(epsilon),
  max_position_embeddings: v.optional(count),
  type_vocab_size: v.optional(count),
  vocab_size: v.optional(count),
  text_encoder_layers: v.optional(count),
  fusion_layers: v.optional(count),
  stride_layer: v.optional(count),
  encoder_width: v.optional(count),
});

const VISION_EPSILON = 1e-5;
const TEXT_EPSILON = 1e-12;
/** Width of an image head: CLIP's, whatever the size. */
const VISION_HEAD_WIDTH = 64;
/** Fusion layers that run in every published model. */
const FUSION_RUN = 6;
/** Every so many fusion layers one joins the streams; 6 of 6 layers are none. */
const STRIDE = { large: 6, base: 3 };
const MODEL = 'mPLUG for image-text matching';

/** Reads the numbers; `named` by plain names. Throws ModelError. */
export function mplugNumbers(config: unknown, named: WeightIndex): MplugNumbers {
  const given = config === null || config === undefined ? null : parseConfig(CONFIG, config);
  const measured = fromWeights(named);
  const { text, stored } = measured;
  if (given)
    agreeAll([
      ['hidden_size', given.hidden_size, text.width],
      ['num_hidden_layers', given.num_hidden_layers, stored],
      ['intermediate_size', given.intermediate_size, text.mlpWidth],
      ['max_position_embeddings', given.max_position_embeddings, measured.maxTokens],
      // A config says 2 also of files without the table.
      ['type_vocab_size', given.type_vocab_size, measured.tokenTypes || given.type_vocab_size],
      ['vocab_size', given.vocab_size, measured.vocabSize],
      ['text_encoder_layers', given.text_encoder_layers, text.layers],
      ['encoder_width', given.encoder_width, measured.imageWidth],
    ]);
  // A config without a stride has no joint layer; published models without a config have their size's.
  const stride = given
    ? (given.stride_layer ?? Infinity)
    : STRIDE[measured.projected ? 'large' : 'base'];
  const run = Math.min(stored, given?.fusion_layers ?? FUSION_RUN);
  const { patch, grid, projected, tokenTypes, vocabSize, maxTokens } = measured;
  return {
    patch,
    grid,
    projected,
    tokenTypes,
    vocabSize,
    maxTokens,
    vision: measured.vision,
    text: {
      ...text,
      heads: given
        ? headsOf('num_attention_heads', given.num_attention_heads, text.width)
        : headsOfWidth(text.width),
      epsilon: given?.layer_norm_eps ?? TEXT_EPSILON,
    },
    firstFusion: stored - run,
    fusion: Array.from({ length: run }, (_, at) =>
      at > 0 && at % stride === 0 ? 'joint' : 'cross',
    ),
  };
}

/** All that the tensors' own shapes tell. */
function fromWeights(named: WeightIndex) {
  const kernel = rankedTensor(named, PATCH_KERNEL, 4, MODEL);
  const table = rankedTensor(named, POSITION_TABLE, 2, MODEL);
  const words = rankedTensor(named, WORD_TABLE, 2, MODEL);
  const positions = rankedTensor(named, TOKEN_POSITIONS, 2, MODEL);
  const inner = rankedTensor(named, visionBlock(0, 'mlp.c_fc.weight'), 2, MODEL);
  const dense = rankedTensor(named, textLayer(0, 'intermediate.dense.weight'), 2, MODEL);
  const types = named.has(TOKEN_TYPES) ? rankedTensor(named, TOKEN_TYPES, 2, MODEL) : null;
  const stored = storedFusionLayers(named);
  const last = fusionLayer(stored - 1, 'crossattention.self.key.weight');
  const key = rankedTensor(named, last, 2, MODEL);
  const [visionWidth, , patch] = kernel.shape as readonly [number, number, number, number];
  const [vocabSize, textWidth] = words.shape as readonly [number, number];
  const heads = Math.max(1, Math.floor(visionWidth / VISION_HEAD_WIDTH));
  return {
    patch,
    grid: gridSide(table, table.shape[0] as number),
    vision: {
      layers: countLayers(named, VISION_BLOCKS),
      width: visionWidth,
      heads: headsOf('image width / 64', heads, visionWidth),
      mlpWidth: inner.shape[0] as number,
      epsilon: VISION_EPSILON,
    },
    text: {
      layers: countLayers(named, TEXT_LAYERS),
      width: textWidth,
      mlpWidth: dense.shape[0] as number,
    },
    stored,
    imageWidth: key.shape[1] as number,
    projected: named.has(`${IMAGE_PROJECTION}.weight`),
    tokenTypes: types?.shape[0] ?? 0,
    vocabSize,
    maxTokens: positions.shape[0] as number,
  };
}

/** The cross layers whose image no joint layer has changed: they come first. */
export function crossesBeforeJoint({ fusion }: MplugNumbers): number {
  const joint = fusion.indexOf('joint');
  return joint < 0 ? fusion.length : joint;
}
