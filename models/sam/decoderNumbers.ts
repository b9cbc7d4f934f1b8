// Config of the prompt encoder and the mask decoder, which every family of Segment Anything shares: measured on
// the weights, and compared with config.json where there is one.
import * as v from 'valibot';
import { agree, count, countLayers, epsilon, headsOf, rankedTensor } from '../configFields.ts';
import {
  DECODER_LAYERS,
  FINAL_ATTENTION,
  IOU_HEAD,
  MASK_EMBED,
  MASK_TOKENS,
  decoderLayer,
  maskHead,
  type NamedSam,
} from './names.ts';

export interface DecoderNumbers {
  /** Width of prompts and of the image's cells. */
  readonly width: number;
  /** Channels of a mask prompt before it is brought to the width. */
  readonly maskChannels: number;
  readonly heads: number;
  readonly layers: number;
  readonly mlpWidth: number;
  /** Width inside the attention between tokens and image. */
  readonly crossWidth: number;
  /** Masks of one decode: the single one first, then the candidates. */
  readonly masks: number;
  readonly iouWidth: number;
  /** Layers of the heads between their first and their last one. */
  readonly maskHeadInner: number;
  readonly iouHeadInner: number;
  /** Of the layers' norms. */
  readonly epsilon: number;
  /** Of the mask prompt's channel norms. */
  readonly promptEpsilon: number;
}

/** Heads of every published decoder; no tensor tells them. */
const HEADS = 8;
const EPSILON = { transformers: 1e-6, meta: 1e-5 };
const MODEL = "Segment Anything (SamModel, or Meta's sam_vit_...pth)";

export const PROMPT_CONFIG = v.object({
  hidden_size: v.optional(count),
  mask_input_channels: v.optional(count),
  num_point_embeddings: v.optional(v.literal(4)),
  layer_norm_eps: v.optional(epsilon),
  hidden_act: v.optional(v.literal('gelu')),
});

export const DECODER_CONFIG = v.object({
  hidden_size: v.optional(count),
  num_hidden_layers: v.optional(count),
  num_attention_heads: v.optional(count),
  mlp_dim: v.optional(count),
  attention_downsample_rate: v.optional(count),
  num_multimask_outputs: v.optional(count),
  iou_head_depth: v.optional(count),
  iou_head_hidden_dim: v.optional(count),
  layer_norm_eps: v.optional(epsilon),
  hidden_act: v.optional(v.literal('relu')),
});

/** Reads the numbers from weights by transformers' names; throws ModelError. */
export function decoderNumbers(
  { named, layout }: NamedSam,
  prompt: v.InferOutput<typeof PROMPT_CONFIG> = {},
  decoder: v.InferOutput<typeof DECODER_CONFIG> = {},
): DecoderNumbers {
  const side = (name: string, rank: number, axis: number) =>
    rankedTensor(named, name, rank, MODEL).shape[axis] as number;
  const width = side(MASK_TOKENS, 2, 1);
  const crossWidth = side(`${FINAL_ATTENTION}.q_proj.weight`, 2, 0);
  const stated = decoder.num_attention_heads ?? HEADS;
  const heads = headsOf('mask_decoder_config.num_attention_heads', stated, crossWidth);
  const numbers: DecoderNumbers = {
    width,
    maskChannels: side(`${MASK_EMBED}conv2.weight`, 4, 0),
    heads,
    layers: countLayers(named, DECODER_LAYERS),
    mlpWidth: side(decoderLayer(0, 'mlp.lin1.weight'), 2, 0),
    crossWidth,
    masks: side(MASK_TOKENS, 2, 0),
    iouWidth: side(`${IOU_HEAD}.proj_in.weight`, 2, 0),
    maskHeadInner: countLayers(named, `${maskHead(0)}.layers.`),
    iouHeadInner: countLayers(named, `${IOU_HEAD}.layers.`),
    epsilon: decoder.layer_norm_eps ?? EPSILON[layout],
    promptEpsilon: prompt.layer_norm_eps ?? 1e-6,
  };
  const held = (field: string, given: number | undefined, measured: number) => {
    if (given !== undefined) agree(field, given, measured);
  };
  held('prompt_encoder_config.hidden_size', prompt.hidden_size, width);
  held(
    'prompt_encoder_config.mask_input_channels',
    prompt.mask_input_channels,
    numbers.maskChannels,
  );
  const given = (field: keyof typeof decoder, measured: number) => {
    held(`mask_decoder_config.${field}`, decoder[field] as number | undefined, measured);
  };
  given('hidden_size', width);
  given('num_hidden_layers', numbers.layers);
  given('mlp_dim', numbers.mlpWidth);
  given('attention_downsample_rate', width / crossWidth);
  given('num_multimask_outputs', numbers.masks - 1);
  given('iou_head_depth', numbers.iouHeadInner + 2);
  given('iou_head_hidden_dim', numbers.iouWidth);
  return numbers;
}
