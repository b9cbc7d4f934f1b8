// Images that have neither a result nor a job get one: a queue that was emptied, deleted or cancelled is rebuilt.
import type { Pool } from 'pg';
import { inTransaction } from '../database/pool.ts';
import { rangesOf, type Queue } from '../queue/queue.ts';

/** Numbers looked at in one transaction. */
const STEP = 50_000;

const OPEN = `
WITH live AS (
  SELECT generate_series((data->>'first')::int, (data->>'last')::int) AS n
  FROM salience_queue.job
  WHERE name = $4 AND state < 'completed'
    AND (data->>'last')::int >= $2 AND (data->>'first')::int < $3)
SELECT i.n FROM salience.image i
WHERE i.run_set = $1 AND i.n >= $2 AND i.n < $3
  AND NOT EXISTS (
    SELECT FROM salience.result r WHERE r.run_set = $1 AND r.n >= $2 AND r.n < $3 AND r.n = i.n)
  AND NOT EXISTS (SELECT FROM live WHERE live.n = i.n)
ORDER BY i.n`;

/** Adds the jobs that are missing; resolves with how many images were without. */
export async function fillGaps(
  pool: Pool,
  queue: Queue,
  { id, priority }: { readonly id: number; readonly priority: number },
): Promise<number> {
  let filled = 0;
  for (let from = 0; ; from += STEP) {
    const { found, isLast } = await inTransaction(pool, async (client) => {
      // Two searches for gaps take turns, so that no image gets two jobs.
      const { rows } = await client.query<{ next_n: number; state: string }>(
        'SELECT next_n, state FROM salience.run_set WHERE id = $1 FOR UPDATE',
        [id],
      );
      const { next_n: next = 0, state } = rows[0] ?? {};
      if (from >= next || state === 'cancelled') return { found: 0, isLast: true };
      const open = await client.query<{ n: number }>(OPEN, [id, from, from + STEP, `run-${id}`]);
      const numbers = open.rows.map(({ n }) => n);
      await queue.add(client, id, { ranges: rangesOf(numbers), priority });
      return { found: numbers.length, isLast: false };
    });
    if (isLast) return filled;
    filled += found;
  }
}
