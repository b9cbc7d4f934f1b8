// Unfinished work of images: a shape left open, moved points of an outline. It lies in the project file, so
// that neither another image nor the end of a window or of the program loses it.
import { AppError } from '../../api/errors.ts';
import type {
  AnnotationId,
  CategoryId,
  ImageId,
  ImageRecord,
  Parked,
  ParkedWork,
} from '../../api/types.ts';
import { imageRecord, imageRow } from './images/images.ts';
import type { Store } from './database/store.ts';
import { storedJson } from './database/storedJson.ts';

interface ParkedRow {
  id: string;
  image_id: number;
  category_id: number | null;
  holder: string;
  work: string;
}

/** What stands in the column `work`. */
interface Kept {
  readonly targets: readonly AnnotationId[];
  readonly work: ParkedWork;
}

/** All of an image, oldest first. */
export function parkedOf(store: Store, imageId: ImageId): Parked[] {
  return store
    .all<ParkedRow>('SELECT * FROM parked WHERE image_id = ? ORDER BY rowid', imageId)
    .map(toParked);
}

export function parkedById(store: Store, id: string): Parked | null {
  const row = store.get<ParkedRow>('SELECT * FROM parked WHERE id = ?', id);
  return row ? toParked(row) : null;
}

/** Writes or replaces one. Throws IMAGE_UNKNOWN. */
export function keepParked(store: Store, parked: Parked): void {
  imageRow(store, parked.imageId);
  const { targets, work } = parked;
  store.run(
    `INSERT INTO parked(id, image_id, category_id, holder, open_shape, work) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT(id) DO UPDATE SET category_id = excluded.category_id, holder = excluded.holder,
       work = excluded.work`,
    parked.id,
    parked.imageId,
    parked.categoryId,
    parked.holder,
    // Moved points are finished at once and are no unfinished shape to anybody.
    Number(work.kind !== 'outline'),
    JSON.stringify({ targets, work } satisfies Kept),
  );
}

/** Images of the rows that were there. */
export function removeParked(store: Store, id: string): ImageId | null {
  const row = store.get<ParkedRow>('SELECT * FROM parked WHERE id = ?', id);
  if (row) store.run('DELETE FROM parked WHERE id = ?', id);
  return row ? (row.image_id as ImageId) : null;
}

/** Ids of what is drawn in a class. */
export function parkedIn(store: Store, id: CategoryId): string[] {
  return store
    .all<{ id: string }>('SELECT id FROM parked WHERE category_id = ?', id)
    .map((row) => row.id);
}

/** Gives what is drawn in a class to another one. */
export function moveParked(store: Store, from: CategoryId, to: CategoryId): void {
  store.run('UPDATE parked SET category_id = ? WHERE category_id = ?', to, from);
}

/** Releases what a client was editing, or everything; returns the images concerned. */
export function releaseParked(store: Store, holder?: string): ImageId[] {
  const where = holder === undefined ? "holder <> ''" : 'holder = ?';
  const values = holder === undefined ? [] : [holder];
  const rows = store.all<{ id: ImageId }>(
    `SELECT DISTINCT image_id AS id FROM parked WHERE ${where}`,
    ...values,
  );
  if (rows.length > 0) store.run(`UPDATE parked SET holder = '' WHERE ${where}`, ...values);
  return rows.map((row) => row.id);
}

/** An image's unfinished work as clients see it. */
export function parkedNews(
  store: Store,
  imageId: ImageId,
): { image: ImageRecord; parked: Parked[] } {
  return { image: imageRecord(store, imageId), parked: parkedOf(store, imageId) };
}

function toParked(row: ParkedRow): Parked {
  const place = `work of unfinished work ${row.id}`;
  const { targets, work } = storedJson<Kept>(row.work, 'object', place);
  const isSound = Array.isArray(targets) && KINDS.has(work?.kind) && listsOf(work).every(isNumbers);
  if (!isSound)
    throw new AppError(
      'PROJECT_DAMAGED',
      `The project file is damaged: ${place} is no shape. Open a copy that Salience saved.`,
    );
  return {
    id: row.id,
    imageId: row.image_id as ImageId,
    categoryId: row.category_id as CategoryId | null,
    targets,
    holder: row.holder,
    work,
  };
}

const KINDS: ReadonlySet<unknown> = new Set<ParkedWork['kind']>([
  'polygon',
  'line',
  'seed',
  'outline',
  'clicks',
]);

/** Everything in a piece of work that must be numbers. */
function listsOf(work: ParkedWork): unknown[] {
  if (work.kind === 'seed') return [[work.x, work.y, work.tolerance, work.sample ?? 1]];
  if (work.kind === 'clicks') return [work.clicks, work.box ?? [], work.crop ?? []];
  if (work.kind !== 'outline') return [work.points];
  const { before, rings } = work;
  return Array.isArray(before) && Array.isArray(rings) ? [...before, ...rings] : [null];
}

const isNumbers = (list: unknown) =>
  Array.isArray(list) && list.every((value) => Number.isFinite(value));
