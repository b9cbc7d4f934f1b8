// Methods of the review of proposals over the whole project.
import type { AnnotationId, CategoryId, JobId, Revision } from '../types.ts';
import type { CleanRequest, CleanResult, ReviewGroup, ReviewItem } from '../review.ts';
import type { Method, Progress } from './method.ts';

export interface ReviewMethods {
  'review.list': Method<
    {
      categoryIds: readonly CategoryId[];
      minMatch: number;
      maxMatch: number;
      /** 'change': by how much settings learned from corrections changed an image, where some are in use. */
      order: 'doubt' | 'change' | 'match' | 'size' | 'image';
      jobId: JobId | null;
      cursor: number;
      limit: number;
    },
    { total: number; items: readonly ReviewItem[] }
  >;
  /** Doubtful ones, like ones, the rest; the order is kept under `id`, null when there are too many. */
  'review.arrange': Method<
    {
      categoryIds: readonly CategoryId[];
      minMatch: number;
      maxMatch: number;
      jobId: JobId | null;
    },
    { id: string | null; groups: readonly ReviewGroup[] }
  >;
  /** Items of a kept order, decided ones too; null where the annotation is gone. */
  'review.page': Method<
    { id: string; cursor: number; limit: number },
    { items: readonly (ReviewItem | null)[] }
  >;
  'review.decide': Method<
    | { ids: readonly AnnotationId[]; decision: 'accept' | 'reject' }
    | { ids: readonly AnnotationId[]; decision: 'category'; categoryId: CategoryId },
    { changed: number; revision: Revision }
  >;
  /** Accept every proposal of these classes with match at least this. Counts when `dryRun`. */
  'review.acceptAbove': Method<
    { categoryIds: readonly CategoryId[]; match: number; dryRun: boolean },
    { proposals: number; images: number },
    Progress
  >;
  /** Clean all masks of a class, in one step. Counts and shows when `dryRun`. */
  'review.clean': Method<CleanRequest & { dryRun: boolean; tiles: number }, CleanResult, Progress>;
  /** Apply thresholds over the whole data set from stored maps. Counts when `dryRun`. */
  'review.rethreshold': Method<
    { thresholds: { readonly [categoryId: number]: number }; dryRun: boolean },
    {
      changed: number;
      vanished: number;
      unchanged: number;
      withoutMaps: number;
      /** Of a count: patches of these proposals per 40th of the class map's height; else empty. */
      histogram: readonly number[];
      /** Of a count: patches above the thresholds that the masks have now and above the new ones. */
      patches: { readonly before: number; readonly after: number };
    },
    Progress
  >;
}
