// The step interface of a dense CRF (method.md 4.12). Two implementations stand behind it:
// typescriptCrf.ts, plain and readable, is the oracle; wasmCrf.ts is the fast one.

/** Asked between parts of a step; answering true ends the call with an AbortError. */
export type ShouldStop = () => boolean;

/** Mean-field inference on one image. The lattices are kept: start again with other unaries at will. */
export interface Crf {
  readonly width: number;
  readonly height: number;
  /** Iterations done since start; -1 before the first start. */
  readonly iteration: number;
  /** Sets the unary energies [classes, height * width] and Q = softmax(-unary); the array is not kept. */
  start(unary: Float32Array, classes: number, shouldStop?: ShouldStop): void;
  /**
   * As `start` with the energies of `scores` [classes, height * width]: -ln(clip(softmax(scores / temperature), 1e-5, 1)).
   */
  startFromScores(
    scores: Float32Array,
    classes: number,
    temperature: number,
    shouldStop?: ShouldStop,
  ): void;
  /** One mean-field iteration. After an AbortError, start again. */
  step(shouldStop?: ShouldStop): void;
  /** Q [classes, height * width] float32 after the last step: in `into`, which must have that length, or in a new array. */
  q(into?: Float32Array): Float32Array;
  /** The most likely class of each pixel [height * width] after the last step; the lowest number wins a tie. */
  winners(): Uint8Array;
  /** KL divergence of Q from the CRF's distribution, up to the constant ln Z. */
  kl(): number;
  /** Gives the memory back; every later call throws. */
  dispose(): void;
}

/** Throws an AbortError when the question is answered with true. */
export function throwIfStopped(shouldStop: ShouldStop | undefined): void {
  if (shouldStop?.()) throw new DOMException('The CRF run was cancelled', 'AbortError');
}
