// Tensor names of mPLUG checkpoints (families-2 3.2, 3.3). The encoders' inner part ("bert.", "fusion.") is
// optional, and so is "model." in front of all names.
import { countLayers } from '../configFields.ts';
import type { TensorRef, WeightIndex } from '../family.ts';

// CLIP's text side lies beside, under "visual_encoder.transformer"; nothing asks for it.
const VISUAL = 'visual_encoder.visual.';

export const CLASS_TOKEN = `${VISUAL}class_embedding`;
export const POSITION_TABLE = `${VISUAL}positional_embedding`;
export const PATCH_KERNEL = `${VISUAL}conv1.weight`;
export const FIRST_NORM = `${VISUAL}ln_pre`;
export const LAST_NORM = `${VISUAL}ln_post`;
export const VISION_BLOCKS = `${VISUAL}transformer.resblocks.`;
/** To the width of the text, in large models. */
export const IMAGE_PROJECTION = 'visn_fc';
export const IMAGE_PROJECTION_NORM = 'visn_layer_norm';
export const WORD_TABLE = 'text_encoder.embeddings.word_embeddings.weight';
export const TOKEN_POSITIONS = 'text_encoder.embeddings.position_embeddings.weight';
export const TOKEN_TYPES = 'text_encoder.embeddings.token_type_embeddings.weight';
export const TEXT_NORM = 'text_encoder.embeddings.LayerNorm';
export const TEXT_LAYERS = 'text_encoder.encoder.layer.';
const FUSION_LAYERS = 'fusion_encoder.encoder.layer.';
export const ITM_HEAD = 'itm_head';

/** Name of an image block's part, e.g. (3, 'mlp.c_fc'). */
export const visionBlock = (layer: number, part: string) => `${VISION_BLOCKS}${layer}.${part}`;
/** Name of a layer of the text encoder, or of its part. */
export const textLayer = (layer: number, part?: string) =>
  `${TEXT_LAYERS}${layer}${part === undefined ? '' : `.${part}`}`;
/** Name of a stored layer of the fusion encoder, or of its part. */
export const fusionLayer = (layer: number, part?: string) =>
  `${FUSION_LAYERS}${layer}${part === undefined ? '' : `.${part}`}`;

/** The index by names without the inner parts. */
export function byPlainName(weights: WeightIndex): WeightIndex {
  const prefix = weights.has(`model.${PATCH_KERNEL}`) ? 'model.' : '';
  const renamed = new Map<string, TensorRef>();
  for (const [name, ref] of weights)
    if (name.startsWith(prefix)) {
      const own = name.slice(prefix.length);
      renamed.set(own.replace(/^(text_encoder|fusion_encoder)\.(bert|fusion)\./, '$1.'), ref);
    }
  return renamed;
}

/** Layers that the fusion encoder has stored; only the last of them run. */
export const storedFusionLayers = (named: WeightIndex) => countLayers(named, FUSION_LAYERS);
