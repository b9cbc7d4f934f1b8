// What every engine's run says, whichever engine it was; masks and figures are made of this and of class maps.

export interface RunClass {
  readonly id: number;
  readonly name: string;
  /** Words asked for: name first, then synonyms; empty when another class asks for the same word. */
  readonly words: readonly string[];
  /** Probability that the class is in the image, 0-1; null from an engine that does not tell. */
  readonly match: number | null;
  /** False when the engine left the class out: by match, or in a round. */
  readonly asked: boolean;
}

export interface EngineRun {
  readonly format: 2;
  readonly engine: string;
  readonly packHash: string;
  readonly provider: string;
  /** Oriented size of the image in pixels. */
  readonly imageWidth: number;
  readonly imageHeight: number;
  /** Of class maps. */
  readonly rows: number;
  readonly columns: number;
  readonly classes: readonly RunClass[];
  /** Steps that can be summed and shown one by one; what each holds is the engine's own matter. */
  readonly passes: readonly unknown[];
  readonly warnings: readonly string[];
  /** Wall time per stage in ms. */
  readonly milliseconds: { readonly [stage: string]: number };
}
