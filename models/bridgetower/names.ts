// Tensor names of BridgeTower checkpoints (method.md 10.2).
const ROOT = 'bridgetower.';
const VISUAL = `${ROOT}vision_model.visual.`;
const TEXT = `${ROOT}text_model.`;

export const CLASS_TOKEN = `${VISUAL}embeddings.class_embedding`;
export const POSITION_TABLE = `${VISUAL}embeddings.position_embedding.weight`;
export const PATCH_KERNEL = `${VISUAL}embeddings.patch_embedding.weight`;
export const VISION_BLOCKS = `${VISUAL}transformer.resblocks.`;
export const WORD_TABLE = `${TEXT}embeddings.word_embeddings.weight`;
export const TOKEN_POSITIONS = `${TEXT}embeddings.position_embeddings.weight`;
export const TEXT_TOKEN_TYPES = `${TEXT}embeddings.token_type_embeddings.weight`;
export const TEXT_EMBEDDING_NORM = `${TEXT}embeddings.LayerNorm`;
export const TEXT_LAYERS = `${TEXT}encoder.layer.`;
/** Row 0 is added to the text stream, row 1 to the image stream. */
export const STREAM_TYPES = `${ROOT}token_type_embeddings.weight`;
export const ITM_SCORE = 'itm_score.fc';

export const visualPart = (part: 'ln_pre' | 'ln_post') => `${VISUAL}${part}`;
export const visionBlock = (layer: number, part: string) => `${VISION_BLOCKS}${layer}.${part}`;
export const textLayer = (layer: number, part?: string) =>
  `${TEXT_LAYERS}${layer}${part === undefined ? '' : `.${part}`}`;

/** The two streams of the cross-modal part. */
export type Stream = 'text' | 'image';

export const crossLayers = (stream: Stream) => `${ROOT}cross_modal_${stream}_layers.`;
export const crossLayer = (stream: Stream, layer: number, part?: string) =>
  `${crossLayers(stream)}${layer}${part === undefined ? '' : `.${part}`}`;
export const linkNorm = (stream: Stream, link: number) =>
  `${ROOT}cross_modal_${stream}_link_tower.${link}.LayerNorm`;
export const transform = (stream: Stream) => `${ROOT}cross_modal_${stream}_transform`;
export const firstNorm = (stream: Stream) => `${ROOT}cross_modal_${stream}_layernorm`;
export const pooler = (stream: Stream) => `${ROOT}cross_modal_${stream}_pooler.dense`;
