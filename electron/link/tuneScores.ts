// Inputs and results of tuning and learning: scores of settings on one image, masks as small label grids, looks
// of classes.
import type { PromptClass } from '../api/run.ts';
import type { TuneSetting } from '../api/tuning.ts';
import type { CategoryId, RleMask } from '../api/types.ts';
import type { AskedClass, Operation, PackChoice } from './facts.ts';
import type { MaskParams, PipelineParams } from './params.ts';

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

/** How the masks of a stored run may be made. */
export interface TriedSetting {
  readonly params: MaskParams;
  readonly thresholds: { readonly [categoryId: number]: number };
  readonly stuff: readonly CategoryId[];
}

/** What masks under tried settings are compared with, and at which size. */
export interface TryScope {
  /** The masks that a person accepted, one a class; null: the masks of the first setting. */
  readonly accepted: readonly { readonly categoryId: CategoryId; readonly mask: RleMask }[] | null;
  /** Classes to compare where nothing is accepted. */
  readonly classes: readonly CategoryId[];
  /** Long side of the small image that takes the place of the working image; null: all at full size. */
  readonly side: number | null;
  /** Growths that are looked at besides, each of things or of stuff alone. */
  readonly growths: readonly { readonly things: boolean; readonly pixels: number }[];
}

export interface TriedScores {
  /** [settings][classes], intersection over union. */
  readonly scores: readonly (readonly number[])[];
  /** [settings][growths][classes]. */
  readonly grown: readonly (readonly (readonly number[])[])[];
}

export interface TuneOperations {
  /** Tries settings on one image (method.md 7); see tune/. */
  'tune.score': Operation<
    {
      imagePath: string;
      pack: PackChoice;
      /** null: the pack's own match judges. */
      clip: PackChoice | null;
      /** Of an engine that judges while it makes maps. */
      judge?: PackChoice;
      classes: readonly AskedClass[];
      others: readonly string[];
      params: PipelineParams<object>;
      settings: readonly TuneSetting[];
      gridSide: number | null;
    },
    TuneScoreOutput
  >;
  /** Patch vectors under masks of an image, summed by class. */
  'learn.pool': Operation<
    {
      imagePath: string;
      pack: PackChoice;
      params: object;
      masks: readonly { readonly categoryId: CategoryId; readonly mask: RleMask }[];
    },
    PooledImage
  >;
  /** Masks of an image as small label grids, one for each mix of words and looks. */
  'learn.score': Operation<
    {
      imagePath: string;
      pack: PackChoice;
      params: PipelineParams<object>;
      classes: readonly PromptClass[];
      tried: readonly MixTried[];
      side: number;
    },
    { categoryIds: readonly number[]; grids: readonly LabelGrid[] }
  >;
  /** Masks of a stored run under many settings, compared with accepted ones; no model is asked. */
  'masks.tried': Operation<
    {
      imagePath: string;
      runFile: string;
      tries: readonly TriedSetting[];
      scope: TryScope;
    },
    TriedScores
  >;
  /** Frees what tuning keeps. */
  'tune.end': Operation<Record<string, never>, Record<string, never>>;
}
