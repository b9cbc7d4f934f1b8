// What the pipeline needs from a loaded image-text-matching model (method.md 10.6).
// The ORT session implements it; tests implement it with recorded tensors.
import type { LastBlock } from '../../models/family.ts';

/** Facts about a loaded pack that the pipeline must not guess. */
export interface ItmModelInfo {
  /** Identity for caches: hash over manifest and weight hashes. */
  readonly packHash: string;
  readonly family: string;
  /** Side of a patch in input pixels; every input side is a multiple of it. */
  readonly patch: number;
  /** Side of the native input in pixels. */
  readonly nativeSide: number;
  /** Layers that can be explained; 0-based here, 1-based for people. */
  readonly layers: number;
  /** What the family calls each of them. */
  readonly taps: readonly string[];
  readonly heads: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  /** Longest caption in tokens, special tokens included. */
  readonly maxTokens: number;
  /** Execution provider that really runs the graphs, e.g. 'cpu' or 'webgpu'. */
  readonly provider: string;
}

/** Vectors of one image, kept by the model (possibly on a device) until they are disposed of. */
export interface ImageFeatures {
  /** Patch grid, rows by columns; N = rows * columns. */
  readonly rows: number;
  readonly columns: number;
  /** Bytes that they take while they are kept. */
  readonly bytes?: number;
  dispose(): void;
}

/** B captions of up to T tokens, padded at the end. Row-major [B, T]. */
export interface TokenBatch {
  readonly batch: number;
  readonly length: number;
  readonly inputIds: BigInt64Array;
  readonly attentionMask: BigInt64Array;
}

/** Cross-attention after softmax and its gradient of the match logit, image token 0 included. */
export interface Explanation {
  /** [B, 2]; index 1 = match. */
  readonly itmLogits: Float32Array;
  /** [layers asked, B, H, T, 1 + N] row-major. */
  readonly attention: Float32Array;
  /** Same shape: d(sum over B of itmLogits[:, 1]) / d(attention). */
  readonly gradient: Float32Array;
  readonly shape: readonly [
    layers: number,
    batch: number,
    heads: number,
    tokens: number,
    keys: number,
  ];
}

export interface ItmModel {
  readonly info: ItmModelInfo;
  /**
   * Runs the image encoder once. `pixels` is normalised CHW [3, height, width], both sides
   * multiples of the patch (equal sides except for letterboxed input).
   */
  encodeImage(pixels: Float32Array, height: number, width: number): Promise<ImageFeatures>;
  /**
   * ITM logits [B, 2] only: for class suggestions. With `seen` [B, 1 + N] (1 or 0) each caption sees
   * the image through its own choice of image tokens: for judging masks.
   */
  match(features: ImageFeatures, captions: TokenBatch, seen?: BigInt64Array): Promise<Float32Array>;
  /** Makes what `explain` needs for these layers, which its first call would make. */
  ready(layers: readonly number[]): Promise<void>;
  /** Forward and backward for the asked 0-based layers, all heads. */
  explain(
    features: ImageFeatures,
    captions: TokenBatch,
    layers: readonly number[],
  ): Promise<Explanation>;
  dispose(): Promise<void>;
}

/** Vectors of an image's patches in the space of the texts. */
export interface PatchVectors {
  readonly rows: number;
  readonly columns: number;
  /** [N, P], each of length 1. */
  readonly patches: Float32Array;
}

/** What CLIP as RNN keeps of an image between its rounds. */
export interface Trunk {
  readonly rows: number;
  readonly columns: number;
  /** Input of the last block, [1 + N, D]. */
  readonly beforeLast: Float32Array;
  /** The image's vector, of any length: [P]. */
  readonly features: Float32Array;
  /** [N, N]: how what was found on a patch (column) spreads to others (rows). */
  readonly spread: Float32Array;
}

/** A model that puts images and texts in one space (CLIP): the judge of tuning. */
export interface EmbeddingModel {
  readonly info: {
    readonly packHash: string;
    readonly family: string;
    readonly patch: number;
    readonly nativeSide: number;
    readonly embeddingWidth: number;
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
    readonly maxTokens: number;
    readonly vocabSize: number;
    /** Id that ends a text; null: a text's largest id ends it. */
    readonly endToken: number | null;
    /** What cosines are multiplied with before a softmax (about 100 after training). */
    readonly scale: number;
    readonly provider: string;
  };
  /** L2-normalised vector [P] of an image, normalised CHW [3, height, width]. */
  embedImage(pixels: Float32Array, height: number, width: number): Promise<Float32Array>;
  /** L2-normalised vectors [B, P] of B texts. */
  embedTexts(texts: TokenBatch): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** What the engines that find masks with such a model ask besides. */
export interface PatchModel extends EmbeddingModel {
  /** Without the last block, as CLIP as RNN judges. */
  judgeImage(pixels: Float32Array, height: number, width: number): Promise<Float32Array>;
  /** `deviation`: of nearness, in patches. */
  densePatches(
    pixels: Float32Array,
    size: { readonly height: number; readonly width: number },
    block: LastBlock,
    deviation: number,
  ): Promise<PatchVectors>;
  /** The mean of the heads of the last block, [1 + N, 1 + N], read in the same way. */
  lastAttention(
    pixels: Float32Array,
    size: { readonly height: number; readonly width: number },
    block: LastBlock,
    deviation: number,
  ): Promise<Float32Array>;
  trunk(pixels: Float32Array, height: number, width: number): Promise<Trunk>;
  /** [N]: where the last block's input moves the image's vector along `start` [P]; not below 0. */
  share(trunk: Trunk, start: Float32Array): Promise<Float32Array>;
}
