// The numbers of a BLIP-ITM model: from config.json where there is one, always held against the
// weights, because a wrong config gives plausible but wrong maps.
import * as v from 'valibot';
import {
  agree,
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
  CROSS_KEY,
  PATCH_KERNEL,
  POSITION_TABLE,
  TOKEN_POSITIONS,
  TEXT_LAYERS,
  VISION_LAYERS,
  WORD_TABLE,
  textLayer,
  visionLayer,
} from './names.ts';

/** Everything the graphs need to know besides the weights themselves. */
export interface BlipNumbers {
  readonly patch: number;
  /** Patches per side of the stored position table. */
  readonly grid: number;
  readonly vision: Tower;
  readonly text: Tower;
  readonly vocabSize: number;
  readonly maxTokens: number;
}

const activation = v.optional(v.literal('gelu'));

const CONFIG = v.object({
  vision_config: v.object({
    hidden_size: count,
    intermediate_size: count,
    num_hidden_layers: count,
    num_attention_heads: count,
    image_size: count,
    patch_size: count,
    layer_norm_eps: v.optional(epsilon),
    hidden_act: activation,
  }),
  text_config: v.object({
    hidden_size: count,
    intermediate_size: count,
    num_hidden_layers: count,
    num_attention_heads: count,
    max_position_embeddings: count,
    vocab_size: count,
    encoder_hidden_size: v.optional(count),
    layer_norm_eps: v.optional(epsilon),
    hidden_act: activation,
  }),
});

// What the original models were trained with; transformers' class default for images is 1e-5.
const VISION_EPSILON = 1e-6;
const TEXT_EPSILON = 1e-12;
// Every published BLIP has heads of this width, in both towers.
const HEAD_WIDTH = 64;
const MODEL = 'BLIP for image-text matching (blip-itm-...)';
const TEXT_HEADS = 'text_config.num_attention_heads';
const FIXES = {
  [TEXT_HEADS]: 'State it: 12 for published BLIP models (the class default 8 is wrong)',
};

/** Reads the numbers; `weights` by Hugging Face names. Throws ModelError. */
export function blipNumbers(config: unknown, weights: WeightIndex): BlipNumbers {
  const measured = fromWeights(weights);
  if (config === null || config === undefined) {
    for (const { width } of [measured.vision, measured.text]) headsOfWidth(width, HEAD_WIDTH);
    return measured;
  }
  const { vision_config: vision, text_config: text } = parseConfig(CONFIG, config, FIXES);
  agree('vision_config.hidden_size', vision.hidden_size, measured.vision.width);
  agree('vision_config.num_hidden_layers', vision.num_hidden_layers, measured.vision.layers);
  agree('vision_config.intermediate_size', vision.intermediate_size, measured.vision.mlpWidth);
  agree('vision_config.patch_size', vision.patch_size, measured.patch);
  agree('vision_config.image_size', vision.image_size, measured.patch * measured.grid);
  agree('text_config.hidden_size', text.hidden_size, measured.text.width);
  agree('text_config.num_hidden_layers', text.num_hidden_layers, measured.text.layers);
  agree('text_config.intermediate_size', text.intermediate_size, measured.text.mlpWidth);
  agree('text_config.vocab_size', text.vocab_size, measured.vocabSize);
  agree('text_config.max_position_embeddings', text.max_position_embeddings, measured.maxTokens);
  if (text.encoder_hidden_size !== undefined)
    agree('text_config.encoder_hidden_size', text.encoder_hidden_size, measured.vision.width);
  // Early published configs carry transformers' class default of 8 for a model of 12.
  if (text.num_attention_heads === 8 && text.hidden_size === 12 * HEAD_WIDTH)
    throw wrongField(
      TEXT_HEADS,
      '12 for a text width of 768',
      '8',
      'Early BLIP configs say 8 by mistake, which gives wrong maps: write 12',
    );
  return {
    ...measured,
    vision: {
      ...measured.vision,
      heads: headsOf(
        'vision_config.num_attention_heads',
        vision.num_attention_heads,
        vision.hidden_size,
      ),
      epsilon: vision.layer_norm_eps ?? VISION_EPSILON,
    },
    text: {
      ...measured.text,
      heads: headsOf(TEXT_HEADS, text.num_attention_heads, text.hidden_size),
      epsilon: text.layer_norm_eps ?? TEXT_EPSILON,
    },
  };
}

/** All that the tensors' own shapes tell, with the original models' heads and epsilons. */
function fromWeights(weights: WeightIndex): BlipNumbers {
  const kernel = rankedTensor(weights, PATCH_KERNEL, 4, MODEL);
  const table = rankedTensor(weights, POSITION_TABLE, 3, MODEL);
  const words = rankedTensor(weights, WORD_TABLE, 2, MODEL);
  const positions = rankedTensor(weights, TOKEN_POSITIONS, 2, MODEL);
  rankedTensor(weights, CROSS_KEY, 2, MODEL);
  const [visionWidth, , patch] = kernel.shape as readonly [number, number, number, number];
  const [, rows] = table.shape as readonly [number, number, number];
  const [vocabSize, textWidth] = words.shape as readonly [number, number];
  const grid = gridSide(table, rows);
  const fc1 = rankedTensor(weights, visionLayer(0, 'mlp.fc1.weight'), 2, MODEL);
  const dense = rankedTensor(weights, textLayer(0, 'intermediate.dense.weight'), 2, MODEL);
  return {
    patch,
    grid,
    vision: {
      layers: countLayers(weights, VISION_LAYERS),
      width: visionWidth,
      heads: Math.max(1, Math.floor(visionWidth / HEAD_WIDTH)),
      mlpWidth: fc1.shape[0] as number,
      epsilon: VISION_EPSILON,
    },
    text: {
      layers: countLayers(weights, TEXT_LAYERS),
      width: textWidth,
      heads: Math.max(1, Math.floor(textWidth / HEAD_WIDTH)),
      mlpWidth: dense.shape[0] as number,
      epsilon: TEXT_EPSILON,
    },
    vocabSize,
    maxTokens: positions.shape[0] as number,
  };
}
