// A request and its images into the database: the same request is the same run set, the same image is one image.
import type { Pool } from 'pg';
import { ClusterError } from '../database/clusterError.ts';
import { untilItAnswers, type Patience } from '../database/outage.ts';
import { requestHash, REQUEST_FORMAT, type RunRequest } from '../order/request.ts';
import type { Queue } from '../queue/queue.ts';
import { fillGaps } from '../runs/gaps.ts';
import type { ListedImage } from './listed.ts';
import { addPage } from './pages.ts';

export interface Submission {
  readonly request: RunRequest;
  readonly name: string;
  readonly priority: number;
  readonly leaseSeconds: number;
  readonly pageImages: number;
  /** Walks the source in byte order, behind a path. */
  readonly walk: (after: string | null) => AsyncIterable<ListedImage>;
  /** A list file has an order of its own: it is walked from its beginning each time. */
  readonly resumes: boolean;
}

export interface Watch extends Patience {
  readonly onListed: (listed: number) => void;
}

export interface Submitted {
  readonly id: number;
  readonly name: string;
  readonly isNew: boolean;
  readonly listed: number;
  readonly added: number;
  /** Images that were there without a result or a job, and have one now. */
  readonly refilled: number;
}

export async function submit(
  pool: Pool,
  queue: Queue,
  submission: Submission,
  watch: Watch,
): Promise<Submitted> {
  const patiently = <T>(work: () => Promise<T>) => untilItAnswers(work, watch);
  const runSet = await patiently(() => runSetOf(pool, submission));
  const { id, name, isNew } = runSet;
  if (runSet.state === 'cancelled')
    throw new ClusterError(
      `Run set ${id} "${name}" asks for the same and was cancelled: "salience cluster retry ${id}" goes on with it.`,
    );
  await patiently(() => queue.create(id, submission.leaseSeconds));
  await patiently(() =>
    pool.query(
      `UPDATE salience.run_set SET state = 'listing', listed_after = NULL WHERE id = $1 AND state = 'open'`,
      [id],
    ),
  );
  const after = submission.resumes && runSet.state === 'listing' ? runSet.listedAfter : null;
  const target = {
    runSet: id,
    root: submission.request.source.root,
    priority: submission.priority,
  };
  let listed = 0;
  let added = 0;
  const add = async (images: readonly ListedImage[]) => {
    const mark = submission.resumes ? (images.at(-1)?.path ?? null) : null;
    added += await patiently(() => addPage(pool, queue, target, { images, mark }));
    listed += images.length;
    watch.onListed(listed);
  };
  let page: ListedImage[] = [];
  for await (const image of submission.walk(after)) {
    watch.signal?.throwIfAborted();
    page.push(image);
    if (page.length < submission.pageImages) continue;
    await add(page);
    page = [];
  }
  if (page.length > 0) await add(page);
  // Another submit of the same request may be through already: the mark of the last page is this one's.
  await patiently(() =>
    pool.query(
      `UPDATE salience.run_set SET state = 'open', listed_after = NULL WHERE id = $1 AND state <> 'cancelled'`,
      [id],
    ),
  );
  const refilled = await patiently(() => fillGaps(pool, queue, { id, priority: target.priority }));
  return { id, name, isNew, listed, added, refilled };
}

interface Found {
  readonly id: number;
  readonly name: string;
  readonly state: 'listing' | 'open' | 'cancelled';
  readonly listedAfter: string | null;
  readonly isNew: boolean;
}

async function runSetOf(pool: Pool, { request, name, priority }: Submission): Promise<Found> {
  // The first name stays: a different name does not make a different request.
  const { rows } = await pool.query<Found>(
    `INSERT INTO salience.run_set AS own (name, request_hash, format, request, priority)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (request_hash) DO UPDATE SET name = own.name
     RETURNING id, name, state, listed_after AS "listedAfter", (xmax = 0) AS "isNew"`,
    [name, requestHash(request), REQUEST_FORMAT, JSON.stringify(request), priority],
  );
  return rows[0]!;
}
