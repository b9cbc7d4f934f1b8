// What the model said of an image, kept beside the annotations; its maps lie in the cache by run id.
import { AppError } from '../../api/errors.ts';
import type { CategoryId, ImageId, RunId } from '../../api/types.ts';
import type { ClassResult, RunSummary } from '../../api/run.ts';
import { pnp } from '../../link/engines/pnp.ts';
import type { Store } from './database/store.ts';
import { storedJson } from './database/storedJson.ts';

/** A summary without what depends on the present state of the project. */
export type StoredRun = Omit<RunSummary, 'stale'> & {
  readonly packHash: string;
  /** What each class was asked as. */
  readonly words: { readonly [categoryId: number]: string };
  /** Where the maps lie in the cache. */
  readonly cacheKey: string;
};

/** The time of a run that is nobody's latest. */
export const BEFORE_ALL = '';

/** Runs kept per image: enough to compare, bounded for large projects. */
const RUNS_PER_IMAGE = 5;

/** What is kept per class of the masks that a run gave. */
export interface RunMasks {
  /** That the masks were made with. */
  readonly thresholds: ReadonlyMap<CategoryId, number>;
  /** How they look (review/looks.ts); a class that is left out keeps what it had. */
  readonly looks: ReadonlyMap<CategoryId, Uint8Array>;
}

/** Stores or replaces a run. */
export function saveRun(
  store: Store,
  run: StoredRun,
  { thresholds, looks }: RunMasks,
  at: string,
): void {
  store.relaxed(() => {
    store.run(
      `INSERT INTO run(id, image_id, pack_id, pack_hash, at, summary) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT(id) DO UPDATE SET at = excluded.at, summary = excluded.summary`,
      run.runId,
      run.imageId,
      run.packId,
      run.packHash,
      at,
      JSON.stringify(run),
    );
    for (const result of run.classes)
      store.run(
        `INSERT INTO run_class(run_id, category_id, threshold, histogram, looks) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT(category_id, run_id) DO UPDATE SET threshold = excluded.threshold,
           histogram = excluded.histogram, looks = coalesce(excluded.looks, looks)`,
        run.runId,
        result.categoryId,
        thresholds.get(result.categoryId) ?? 0,
        encodeHistogram(result),
        looks.get(result.categoryId) ?? null,
      );
    const old = store.all<{ id: string }>(
      `SELECT id FROM run WHERE image_id = ? AND id <> ? AND id NOT IN
         (SELECT run_id FROM annotation WHERE image_id = ? AND run_id IS NOT NULL)
       ORDER BY at DESC LIMIT -1 OFFSET ${RUNS_PER_IMAGE - 1}`,
      run.imageId,
      run.runId,
      run.imageId,
    );
    for (const { id } of old) {
      store.run('DELETE FROM run_class WHERE run_id = ?', id);
      store.run('DELETE FROM run WHERE id = ?', id);
    }
  });
}

/** Runs that are looked through for times. */
const RUNS_LOOKED_AT = 200;

/** Milliseconds of each engine's latest run, all stages together. */
export function latestTimes(store: Store): Map<string, number> {
  const rows = store.all<{ summary: string }>(
    `SELECT summary FROM run ORDER BY at DESC LIMIT ${RUNS_LOOKED_AT}`,
  );
  const times = new Map<string, number>();
  for (const { engine, milliseconds } of rows.map(({ summary }) => storedRun(summary))) {
    const all = Object.values(milliseconds).reduce((sum, ms) => sum + ms, 0);
    if (!times.has(engine)) times.set(engine, all);
  }
  return times;
}

/** The latest run on an image, or null. */
export function latestRun(store: Store, imageId: ImageId): StoredRun | null {
  const row = store.get<{ summary: string }>(
    'SELECT summary FROM run WHERE image_id = ? AND at <> ? ORDER BY at DESC LIMIT 1',
    imageId,
    BEFORE_ALL,
  );
  return row ? storedRun(row.summary) : null;
}

export const isStored = (store: Store, id: RunId): boolean =>
  store.get('SELECT 1 FROM run WHERE id = ?', id) !== undefined;

/** Throws RUN_UNKNOWN. */
export function runById(store: Store, id: RunId): StoredRun {
  const row = store.get<{ summary: string }>('SELECT summary FROM run WHERE id = ?', id);
  if (!row)
    throw new AppError('RUN_UNKNOWN', 'That run is not kept any more. Run the image again.');
  return storedRun(row.summary);
}

/** Summaries of programs with one engine name none; their runs had everything. */
function storedRun(summary: string): StoredRun {
  const run = storedJson<StoredRun>(summary, 'object', 'the summary of a run');
  return { ...FIRST, ...run };
}

const FIRST: Pick<StoredRun, 'engine' | 'evidence'> = {
  engine: pnp.id,
  evidence: pnp.evidence,
};

/** Patches per histogram bin as u16; a patch grid has at most 96 x 96 patches. */
function encodeHistogram(result: ClassResult): Uint8Array {
  const bins = new Uint16Array(result.histogram.map((count) => Math.min(65_535, count)));
  return new Uint8Array(bins.buffer);
}

/** Bins of a stored histogram. */
export function decodeHistogram(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.slice().buffer, 0, bytes.length >> 1);
}

/** Images whose latest run says how their file was read: the first `most` in name order, and how many. */
export function imagesWithNotes(
  store: Store,
  most: number,
): { images: { name: string; notes: readonly string[] }[]; all: number } {
  const noted = `FROM run JOIN image ON image.id = run.image_id
    WHERE json_extract(run.summary, '$.imageNotes') IS NOT NULL`;
  const rows = store.all<{ name: string; notes: string }>(
    `SELECT image.name AS name, json_extract(run.summary, '$.imageNotes') AS notes ${noted}
     GROUP BY image.id HAVING run.at = max(run.at) ORDER BY image.sort LIMIT ?`,
    most,
  );
  return {
    images: rows.map(({ name, notes }) => ({ name, notes: JSON.parse(notes) as string[] })),
    all: store.get<{ n: number }>(`SELECT count(DISTINCT image.id) AS n ${noted}`)!.n,
  };
}
