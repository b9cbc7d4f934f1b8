// Image rows: which pass a filter, in what order, statuses and what is learnt at first sight.
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../api/errors.ts';
import type { ImageId, ImageRecord, ImageStatus } from '../../../api/types.ts';
import type { EarlierWords } from '../../../api/methods/document.ts';
import type { ImageFilter } from '../../../api/job.ts';
import { recount } from '../annotations.ts';
import { notesOf, type ImageNotes } from './imageNotes.ts';
import { problemOf, type ProblemColumns } from './imageFacts.ts';
import { naturalSortKey } from './naturalOrder.ts';
import { IMAGE_STATUS_CODES } from '../database/schema.ts';
import type { Store } from '../database/store.ts';
import { whereOf } from './imageFilter.ts';

export interface ImageRow extends ProblemColumns {
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
  revision: number;
  /** Counted where COLUMNS are read. */
  unfinished?: number;
}

export const COLUMNS =
  'image.id, image.name, image.width, image.height, image.orientation, image.bytes, image.mtime_ms, image.hash, image.status, image.accepted, image.proposals, image.doubtful, image.found_nothing, image.missing, image.revision, image.problem, image.problem_code, image.problem_data, (SELECT count(*) FROM parked WHERE parked.image_id = image.id AND open_shape = 1) AS unfinished';

const STATUS_NAMES = Object.keys(IMAGE_STATUS_CODES) as ImageStatus[];

export type ImageOrder = 'name' | 'doubt' | 'status';

export const ORDERS: { readonly [order in ImageOrder]: string } = {
  name: 'image.sort, image.id',
  doubt: 'image.doubt DESC, image.sort, image.id',
  status: 'image.status, image.sort, image.id',
};

export function countImages(store: Store, filter: ImageFilter): number {
  const { sql, values } = whereOf(filter);
  return store.get<{ n: number }>(`SELECT count(*) AS n FROM image ${sql}`, ...values)!.n;
}

/** Proposals that nobody decided on, in the images that pass. */
export function countProposals(store: Store, filter: ImageFilter): number {
  const { sql, values } = whereOf(filter);
  return (
    store.get<{ n: number | null }>(`SELECT sum(proposals) AS n FROM image ${sql}`, ...values)!.n ??
    0
  );
}

/** Ids that pass a filter, in name order unless another is asked for, without building records. */
export function imageIds(store: Store, filter: ImageFilter, order: ImageOrder = 'name'): ImageId[] {
  const where = whereOf(filter);
  return store
    .all<{ id: number }>(
      `SELECT image.id FROM image ${where.sql} ORDER BY ${ORDERS[order]}`,
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

/** A row with its sort key and the unknown fields of its imported record. */
export type WholeImageRow = ImageRow & { sort: string; extra: string | null };

const PAGE = 100;

/** All rows in name order, a page at a time: memory stays constant, and other requests get their turn in between. */
export async function* imagePages(store: Store): AsyncGenerator<readonly WholeImageRow[]> {
  let after = { sort: '', id: 0 };
  for (;;) {
    const rows = store.all<WholeImageRow>(
      'SELECT * FROM image WHERE (sort, id) > (?, ?) ORDER BY sort, id LIMIT ?',
      after.sort,
      after.id,
      PAGE,
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = { sort: last.sort, id: last.id };
    await setImmediate();
  }
}

export function imageRecord(store: Store, id: ImageId): ImageRecord {
  return toRecord(imageRow(store, id), notesOf(store, id));
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

/** What a person can say of an image, by the number that is stored; the first is no word at all. */
const MARKS: readonly ImageStatus[] = ['untouched', 'inProgress', 'reviewed'];

/** So many are marked at once; others are answered between. */
const MARKED_AT_ONCE = 2000;

/**
 * A person's word on images: reviewed, in progress, or back to what the annotations say. All of them, or,
 * where one is unknown, none: that is found before the first is marked. Answers with what was said before.
 */
export async function markImages(
  store: Store,
  ids: readonly ImageId[],
  status: ImageStatus,
): Promise<EarlierWords> {
  const earlier = new Map<ImageStatus, ImageId[]>();
  const chunks = Array.from({ length: Math.ceil(ids.length / MARKED_AT_ONCE) }, (_, i) =>
    ids.slice(i * MARKED_AT_ONCE, (i + 1) * MARKED_AT_ONCE),
  );
  for (const chunk of chunks) {
    for (const id of chunk) {
      const row = store.get<{ mark: number }>('SELECT mark FROM image WHERE id = ?', id);
      if (!row) throw unknownImage(id);
      const said = MARKS[row.mark] ?? 'untouched';
      const others = earlier.get(said);
      if (others) others.push(id);
      else earlier.set(said, [id]);
    }
    await setImmediate();
  }
  for (const chunk of chunks) {
    setStatus(store, chunk, status);
    await setImmediate();
  }
  return [...earlier].map(([said, imageIds]) => ({ status: said, imageIds }));
}

function setStatus(store: Store, ids: readonly ImageId[], status: ImageStatus): void {
  const mark = Math.max(0, MARKS.indexOf(status));
  store.transaction(() => {
    for (const id of ids) {
      const { changes } = store.run('UPDATE image SET mark = ? WHERE id = ?', mark, id);
      if (changes === 0) throw unknownImage(id);
      recount(store, id);
    }
  });
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

export function toRecord(row: ImageRow, notes?: ImageNotes): ImageRecord {
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
    problem: problemOf(row),
    ...(notes && notes.tags.length > 0 ? { tags: notes.tags } : {}),
    ...(notes?.note ? { note: notes.note } : {}),
  };
}

function unknownImage(id: ImageId): AppError {
  return new AppError('IMAGE_UNKNOWN', `There is no image ${id} in this project.`);
}
