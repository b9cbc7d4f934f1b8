// Engines and settings measured on the masks that a person accepted: what can be measured and what came out.
import type { ErrorPayload } from './errors.ts';
import type { PrelabelParams } from './run.ts';

/** One row to measure: an engine with its pack and settings. */
export interface CompareChoice {
  /** Stands for pack and settings: another setting, another key. */
  readonly key: string;
  readonly engine: string;
  readonly packId: string;
  readonly packName: string;
  /** Where the settings come from: the project's own, those with another layer, the pack's, the published ones. */
  readonly settings: 'project' | 'layers' | 'pack' | 'reference';
  readonly params: PrelabelParams;
  /** It is what the project uses now. */
  readonly inUse: boolean;
}

export interface CompareSupply {
  /** Reviewed images with accepted masks. */
  readonly images: number;
  /** From so many of them on, layers of the model in use are choices as well. */
  readonly layersFrom: number;
  readonly choices: readonly CompareChoice[];
}

export interface CompareRequest {
  /** At most so many images, the same ones every time. */
  readonly images: number;
  /** Ask an image for the classes that it has, or for all of the project. */
  readonly classes: 'own' | 'all';
  /** Keys of the rows to measure. */
  readonly choices: readonly string[];
}

export interface CompareRow {
  /** Of its choice. */
  readonly key: string;
  /** Mean IoU with background and of objects alone, 0-1; null where nothing could be measured. */
  readonly meanIou: number | null;
  readonly objects: number | null;
  /** What the model and the edges took for an image. */
  readonly secondsPerImage: number;
  readonly images: number;
  /** Images that could not be measured, with the first reason. */
  readonly failed: number;
  readonly problem: ErrorPayload | null;
}

export interface CompareProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** A row that has just been finished. */
  readonly row: CompareRow | null;
}
