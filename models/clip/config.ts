// The numbers of a CLIP model, from config.json and held against the weights.
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
} from '../configFields.ts';
import type { WeightIndex } from '../family.ts';
import {
  PATCH_KERNEL,
  POSITION_TABLE,
  TEXT_LAYERS,
  TOKEN_POSITIONS,
  VISION_LAYERS,
  VISUAL_PROJECTION,
  WORD_TABLE,
} from './names.ts';

const MODEL = 'CLIP';
/** Configs of early exports state this, which is no token of theirs: the largest id ends a text. */
const NO_END_TOKEN = 2;

export interface ClipNumbers {
  readonly patch: number;
  readonly grid: number;
  readonly vision: ClipTower;
  readonly text: ClipTower;
  readonly embeddingWidth: number;
  readonly vocabSize: number;
  readonly maxTokens: number;
  readonly endToken: number | null;
}

export interface ClipTower {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly epsilon: number;
  readonly activation: 'quick_gelu' | 'gelu';
}

/** Exports leave out what is as in the first published model (ViT-B/32): such a field means that value. */
const tower = (width: number, heads: number) => ({
  hidden_size: v.optional(count, width),
  intermediate_size: v.optional(count, 4 * width),
  num_hidden_layers: v.optional(count, 12),
  num_attention_heads: v.optional(count, heads),
  layer_norm_eps: v.optional(epsilon, 1e-5),
  hidden_act: v.optional(v.picklist(['quick_gelu', 'gelu']), 'quick_gelu'),
});

const CONFIG = v.object({
  text_config: v.optional(
    v.object({
      ...tower(512, 8),
      max_position_embeddings: v.optional(count, 77),
      vocab_size: v.optional(count, 49_408),
      eos_token_id: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), NO_END_TOKEN),
    }),
    {},
  ),
  vision_config: v.optional(
    v.object({
      ...tower(768, 12),
      image_size: v.optional(count, 224),
      patch_size: v.optional(count, 32),
    }),
    {},
  ),
});

/** Reads the numbers; throws ModelError. */
export function clipNumbers(config: unknown, weights: WeightIndex): ClipNumbers {
  const { text_config: text, vision_config: vision } = parseConfig(CONFIG, config);
  const kernel = rankedTensor(weights, PATCH_KERNEL, 4, MODEL);
  const table = rankedTensor(weights, POSITION_TABLE, 2, MODEL);
  const words = rankedTensor(weights, WORD_TABLE, 2, MODEL);
  const positions = rankedTensor(weights, TOKEN_POSITIONS, 2, MODEL);
  const projected = rankedTensor(weights, `${VISUAL_PROJECTION}.weight`, 2, MODEL);
  const [visionWidth, , patch] = kernel.shape as readonly [number, number, number, number];
  const [vocabSize, textWidth] = words.shape as readonly [number, number];
  const grid = gridSide(table, table.shape[0] as number);
  const maxTokens = positions.shape[0] as number;
  agree('vision_config.hidden_size', vision.hidden_size, visionWidth);
  agree('vision_config.patch_size', vision.patch_size, patch);
  agree('vision_config.image_size', vision.image_size, patch * grid);
  agree(
    'vision_config.num_hidden_layers',
    vision.num_hidden_layers,
    countLayers(weights, VISION_LAYERS),
  );
  agree('text_config.hidden_size', text.hidden_size, textWidth);
  agree('text_config.vocab_size', text.vocab_size, vocabSize);
  agree('text_config.max_position_embeddings', text.max_position_embeddings, maxTokens);
  agree('text_config.num_hidden_layers', text.num_hidden_layers, countLayers(weights, TEXT_LAYERS));
  const towerOf = (place: string, given: typeof text | typeof vision): ClipTower => ({
    layers: given.num_hidden_layers,
    width: given.hidden_size,
    heads: headsOf(`${place}.num_attention_heads`, given.num_attention_heads, given.hidden_size),
    mlpWidth: given.intermediate_size,
    epsilon: given.layer_norm_eps,
    activation: given.hidden_act,
  });
  return {
    patch,
    grid,
    vision: towerOf('vision_config', vision),
    text: towerOf('text_config', text),
    embeddingWidth: projected.shape[0] as number,
    vocabSize,
    maxTokens,
    endToken: text.eos_token_id === NO_END_TOKEN ? null : text.eos_token_id,
  };
}
