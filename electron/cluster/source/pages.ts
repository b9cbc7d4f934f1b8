// Pages of a listing into the database: images, their jobs and the resume mark are one transaction, so a submit
// that was killed goes on where it was and two at once take turns.
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/pool.ts';
import { loadCopyStreams } from '../database/libraries.ts';
import { JOB_IMAGES, type Queue, type Range } from '../queue/queue.ts';
import { imageKey, type ListedImage } from './listed.ts';

export interface Page {
  readonly images: readonly ListedImage[];
  /** Path that the next page begins behind; null when the walk starts over each time. */
  readonly mark: string | null;
}

export interface PageTarget {
  readonly runSet: number;
  readonly root: string;
  readonly priority: number;
}

const LISTING = `CREATE TEMPORARY TABLE IF NOT EXISTS listing (at int, key uuid, bytes bigint, path text, stamp text)
  ON COMMIT DELETE ROWS`;

const ADD_NEW = `
WITH fresh AS (
  SELECT DISTINCT ON (key) at, key, bytes, path, stamp FROM listing
  WHERE NOT EXISTS (SELECT FROM salience.image i WHERE i.run_set = $1 AND i.key = listing.key)
  ORDER BY key, at)
INSERT INTO salience.image (run_set, n, key, bytes, root, path, stamp)
SELECT $1, $2 + row_number() OVER (ORDER BY at) - 1, key, bytes, $3, path, stamp FROM fresh`;

/** Adds what is new of a page; resolves with how many images that were. */
export async function addPage(
  pool: Pool,
  queue: Queue,
  target: PageTarget,
  page: Page,
): Promise<number> {
  const { runSet, root, priority } = target;
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ next_n: number }>(
      'SELECT next_n FROM salience.run_set WHERE id = $1 FOR UPDATE',
      [runSet],
    );
    const next = rows[0]?.next_n ?? 0;
    await copyListing(client, root, page.images);
    const { rowCount } = await client.query(ADD_NEW, [runSet, next, root]);
    const added = rowCount ?? 0;
    await queue.add(client, runSet, { ranges: jobsOf(next, added), priority });
    await client.query(
      'UPDATE salience.run_set SET next_n = $2, listed_after = coalesce($3, listed_after) WHERE id = $1',
      [runSet, next + added, page.mark],
    );
    return added;
  });
}

async function copyListing(
  client: PoolClient,
  root: string,
  images: readonly ListedImage[],
): Promise<void> {
  const { from } = await loadCopyStreams();
  await client.query(LISTING);
  const rows = images.map((image, at) =>
    [at, imageKey(root, image), image.bytes, copyText(image.path), copyText(image.stamp)].join(
      '\t',
    ),
  );
  const copy = client.query(from('COPY listing FROM STDIN'));
  await pipeline(Readable.from(rows.length > 0 ? [`${rows.join('\n')}\n`] : []), copy);
}

/** A value in COPY's text form. */
const copyText = (text: string): string =>
  text.replace(/[\\\t\n\r\b\f\v]/g, (letter) => ESCAPES[letter]!);

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

function jobsOf(next: number, count: number): Range[] {
  return Array.from({ length: Math.ceil(count / JOB_IMAGES) }, (_, job) => ({
    first: next + job * JOB_IMAGES,
    last: next + Math.min(count, (job + 1) * JOB_IMAGES) - 1,
  }));
}
