// Which images a request is about, and what it would touch before anything runs.
import { createHash } from 'node:crypto';
import type { ImageId } from '../../api/types.ts';
import type { BatchRequest, ImageFilter } from '../../api/job.ts';
import { imageIds } from '../project/images/images.ts';
import type { Store } from '../project/database/store.ts';

/** Images that a request is about, in name order. */
export function selectedImages(store: Store, request: BatchRequest): ImageId[] {
  const { images } = request;
  switch (images.kind) {
    case 'all':
      return imageIds(store, {});
    case 'unlabelled':
      return imageIds(store, { status: ['untouched'] });
    case 'filter':
      return imageIds(store, images.filter as ImageFilter);
    case 'ids': {
      const known = new Set(imageIds(store, {}));
      return [...new Set(images.ids)].filter((id) => known.has(id));
    }
  }
}

/** Images whose labels are counted in one question. */
const COUNTED_AT_ONCE = 5000;

/** What a request would touch, before anything runs. */
export function countRequest(
  store: Store,
  request: BatchRequest,
): { images: number; proposalsReplaced: number; skipped: number; accepted: number } {
  const ids = selectedImages(store, request);
  const mine =
    request.merge === 'replaceClasses'
      ? { sql: 'AND category_id IN (SELECT value FROM json_each(?))', ids: [request.categoryIds] }
      : { sql: '', ids: [] };
  let proposalsReplaced = 0;
  let skipped = 0;
  let accepted = 0;
  for (let from = 0; from < ids.length; from += COUNTED_AT_ONCE) {
    const some = JSON.stringify(ids.slice(from, from + COUNTED_AT_ONCE));
    const images = store.get<{ accepted: number; labelled: number }>(
      `SELECT sum(accepted) AS accepted, sum(accepted + rejected + proposals > 0) AS labelled
       FROM image WHERE id IN (SELECT value FROM json_each(?))`,
      some,
    )!;
    accepted += images.accepted;
    if (request.merge === 'skipLabelled') skipped += images.labelled;
    if (request.merge === 'replaceClasses' || request.merge === 'replaceProposals')
      proposalsReplaced += store.get<{ n: number }>(
        `SELECT count(*) AS n FROM annotation WHERE image_id IN (SELECT value FROM json_each(?))
           AND status = 0 AND origin = 1 AND edited = 0 AND locked = 0 ${mine.sql}`,
        some,
        ...mine.ids.map((ids) => JSON.stringify(ids)),
      )!.n;
  }
  return { images: ids.length, proposalsReplaced, skipped, accepted };
}

/**
 * Same request, same model = same job: a repeated start goes on with it. Classes in another order are
 * another request, since the caption has them in that order.
 */
export function requestHash(request: BatchRequest, packHash: string): string {
  return createHash('sha256')
    .update(JSON.stringify([1, packHash, request]))
    .digest('hex');
}
