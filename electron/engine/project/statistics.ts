// Figures per class: read from the counters that the database keeps, or, for some of the images only,
// counted from a narrow index in steps that let other work in between. No mask is read.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ClassStatistics } from '../../api/methods/project.ts';
import type { CategoryId, ImageId } from '../../api/types.ts';
import type { ImageFilter } from '../../api/job.ts';
import { MATCH_BINS, matchBinSql, SIZE_BINS, sizeBinSql } from './database/figureSchema.ts';
import { imageIds } from './images/images.ts';
import { ORIGIN_CODES, STATUS_CODES } from './database/schema.ts';
import type { Store } from './database/store.ts';

/** Images counted before the event loop gets its turn. */
const IMAGES_PER_TURN = 500;

/** Annotations that are alike in everything that is counted. */
interface Figure {
  readonly category_id: number;
  readonly status: number;
  readonly origin: number;
  readonly edited: number;
  readonly size: number;
  /** -1 = no match. */
  readonly match: number;
  readonly n: number;
  readonly pixels: number;
}

type Tally = { -readonly [K in keyof Omit<ClassStatistics, 'categoryId'>]: ClassStatistics[K] } & {
  sizes: number[];
  matches: number[];
};

/** One entry per class of the list, also for classes without annotations. */
export async function classStatistics(
  store: Store,
  filter: ImageFilter,
): Promise<ClassStatistics[]> {
  const tallies =
    Object.keys(filter).length === 0
      ? keptTallies(store)
      : await countedTallies(store, imageIds(store, filter));
  return store
    .all<{ id: CategoryId }>('SELECT id FROM category WHERE removed = 0 ORDER BY position, id')
    .map(({ id }) => ({ categoryId: id, ...(tallies.get(id) ?? emptyTally()) }));
}

function keptTallies(store: Store): Map<number, Tally> {
  const tallies = new Map<number, Tally>();
  for (const figure of store.all<Figure>('SELECT * FROM class_figure WHERE n > 0'))
    addFigure(tallies, figure);
  for (const { category_id, n } of store.all<{ category_id: number; n: number }>(
    'SELECT category_id, n FROM class_images',
  ))
    tallyOf(tallies, category_id).images = n;
  return tallies;
}

async function countedTallies(store: Store, ids: readonly ImageId[]): Promise<Map<number, Tally>> {
  const tallies = new Map<number, Tally>();
  /** The image that last counted for a class: rows come image by image. */
  const lastImage = new Map<number, number>();
  for (let from = 0; from < ids.length; from += IMAGES_PER_TURN) {
    const rows = store.all<Figure & { image_id: number }>(
      `SELECT image_id, category_id, status, origin, edited, ${sizeBinSql('area')} AS size,
         ${matchBinSql('match')} AS match, 1 AS n, area AS pixels
       FROM annotation WHERE image_id IN (SELECT value FROM json_each(?)) ORDER BY image_id`,
      JSON.stringify(ids.slice(from, from + IMAGES_PER_TURN)),
    );
    for (const row of rows) {
      const tally = addFigure(tallies, row);
      if (row.status !== STATUS_CODES.accepted) continue;
      if (lastImage.get(row.category_id) === row.image_id) continue;
      lastImage.set(row.category_id, row.image_id);
      tally.images += 1;
    }
    await nextTurn();
  }
  return tallies;
}

function addFigure(tallies: Map<number, Tally>, figure: Figure): Tally {
  const { status, origin, edited, size, match, n, pixels } = figure;
  const tally = tallyOf(tallies, figure.category_id);
  if (match >= 0) tally.matches[match] = tally.matches[match]! + n;
  if (status === STATUS_CODES.proposal) tally.pending += n;
  if (status === STATUS_CODES.rejected) tally.rejected += n;
  if (status !== STATUS_CODES.accepted) return tally;
  tally.annotations += n;
  tally.pixels += pixels;
  tally.sizes[size] = tally.sizes[size]! + n;
  if (origin !== ORIGIN_CODES.model) return tally;
  if (edited === 1) tally.edited += n;
  else tally.acceptedAsIs += n;
  return tally;
}

function tallyOf(tallies: Map<number, Tally>, categoryId: number): Tally {
  let tally = tallies.get(categoryId);
  if (!tally) tallies.set(categoryId, (tally = emptyTally()));
  return tally;
}

const emptyTally = (): Tally => ({
  annotations: 0,
  images: 0,
  pixels: 0,
  acceptedAsIs: 0,
  edited: 0,
  rejected: 0,
  pending: 0,
  sizes: new Array<number>(SIZE_BINS).fill(0),
  matches: new Array<number>(MATCH_BINS).fill(0),
});
