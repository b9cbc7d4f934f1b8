// The numbers of a BridgeTower model, from config.json and held against the weights.
import * as v from 'valibot';
import {
  agree,
  count,
  countLayers,
  epsilon,
  gridSide,
  headsOf,
  parseConfig,
  rankedTensor,
  wrongField,
} from '../configFields.ts';
import type { WeightIndex } from '../family.ts';
import {
  PATCH_KERNEL,
  POSITION_TABLE,
  TEXT_LAYERS,
  TOKEN_POSITIONS,
  VISION_BLOCKS,
  WORD_TABLE,
  crossLayers,
} from './names.ts';

/** Width of a vision head: CLIP's, whatever the config says. */
const VISION_HEAD_WIDTH = 64;
const MODEL = 'BridgeTower for image-text matching (bridgetower-...-itm-...)';

export interface BridgeTowerNumbers {
  readonly patch: number;
  /** Patches per side of the stored position table. */
  readonly grid: number;
  readonly vision: Layers;
  readonly text: Layers;
  /** Made like the text layers: same heads, widths and epsilon. */
  readonly cross: Layers;
  /** Epsilon of the normalisations between the towers and the cross-modal layers. */
  readonly linkEpsilon: number;
  readonly vocabSize: number;
  /** Positions count from the one behind this. */
  readonly padToken: number;
  /** Rows of the text position table. */
  readonly positions: number;
}

/** One stack of layers. */
export interface Layers {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly epsilon: number;
}

const CONFIG = v.object({
  hidden_size: count,
  num_hidden_layers: count,
  layer_norm_eps: epsilon,
  // Other forms exist in the code, none among published checkpoints.
  link_tower_type: v.optional(v.literal('add')),
  share_cross_modal_transformer_layers: v.optional(v.literal(true)),
  share_link_tower_layers: v.optional(v.literal(false)),
  text_config: v.object({
    hidden_size: count,
    num_hidden_layers: count,
    num_attention_heads: count,
    intermediate_size: count,
    layer_norm_eps: v.optional(epsilon),
    hidden_act: v.optional(v.literal('gelu')),
    max_position_embeddings: count,
    vocab_size: count,
    pad_token_id: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))),
  }),
  vision_config: v.object({
    hidden_size: count,
    num_hidden_layers: count,
    image_size: count,
    patch_size: count,
    layer_norm_eps: v.optional(epsilon),
    share_layernorm: v.optional(v.literal(true)),
    remove_last_layer: v.optional(v.literal(false)),
  }),
});

/** Reads the numbers; throws ModelError. */
export function bridgeTowerNumbers(config: unknown, weights: WeightIndex): BridgeTowerNumbers {
  const given = parseConfig(CONFIG, config);
  const { text_config: text, vision_config: vision } = given;
  const kernel = rankedTensor(weights, PATCH_KERNEL, 4, MODEL);
  const table = rankedTensor(weights, POSITION_TABLE, 2, MODEL);
  const words = rankedTensor(weights, WORD_TABLE, 2, MODEL);
  const positions = rankedTensor(weights, TOKEN_POSITIONS, 2, MODEL);
  const [visionWidth, , patch] = kernel.shape as readonly [number, number, number, number];
  const grid = gridSide(table, table.shape[0] as number);
  const [vocabSize, textWidth] = words.shape as readonly [number, number];
  agree('vision_config.hidden_size', vision.hidden_size, visionWidth);
  agree('vision_config.patch_size', vision.patch_size, patch);
  agree('vision_config.image_size', vision.image_size, patch * grid);
  const blocks = countLayers(weights, VISION_BLOCKS);
  agree('vision_config.num_hidden_layers', vision.num_hidden_layers, blocks);
  agree('text_config.hidden_size', text.hidden_size, textWidth);
  agree('hidden_size', given.hidden_size, textWidth);
  agree('text_config.vocab_size', text.vocab_size, vocabSize);
  const textLayers = countLayers(weights, TEXT_LAYERS);
  agree('text_config.num_hidden_layers', text.num_hidden_layers, textLayers);
  const rows = positions.shape[0] as number;
  agree('text_config.max_position_embeddings', text.max_position_embeddings, rows);
  agree('num_hidden_layers', given.num_hidden_layers, countLayers(weights, crossLayers('text')));
  // Each of the last layers of both towers is linked to one cross-modal layer.
  if (textLayers !== blocks || given.num_hidden_layers > textLayers)
    throw wrongField(
      'num_hidden_layers',
      `at most the ${textLayers} layers that both towers have`,
      `${given.num_hidden_layers} cross-modal, ${blocks} image and ${textLayers} text layers`,
    );
  const padToken = text.pad_token_id ?? 1;
  if (padToken + 1 >= rows)
    throw wrongField('text_config.pad_token_id', `less than ${rows - 1}`, String(padToken));
  const textLayersOf: Layers = {
    layers: textLayers,
    width: textWidth,
    heads: headsOf('text_config.num_attention_heads', text.num_attention_heads, textWidth),
    mlpWidth: text.intermediate_size,
    epsilon: text.layer_norm_eps ?? 1e-5,
  };
  return {
    patch,
    grid,
    vision: {
      layers: blocks,
      width: visionWidth,
      heads: headsOf(
        'vision_config.hidden_size / 64',
        Math.max(1, Math.floor(visionWidth / VISION_HEAD_WIDTH)),
        visionWidth,
      ),
      mlpWidth: 4 * visionWidth,
      epsilon: vision.layer_norm_eps ?? 1e-5,
    },
    text: textLayersOf,
    cross: { ...textLayersOf, layers: given.num_hidden_layers },
    linkEpsilon: given.layer_norm_eps,
    vocabSize,
    padToken,
    positions: rows,
  };
}

/** Layers that both towers run before the first cross-modal layer. */
export const splitIndex = ({ text, cross }: BridgeTowerNumbers) => text.layers - cross.layers + 1;
