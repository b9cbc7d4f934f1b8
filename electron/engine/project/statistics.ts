// Figures per class, counted by the database from narrow indexes: no mask is read.
import type { ClassStatistics } from '../../api/methods.ts';
import type { CategoryId, ImageFilter } from '../../api/types.ts';
import { whereOf } from './images.ts';
import type { SqlValue, Store } from './store.ts';

/** Size bins: areas from 4^n to below 4^(n+1); the last takes all larger ones. */
const SIZE_BINS = 14;
const MATCH_BINS = 20;

interface Row {
  category_id: number;
  annotations: number;
  images: number;
  pixels: number;
  as_is: number;
  edited: number;
  rejected: number;
  pending: number;
}

/** One entry per class of the list, also for classes without annotations. */
export function classStatistics(store: Store, filter: ImageFilter): ClassStatistics[] {
  const where = whereOf(filter);
  // Without a filter the image table is not needed at all.
  const inside =
    where.sql === ''
      ? { sql: '', values: [] as SqlValue[] }
      : { sql: `AND image_id IN (SELECT image.id FROM image ${where.sql})`, values: where.values };
  const figures = new Map(
    store
      .all<Row>(
        `SELECT category_id, sum(status = 1) AS annotations,
           count(DISTINCT CASE WHEN status = 1 THEN image_id END) AS images,
           coalesce(sum(CASE WHEN status = 1 THEN area END), 0) AS pixels,
           sum(status = 1 AND origin = 1 AND edited = 0) AS as_is,
           sum(status = 1 AND origin = 1 AND edited = 1) AS edited,
           sum(status = 2) AS rejected, sum(status = 0) AS pending
         FROM annotation WHERE 1 ${inside.sql} GROUP BY category_id`,
        ...inside.values,
      )
      .map((row) => [row.category_id, row]),
  );
  const sizes = histogram(
    store.all<{ category_id: number; bin: number; n: number }>(
      `SELECT category_id, min(${SIZE_BINS - 1}, CAST(log(4, max(area, 1)) AS INTEGER)) AS bin, count(*) AS n
       FROM annotation WHERE status = 1 ${inside.sql} GROUP BY category_id, bin`,
      ...inside.values,
    ),
    SIZE_BINS,
  );
  const matches = histogram(
    store.all<{ category_id: number; bin: number; n: number }>(
      `SELECT category_id, min(${MATCH_BINS - 1}, CAST(match * ${MATCH_BINS} AS INTEGER)) AS bin, count(*) AS n
       FROM annotation WHERE match IS NOT NULL ${inside.sql} GROUP BY category_id, bin`,
      ...inside.values,
    ),
    MATCH_BINS,
  );
  return store
    .all<{ id: number }>('SELECT id FROM category WHERE removed = 0 ORDER BY position, id')
    .map(({ id }) => {
      const row = figures.get(id);
      return {
        categoryId: id as CategoryId,
        annotations: row?.annotations ?? 0,
        images: row?.images ?? 0,
        pixels: row?.pixels ?? 0,
        acceptedAsIs: row?.as_is ?? 0,
        edited: row?.edited ?? 0,
        rejected: row?.rejected ?? 0,
        pending: row?.pending ?? 0,
        sizes: sizes.get(id) ?? new Array<number>(SIZE_BINS).fill(0),
        matches: matches.get(id) ?? new Array<number>(MATCH_BINS).fill(0),
      };
    });
}

function histogram(
  rows: readonly { category_id: number; bin: number; n: number }[],
  bins: number,
): Map<number, number[]> {
  const perClass = new Map<number, number[]>();
  for (const row of rows) {
    const counts = perClass.get(row.category_id) ?? new Array<number>(bins).fill(0);
    counts[row.bin] = row.n;
    perClass.set(row.category_id, counts);
  }
  return perClass;
}
