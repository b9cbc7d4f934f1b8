// The numbers of an ALBEF model. Its published files have no config: the tensors tell nearly all, and
// a config.json (the repository's config_bert.json) is held against them where there is one.
import * as v from 'valibot';
import { BERT_FIELDS, agreeBert, bertSizes, bertTower } from '../bertNumbers.ts';
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
  ...BERT_FIELDS,
  fusion_layer: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))),
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

const VISION_EPSILON = 1e-6;
const MODEL = 'ALBEF for image-text matching';

/** Reads the numbers; `named` by plain names. Throws ModelError. */
export function albefNumbers(config: unknown, named: WeightIndex): AlbefNumbers {
  const given = config === null || config === undefined ? null : parseConfig(CONFIG, config);
  const image = given?.vision_config;
  const { fusion, layers } = textDepths(named);
  if (fusion === layers)
    throw wrongField('fusion_layer', 'a text layer with cross-attention', 'none in the weights');
  const sizes = bertSizes(
    named,
    {
      words: WORD_TABLE,
      positions: TOKEN_POSITIONS,
      types: TOKEN_TYPES,
      inner: textLayer(0, 'intermediate.dense.weight'),
    },
    MODEL,
  );
  const { patch, grid, vision } = imageSizes(named);
  if (given) {
    agreeBert(given, sizes, layers);
    agreeAll([
      ['fusion_layer', given.fusion_layer, fusion],
      ['encoder_width', given.encoder_width, vision.width],
      ['vision_config.image_size', image?.image_size, patch * grid],
      ['vision_config.patch_size', image?.patch_size, patch],
      ['vision_config.hidden_size', image?.hidden_size, vision.width],
      ['vision_config.num_hidden_layers', image?.num_hidden_layers, vision.layers],
    ]);
  }
  const heads = image?.num_attention_heads;
  const { tokenTypes, vocabSize, maxTokens } = sizes;
  return {
    patch,
    grid,
    vision: {
      ...vision,
      heads:
        heads === undefined
          ? headsOfWidth(vision.width)
          : headsOf('vision_config.num_attention_heads', heads, vision.width),
      epsilon: image?.layer_norm_eps ?? VISION_EPSILON,
    },
    text: bertTower(given, sizes, layers),
    fusionLayer: fusion,
    tokenTypes,
    vocabSize,
    maxTokens,
  };
}

/** What the image encoder's tensors show. */
function imageSizes(named: WeightIndex) {
  const kernel = rankedTensor(named, PATCH_KERNEL, 4, MODEL);
  const table = rankedTensor(named, POSITION_TABLE, 3, MODEL);
  const inner = rankedTensor(named, visionBlock(0, 'mlp.fc1.weight'), 2, MODEL);
  const [width, , patch] = kernel.shape as readonly [number, number, number, number];
  return {
    patch,
    grid: gridSide(table, table.shape[1] as number),
    vision: {
      layers: countLayers(named, VISION_BLOCKS),
      width,
      mlpWidth: inner.shape[0] as number,
    },
  };
}
