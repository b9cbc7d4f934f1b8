// The statements of a worker. Each may be repeated: a commit whose answer was lost is simply done again.
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/pool.ts';
import { columnsOf, type ImageRecord } from '../order/record.ts';
import type { ClaimedJob, Queue, Range } from '../queue/queue.ts';
import type { RowImage } from './images.ts';

export interface WorkerFacts {
  readonly host: string;
  readonly device: string;
  readonly version: string;
}

export async function registerWorker(pool: Pool, facts: WorkerFacts): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    'INSERT INTO salience.worker (host, pid, device, version) VALUES ($1, $2, $3, $4) RETURNING id',
    [facts.host.slice(0, 255), process.pid, facts.device.slice(0, 200), facts.version],
  );
  return rows[0]!.id;
}

export const markBeat = (pool: Pool, worker: number) =>
  pool.query('UPDATE salience.worker SET beat_at = now() WHERE id = $1', [worker]);

export const markEnd = (pool: Pool, worker: number) =>
  pool.query('UPDATE salience.worker SET beat_at = now(), ended_at = now() WHERE id = $1', [
    worker,
  ]);

export interface NewEvent {
  readonly kind: string;
  readonly detail: string;
  readonly runSet?: number;
  readonly worker?: number;
}

export const addEvent = (pool: Pool, { kind, detail, runSet, worker }: NewEvent) =>
  pool.query('INSERT INTO salience.event (run_set, worker, kind, detail) VALUES ($1, $2, $3, $4)', [
    runSet ?? null,
    worker ?? null,
    kind,
    detail.replaceAll('\0', '').slice(0, 2000),
  ]);

/**
 * OFFSET 0 keeps the two index scans of each job: joined freely, the planner hashes all images and results of the
 * set for every claim, 560 ms instead of 0.2 at 300,000 images.
 */
const OPEN_IMAGES = `
SELECT j.job::int, i.n, i.root, i.path, i.bytes, i.stamp
FROM unnest($2::int[], $3::int[]) WITH ORDINALITY AS j (first, last, job)
CROSS JOIN LATERAL (
  SELECT own.* FROM (
    SELECT n, root, path, bytes, stamp FROM salience.image WHERE run_set = $1 AND n BETWEEN j.first AND j.last
    OFFSET 0) own
  WHERE NOT EXISTS (SELECT FROM salience.result r WHERE r.run_set = $1 AND r.n = own.n OFFSET 0)) i
ORDER BY n`;

/** Images of each job that have no result. */
export async function openImages(
  pool: Pick<Pool, 'query'>,
  runSet: number,
  jobs: readonly Range[],
): Promise<RowImage[][]> {
  const { rows } = await pool.query<Omit<RowImage, 'bytes'> & { bytes: string; job: number }>(
    OPEN_IMAGES,
    [runSet, jobs.map(({ first }) => first), jobs.map(({ last }) => last)],
  );
  const images = jobs.map((): RowImage[] => []);
  // Ordinals begin at 1.
  for (const { job, ...row } of rows) images[job - 1]?.push({ ...row, bytes: Number(row.bytes) });
  return images;
}

// No check of the holder: a result is the same whoever made it, and the primary key stores it once.
const ADD_RESULTS = `
WITH fresh AS (
  INSERT INTO salience.result (run_set, worker, n, ms, width, height, failure, detail, hash, masks, facts)
  SELECT $1::int, $2::int, * FROM unnest($3::int[], $4::int[], $5::int[], $6::int[], $7::text[], $8::text[],
    $9::bytea[], $10::bytea[], $11::jsonb[])
  ON CONFLICT (run_set, n) DO NOTHING
  RETURNING failure, ms),
maps AS (
  INSERT INTO salience.map (run_set, n, data)
  SELECT $1::int, n, data FROM unnest($3::int[], $12::bytea[]) AS one (n, data) WHERE data IS NOT NULL
  ON CONFLICT (run_set, n) DO NOTHING)
INSERT INTO salience.tally AS own (run_set, worker, minute, done, failed, busy_ms)
SELECT $1::int, $2::int, date_trunc('minute', now()), count(*) FILTER (WHERE failure IS NULL),
  count(*) FILTER (WHERE failure IS NOT NULL), coalesce(sum(ms), 0)
FROM fresh HAVING count(*) > 0
ON CONFLICT (run_set, worker, minute) DO UPDATE SET done = own.done + EXCLUDED.done,
  failed = own.failed + EXCLUDED.failed, busy_ms = own.busy_ms + EXCLUDED.busy_ms`;

export interface Delivery {
  readonly runSet: number;
  readonly worker: number;
  readonly records: readonly ImageRecord[];
}

/** Stores results and what they add to the tally, in one statement. */
export async function addResults(
  client: Pick<PoolClient, 'query'>,
  { runSet, worker, records }: Delivery,
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(columnsOf);
  await client.query(ADD_RESULTS, [
    runSet,
    worker,
    ...(
      ['n', 'ms', 'width', 'height', 'failure', 'detail', 'hash', 'masks', 'facts', 'maps'] as const
    ).map((column) => rows.map((row) => row[column])),
  ]);
}

const HAS_OPEN = `
SELECT EXISTS (SELECT FROM salience.image i WHERE i.run_set = $1 AND i.n BETWEEN $2 AND $3
  AND NOT EXISTS (SELECT FROM salience.result r WHERE r.run_set = $1 AND r.n = i.n OFFSET 0)) AS open`;

/**
 * The last results of a job and its end are one transaction. A job with an image that has no result is not
 * over, whatever its holder believes: it goes back to the queue.
 */
export async function endJob(
  pool: Pool,
  queue: Queue,
  delivery: Delivery,
  job: ClaimedJob,
): Promise<void> {
  const { runSet } = delivery;
  await inTransaction(pool, async (client) => {
    await addResults(client, delivery);
    if (job.isCareful)
      await client.query(
        'DELETE FROM salience.suspect WHERE run_set = $1 AND n BETWEEN $2 AND $3',
        [runSet, job.first, job.last],
      );
    const { rows } = await client.query<{ open: boolean }>(HAS_OPEN, [runSet, job.first, job.last]);
    if (rows[0]?.open) await queue.handBack(runSet, [job], client);
    else await queue.complete(client, runSet, job);
  });
}

/** Counts how often a worker fell silent while only this image was in flight; committed before the image runs. */
export async function suspect(pool: Pool, runSet: number, n: number): Promise<number> {
  const { rows } = await pool.query<{ deaths: number }>(
    `INSERT INTO salience.suspect AS own (run_set, n, deaths) VALUES ($1, $2, 1)
     ON CONFLICT (run_set, n) DO UPDATE SET deaths = own.deaths + 1 RETURNING deaths`,
    [runSet, n],
  );
  return rows[0]!.deaths;
}

/** Takes one count back: the worker did not fall silent, it gave the image back. */
export async function acquit(pool: Pool, runSet: number, n: number): Promise<void> {
  const { rowCount } = await pool.query(
    'UPDATE salience.suspect SET deaths = deaths - 1 WHERE run_set = $1 AND n = $2 AND deaths > 1',
    [runSet, n],
  );
  if (!rowCount)
    await pool.query('DELETE FROM salience.suspect WHERE run_set = $1 AND n = $2', [runSet, n]);
}

/** Whether an image of the run set may still be worked on: somebody has a job or one waits, or it is being listed. */
export async function hasOpenJobs(pool: Pool, runSets: readonly number[]): Promise<boolean> {
  const { rows } = await pool.query<{ open: boolean }>(
    `SELECT EXISTS (SELECT FROM salience.run_set WHERE id = ANY($1) AND state = 'listing')
       OR EXISTS (SELECT FROM salience_queue.job WHERE name = ANY($2) AND state < 'completed') AS open`,
    [runSets, runSets.map((id) => `run-${id}`)],
  );
  return rows[0]?.open ?? false;
}

/** Those of the run sets that were cancelled or removed. */
export async function cancelledOf(pool: Pool, runSets: readonly number[]): Promise<Set<number>> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT id FROM salience.run_set WHERE id = ANY($1) AND state <> 'cancelled'`,
    [runSets],
  );
  const going = new Set(rows.map(({ id }) => id));
  return new Set(runSets.filter((id) => !going.has(id)));
}
