// The result of PnP-OVSS on one image: everything that class maps, masks and the inspector need, in a few
// hundred KB, so that the model need not run again.
import type { ExplainParams } from '../../link/params.ts';
import type { EngineRun } from './engineRun.ts';
import type { Caption } from './tokenize/caption.ts';

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

export interface SalienceRun extends EngineRun {
  readonly engine: 'pnp';
  readonly inputWidth: number;
  readonly inputHeight: number;
  readonly params: ExplainParams;
  /** Layers with cross-attention and heads that the model has. */
  readonly allLayers: number;
  /** What the model's family calls each of them; runs of earlier programs do not say. */
  readonly taps?: readonly string[];
  readonly allHeads: number;
  readonly captions: readonly Caption[];
  readonly passes: readonly RunPass[];
}
