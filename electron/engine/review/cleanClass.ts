// All masks of a class cleaned up, over the whole project: counted and shown first, then written as one step.
import type { CleanRequest, CleanResult, CleanTile } from '../../api/review.ts';
import { sameMask } from '../../api/rules/document.ts';
import type { Annotation, AnnotationChange, ImageId } from '../../api/types.ts';
import { cleanChange } from '../../masks/changes/cleanSummary.ts';
import { commitTogether, engineTransaction } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { mediaUrl } from '../media/mediaUrl.ts';
import { annotationById } from '../project/annotations.ts';
import { imageRow } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';
import { cleanByImage, type CleanOptions, type FoundChange } from './cleanByImage.ts';

/** What would change; `tiles`: how many masks are shown. Throws what the signal was aborted with. */
export async function countCleaning(
  context: EngineContext,
  project: Project,
  { tiles: shown, ...request }: CleanRequest & { readonly tiles: number },
  options: CleanOptions,
): Promise<CleanResult> {
  const { summary, changed } = await cleanByImage(context, project, request, options);
  const tiles = changed
    .toSorted((a, b) => changeOf(b) - changeOf(a))
    .slice(0, shown)
    .map(({ annotation, imageId, cleaned }): CleanTile => ({
      id: annotation.id,
      categoryId: annotation.categoryId,
      imageId,
      imageName: imageRow(project.store, imageId).name,
      url: mediaUrl(context, 'thumb', imageId),
      before: annotation.mask,
      after: cleaned.mask,
      addedPx: cleaned.addedPx,
      removedPx: cleaned.removedPx,
    }));
  return { summary, tiles, cleaned: 0 };
}

/** Writes what changes as one step that is undone at once. What was worked on meanwhile stays as it is. */
export async function applyCleaning(
  context: EngineContext,
  project: Project,
  request: CleanRequest,
  options: CleanOptions & { readonly clientId: string; readonly label: string },
): Promise<CleanResult> {
  const { summary, changed } = await cleanByImage(context, project, request, options);
  const leave = new Set(request.leave);
  const byImage = new Map<ImageId, AnnotationChange[]>();
  for (const { annotation, imageId, cleaned } of changed) {
    const change = cleanChange(annotation, cleaned, request.vanishing);
    if (!change || leave.has(annotation.id) || !isAsItWas(project, annotation)) continue;
    const changes = byImage.get(imageId) ?? [];
    byImage.set(imageId, changes);
    changes.push({ id: annotation.id, before: annotation, after: change.after });
  }
  const transactions = [...byImage].map(([imageId, changes]) =>
    engineTransaction(context, {
      imageId,
      label: options.label,
      origin: 'user',
      record: 'now',
      changes,
    }),
  );
  options.signal.throwIfAborted();
  if (transactions.length > 0) commitTogether(context, project, transactions, options);
  const cleaned = [...byImage.values()].reduce((sum, changes) => sum + changes.length, 0);
  return { summary, tiles: [], cleaned };
}

const changeOf = ({ cleaned }: FoundChange): number => cleaned.addedPx + cleaned.removedPx;

function isAsItWas({ store }: Project, before: Annotation): boolean {
  const now = annotationById(store, before.id)?.annotation;
  return (
    now !== undefined &&
    !now.locked &&
    now.status === before.status &&
    now.categoryId === before.categoryId &&
    sameMask(now.mask, before.mask)
  );
}
