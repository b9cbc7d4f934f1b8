// Tensor names of ALBEF checkpoints (families-2 2.2, 2.3): fine-tuned files name the text encoder's
// parts at once, pre-training files put them below "bert.", and a prefix may stand before all.
import { countLayers } from '../configFields.ts';
import type { TensorRef, WeightIndex } from '../family.ts';

export const CLASS_TOKEN = 'visual_encoder.cls_token';
export const POSITION_TABLE = 'visual_encoder.pos_embed';
export const PATCH_KERNEL = 'visual_encoder.patch_embed.proj.weight';
export const PATCH_BIAS = 'visual_encoder.patch_embed.proj.bias';
export const VISION_NORM = 'visual_encoder.norm';
export const VISION_BLOCKS = 'visual_encoder.blocks.';
export const WORD_TABLE = 'text_encoder.embeddings.word_embeddings.weight';
export const TOKEN_POSITIONS = 'text_encoder.embeddings.position_embeddings.weight';
export const TOKEN_TYPES = 'text_encoder.embeddings.token_type_embeddings.weight';
export const TEXT_NORM = 'text_encoder.embeddings.LayerNorm';
const TEXT_LAYERS = 'text_encoder.encoder.layer.';
export const ITM_HEAD = 'itm_head';

/** Name of a vision block's part, e.g. (3, 'mlp.fc1'). */
export const visionBlock = (layer: number, part: string) => `${VISION_BLOCKS}${layer}.${part}`;

/** Name of a text layer, or of its part, e.g. (7, 'crossattention.self.key.weight'). */
export const textLayer = (layer: number, part?: string) =>
  `${TEXT_LAYERS}${layer}${part === undefined ? '' : `.${part}`}`;

/**
 * The index by the names of fine-tuned files. Momentum copies, queues and word heads keep names that
 * nothing asks for: their first part differs ("text_encoder_m"), or the part behind it ("cls").
 */
export function byPlainName(weights: WeightIndex): WeightIndex {
  const prefix = weights.has(`model.${POSITION_TABLE}`) ? 'model.' : '';
  const renamed = new Map<string, TensorRef>();
  for (const [name, ref] of weights)
    if (name.startsWith(prefix))
      renamed.set(name.slice(prefix.length).replace(/^text_encoder\.bert\./, 'text_encoder.'), ref);
  return renamed;
}

/** The lowest text layer with cross-attention, and how many layers there are; `named` by plain names. */
export function textDepths(named: WeightIndex): { fusion: number; layers: number } {
  const layers = countLayers(named, TEXT_LAYERS);
  let fusion = 0;
  while (fusion < layers && !named.has(textLayer(fusion, 'crossattention.self.key.weight')))
    fusion++;
  return { fusion, layers };
}
