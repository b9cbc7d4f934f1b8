// Brings both schemas, the program's and the queue's, to the version that this program knows, one program at a
// time. A newer schema is refused.
import type { Pool } from 'pg';
import { ClusterError } from '../database/clusterError.ts';
import { GROUND, MIGRATIONS } from './tables.ts';
import { grantWorkerRole } from './roles.ts';

/** The number of the queue's own schema in the pinned pg-boss; it compares for equality. */
export const QUEUE_SCHEMA = 46;

/** One number of this program among all advisory locks of a database. */
const LOCK = 0x5a11e9ce;

interface Taken {
  readonly version: number;
  readonly salience: string;
  readonly queue: number;
}

/** What is there; null before the first submit. */
async function takenSchema(pool: Pick<Pool, 'query'>): Promise<Taken | null> {
  const { rows } = await pool.query<{ there: boolean }>(
    `SELECT to_regclass('salience.migration') IS NOT NULL AS there`,
  );
  if (!rows[0]?.there) return null;
  const taken = await pool.query<Taken>(
    'SELECT version, salience, queue FROM salience.migration ORDER BY version DESC LIMIT 1',
  );
  return taken.rows[0] ?? null;
}

function refuseNewer(taken: Taken): void {
  if (taken.version <= MIGRATIONS.length && taken.queue <= QUEUE_SCHEMA) return;
  const what =
    taken.version > MIGRATIONS.length
      ? `schema is of version ${taken.version}, this Salience knows up to ${MIGRATIONS.length}`
      : `queue is of version ${taken.queue}, this Salience knows up to ${QUEUE_SCHEMA}`;
  throw new ClusterError(
    `The database's ${what}. Use Salience ${taken.salience.slice(0, 40)} or newer.`,
  );
}

const isPresent = (taken: Taken | null): boolean =>
  taken?.version === MIGRATIONS.length && taken.queue === QUEUE_SCHEMA;

/**
 * The check of workers and queries: throws ClusterError unless the schema is exactly the one that this program
 * knows.
 */
export async function requireSchema(pool: Pool): Promise<void> {
  const taken = await takenSchema(pool);
  if (taken) refuseNewer(taken);
  if (isPresent(taken)) return;
  throw new ClusterError(
    taken === null
      ? 'There is nothing of Salience in this database yet. "salience cluster submit" makes it.'
      : 'The schema in this database is older than this Salience. Run "salience cluster submit" once with this version to bring it up to date.',
  );
}

/** Makes or updates both schemas; `queueSchema` is what makes the queue's. Resolves with notes for a person. */
export async function migrate(
  pool: Pool,
  { version, queueSchema }: { readonly version: string; readonly queueSchema: () => Promise<void> },
): Promise<string[]> {
  const before = await takenSchema(pool);
  if (before) refuseNewer(before);
  if (isPresent(before)) return [];
  const client = await pool.connect();
  try {
    await client.query(`SET lock_timeout = '120s'`);
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const taken = await takenSchema(client);
    if (taken) refuseNewer(taken);
    if (isPresent(taken)) return [];
    await queueSchema();
    await client.query('BEGIN');
    await client.query(GROUND);
    for (let number = (taken?.version ?? 0) + 1; number <= MIGRATIONS.length; number += 1)
      await client.query(MIGRATIONS[number - 1]!);
    await client.query(
      `INSERT INTO salience.migration (version, salience, queue) VALUES ($1, $2, $3)
       ON CONFLICT (version) DO UPDATE SET queue = EXCLUDED.queue, salience = EXCLUDED.salience`,
      [MIGRATIONS.length, version, QUEUE_SCHEMA],
    );
    await client.query('COMMIT');
    const granted = await grantWorkerRole(pool);
    return granted
      ? []
      : ['The role salience_worker could not be made; workers need the rights of this user.'];
  } finally {
    // The lock and the settings end with the connection.
    client.release(true);
  }
}
