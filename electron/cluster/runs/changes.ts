// Retry, cancel and remove.
import type { Pool } from 'pg';
import { ClusterError } from '../database/clusterError.ts';
import { inTransaction } from '../database/pool.ts';
import type { Queue } from '../queue/queue.ts';
import { fillGaps } from './gaps.ts';
import { countsOf, type RunSetRow } from './runSets.ts';

/** Numbers deleted by one statement: the client gives up on a long one while the server goes on. */
const STEP = 10_000;

/**
 * Images that failed or have no job get a new job; a cancelled run set goes on. Resolves with the number of
 * images.
 */
export async function retryRunSet(
  pool: Pool,
  queue: Queue,
  runSet: RunSetRow,
  leaseSeconds: number,
): Promise<number> {
  // Deleted by hand, perhaps: nothing happens where it is there.
  await queue.create(runSet.id, leaseSeconds);
  await pool.query(
    `UPDATE salience.run_set SET state = 'open' WHERE id = $1 AND state = 'cancelled'`,
    [runSet.id],
  );
  await inTransaction(pool, async (client) => {
    await client.query('SELECT FROM salience.run_set WHERE id = $1 FOR UPDATE', [runSet.id]);
    await client.query('DELETE FROM salience.suspect WHERE run_set = $1', [runSet.id]);
    await client.query('DELETE FROM salience.result WHERE run_set = $1 AND failure IS NOT NULL', [
      runSet.id,
    ]);
  });
  return fillGaps(pool, queue, runSet);
}

/** No further image is begun; results stay. Workers learn of it at their next beat. */
export async function cancelRunSet(pool: Pool, { id, name, state }: RunSetRow): Promise<void> {
  if (state === 'cancelled')
    throw new ClusterError(`Run set ${id} "${name}" is cancelled already.`);
  await inTransaction(pool, async (client) => {
    await client.query(`UPDATE salience.run_set SET state = 'cancelled' WHERE id = $1`, [id]);
    await client.query(`DELETE FROM salience_queue.job WHERE name = $1 AND state < 'active'`, [
      `run-${id}`,
    ]);
  });
}

/** Deletes an idle run set with its results. `tell` receives the progress. */
export async function removeRunSet(
  pool: Pool,
  queue: Queue,
  runSet: RunSetRow,
  tell: (done: number, total: number) => void,
): Promise<void> {
  const { id, name, state, images } = runSet;
  const { open } = await countsOf(pool, runSet);
  if (state !== 'cancelled' && open > 0)
    throw new ClusterError(
      `Run set ${id} "${name}" has ${open} open images: "salience cluster cancel ${id}" first, then remove it.`,
    );
  // No worker may begin an image while the run set is being deleted.
  await pool.query(`UPDATE salience.run_set SET state = 'cancelled' WHERE id = $1`, [id]);
  await queue.drop(id);
  for (let from = 0; from < images; from += STEP) {
    const range = [id, from, from + STEP];
    for (const table of ['result', 'map', 'suspect', 'image'])
      await pool.query(
        `DELETE FROM salience.${table} WHERE run_set = $1 AND n >= $2 AND n < $3`,
        range,
      );
    tell(Math.min(images, from + STEP), images);
  }
  await pool.query('DELETE FROM salience.run_set WHERE id = $1', [id]);
}
