// Tensor names of Segment Anything checkpoints: transformers' SamModel, and Meta's files, whose names
// are brought to transformers'.
import type { TensorRef, WeightIndex } from '../family.ts';

export const PATCH_KERNEL = 'vision_encoder.patch_embed.projection.weight';
export const PATCH_BIAS = 'vision_encoder.patch_embed.projection.bias';
export const POSITION_TABLE = 'vision_encoder.pos_embed';
export const VISION_LAYERS = 'vision_encoder.layers.';
export const NECK = 'vision_encoder.neck.';
export const DECODER_LAYERS = 'mask_decoder.transformer.layers.';
export const FINAL_ATTENTION = 'mask_decoder.transformer.final_attn_token_to_image';
export const IOU_TOKEN = 'mask_decoder.iou_token.weight';
export const MASK_TOKENS = 'mask_decoder.mask_tokens.weight';
export const IOU_HEAD = 'mask_decoder.iou_prediction_head';
export const MASK_EMBED = 'prompt_encoder.mask_embed.';
export const NO_MASK = 'prompt_encoder.no_mask_embed.weight';
export const NOT_A_POINT = 'prompt_encoder.not_a_point_embed.weight';
/** The Fourier matrix lies under one of these names or under both, with the same values. */
export const FOURIER = [
  'shared_image_embedding.positional_embedding',
  'prompt_encoder.shared_embedding.positional_embedding',
] as const;

export const visionLayer = (layer: number, part: string) => `${VISION_LAYERS}${layer}.${part}`;
export const decoderLayer = (layer: number, part: string) => `${DECODER_LAYERS}${layer}.${part}`;
/** The layers that turn mask token `token` into the weights of its mask. */
export const maskHead = (token: number) => `mask_decoder.output_hypernetworks_mlps.${token}`;
/** What is added to a point: 0 background, 1 foreground, 2 and 3 the corners of a box. */
export const pointEmbed = (kind: number) => `prompt_encoder.point_embed.${kind}.weight`;

/** A checkpoint by transformers' names; Meta's files have another epsilon in the decoder. */
export interface NamedSam {
  readonly named: WeightIndex;
  readonly layout: 'transformers' | 'meta';
}

// Whole segments, since not_a_point_embed holds the text point_embed.
const META: readonly (readonly [RegExp, string])[] = [
  [/^image_encoder\.patch_embed\.proj\./, 'vision_encoder.patch_embed.projection.'],
  [/^image_encoder\.pos_embed$/, POSITION_TABLE],
  [/^image_encoder\.blocks\.(\d+)\.norm([12])\./, 'vision_encoder.layers.$1.layer_norm$2.'],
  [/^image_encoder\.blocks\.(\d+)\./, 'vision_encoder.layers.$1.'],
  [/^image_encoder\.neck\.0\./, `${NECK}conv1.`],
  [/^image_encoder\.neck\.1\./, `${NECK}layer_norm1.`],
  [/^image_encoder\.neck\.2\./, `${NECK}conv2.`],
  [/^image_encoder\.neck\.3\./, `${NECK}layer_norm2.`],
  [/^prompt_encoder\.pe_layer\.positional_encoding_gaussian_matrix$/, FOURIER[1]],
  [/^prompt_encoder\.point_embeddings\./, 'prompt_encoder.point_embed.'],
  [/^prompt_encoder\.mask_downscaling\.0\./, `${MASK_EMBED}conv1.`],
  [/^prompt_encoder\.mask_downscaling\.1\./, `${MASK_EMBED}layer_norm1.`],
  [/^prompt_encoder\.mask_downscaling\.3\./, `${MASK_EMBED}conv2.`],
  [/^prompt_encoder\.mask_downscaling\.4\./, `${MASK_EMBED}layer_norm2.`],
  [/^prompt_encoder\.mask_downscaling\.6\./, `${MASK_EMBED}conv3.`],
  [/^(mask_decoder\.transformer\.layers\.\d+)\.norm([1-4])\./, '$1.layer_norm$2.'],
  [
    /^mask_decoder\.transformer\.norm_final_attn\./,
    'mask_decoder.transformer.layer_norm_final_attn.',
  ],
  [/^mask_decoder\.output_upscaling\.0\./, 'mask_decoder.upscale_conv1.'],
  [/^mask_decoder\.output_upscaling\.1\./, 'mask_decoder.upscale_layer_norm.'],
  [/^mask_decoder\.output_upscaling\.3\./, 'mask_decoder.upscale_conv2.'],
];

// Layer 0 of a head is transformers' proj_in, the last its proj_out, and layer 1 its layers.0.
const META_HEAD =
  /^(mask_decoder\.(?:output_hypernetworks_mlps\.\d+|iou_prediction_head))\.layers\.(\d+)\.(\w+)$/;

/** The index by transformers' names. Names that belong to no part of the network pass as they are. */
export function byTransformersName(weights: WeightIndex): NamedSam {
  const plain = withoutPrefix(weights, 'module.');
  if (!plain.has('prompt_encoder.pe_layer.positional_encoding_gaussian_matrix'))
    return { named: plain, layout: 'transformers' };
  const named = new Map<string, TensorRef>();
  for (const [name, ref] of plain) named.set(translated(name, plain), ref);
  return { named, layout: 'meta' };
}

function withoutPrefix(weights: WeightIndex, prefix: string): WeightIndex {
  if (![...weights.keys()].some((name) => name.startsWith(prefix))) return weights;
  return new Map(
    [...weights].map(([name, ref]) => [
      name.startsWith(prefix) ? name.slice(prefix.length) : name,
      ref,
    ]),
  );
}

function translated(name: string, weights: WeightIndex): string {
  const head = META_HEAD.exec(name);
  if (head) {
    const [, path = '', number = '', kind = ''] = head;
    const layer = Number(number);
    if (layer === 0) return `${path}.proj_in.${kind}`;
    const last = !weights.has(`${path}.layers.${layer + 1}.weight`);
    return `${path}.${last ? 'proj_out' : `layers.${layer - 1}`}.${kind}`;
  }
  for (const [pattern, replacement] of META)
    if (pattern.test(name)) return name.replace(pattern, replacement);
  return name;
}
