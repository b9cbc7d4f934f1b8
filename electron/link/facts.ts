// What operations return: a run's facts, its masks, and measurements of a device.
import type { Category, CategoryId, Lead, RleMask } from '../api/types.ts';
import type { EdgeFinding } from '../api/clicks/edges.ts';
import type { DeviceReport, Precision } from '../api/model.ts';
import type { PromptClass, RunSummary } from '../api/run.ts';
import type { MaskParams } from './params.ts';

export interface Operation<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

/** Where a pack lies and how it should run. */
export interface PackChoice {
  readonly id: string;
  readonly folder: string;
  readonly provider: string;
  /** 0 = let the runtime decide. */
  readonly threads: number;
  readonly precision: Precision;
  /** Weights stay where the file system keeps them, and nothing is cached that the next task may not need. */
  readonly lowMemory?: boolean;
  /** Bytes of the pack's files: the room made before it is opened. */
  readonly bytes?: number;
  /** Most MiB that models, and vectors of images, may take between tasks; 0 = let the program decide. */
  readonly keep?: { readonly modelsMib: number; readonly vectorsMib: number };
  /** Where weights of other precisions are kept; without it there are none. */
  readonly formFolder?: string;
  /** Where vectors of words are kept. */
  readonly wordsFolder?: string;
  /** Folder of what projects learned. */
  readonly learnedFolder?: string;
}

/** A class in the words that an engine is asked with. */
export interface AskedClass extends PromptClass {
  readonly kind: Category['kind'];
}

/** One device's work on the test image. */
export interface DeviceMeasure {
  /** Token maps, or logits of a click model: to be compared with another device's. */
  readonly values: Float32Array;
  readonly milliseconds: number;
  readonly steps: DeviceReport['steps'];
  readonly half: DeviceReport['half'];
  readonly clickMs: DeviceReport['clickMs'];
}

export interface PrecisionMeasure {
  readonly deviation: number;
  readonly agreement: number;
  readonly scenes: number;
}

export interface ClassMask {
  readonly categoryId: CategoryId;
  readonly mask: RleMask;
  /** As ClassResult.match. */
  readonly match: number | null;
  /** Mean margin over the next class, 0-1. */
  readonly margin: number;
  readonly doubtful: boolean;
  /** Share of the class's region that the CRF moved, 0-1; null without a CRF. */
  readonly crfChange: number | null;
  /** How much neighbouring settings disagree on the mask, 0-1; missing where it was not asked or says nothing. */
  readonly unsteady?: number;
  /** Missing where nothing else is inside the mask. */
  readonly lead?: Lead;
  /** How the mask's crop looks, LOOK_BYTES bytes; see look.ts. */
  readonly look: Uint8Array;
  /** Where a click model was asked for the edges: the result for each part. */
  readonly edges?: readonly EdgeFinding[];
  /** As MaskEdges.apart. */
  readonly apart?: number;
}

/** A run as inference knows it, without what only a project knows. */
export interface RunFacts extends Omit<
  RunSummary,
  'runId' | 'imageId' | 'packId' | 'packName' | 'params' | 'edges' | 'stale'
> {
  readonly packHash: string;
}

export interface MaskOptions {
  readonly params: MaskParams;
  /** Per category id; overrides the parameters' one threshold. */
  readonly thresholds: { readonly [categoryId: number]: number };
  /** Classes that are stuff; the others are things. */
  readonly stuff?: readonly CategoryId[];
  /** Leaves the CRF out. */
  readonly draft: boolean;
  /** Tells of each mask how much neighbouring settings disagree. */
  readonly steadiness?: boolean;
  /** Classes whose mask is split into one per connected part. */
  readonly instances: readonly CategoryId[];
  /** A click model redraws the edges, where salience agrees. */
  readonly refine?: RefineOptions;
}

export interface RefineOptions {
  readonly pack: PackChoice;
  /** SHA-256 of the image's file. */
  readonly imageHash: string;
  /** Classes whose edges are redrawn; the others keep theirs. */
  readonly classes: readonly CategoryId[];
  /** Those among them whose outline alone may move. */
  readonly outlines: readonly CategoryId[];
}
