// What one run of NACLIP on one image leaves behind: the cosine of every word on every patch, window by
// window.
import type { NaclipParams } from '../../../link/engines/naclip.ts';
import type { EngineRun } from '../../pipeline/engineRun.ts';
import type { WindowMaps } from './windows.ts';

/** A word as it was asked. */
export interface Query {
  readonly words: string;
  /** Index into the run's classes; null: a background word. */
  readonly classIndex: number | null;
}

export interface SimilarityRun extends EngineRun {
  readonly engine: 'naclip';
  /** The network's input in pixels, which windows are cut from. */
  readonly inputWidth: number;
  readonly inputHeight: number;
  readonly params: NaclipParams;
  readonly queries: readonly Query[];
  readonly passes: readonly WindowMaps[];
}
