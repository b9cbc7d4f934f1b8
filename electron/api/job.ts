// Batch jobs: what one does, which images it takes, and how far it is.
import type { ErrorPayload } from './errors.ts';
import type { CategoryId, ImageId, ImageStatus, JobId } from './types.ts';
import type { PrelabelParams } from './run.ts';

/**
 * What a batch does where labels are: adds proposals, replaces untouched ones of the classes that it
 * asks for or of all classes, or leaves the image out. Nothing that a person decided is ever changed.
 */
export type MergePolicy = 'proposals' | 'replaceClasses' | 'replaceProposals' | 'skipLabelled';

export interface BatchRequest {
  readonly images: ImageSelection;
  readonly categoryIds: readonly CategoryId[];
  /** Images that are asked for other classes, in the order of their caption. */
  readonly classesOf?: { readonly [imageId: number]: readonly CategoryId[] };
  /** Ask only for classes that are present. */
  readonly auto: AutoClasses | null;
  readonly params: PrelabelParams;
  readonly packId: string;
  readonly merge: MergePolicy;
  readonly thresholds: { readonly [categoryId: number]: number };
}

/** Who says which classes an image has: the model's own match, or CLIP in rounds before a judge. */
export interface AutoClasses {
  /** From this match or score on, 0-1. */
  readonly threshold: number;
  /** Missing: the model. */
  readonly by?: 'clip';
}

export type ImageSelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'unlabelled' }
  | { readonly kind: 'filter'; readonly filter: ImageFilter }
  | { readonly kind: 'ids'; readonly ids: readonly ImageId[] };

export interface ImageFilter {
  /** In the filter language (filter/grammar.ts). */
  readonly words?: string;
  /** Part of the name. */
  readonly text?: string;
  readonly status?: readonly ImageStatus[];
  readonly categoryIds?: readonly CategoryId[];
  readonly minMatch?: number;
  readonly maxMatch?: number;
  readonly foundNothing?: boolean;
  readonly doubtful?: boolean;
  readonly failed?: boolean;
  readonly jobId?: JobId;
  readonly outcome?: ItemOutcome;
}

export type ItemOutcome = 'pending' | 'running' | 'done' | 'empty' | 'failed' | 'skipped';

export type JobState = 'waiting' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed';

/** An image that failed, and why. */
export interface JobFailure extends ErrorPayload {
  readonly imageId: ImageId;
  readonly name: string;
}

export interface JobStatus {
  readonly id: JobId;
  readonly state: JobState;
  /** Why it is paused or failed; null otherwise. */
  readonly reason: ErrorPayload | null;
  readonly total: number;
  readonly done: number;
  readonly empty: number;
  readonly failed: number;
  readonly skipped: number;
  readonly doubtful: number;
  readonly proposals: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number | null;
  readonly provider: string | null;
  readonly stageMs: { readonly [stage: string]: number };
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** ISO times at which the program ended while this job ran. */
  readonly interruptions: readonly string[];
  readonly latest: readonly ImageId[];
  readonly classNames: readonly string[];
  readonly owner: 'app' | 'commandLine';
}
