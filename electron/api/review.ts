// The review list: proposals in the order in which a person should look at them.
import type { Annotation, CategoryId, ImageId } from './types.ts';

export interface ReviewItem {
  readonly annotation: Omit<Annotation, 'mask'>;
  readonly imageId: ImageId;
  readonly imageName: string;
  /** Larger = look here first; from match, margin and CRF change. */
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
