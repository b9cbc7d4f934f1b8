// Tensor names of BLIP checkpoints: Hugging Face's, and those of the original .pth files, which are
// brought to Hugging Face's (method.md 10.1).
import type { TensorRef, WeightIndex } from '../family.ts';

export const CLASS_TOKEN = 'vision_model.embeddings.class_embedding';
export const POSITION_TABLE = 'vision_model.embeddings.position_embedding';
export const PATCH_KERNEL = 'vision_model.embeddings.patch_embedding.weight';
export const PATCH_BIAS = 'vision_model.embeddings.patch_embedding.bias';
export const WORD_TABLE = 'text_encoder.embeddings.word_embeddings.weight';
export const TOKEN_POSITIONS = 'text_encoder.embeddings.position_embeddings.weight';
export const CROSS_KEY = 'text_encoder.encoder.layer.0.crossattention.self.key.weight';
export const ITM_WEIGHT = 'itm_head.weight';

export const VISION_LAYERS = 'vision_model.encoder.layers.';
export const TEXT_LAYERS = 'text_encoder.encoder.layer.';

/** Name of a vision block's part, e.g. (3, 'mlp.fc1'). */
export const visionLayer = (layer: number, part: string) => `${VISION_LAYERS}${layer}.${part}`;

/** Name of a text block, or of its part, e.g. (7, 'crossattention.self.key'). */
export const textLayer = (layer: number, part?: string) =>
  `${TEXT_LAYERS}${layer}${part === undefined ? '' : `.${part}`}`;

const ORIGINAL: readonly (readonly [RegExp, string])[] = [
  [/^visual_encoder\.cls_token$/, CLASS_TOKEN],
  [/^visual_encoder\.pos_embed$/, POSITION_TABLE],
  [/^visual_encoder\.patch_embed\.proj\./, 'vision_model.embeddings.patch_embedding.'],
  [/^visual_encoder\.norm\./, 'vision_model.post_layernorm.'],
  [/^visual_encoder\.blocks\.(\d+)\.norm([12])\./, 'vision_model.encoder.layers.$1.layer_norm$2.'],
  [/^visual_encoder\.blocks\.(\d+)\.attn\.qkv\./, 'vision_model.encoder.layers.$1.self_attn.qkv.'],
  [
    /^visual_encoder\.blocks\.(\d+)\.attn\.proj\./,
    'vision_model.encoder.layers.$1.self_attn.projection.',
  ],
  [/^visual_encoder\.blocks\.(\d+)\.mlp\./, 'vision_model.encoder.layers.$1.mlp.'],
];

/** The index by Hugging Face names; original names are translated, others pass as they are. */
export function byHuggingFaceName(weights: WeightIndex): WeightIndex {
  // Original files hold everything under the key "model".
  const prefix = weights.has('model.itm_head.weight') ? 'model.' : '';
  if (prefix === '' && !weights.has('visual_encoder.cls_token')) return weights;
  const renamed = new Map<string, TensorRef>();
  for (const [name, ref] of weights)
    if (name.startsWith(prefix)) renamed.set(translated(name.slice(prefix.length)), ref);
  return renamed;
}

function translated(name: string): string {
  for (const [pattern, replacement] of ORIGINAL)
    if (pattern.test(name)) return name.replace(pattern, replacement);
  return name;
}
