// Image rows: pages in natural order with filters, statuses and what is learnt at first sight.
import { AppError } from '../../api/errors.ts';
import type { ImageFilter, ImageId, ImageRecord, ImageStatus } from '../../api/types.ts';
import { recount } from './annotations.ts';
import { naturalSortKey } from './naturalOrder.ts';
import { IMAGE_STATUS_CODES } from './schema.ts';
import type { SqlValue, Store } from './store.ts';

export interface ImageRow {
  id: number;
  name: string;
  width: number;
  height: number;
  orientation: number;
  bytes: number | null;
  mtime_ms: number | null;
  hash: string | null;
  status: number;
  accepted: number;
  proposals: number;
  doubtful: number;
  found_nothing: number;
  missing: number;
  revision: number;
  problem: string | null;
  /** Counted where COLUMNS are read. */
  unfinished?: number;
}

const COLUMNS =
  'image.id, image.name, image.width, image.height, image.orientation, image.bytes, image.mtime_ms, image.hash, image.status, image.accepted, image.proposals, image.doubtful, image.found_nothing, image.missing, image.revision, image.problem, (SELECT count(*) FROM parked WHERE parked.image_id = image.id AND open_shape = 1) AS unfinished';

const STATUS_NAMES = Object.keys(IMAGE_STATUS_CODES) as ImageStatus[];

export type ImageOrder = 'name' | 'doubt' | 'status';

const ORDERS: { readonly [order in ImageOrder]: string } = {
  name: 'image.sort, image.id',
  doubt: 'image.doubt DESC, image.sort, image.id',
  status: 'image.status, image.sort, image.id',
};

/** One page and the number of images that pass the filter. */
export function listImages(
  store: Store,
  query: { cursor: number; limit: number; filter: ImageFilter; order: ImageOrder },
): { total: number; images: ImageRecord[] } {
  const where = whereOf(query.filter);
  const total = store.get<{ n: number }>(
    `SELECT count(*) AS n FROM image ${where.sql}`,
    ...where.values,
  )!.n;
  const rows = store.all<ImageRow>(
    `SELECT ${COLUMNS} FROM image ${where.sql} ORDER BY ${ORDERS[query.order]} LIMIT ? OFFSET ?`,
    ...where.values,
    query.limit,
    query.cursor,
  );
  return { total, images: rows.map(toRecord) };
}

/** Ids that pass a filter, in name order, without building records. */
export function imageIds(store: Store, filter: ImageFilter): ImageId[] {
  const where = whereOf(filter);
  return store
    .all<{ id: number }>(
      `SELECT image.id FROM image ${where.sql} ORDER BY ${ORDERS.name}`,
      ...where.values,
    )
    .map((row) => row.id as ImageId);
}

/** The next image in name order that passes, and its position among those that pass; wraps around. */
export function nextImage(
  store: Store,
  from: ImageId,
  step: 1 | -1,
  filter: ImageFilter,
): { imageId: ImageId | null; index: number } {
  const here = store.get<{ sort: string }>('SELECT sort FROM image WHERE id = ?', from);
  if (!here) throw unknownImage(from);
  const where = whereOf(filter);
  const and = where.sql === '' ? 'WHERE' : `${where.sql} AND`;
  const [compare, direction] = step === 1 ? ['>', 'ASC'] : ['<', 'DESC'];
  const order = `ORDER BY image.sort ${direction}, image.id ${direction} LIMIT 1`;
  const found =
    store.get<{ id: number; sort: string }>(
      `SELECT image.id, image.sort FROM image ${and} (image.sort, image.id) ${compare} (?, ?) ${order}`,
      ...where.values,
      here.sort,
      from,
    ) ??
    store.get<{ id: number; sort: string }>(
      `SELECT image.id, image.sort FROM image ${and} image.id <> ? ${order}`,
      ...where.values,
      from,
    );
  if (!found) return { imageId: null, index: -1 };
  const index = store.get<{ n: number }>(
    `SELECT count(*) AS n FROM image ${and} (image.sort, image.id) < (?, ?)`,
    ...where.values,
    found.sort,
    found.id,
  )!.n;
  return { imageId: found.id as ImageId, index };
}

/** The row of an image. Throws IMAGE_UNKNOWN. */
export function imageRow(store: Store, id: ImageId): ImageRow {
  const row = store.get<ImageRow>(`SELECT ${COLUMNS} FROM image WHERE id = ?`, id);
  if (!row) throw unknownImage(id);
  return row;
}

export function imageRecord(store: Store, id: ImageId): ImageRecord {
  return toRecord(imageRow(store, id));
}

/** Whether a name is an image of the project already, its file there or not. */
export function hasImage(store: Store, name: string): boolean {
  return store.get('SELECT 1 FROM image WHERE name = ?', name) !== undefined;
}

/** The row of a file that has just been put into the folder, as the next scan would make it. */
export function addImage(store: Store, name: string): ImageId {
  store.run(
    'INSERT INTO image(name, sort, seen) SELECT ?, ?, coalesce(max(seen), 1) FROM image WHERE true',
    name,
    naturalSortKey(name),
  );
  return store.get<{ id: number }>('SELECT id FROM image WHERE name = ?', name)!.id as ImageId;
}

/** A person's word on images: reviewed, in progress, or back to what the annotations say. */
export function setStatus(store: Store, ids: readonly ImageId[], status: ImageStatus): void {
  const mark = status === 'reviewed' ? 2 : status === 'inProgress' ? 1 : 0;
  store.transaction(() => {
    for (const id of ids) {
      const { changes } = store.run('UPDATE image SET mark = ? WHERE id = ?', mark, id);
      if (changes === 0) throw unknownImage(id);
      recount(store, id);
    }
  });
}

export interface Probe {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly bytes: number;
  readonly mtimeMs: number;
  /** SHA-256 of the file, hex. */
  readonly hash: string;
}

/** Keeps what was learnt when the file was first read. */
export function rememberProbe(store: Store, id: ImageId, probe: Probe): void {
  store.relaxed(() =>
    store.run(
      `UPDATE image SET width = ?, height = ?, orientation = ?, bytes = ?, mtime_ms = ?, hash = ?,
       problem = NULL, missing = 0 WHERE id = ?`,
      probe.width,
      probe.height,
      probe.orientation,
      probe.bytes,
      probe.mtimeMs,
      probe.hash,
      id,
    ),
  );
}

export function rememberProblem(
  store: Store,
  id: ImageId,
  problem: string,
  missing: boolean,
): void {
  store.run('UPDATE image SET problem = ?, missing = ? WHERE id = ?', problem, Number(missing), id);
}

export function statusCounts(store: Store): {
  counts: { [status in ImageStatus]: number };
  images: number;
  proposals: number;
  doubtful: number;
} {
  const counts = { untouched: 0, proposals: 0, inProgress: 0, reviewed: 0 };
  let images = 0;
  let proposals = 0;
  let doubtful = 0;
  const rows = store.all<{ status: number; n: number; p: number; d: number }>(
    'SELECT status, count(*) AS n, sum(proposals) AS p, sum(doubtful > 0) AS d FROM image GROUP BY status',
  );
  for (const row of rows) {
    counts[STATUS_NAMES[row.status]!] = row.n;
    images += row.n;
    proposals += row.p;
    doubtful += row.d;
  }
  return { counts, images, proposals, doubtful };
}

export function toRecord(row: ImageRow): ImageRecord {
  return {
    id: row.id as ImageId,
    name: row.name,
    width: row.width,
    height: row.height,
    orientation: row.orientation,
    status: STATUS_NAMES[row.status]!,
    accepted: row.accepted,
    proposals: row.proposals,
    doubtful: row.doubtful,
    unfinished: row.unfinished ?? 0,
    foundNothing: row.found_nothing === 1,
    problem: row.missing === 1 ? 'The file is not in the folder any more.' : row.problem,
  };
}

/** A filter as SQL over `image`; every value is bound, never spliced. */
function whereOf(filter: ImageFilter): { sql: string; values: SqlValue[] } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (sql: string, ...bound: SqlValue[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  const marks = (count: number) => Array.from({ length: count }, () => '?').join(',');

  if (filter.text) add('instr(lower(image.name), ?) > 0', filter.text.toLowerCase());
  if (filter.status)
    add(
      `image.status IN (${marks(filter.status.length)})`,
      ...filter.status.map((status) => IMAGE_STATUS_CODES[status]),
    );
  if (filter.foundNothing !== undefined)
    add('image.found_nothing = ?', Number(filter.foundNothing));
  if (filter.doubtful !== undefined)
    add(filter.doubtful ? 'image.doubtful > 0' : 'image.doubtful = 0');
  if (filter.categoryIds || filter.minMatch !== undefined || filter.maxMatch !== undefined) {
    const inner = ['a.image_id = image.id', 'a.status <> 2'];
    const bound: SqlValue[] = [];
    if (filter.categoryIds) {
      inner.push(`a.category_id IN (${marks(filter.categoryIds.length)})`);
      bound.push(...filter.categoryIds);
    }
    if (filter.minMatch !== undefined) {
      inner.push('a.match >= ?');
      bound.push(filter.minMatch);
    }
    if (filter.maxMatch !== undefined) {
      inner.push('a.match <= ?');
      bound.push(filter.maxMatch);
    }
    add(`EXISTS (SELECT 1 FROM annotation AS a WHERE ${inner.join(' AND ')})`, ...bound);
  }
  if (filter.jobId !== undefined || filter.outcome !== undefined) {
    const inner = ['i.image_id = image.id'];
    const bound: SqlValue[] = [];
    if (filter.jobId !== undefined) {
      inner.push('i.job_id = ?');
      bound.push(filter.jobId);
    }
    if (filter.outcome !== undefined) {
      inner.push('i.outcome = ?');
      bound.push(filter.outcome);
    }
    add(`EXISTS (SELECT 1 FROM job_item AS i WHERE ${inner.join(' AND ')})`, ...bound);
  }
  if (filter.failed !== undefined) {
    const failed = `(image.problem IS NOT NULL OR image.missing = 1 OR EXISTS
      (SELECT 1 FROM job_item AS i WHERE i.image_id = image.id AND i.outcome = 'failed'))`;
    add(filter.failed ? failed : `NOT ${failed}`);
  }
  return { sql: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}

function unknownImage(id: ImageId): AppError {
  return new AppError('IMAGE_UNKNOWN', `There is no image ${id} in this project.`);
}
