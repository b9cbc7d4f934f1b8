// A model family turns a config and a weight index into ONNX graphs. One folder and one line
// in models/families.ts per family; nothing else knows an architecture.
import type { Graph } from './ir/graph.ts';

/** Where a tensor's bytes lie. The body is never read here: onnxruntime maps the file. */
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
  readonly onnx: Uint8Array<ArrayBuffer>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Turns a finished graph into another form of it, such as one in half precision. */
export type Rewrite = (graph: Graph) => Graph;

/** How a model is used best, as its authors ran it where that is known. */
export interface FamilyDefaults {
  /** Layers with cross-attention as people count them, from 1. */
  readonly layers: number[];
  /** As people count them, or the mean of all. */
  readonly heads: 'mean' | number[];
  /** Pixels; null: the usual side of a run. */
  readonly inputSide: number | null;
  /** Words before the class names in a caption. */
  readonly prefix: string;
}

/** The words that a family was trained on. */
export interface Vocabulary {
  /** For people. */
  readonly name: string;
  /** Its vocab.txt, where it ships with the program, and how many words that has. */
  readonly shipped: { readonly file: string; readonly words: number } | null;
}

/** What is done to pixels where a checkpoint does not say. */
export interface Preprocessing {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  readonly resize: 'bicubic';
}

/** Facts that a family reads from config.json and the weights. */
export interface FamilyFacts {
  readonly patch: number;
  readonly nativeSide: number;
  /** Layers that can be explained: attentions of text on the image. */
  readonly layers: number;
  /** Name of each in the model's own count, for people. */
  readonly taps: readonly string[];
  readonly heads: number;
  readonly imageWidth: number;
  readonly maxTokens: number;
  readonly vocabSize: number;
  /** Token id that must stand first in a caption ([ENC] in BLIP); null: the tokenizer's own. */
  readonly firstToken: number | null;
  /** Captions end with the vocabulary's separator ([SEP], </s>); false: with the last word piece. */
  readonly endsWithSeparator: boolean;
  readonly defaults: FamilyDefaults;
  readonly preprocessing: Preprocessing;
  /** The image position table: one row for the class token, then grid * grid rows. Small. */
  readonly positionTable: TensorRef;
}

/**
 * The cut of every family (method.md section 5: the image encoder needs no backward pass).
 *  vision : pixel_values [1,3,H,W] f32, position [1+N,D] f32 -> image_embeds [1,1+N,D] f32 and
 *           whatever the text graphs take of an image (for BLIP the cross-attention's keys and
 *           values, so that another caption on the same image does not project them again).
 *  match  : those outputs by name, input_ids [B,T] i64, attention_mask [B,T] i64 ->
 *           itm_logits [B,2].
 *  explain: the same inputs -> itm_logits, and attention_<layer>, gradient_<layer> [B,H,T,1+N]
 *           per asked layer; the gradient is that of the sum over B of itm_logits[:,1].
 */
export interface ItmFamily {
  readonly id: string;
  /** For weights that come without a tokenizer. */
  readonly vocabulary: Vocabulary;
  /** True when the tensor names are this family's. */
  recognises(weights: WeightIndex): boolean;
  /**
   * Checks config and every tensor the graphs need. `config` is the parsed config.json, or null
   * where a checkpoint has none. Throws ModelError naming file, tensor and expectation.
   */
  facts(config: unknown, weights: WeightIndex): FamilyFacts;
  /**
   * The input `position` for a patch grid: [1 + rows*columns, imageWidth] from the values of
   * facts.positionTable, interpolated where the grid differs from the table's.
   */
  position(table: Float32Array, facts: FamilyFacts, rows: number, columns: number): Float32Array;
  vision(config: unknown, weights: WeightIndex, rewrite?: Rewrite): GraphBytes;
  match(config: unknown, weights: WeightIndex, rewrite?: Rewrite): GraphBytes;
  /** match with one more input, image_mask [B,1+N] i64: a caption sees only the tokens marked 1. */
  maskedMatch(config: unknown, weights: WeightIndex, rewrite?: Rewrite): GraphBytes;
  /** `layers` are 0-based and rising. */
  explain(
    config: unknown,
    weights: WeightIndex,
    layers: readonly number[],
    rewrite?: Rewrite,
  ): GraphBytes;
}

/** Facts of a model that embeds images and texts in one space. */
export interface EmbeddingFacts {
  readonly patch: number;
  readonly nativeSide: number;
  readonly imageWidth: number;
  readonly embeddingWidth: number;
  readonly maxTokens: number;
  readonly vocabSize: number;
  /** A text's vector is taken at its first token of this id; null: at its largest id. */
  readonly endToken: number | null;
  readonly preprocessing: Preprocessing;
  /** Scalar whose exponential multiplies cosines. */
  readonly logitScale: TensorRef;
  /** As FamilyFacts.positionTable. */
  readonly positionTable: TensorRef;
}

/**
 * How positions are resized to another patch grid: as trained, by NACLIP's published ratio, which is a
 * tenth of a patch off, or bilinearly (CLIP as RNN).
 */
export type PositionKind = 'exact' | 'plusTenth' | 'bilinear';

/** What a token of the last block listens to: near keys, only nearness, keys, both kinds, as trained. */
export type Strategy = 'naclip' | 'nonly' | 'kk' | 'csa' | 'vanilla';

/** How the last block of an image tower is read for the vectors of its patches. */
export interface LastBlock {
  readonly strategy: Strategy;
  /** 'reduced': the mixed values alone, without what stood there before and without the MLP. */
  readonly arch: 'reduced' | 'vanilla';
}

/**
 * CLIP and its like. Embeddings are L2-normalised.
 *  image: pixel_values [1,3,H,W] f32, position [1+N,D] f32 -> image_features, image_embeds [1,P].
 *  judge: the same without the last block.
 *  text : input_ids [B,T] i64, end_rows [B] i64 (row b*T + t of each text's end) ->
 *         text_features, text_embeds [B,P].
 *  dense: pixel_values, position, and omega [1+N,1+N] where the last block weighs nearness -> tokens
 *         [1+N,P] as projected, patches [N,P] L2-normalised, attention [1+N,1+N] of the last block.
 *  trunk: pixel_values, position -> before_last [1+N,D], activations [1+N,D], features [1,P],
 *         attention [N,N] between patches, spread [N,N].
 *  share: before_last, start [1,P] -> map [N,1], gradient [1+N,D] with respect to activations.
 */
export interface EmbeddingFamily {
  readonly id: string;
  /** For weights that come without a tokenizer. */
  readonly vocabulary: Vocabulary;
  recognises(weights: WeightIndex): boolean;
  /** Throws ModelError naming file, tensor and expectation. */
  facts(config: unknown, weights: WeightIndex): EmbeddingFacts;
  position(table: Float32Array, facts: EmbeddingFacts, rows: number, columns: number): Float32Array;
  /** The same in another way than as trained. */
  positionsOf(kind?: PositionKind): EmbeddingFamily['position'];
  image(config: unknown, weights: WeightIndex): GraphBytes;
  judge(config: unknown, weights: WeightIndex): GraphBytes;
  text(config: unknown, weights: WeightIndex): GraphBytes;
  dense(config: unknown, weights: WeightIndex, block: LastBlock): GraphBytes;
  trunk(config: unknown, weights: WeightIndex): GraphBytes;
  share(config: unknown, weights: WeightIndex): GraphBytes;
}

/** Tensors that turn clicks and boxes into tokens; all are small. Values are read when a pack is opened. */
export interface PromptTensors {
  /** Matrix of the places' sines; two where a file stores it under both of its names. */
  readonly fourier: readonly TensorRef[];
  /** Background, foreground, first and second corner of a box. */
  readonly pointEmbeds: readonly TensorRef[];
  readonly notAPoint: TensorRef;
  readonly noMask: TensorRef;
}

/** Facts of a model that makes masks from clicks and boxes. */
export interface SegmentFacts {
  /** Pixels per side of the square that the model sees. */
  readonly side: number;
  /** Cells per side of an embedding; masks come at four times as many. */
  readonly grid: number;
  /** Width of cells and tokens. */
  readonly width: number;
  /** Masks of one decode. */
  readonly masks: number;
  readonly prompts: PromptTensors;
}

/**
 * Segment Anything and its like. What depends on the image alone is computed once.
 *  encode    : pixel_values [1,3,S,S] f32 -> image_embeddings [1,C,g,g].
 *  maskPrompt: mask [P,1,4g,4g] (logits) -> dense [P,C,g,g].
 *  decode    : image_embeddings, positions [1,C,g,g], tokens [P,K,C], dense [1 or P, C, 1 or g,
 *              1 or g] -> masks [P,M,4g,4g] (logits), iou [P,M].
 */
export interface SegmentFamily {
  readonly id: string;
  recognises(weights: WeightIndex): boolean;
  /** Throws ModelError naming file, tensor and expectation. */
  facts(config: unknown, weights: WeightIndex): SegmentFacts;
  encode(config: unknown, weights: WeightIndex): GraphBytes;
  maskPrompt(config: unknown, weights: WeightIndex): GraphBytes;
  decode(config: unknown, weights: WeightIndex): GraphBytes;
}
