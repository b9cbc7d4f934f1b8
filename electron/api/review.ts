// The review list: proposals in the order in which a person should look at them; and cleaning up all masks of a
// class: its steps, what is asked and what it would change.
import type { Annotation, AnnotationId, CategoryId, ImageId, RleMask } from './types.ts';

export interface ReviewItem {
  readonly annotation: Omit<Annotation, 'mask'>;
  readonly imageId: ImageId;
  readonly imageName: string;
  /** Larger = look here first; see rules/doubt.ts. */
  readonly doubt: number;
  /** Crop with the mask drawn, by URL from the host. */
  readonly cropUrl: string;
}

/** Consecutive rows of the review list that belong together. */
export interface ReviewGroup {
  readonly kind: 'doubtful' | 'alike' | 'less' | 'sure';
  readonly first: number;
  readonly count: number;
  /** Of like ones. */
  readonly categoryId: CategoryId | null;
  /** Least and largest match, 0-1. */
  readonly from: number;
  readonly to: number;
}

/** Every step is off at 0, the last one at 'keep'. */
export interface CleanSettings {
  /** Parts of fewer pixels go. */
  readonly islandsPx: number;
  /** Holes of fewer pixels are filled. */
  readonly holesPx: number;
  readonly smoothPx: number;
  /** Below 0 the mask shrinks. */
  readonly growPx: number;
  /** Corners within this distance of what remains go. */
  readonly simplifyPx: number;
  /** Who gets the pixels that two masks of an image share; 'keep': both. */
  readonly overlap: 'keep' | 'order' | 'salience';
}

/** Pairs of masks that share pixels. */
export interface Overlaps {
  readonly found: number;
  /** Pixels stay with both: the mask that should give them is locked or accepted. */
  readonly held: number;
  /** Pixels stay with both: no salience of both classes is stored. */
  readonly unsalient: number;
}

export interface CleanRequest {
  readonly categoryId: CategoryId;
  readonly settings: CleanSettings;
  /** Masks that a person accepted as well. */
  readonly accepted: boolean;
  /** What becomes of masks that would lose their last pixel. */
  readonly vanishing: 'keep' | 'delete';
  /** Masks that are left as they are. */
  readonly leave: readonly AnnotationId[];
}

/** What cleaning would do to some masks. */
export interface CleanSummary {
  /** Unlocked ones; `locked` are left as they are. */
  readonly masks: number;
  readonly locked: number;
  readonly images: number;
  readonly changed: number;
  /** Masks that were not meant and give pixels to those that were; not among `changed`. */
  readonly others: number;
  readonly vanished: number;
  /** Accepted ones among all that change. */
  readonly accepted: number;
  readonly overlaps: Overlaps;
  readonly islands: { readonly count: number; readonly masks: number };
  readonly holes: { readonly count: number; readonly masks: number };
  readonly corners: readonly [before: number, after: number];
  /** Largest distance from a dropped corner to the new outline. */
  readonly errorPx: number;
  readonly addedPx: number;
  readonly removedPx: number;
  /** Of all masks before. */
  readonly areaPx: number;
}

/** One mask as it is and as it would be. */
export interface CleanTile {
  readonly id: AnnotationId;
  readonly categoryId: CategoryId;
  readonly imageId: ImageId;
  readonly imageName: string;
  /** A small picture of the whole image. */
  readonly url: string;
  readonly before: RleMask;
  readonly after: RleMask;
  readonly addedPx: number;
  readonly removedPx: number;
}

export interface CleanResult {
  readonly summary: CleanSummary;
  /** The largest changes first. */
  readonly tiles: readonly CleanTile[];
  /** Masks that were written; 0 of a count. */
  readonly cleaned: number;
}
