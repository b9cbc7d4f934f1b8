// Which proposals are reviewed and in which order: lists by doubt, and bulk selections.
import type { CategoryId, ImageId, JobId } from '../../api/types.ts';
import type { ReviewItem } from '../../api/review.ts';
import type { AnnotationRow } from '../project/annotations.ts';
import { FIGURES, toFigures } from '../project/annotations.ts';
import type { SqlValue, Store } from '../project/database/store.ts';

export interface ReviewQuery {
  readonly categoryIds: readonly CategoryId[];
  readonly minMatch: number;
  readonly maxMatch: number;
  readonly order: 'doubt' | 'change' | 'match' | 'size' | 'image';
  readonly jobId: JobId | null;
  readonly cursor: number;
  readonly limit: number;
}

const ORDERS: { readonly [order in ReviewQuery['order']]: string } = {
  doubt: 'annotation.doubt DESC, seq',
  change: 'changed.place IS NULL, changed.place, annotation.doubt DESC, seq',
  match: 'annotation.match, seq',
  size: 'annotation.area DESC, seq',
  image: 'image.sort, image_id, seq',
};

type ItemRow = Omit<AnnotationRow, 'mask'> & { name: string };

const ITEMS = `SELECT ${FIGURES}, image.name AS name FROM annotation JOIN image ON image.id = image_id`;
/** Places of images in a list of ids. */
const CHANGED = `LEFT JOIN (SELECT value AS id, key AS place FROM json_each(?)) AS changed ON changed.id = image_id`;

/** One page of proposals; no classes = all classes. `changed`: images that come first in the order of change. */
export function listReview(
  store: Store,
  query: ReviewQuery,
  cropUrl: (id: string) => string,
  changed: readonly ImageId[] = [],
): { total: number; items: ReviewItem[] } {
  const where = proposalsWhere(query);
  const total = store.get<{ n: number }>(
    `SELECT count(*) AS n FROM annotation ${where.sql}`,
    ...where.values,
  )!.n;
  const byChange = query.order === 'change';
  const items = store
    .all<ItemRow>(
      `${ITEMS} ${byChange ? CHANGED : ''} ${where.sql} ORDER BY ${ORDERS[query.order]} LIMIT ? OFFSET ?`,
      ...(byChange ? [JSON.stringify(changed)] : []),
      ...where.values,
      query.limit,
      query.cursor,
    )
    .map((row) => toItem(row, cropUrl));
  return { total, items };
}

/** Items in the order of `seqs`, whatever became of them; null where the annotation is gone. */
export function itemsBySeq(
  store: Store,
  seqs: readonly number[],
  cropUrl: (id: string) => string,
): (ReviewItem | null)[] {
  const rows = new Map(
    store
      .all<ItemRow>(`${ITEMS} WHERE seq IN (SELECT value FROM json_each(?))`, JSON.stringify(seqs))
      .map((row) => [row.seq, toItem(row, cropUrl)]),
  );
  return seqs.map((seq) => rows.get(seq) ?? null);
}

function toItem(row: ItemRow, cropUrl: (id: string) => string): ReviewItem {
  return {
    annotation: toFigures(row),
    imageId: row.image_id as ImageId,
    imageName: row.name,
    doubt: row.doubt,
    cropUrl: cropUrl(row.id),
  };
}

/** Proposals as a WHERE over `annotation`. Hand-made ones have no match and pass any bounds. */
export function proposalsWhere(
  query: Pick<ReviewQuery, 'categoryIds' | 'minMatch' | 'maxMatch' | 'jobId'>,
): { sql: string; values: SqlValue[] } {
  const parts = ['annotation.status = 0'];
  const values: SqlValue[] = [];
  if (query.categoryIds.length > 0) {
    parts.push(`category_id IN (${query.categoryIds.map(() => '?').join(',')})`);
    values.push(...query.categoryIds);
  }
  if (query.minMatch > 0) {
    parts.push('annotation.match >= ?');
    values.push(query.minMatch);
  }
  if (query.maxMatch < 1) {
    parts.push('annotation.match <= ?');
    values.push(query.maxMatch);
  }
  if (query.jobId !== null) {
    parts.push('job_id = ?');
    values.push(query.jobId);
  }
  return { sql: `WHERE ${parts.join(' AND ')}`, values };
}

/** How many annotations a condition of `proposalsWhere` is true of, and in how many images. */
export function countWhere(
  store: Store,
  where: { readonly sql: string; readonly values: readonly SqlValue[] },
): { proposals: number; images: number } {
  return store.get<{ proposals: number; images: number }>(
    `SELECT count(*) AS proposals, count(DISTINCT image_id) AS images FROM annotation ${where.sql}`,
    ...where.values,
  )!;
}
