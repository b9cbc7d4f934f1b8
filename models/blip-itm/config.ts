// The numbers of a BLIP-ITM model: from config.json where there is one, always held against the
// weights, because a wrong config gives plausible but wrong maps.
import * as v from 'valibot';
import { ModelError, shown } from '../errors.ts';
import type { TensorRef, WeightIndex } from '../family.ts';
import {
  CROSS_KEY,
  PATCH_KERNEL,
  POSITION_TABLE,
  TOKEN_POSITIONS,
  WORD_TABLE,
  countLayers,
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

export interface Tower {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly mlpWidth: number;
  /** Added to variances before the square root. */
  readonly epsilon: number;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const epsilon = v.pipe(v.number(), v.gtValue(0), v.maxValue(0.01));
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
const CONFIG_FILE = 'config.json';

/** Reads the numbers; `weights` by Hugging Face names. Throws ModelError. */
export function blipNumbers(config: unknown, weights: WeightIndex): BlipNumbers {
  const measured = fromWeights(weights);
  if (config === null || config === undefined) return measured;
  const parsed = v.safeParse(CONFIG, config);
  if (!parsed.success) throw unreadable(parsed.issues[0]);
  const { vision_config: vision, text_config: text } = parsed.output;
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
    throw wrong('text_config.num_attention_heads', '12 for a text width of 768', '8', {
      fix: 'Early BLIP configs say 8 by mistake, which gives wrong maps: write 12',
    });
  return {
    ...measured,
    vision: {
      ...measured.vision,
      heads: heads('vision_config', vision.num_attention_heads, vision.hidden_size),
      epsilon: vision.layer_norm_eps ?? VISION_EPSILON,
    },
    text: {
      ...measured.text,
      heads: heads('text_config', text.num_attention_heads, text.hidden_size),
      epsilon: text.layer_norm_eps ?? TEXT_EPSILON,
    },
  };
}

/** All that the tensors' own shapes tell, with the original models' heads and epsilons. */
function fromWeights(weights: WeightIndex): BlipNumbers {
  const kernel = ranked(weights, PATCH_KERNEL, 4);
  const table = ranked(weights, POSITION_TABLE, 3);
  const words = ranked(weights, WORD_TABLE, 2);
  const positions = ranked(weights, TOKEN_POSITIONS, 2);
  ranked(weights, CROSS_KEY, 2);
  const [visionWidth, , patch] = kernel.shape as readonly [number, number, number, number];
  const [, rows] = table.shape as readonly [number, number, number];
  const [vocabSize, textWidth] = words.shape as readonly [number, number];
  const grid = Math.round(Math.sqrt(rows - 1));
  if (grid < 1 || grid * grid !== rows - 1)
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      file: table.file,
      tensor: table.name,
      expected: 'one row for the class token and a square grid of rows',
      found: `${rows} rows`,
    });
  const fc1 = ranked(weights, visionLayer(0, 'mlp.fc1.weight'), 2);
  const dense = ranked(weights, textLayer(0, 'intermediate.dense.weight'), 2);
  return {
    patch,
    grid,
    vision: {
      layers: countLayers(weights, (layer) => visionLayer(layer, 'self_attn.qkv.weight')),
      width: visionWidth,
      heads: Math.max(1, Math.floor(visionWidth / HEAD_WIDTH)),
      mlpWidth: fc1.shape[0] as number,
      epsilon: VISION_EPSILON,
    },
    text: {
      layers: countLayers(weights, (layer) => textLayer(layer, 'crossattention.self.key.weight')),
      width: textWidth,
      heads: Math.max(1, Math.floor(textWidth / HEAD_WIDTH)),
      mlpWidth: dense.shape[0] as number,
      epsilon: TEXT_EPSILON,
    },
    vocabSize,
    maxTokens: positions.shape[0] as number,
  };
}

function ranked(weights: WeightIndex, name: string, rank: number): TensorRef {
  const ref = weights.get(name);
  if (!ref)
    throw new ModelError('MODEL_TENSOR_MISSING', {
      tensor: name,
      expected: `the tensor with ${rank} axes, as BLIP for image-text matching has it`,
      found: 'no such tensor',
      fix: 'Use a BLIP checkpoint with the image-text matching head (blip-itm-...)',
    });
  if (ref.shape.length !== rank || ref.shape.includes(0))
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      file: ref.file,
      tensor: name,
      expected: `${rank} axes, none of them empty`,
      found: `[${ref.shape.join(', ')}]`,
    });
  return ref;
}

function heads(place: string, given: number, width: number): number {
  if (width % given !== 0)
    throw wrong(`${place}.num_attention_heads`, `a divisor of the width ${width}`, String(given));
  return given;
}

function agree(field: string, given: number, measured: number): void {
  if (given !== measured) throw wrong(field, `${measured}, as the weights have it`, String(given));
}

function wrong(field: string, expected: string, found: string, more: { fix?: string } = {}) {
  return new ModelError('MODEL_CONFIG_INVALID', {
    file: CONFIG_FILE,
    expected: `${field} = ${expected}`,
    found,
    fix: more.fix ?? 'Use the config.json that came with these weights',
  });
}

function unreadable(issue: v.BaseIssue<unknown>): ModelError {
  const field = issue.path?.map((part) => String(part.key)).join('.') ?? 'the config';
  const headless = field === 'text_config.num_attention_heads';
  return wrong(
    field,
    issue.expected ?? 'a value that fits',
    shown(issue.received),
    headless
      ? { fix: 'State it: 12 for published BLIP models (the class default 8 is wrong)' }
      : {},
  );
}
