// The list that the Review screen shows, and the engine's query for it.
import type { Output } from '../../../../electron/api/methods.ts';
import type { CategoryId, JobId } from '../../../../electron/api/types.ts';
import type { Session } from '../../state/session/session.svelte.ts';
import { groupsOf, type ReviewGroup, type ReviewOrder } from './reviewGroups.ts';
import type { ReviewItem } from '../../../../electron/api/review.ts';

export interface ReviewQuery {
  /** Null = all classes. */
  readonly categoryId: CategoryId | null;
  readonly minMatch: number;
  readonly maxMatch: number;
  readonly order: ReviewOrder;
  readonly jobId: JobId | null;
}

export const EVERYTHING: ReviewQuery = {
  categoryId: null,
  minMatch: 0,
  maxMatch: 1,
  order: 'doubt',
  jobId: null,
};

/** Groups and the first page of a list. */
export interface FirstRead {
  /** The engine's kept order, in which decided rows stay; null = its list, which they leave. */
  readonly arrangement: string | null;
  /** So many that like ones were not looked for. */
  readonly tooMany: boolean;
  readonly total: number;
  readonly groups: readonly ReviewGroup[];
  readonly items: readonly (ReviewItem | null)[];
}

/** One page of the engine's list under `query`. */
export function askList(
  session: Session,
  query: ReviewQuery,
  { cursor, limit }: { readonly cursor: number; readonly limit: number },
): Promise<Output<'review.list'>> {
  const { categoryId, minMatch, maxMatch, order, jobId } = query;
  return session.call('review.list', {
    categoryIds: categoryId === null ? [] : [categoryId],
    minMatch,
    maxMatch,
    order,
    jobId,
    cursor,
    limit,
  });
}

/** Groups and the first page under `query`; like ones stand together where that is wanted. */
export async function readFirst(
  session: Session,
  query: ReviewQuery,
  { groupAlike, limit }: { readonly groupAlike: boolean; readonly limit: number },
): Promise<FirstRead> {
  const { categoryId, minMatch, maxMatch, jobId, order } = query;
  const arranged = groupAlike && order === 'doubt';
  if (arranged) {
    const { id, groups } = await session.call('review.arrange', {
      categoryIds: categoryId === null ? [] : [categoryId],
      minMatch,
      maxMatch,
      jobId,
    });
    if (id !== null) {
      const total = groups.reduce((sum, { count }) => sum + count, 0);
      const { items } = await session.call('review.page', { id, cursor: 0, limit });
      return { arrangement: id, tooMany: false, total, groups, items };
    }
  }
  const { total, items } = await askList(session, query, { cursor: 0, limit });
  const groups = await groupsOf(order, total, (want) =>
    askList(session, { ...query, ...want }, want),
  );
  return { arrangement: null, tooMany: arranged, total, groups, items };
}
