// What one run of the model on one image leaves behind: everything that class maps, masks and the
// inspector need, in a few hundred KB, so that the model is not needed again.
import type { ExplainParams } from '../../link/params.ts';
import type { Caption } from './tokenize/caption.ts';

export interface RunClass {
  readonly id: number;
  readonly name: string;
  /** Words asked for: name first, then synonyms; empty when another class asks for the same word. */
  readonly words: readonly string[];
  /** ITM probability of "prefix name" on the whole image, 0-1; the best word where there are several. */
  readonly match: number;
  /** False when selection by match left the class out of the captions. */
  readonly asked: boolean;
}

export interface RunPass {
  /** Patches hidden in this pass's image, row-major numbers, in the order they were chosen. */
  readonly dropped: Uint32Array;
  /** Match logit (index 1), the scalar that is differentiated; one per caption. */
  readonly z: Float32Array;
  /** Softmax of the ITM logits, match side, one per caption. */
  readonly match: Float32Array;
  /** Per caption [tokens, N]; row = token position, zero at hidden patches. */
  readonly tokenMaps: readonly Float32Array[];
}

export interface SalienceRun {
  readonly format: 1;
  readonly packHash: string;
  readonly provider: string;
  /** Oriented size of the image in pixels. */
  readonly imageWidth: number;
  readonly imageHeight: number;
  readonly inputWidth: number;
  readonly inputHeight: number;
  readonly rows: number;
  readonly columns: number;
  readonly params: ExplainParams;
  readonly classes: readonly RunClass[];
  readonly captions: readonly Caption[];
  readonly passes: readonly RunPass[];
  readonly warnings: readonly string[];
  /** Wall time per stage in ms: preprocess, encode, match, explain. */
  readonly milliseconds: { readonly [stage: string]: number };
}
