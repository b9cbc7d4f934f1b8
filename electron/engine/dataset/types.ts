// What every data-set format reads and writes: images with masks, one at a time, and one table of
// categories. Formats know nothing of the project database; the database knows nothing of formats.
import type { ImportReason } from '../../api/said/importWords.ts';
import type { Progress } from '../../api/methods/method.ts';
import type { Json, Origin, RleMask } from '../../api/types.ts';

export type JsonObject = { readonly [key: string]: Json };

export interface DatasetCategory {
  /** 1 or more; stable, never a position. */
  readonly id: number;
  readonly name: string;
  readonly supercategory: string;
  readonly isThing: boolean;
  /** `#rrggbb` */
  readonly color: string;
  /** Unknown fields of an imported file, kept for writing back. */
  readonly extra: JsonObject;
}

export interface DatasetAnnotation {
  /** Number in the file it came from; null when it has none yet. */
  readonly id: number | null;
  readonly categoryId: number;
  readonly mask: RleMask;
  /** Model score 0-1; null for hand-made. */
  readonly score: number | null;
  readonly origin: Origin;
  /** A person marked it as a group; the program never sets it. */
  readonly isCrowd: boolean;
  /** Imported without having been reviewed in the program it comes from. */
  readonly isProposal?: boolean;
  readonly extra: JsonObject;
}

export interface DatasetImage {
  /** Number in the file it came from; null when it has none yet. */
  readonly id: number | null;
  /** Relative path with forward slashes. */
  readonly fileName: string;
  /** Size in pixels after the EXIF orientation was applied. */
  readonly width: number;
  readonly height: number;
  /** A person looked at every annotation. */
  readonly isReviewed: boolean;
  /** Back to front: where masks overlap, the later one is on top. */
  readonly annotations: readonly DatasetAnnotation[];
  readonly extra: JsonObject;
}

/** A data set that can be walked more than once, always in the same order. */
export interface DatasetSource {
  /** All categories, used or not, in a fixed order. */
  readonly categories: readonly DatasetCategory[];
  /** Number of images where it is known, for progress. */
  readonly imageCount: number | null;
  images(): AsyncIterable<DatasetImage>;
}

/** How a long call is watched and stopped. */
export interface Control {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Something wrong with one item, and what was done about it. */
export interface Problem {
  /** Where: a JSON path such as `$.annotations[12].segmentation`, or a file name. */
  readonly path: string;
  readonly message: string;
  /** The sentence as a code; missing where it has none yet. */
  readonly why?: ImportReason;
  /** How often more the same was repaired; the message says it too. */
  readonly more?: number;
  /** skipped: the item is not there; repaired: it is, with the change the message states. */
  readonly effect: 'skipped' | 'repaired';
}

/** Throws the signal's reason once it is aborted. */
export function throwIfAborted(control: Control | undefined): void {
  control?.signal?.throwIfAborted();
}
