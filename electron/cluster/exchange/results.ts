// Results of a run set in the order of image numbers, by pages: no snapshot is held, so reading survives a
// restart.
import type { Pool } from 'pg';
import { ClusterError } from '../database/clusterError.ts';
import { untilItAnswers, type Patience } from '../database/outage.ts';
import { unpackMaps } from '../order/mapsBlob.ts';
import { foundOf, type FoundMasks, type ResultRow } from '../order/record.ts';
import { pathFault } from '../source/listed.ts';

export interface StoredResult {
  readonly n: number;
  readonly path: string;
  readonly found: FoundMasks;
}

export interface NumberRange {
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

const PAGE = 1000;

// Both tables get the range: with LIMIT alone the planner starts the join at image's first row.
const RESULTS = `
SELECT i.n, i.path, r.width, r.height, r.hash, r.masks, r.facts
FROM salience.image i JOIN salience.result r ON r.run_set = i.run_set AND r.n = i.n
WHERE i.run_set = $1 AND i.n >= $2 AND i.n < $3 AND r.run_set = $1 AND r.n >= $2 AND r.n < $3
  AND r.failure IS NULL
ORDER BY i.n`;

type Row = ResultRow & { readonly n: number; readonly path: string };

/** Images that were done well. Throws ClusterError for a row that Salience has not made. */
export async function* storedResults(
  pool: Pool,
  runSet: number,
  { from, to }: NumberRange,
  patience: Patience,
): AsyncGenerator<StoredResult> {
  for (let at = from; at < to; at += PAGE) {
    const { rows } = await untilItAnswers(
      () => pool.query<Row>(RESULTS, [runSet, at, Math.min(to, at + PAGE)]),
      patience,
    );
    for (const row of rows) yield resultOf(runSet, row);
  }
}

/**
 * Unpacked maps of one image; null where none are stored. Throws ClusterError for bytes that Salience did not
 * write.
 */
export async function storedMaps(pool: Pool, runSet: number, n: number): Promise<Buffer | null> {
  const { rows } = await pool.query<{ data: Buffer }>(
    'SELECT data FROM salience.map WHERE run_set = $1 AND n = $2',
    [runSet, n],
  );
  if (!rows[0]) return null;
  try {
    return await unpackMaps(rows[0].data);
  } catch (cause) {
    throw new ClusterError(
      `The maps of image ${n} of run set ${runSet} were not made by Salience. Nothing further is pulled.`,
      { cause },
    );
  }
}

function resultOf(runSet: number, row: Row): StoredResult {
  const { n, path } = row;
  try {
    if (pathFault(path) !== null) throw new RangeError('its path leaves its root');
    return { n, path, found: foundOf(row) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ClusterError(
      `The result of ${JSON.stringify(path.slice(0, 300))} (image ${n} of run set ${runSet}) was not made by Salience: ${why}.`,
      { cause },
    );
  }
}
