// Options of a run besides image, prompts and parameters, and what it reports on the way.
import type { ImageFeatures, ItmModel } from '../model.ts';
import type { Stoppable } from '../cancel.ts';
import type { RunClass } from './engineRun.ts';
import type { CaptionTokenizer } from './tokenize/captionTokenizer.ts';

/** A loaded pack: the model and the tokenizer that belongs to it. */
export interface PackModel {
  readonly model: ItmModel;
  readonly tokenizer: CaptionTokenizer;
}

export type ExplainProgress =
  | { readonly stage: 'preprocess' | 'encode' | 'match' }
  /** Matches are known before any mask. */
  | { readonly stage: 'classes'; readonly classes: readonly RunClass[] }
  /** `pass` counts from 1. */
  | { readonly stage: 'pass'; readonly pass: number; readonly passes: number };

export interface ExplainOptions extends Stoppable {
  readonly onProgress?: (progress: ExplainProgress) => void;
  /** Image vectors of the untouched input, kept by the caller from an earlier run; not disposed here. */
  readonly features?: ImageFeatures;
  /** See dropScores: length of the batch the released code would have padded this caption to. */
  readonly paddedLength?: number;
  /** Milliseconds now; for timings only. */
  readonly clock?: () => number;
}

/** Times pieces of asynchronous work and adds them up by stage. */
export type Stopwatch = <T>(stage: string, work: () => Promise<T>) => Promise<T>;

export function stopwatch(timings: Record<string, number>, clock: () => number): Stopwatch {
  return async (stage, work) => {
    const start = clock();
    try {
      return await work();
    } finally {
      timings[stage] = (timings[stage] ?? 0) + clock() - start;
    }
  };
}
