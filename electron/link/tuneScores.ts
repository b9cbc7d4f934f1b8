// What tuning and learning hand over: scores of settings on one image, masks as small label grids, looks of classes.

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

export interface LearnedFile {
  readonly packHash: string;
  readonly packName: string;
  /** Share of the direction in a word's vector, 0-1. */
  readonly mix: number;
  /** Base64 of float32, by class id. */
  readonly directions: { readonly [categoryId: number]: string };
}

/** Sum of patch vectors under the masks of a class, and how many patches that were. */
export interface PooledClass {
  readonly categoryId: number;
  readonly weight: number;
  readonly sum: Float32Array;
}

/** Of one image; `all` is every patch. */
export interface PooledImage {
  readonly classes: readonly PooledClass[];
  readonly all: Omit<PooledClass, 'categoryId'>;
}

/** A way to mix that is tried on an image. */
export interface MixTried {
  readonly mix: number;
  readonly directions: readonly { readonly categoryId: number; readonly vector: Float32Array }[];
}
