// The numbers of an ALBEF model. Its published files have no config: the tensors tell nearly all, and
// a config.json (the repository's config_bert.json) is held against them where there is one.
import * as v from 'valibot';
import {
  agreeAll,
  count,
  countLayers,
  epsilon,
  gridSide,
  headsOf,
  headsOfWidth,
  parseConfig,
  rankedTensor,
  wrongField,
  type Tower,
} from '../configFields.ts';
import type { WeightIndex } from '../family.ts';
import {
  PATCH_KERNEL,
  POSITION_TABLE,
  TOKEN_POSITIONS,
  TOKEN_TYPES,
  VISION_BLOCKS,
  WORD_TABLE,
  textDepths,
  textLayer,
  visionBlock,
} from './names.ts';

/** Everything the graphs need to know besides the weights themselves. */
export interface AlbefNumbers {
  readonly patch: number;
  /** Patches per side of the stored position table. */
  readonly grid: number;
  readonly vision: Tower;
  readonly text: Tower;
  /** The first text layer with cross-attention; all from there on have it. */
  readonly fusionLayer: number;
  /** Rows of the token-type table; 0 where the checkpoint has none (LAVIS). */
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
  fusion_layer: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))),
  encoder_width: v.optional(count),
  vision_config: v.optional(
    v.object({
      image_size: v.optional(count),
      patch_size: v.optional(count),
      hidden_size: v.optional(count),
      num_hidden_layers: v.optional(count),
      num_attention_heads: v.optional(count),
      layer_norm_eps: v.optional(epsilon),
    }),
  ),
});
type Config = v.InferOutput<typeof CONFIG>;

const VISION_EPSILON = 1e-6;
const TEXT_EPSILON = 1e-12;
const MODEL = 'ALBEF for image-text matching';

/** Reads the numbers; `named` by plain names. Throws ModelError. */
export function albefNumbers(config: unknown, named: WeightIndex): AlbefNumbers {
  const given = config === null || config === undefined ? null : parseConfig(CONFIG, config);
  const measured = fromWeights(named);
  if (given) compare(given, measured);
  const { vision, text } = measured;
  const image = given?.vision_config;
  return {
    ...measured,
    vision: {
      ...vision,
      heads:
        image?.num_attention_heads === undefined
          ? headsOfWidth(vision.width)
          : headsOf('vision_config.num_attention_heads', image.num_attention_heads, vision.width),
      epsilon: image?.layer_norm_eps ?? VISION_EPSILON,
    },
    text: {
      ...text,
      heads: given
        ? headsOf('num_attention_heads', given.num_attention_heads, text.width)
        : headsOfWidth(text.width),
      epsilon: given?.layer_norm_eps ?? TEXT_EPSILON,
    },
  };
}

/** Throws where the config states anything that the weights do not show. */
function compare(given: Config, measured: AlbefNumbers): void {
  const { vision, text } = measured;
  const image = given.vision_config;
  agreeAll([
    ['hidden_size', given.hidden_size, text.width],
    ['num_hidden_layers', given.num_hidden_layers, text.layers],
    ['intermediate_size', given.intermediate_size, text.mlpWidth],
    ['max_position_embeddings', given.max_position_embeddings, measured.maxTokens],
    // A config says 2 also of files without the table.
    ['type_vocab_size', given.type_vocab_size, measured.tokenTypes || given.type_vocab_size],
    ['vocab_size', given.vocab_size, measured.vocabSize],
    ['fusion_layer', given.fusion_layer, measured.fusionLayer],
    ['encoder_width', given.encoder_width, vision.width],
    ['vision_config.image_size', image?.image_size, measured.patch * measured.grid],
    ['vision_config.patch_size', image?.patch_size, measured.patch],
    ['vision_config.hidden_size', image?.hidden_size, vision.width],
    ['vision_config.num_hidden_layers', image?.num_hidden_layers, vision.layers],
  ]);
}

/** All that the tensors' own shapes tell; heads and epsilons are not among it. */
function fromWeights(named: WeightIndex): AlbefNumbers {
  const kernel = rankedTensor(named, PATCH_KERNEL, 4, MODEL);
  const table = rankedTensor(named, POSITION_TABLE, 3, MODEL);
  const words = rankedTensor(named, WORD_TABLE, 2, MODEL);
  const positions = rankedTensor(named, TOKEN_POSITIONS, 2, MODEL);
  const fc1 = rankedTensor(named, visionBlock(0, 'mlp.fc1.weight'), 2, MODEL);
  const dense = rankedTensor(named, textLayer(0, 'intermediate.dense.weight'), 2, MODEL);
  const types = named.has(TOKEN_TYPES) ? rankedTensor(named, TOKEN_TYPES, 2, MODEL) : null;
  const [visionWidth, , patch] = kernel.shape as readonly [number, number, number, number];
  const [vocabSize, textWidth] = words.shape as readonly [number, number];
  const { fusion, layers } = textDepths(named);
  if (fusion === layers)
    throw wrongField('fusion_layer', 'a text layer with cross-attention', 'none in the weights');
  const unset = { heads: 1, epsilon: TEXT_EPSILON };
  return {
    patch,
    grid: gridSide(table, table.shape[1] as number),
    vision: {
      ...unset,
      layers: countLayers(named, VISION_BLOCKS),
      width: visionWidth,
      mlpWidth: fc1.shape[0] as number,
    },
    text: { ...unset, layers, width: textWidth, mlpWidth: dense.shape[0] as number },
    fusionLayer: fusion,
    tokenTypes: types?.shape[0] ?? 0,
    vocabSize,
    maxTokens: positions.shape[0] as number,
  };
}
