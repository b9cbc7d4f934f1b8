// The images that an export would write, in the order of the list by name: a page at a time, so that other requests get
// their turn.
import type { ExportWanted } from '../../api/methods/exchange.ts';
import type { Annotation, ImageId } from '../../api/types.ts';
import { IMAGE_STATUS_CODES } from '../project/database/schema.ts';
import { imagePages, statusCounts, type WholeImageRow } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';

export interface WalkOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

export interface WantedImage {
  readonly row: WholeImageRow;
  /** Place in the list by name, from 1. */
  readonly place: number;
  /** An image that was asked for, and that nobody has reviewed where only reviewed ones are written. */
  readonly isUnreviewed: boolean;
}

/** Throws what the signal was aborted with. */
export async function* wantedImages(
  project: Project,
  { only, imageIds }: ExportWanted,
  { signal, onProgress }: WalkOptions,
): AsyncGenerator<WantedImage> {
  const picked = imageIds ? new Set(imageIds) : null;
  const total = statusCounts(project.store).images;
  let place = 0;
  for await (const rows of imagePages(project.store)) {
    signal.throwIfAborted();
    for (const row of rows) {
      place += 1;
      if (picked && !picked.has(row.id as ImageId)) continue;
      const isUnreviewed = only === 'reviewed' && row.status !== IMAGE_STATUS_CODES.reviewed;
      yield { row, place, isUnreviewed };
    }
    onProgress(place, total);
  }
  signal.throwIfAborted();
}

/** Of the classes that are wanted. */
export const isOfWantedClass = (
  { categoryIds }: ExportWanted,
  { categoryId }: Annotation,
): boolean => categoryIds.length === 0 || categoryIds.includes(categoryId);

/** A mask that is written where its class is wanted. */
export const isWritten = ({ includeProposals }: ExportWanted, { status }: Annotation): boolean =>
  status === 'accepted' || (includeProposals && status === 'proposal');
