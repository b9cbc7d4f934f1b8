// pg-boss over the program's own pool, with every default replaced that would lose or repeat work.
import type { Pool } from 'pg';
import type { PgBoss } from 'pg-boss';
import { ClusterError } from '../database/clusterError.ts';
import { loadPgBoss } from '../database/libraries.ts';

const QUEUE_NAMESPACE = 'salience_queue';

export interface BossOptions {
  /** Makes or updates the queue's schema; only a submit may. */
  readonly migrate?: boolean;
  /** Looks for jobs of dead workers each so many seconds; left out, this process does not look. */
  readonly sweepSeconds?: number;
  readonly onError: (error: unknown) => void;
}

/** Starts pg-boss. `stop` ends it; the pool stays open for its caller. */
export async function startBoss(pool: Pool, options: BossOptions): Promise<PgBoss> {
  const { PgBoss: Boss } = await loadPgBoss();
  const { migrate = false, sweepSeconds } = options;
  const boss = new Boss({
    // The pool throws a client away whose query failed: a sweep that fails half way leaves no open transaction.
    db: { executeSql: (text, values) => pool.query(text, values as unknown[] | undefined) },
    schema: QUEUE_NAMESPACE,
    migrate,
    createSchema: migrate,
    schedule: false,
    supervise: sweepSeconds !== undefined,
    ...(sweepSeconds === undefined
      ? {}
      : { superviseIntervalSeconds: sweepSeconds, monitorIntervalSeconds: sweepSeconds }),
    registerInstance: false,
    persistQueueStats: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', options.onError);
  try {
    await boss.start();
  } catch (error) {
    if (error instanceof Error && /requires migrations|not installed/.test(error.message))
      throw new ClusterError(
        'The queue in this database is of another version than this Salience knows. Run "salience cluster submit" once with the newest Salience that is used here, and workers of the same version.',
        { cause: error },
      );
    throw error;
  }
  return boss;
}
