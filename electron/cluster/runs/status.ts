// How run sets stand and who works on them. Numbers come from the tally and from what waits in the queue.
import type { Pool } from 'pg';
import { countsOf, type Counts, type RunSetRow } from './runSets.ts';

export interface WorkerStatus {
  readonly id: number;
  readonly host: string;
  readonly pid: number;
  /** What it was asked to run on, and what really runs once an image is done. */
  readonly device: string;
  readonly running: string | null;
  readonly imagesPerSecond: number;
  readonly done: number;
  readonly failed: number;
  readonly secondsSilent: number;
}

export interface RunStatus extends Counts {
  readonly id: number;
  readonly name: string;
  readonly state: RunSetRow['state'];
  readonly failures: { readonly [kind: string]: number };
  readonly imagesPerSecond: number;
  readonly secondsLeft: number | null;
  /** Jobs that are held, and the seconds since the beat of the most silent holder. */
  readonly held: number;
  readonly oldestLeaseSeconds: number | null;
  readonly workers: readonly WorkerStatus[];
  /** Bytes of the maps that are kept, from a hundred of them; 0 where none are. */
  readonly mapBytes: number;
}

/** Rates are those of the last minutes. */
const WINDOW = '5 minutes';
/** A worker that has been silent for longer and holds nothing is not listed. */
const SHOWN = '10 minutes';

const WORKERS = `
SELECT w.id, w.host, w.pid, w.device,
  (SELECT detail FROM salience.event e WHERE e.worker = w.id AND e.kind = 'device' ORDER BY e.id DESC LIMIT 1) AS running,
  sum(t.done)::int AS done, sum(t.failed)::int AS failed,
  extract(epoch FROM now() - w.beat_at)::float8 AS silent, w.ended_at IS NOT NULL AS ended,
  coalesce(sum(t.done + t.failed) FILTER (WHERE t.minute > now() - interval '${WINDOW}'), 0)::float8
    / greatest(1, extract(epoch FROM least(now(), coalesce(w.ended_at, now())) - greatest(w.started_at,
        min(t.minute) FILTER (WHERE t.minute > now() - interval '${WINDOW}')))::float8) AS rate
FROM salience.worker w JOIN salience.tally t ON t.worker = w.id AND t.run_set = $1
WHERE w.beat_at > now() - interval '${SHOWN}'
GROUP BY w.id ORDER BY w.id`;

interface WorkerRow {
  readonly id: number;
  readonly host: string;
  readonly pid: number;
  readonly device: string;
  readonly running: string | null;
  readonly done: number;
  readonly failed: number;
  readonly silent: number;
  readonly ended: boolean;
  readonly rate: number | null;
}

export async function statusOf(pool: Pool, runSet: RunSetRow): Promise<RunStatus> {
  const { id, name, state } = runSet;
  const counts = await countsOf(pool, runSet);
  const failures = await pool.query<{ failure: string; n: string }>(
    `SELECT failure, count(*) AS n FROM salience.result
     WHERE run_set = $1 AND failure IS NOT NULL GROUP BY failure ORDER BY failure`,
    [id],
  );
  const jobs = await pool.query<{ held: string; oldest: number | null }>(
    `SELECT count(*) AS held,
       max(extract(epoch FROM now() - coalesce(heartbeat_on, started_on)))::float8 AS oldest
     FROM salience_queue.job WHERE name = $1 AND state = 'active'`,
    [`run-${id}`],
  );
  const workers = await pool.query<WorkerRow>(WORKERS, [id]);
  const maps = await pool.query<{ bytes: number | null }>(
    `SELECT avg(octet_length(data))::float8 AS bytes
     FROM (SELECT data FROM salience.map WHERE run_set = $1 LIMIT 100) AS kept`,
    [id],
  );
  const active = workers.rows.filter(({ ended }) => !ended);
  const rate = active.reduce((sum, worker) => sum + (worker.rate ?? 0), 0);
  return {
    id,
    name,
    state,
    ...counts,
    failures: Object.fromEntries(failures.rows.map(({ failure, n }) => [failure, Number(n)])),
    imagesPerSecond: rate,
    secondsLeft: rate > 0 && counts.open > 0 ? counts.open / rate : null,
    held: Number(jobs.rows[0]?.held),
    mapBytes: Math.round((maps.rows[0]?.bytes ?? 0) * counts.done),
    oldestLeaseSeconds: jobs.rows[0]?.oldest ?? null,
    workers: active.map(({ silent, ended: _ended, rate: own, ...worker }) => ({
      ...worker,
      imagesPerSecond: own ?? 0,
      secondsSilent: silent,
    })),
  };
}
