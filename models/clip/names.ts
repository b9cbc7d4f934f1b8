// Tensor names of CLIP checkpoints in Hugging Face's form (method.md 10.3).
export const CLASS_TOKEN = 'vision_model.embeddings.class_embedding';
export const PATCH_KERNEL = 'vision_model.embeddings.patch_embedding.weight';
export const POSITION_TABLE = 'vision_model.embeddings.position_embedding.weight';
export const WORD_TABLE = 'text_model.embeddings.token_embedding.weight';
export const TOKEN_POSITIONS = 'text_model.embeddings.position_embedding.weight';
/** Misspelt so in every checkpoint. */
export const VISION_FIRST_NORM = 'vision_model.pre_layrnorm';
export const VISION_LAST_NORM = 'vision_model.post_layernorm';
export const TEXT_LAST_NORM = 'text_model.final_layer_norm';
export const VISUAL_PROJECTION = 'visual_projection';
export const TEXT_PROJECTION = 'text_projection';
export const LOGIT_SCALE = 'logit_scale';
export const VISION_LAYERS = 'vision_model.encoder.layers.';
export const TEXT_LAYERS = 'text_model.encoder.layers.';
