// What tuning hands back: scores of settings on one image, with the masks as small label grids.

/** Labels [rows, columns] row-major: 0 = background, else the place of a class, from 1. */
export interface LabelGrid {
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** One setting on one image. */
export interface TuneScore {
  /** Classes of the image. */
  readonly pairs: number;
  /** Sums over the classes. */
  readonly reward: number;
  readonly published: number;
  readonly tokenContrast: number;
  /** Labels of the masks; kept only when they are asked for. */
  readonly grid: LabelGrid | null;
}

export interface TuneScoreOutput {
  readonly scores: readonly TuneScore[];
  /** Class of each label from 1. */
  readonly categoryIds: readonly number[];
  /** Of every layer and head, the mean over heads last. */
  readonly contrast: readonly (readonly number[])[];
  /** Runs of the image encoder that this call needed. */
  readonly encodes: number;
}
