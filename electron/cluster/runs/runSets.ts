// Run sets by number or name, and how each stands.
import type { Pool } from 'pg';
import { ClusterError } from '../database/clusterError.ts';

export type RunState = 'listing' | 'open' | 'cancelled';

export interface RunSetRow {
  readonly id: number;
  readonly name: string;
  readonly state: RunState;
  readonly format: number;
  readonly request: unknown;
  readonly priority: number;
  /** How many images it has. */
  readonly images: number;
  readonly listedAfter: string | null;
}

const COLUMNS = `id, name, state, format, request, priority, next_n AS images, listed_after AS "listedAfter"`;

export async function listRunSets(pool: Pool): Promise<RunSetRow[]> {
  const { rows } = await pool.query<RunSetRow>(
    `SELECT ${COLUMNS} FROM salience.run_set ORDER BY id`,
  );
  return rows;
}

/** By its number, else by its name. Throws ClusterError when it is not there or two have the name. */
export async function findRunSet(pool: Pool, given: string): Promise<RunSetRow> {
  const number = /^\d{1,9}$/.test(given) ? Number(given) : -1;
  const { rows } = await pool.query<RunSetRow>(
    `SELECT ${COLUMNS} FROM salience.run_set WHERE id = $1 OR name = $2 ORDER BY id = $1 DESC, id`,
    [number, given],
  );
  const [first, second] = rows;
  if (!first)
    throw new ClusterError(
      `There is no run set "${given.slice(0, 200)}"; "salience cluster status" lists them.`,
    );
  if (first.id !== number && second)
    throw new ClusterError(
      `${rows.length} run sets have the name "${given.slice(0, 200)}": use the number, ${rows.map(({ id }) => id).join(' or ')}.`,
    );
  return first;
}

export interface Counts {
  readonly images: number;
  readonly done: number;
  readonly failed: number;
  readonly open: number;
}

/** From the tally and the index of failures: counting a million results takes a second. */
export async function countsOf(pool: Pool, { id }: Pick<RunSetRow, 'id'>): Promise<Counts> {
  const { rows } = await pool.query<{ images: number; done: string; failed: string }>(
    `SELECT (SELECT next_n FROM salience.run_set WHERE id = $1) AS images,
       (SELECT coalesce(sum(done), 0) FROM salience.tally WHERE run_set = $1) AS done,
       (SELECT count(*) FROM salience.result WHERE run_set = $1 AND failure IS NOT NULL) AS failed`,
    [id],
  );
  const row = rows[0];
  const [images, done, failed] = [row?.images ?? 0, Number(row?.done), Number(row?.failed)];
  return { images, done, failed, open: images - done - failed };
}
