// A model family turns a config and a weight index into ONNX graphs. One folder and one line
// in models/families.ts per family; nothing else knows an architecture.

/** Where a tensor's bytes lie; the body is never read by us, onnxruntime maps it. */
export interface TensorRef {
  readonly name: string;
  readonly dtype: 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';
  readonly shape: readonly number[];
  /** File name relative to the pack folder, forward slashes. */
  readonly file: string;
  /** Byte offset of the first element in that file. */
  readonly offset: number;
  /** Length in bytes. */
  readonly length: number;
}

/** All tensors of a checkpoint by name (safetensors or torch zip, possibly in several files). */
export type WeightIndex = ReadonlyMap<string, TensorRef>;

/** A serialised ModelProto whose large initialisers are external data beside the weights. */
export interface GraphBytes {
  readonly onnx: Uint8Array;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Facts that a family reads from config.json and the weights. */
export interface FamilyFacts {
  readonly patch: number;
  readonly nativeSide: number;
  /** Text layers with cross-attention. */
  readonly layers: number;
  readonly heads: number;
  readonly imageWidth: number;
  readonly maxTokens: number;
  readonly vocabSize: number;
}

/**
 * The cut of every family (method.md section 5: the image encoder needs no backward pass).
 *  vision : pixel_values [1,3,H,W] f32 -> image_embeds [1,1+N,D] f32; position table of any grid is
 *           interpolated by the family and fed as input `position` [1,1+N,D].
 *  explain: image_embeds, input_ids [B,T] i64, attention_mask [B,T] i64 ->
 *           itm_logits [B,2], attention_<layer>, gradient_<layer> [B,H,T,1+N] per asked layer.
 *  match  : same inputs -> itm_logits only.
 * Families may add graphs (e.g. cross-attention keys and values once per image) when measured to pay.
 */
export interface ItmFamily {
  readonly id: string;
  /** True when the tensor names are this family's. */
  recognises(weights: WeightIndex): boolean;
  /** Throws ModelError naming file, tensor and expectation. */
  facts(config: unknown, weights: WeightIndex): FamilyFacts;
  vision(config: unknown, weights: WeightIndex): GraphBytes;
  match(config: unknown, weights: WeightIndex): GraphBytes;
  explain(config: unknown, weights: WeightIndex, layers: readonly number[]): GraphBytes;
}
