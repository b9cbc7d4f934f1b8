// The role of workers: it may read, add results and beat, and can neither change what is there nor make tables.
import type { Pool } from 'pg';

export const WORKER_ROLE = 'salience_worker';

const GRANTS = `
GRANT USAGE ON SCHEMA salience, salience_queue TO ${WORKER_ROLE};
GRANT SELECT ON ALL TABLES IN SCHEMA salience TO ${WORKER_ROLE};
GRANT INSERT ON salience.result, salience.map, salience.worker, salience.event, salience.suspect, salience.tally TO ${WORKER_ROLE};
GRANT UPDATE (beat_at, ended_at) ON salience.worker TO ${WORKER_ROLE};
GRANT UPDATE (deaths), DELETE ON salience.suspect TO ${WORKER_ROLE};
GRANT UPDATE ON salience.tally TO ${WORKER_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA salience_queue TO ${WORKER_ROLE};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA salience_queue TO ${WORKER_ROLE};`;

/** Makes the role where this connection may, and gives it its rights. False where it may not. */
export async function grantWorkerRole(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean; may: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS there,
       (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS may`,
    [WORKER_ROLE],
  );
  const { there = false, may = false } = rows[0] ?? {};
  if (!there && !may) return false;
  if (!there) await pool.query(`CREATE ROLE ${WORKER_ROLE} NOLOGIN`);
  await pool.query(GRANTS);
  return true;
}
