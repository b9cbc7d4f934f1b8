// Pages of the image list, with the number of images that pass its filter.
import type { ImageFilter } from '../../../api/job.ts';
import type { ImageRecord } from '../../../api/types.ts';
import type { Store } from '../database/store.ts';
import { whereOf } from './imageFilter.ts';
import { notesOfAll } from './imageNotes.ts';
import {
  COLUMNS,
  countImages,
  imageIds,
  ORDERS,
  toRecord,
  type ImageOrder,
  type ImageRow,
} from './images.ts';

interface Page {
  readonly cursor: number;
  readonly limit: number;
  readonly filter: ImageFilter;
  readonly order: ImageOrder;
}

interface Found {
  readonly total: number;
  readonly rows: readonly ImageRow[];
}

/** Counting is cheap here, and the page is read as far as it goes. */
function pageOf(store: Store, { filter, order, cursor, limit }: Page): Found {
  const where = whereOf(filter);
  const rows = store.all<ImageRow>(
    `SELECT ${COLUMNS} FROM image ${where.sql} ORDER BY ${ORDERS[order]} LIMIT ? OFFSET ?`,
    ...where.values,
    limit,
    cursor,
  );
  return { total: countImages(store, filter), rows };
}

/** Words may ask objects and runs: every image is asked once, for the count and the page. */
function pageOfFitting(store: Store, { filter, order, cursor, limit }: Page): Found {
  const ids = imageIds(store, filter, order);
  const rows = store.all<ImageRow>(
    `SELECT ${COLUMNS} FROM image WHERE id IN (SELECT value FROM json_each(?))
     ORDER BY ${ORDERS[order]}`,
    JSON.stringify(ids.slice(cursor, cursor + limit)),
  );
  return { total: ids.length, rows };
}

/** One page and the number of images that pass the filter. */
export function listImages(store: Store, query: Page): { total: number; images: ImageRecord[] } {
  const { total, rows } = query.filter.words ? pageOfFitting(store, query) : pageOf(store, query);
  const notes = notesOfAll(
    store,
    rows.map(({ id }) => id),
  );
  return { total, images: rows.map((row) => toRecord(row, notes.get(row.id))) };
}
