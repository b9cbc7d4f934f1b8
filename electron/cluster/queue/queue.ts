// Jobs of run sets: one queue per run set, one job per range of image numbers. Results are the truth: an image
// is done when its result exists, and a lost queue is rebuilt from the gaps.
import type { PgBoss } from 'pg-boss';
import type { Pool, PoolClient } from 'pg';
import { atMost } from '../database/atMost.ts';
import type { BossOptions } from './boss.ts';
import { startBoss } from './boss.ts';

/** Images of a job; the last one of a page may have fewer. */
export const JOB_IMAGES = 8;

/** First and last image number. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A job as its holder knows it: each claim raises a counter, so a holder that lost the job changes nothing. */
export interface Attempt {
  readonly id: string;
  readonly retryCount: number;
}

export interface ClaimedJob extends Attempt, Range {
  /** Its last holder fell silent: work on one image at a time. */
  readonly isCareful: boolean;
}

export interface Queue {
  /** `leaseSeconds`: a holder that is silent this long loses its job. */
  create(runSet: number, leaseSeconds: number): Promise<void>;
  /** Adds jobs in the caller's transaction; those that are there already stay. */
  add(
    client: PoolClient,
    runSet: number,
    jobs: { ranges: readonly Range[]; priority: number },
  ): Promise<void>;
  claim(runSet: number, most: number): Promise<ClaimedJob[]>;
  /** Ids of those that are still held. */
  beat(runSet: number, attempts: readonly Attempt[]): Promise<Set<string>>;
  /** In the caller's transaction; does nothing when another worker holds the job by now. */
  complete(client: PoolClient, runSet: number, attempt: Attempt): Promise<void>;
  /** Puts the jobs back into the queue at once, without counting a failure. */
  handBack(runSet: number, attempts: readonly Attempt[], client?: PoolClient): Promise<void>;
  /** Deletes the queue with its jobs. */
  drop(runSet: number): Promise<void>;
  stop(): Promise<void>;
}

const FAREWELL_MS = 2000;
const TEN_YEARS_S = 10 * 365 * 24 * 3600;

const queueName = (runSet: number) => `run-${runSet}`;

/** Opens the queues of a database. */
export async function openQueue(pool: Pool, options: BossOptions): Promise<Queue> {
  return queueOver(await startBoss(pool, options));
}

function queueOver(boss: PgBoss): Queue {
  const inside = (client: PoolClient) => ({
    db: { executeSql: (text: string, values?: unknown[]) => client.query(text, values) },
  });
  return {
    async create(runSet, leaseSeconds) {
      await boss.createQueue(queueName(runSet), {
        // No second live job for the same images.
        policy: 'exclusive',
        // Failures count per image, so a job itself is retried without limit.
        retryLimit: 10_000,
        retryDelay: 0,
        // Heartbeats decide whether a job is lost, not its duration.
        expireInSeconds: 86_000,
        heartbeatSeconds: leaseSeconds,
        // A job that waits longer is deleted: a big run set would end early and look done.
        retentionSeconds: TEN_YEARS_S,
        deleteAfterSeconds: 0,
        warningQueueSize: 1e9,
      });
    },
    async add(client, runSet, { ranges, priority }) {
      if (ranges.length === 0) return;
      await boss.insert(
        queueName(runSet),
        ranges.map(({ first, last }) => ({
          data: { first, last },
          singletonKey: String(first),
          priority,
        })),
        inside(client),
      );
    },
    async claim(runSet, most) {
      const jobs = await boss.fetch<unknown>(queueName(runSet), {
        batchSize: most,
        includeMetadata: true,
      });
      return jobs.map(({ id, retryCount, data, output }) => ({
        id,
        retryCount,
        ...rangeOf(data),
        isCareful: retryCount > 0 && !wasHandedBack(output),
      }));
    },
    async beat(runSet, attempts) {
      if (attempts.length === 0) return new Set();
      const answer = await boss.touch(queueName(runSet), attempts.map(plain));
      return new Set((answer as { settled?: readonly string[] }).settled ?? []);
    },
    async complete(client, runSet, attempt) {
      await boss.complete(queueName(runSet), plain(attempt), null, inside(client));
    },
    async handBack(runSet, attempts, client) {
      if (attempts.length === 0) return;
      const options = client ? inside(client) : {};
      await boss.fail(queueName(runSet), attempts.map(plain), { handedBack: true }, options);
    },
    drop: (runSet) => boss.deleteQueue(queueName(runSet)),
    // It waits for its own statements, which a line that is cut does not answer.
    stop: () => atMost(FAREWELL_MS, boss.stop({ graceful: false, close: false })),
  };
}

const plain = ({ id, retryCount }: Attempt): Attempt => ({ id, retryCount });

/** What a row says; anything else than a small range is an empty one, which ends at once. */
function rangeOf(data: unknown): Range {
  const { first, last } = (data ?? {}) as { first?: unknown; last?: unknown };
  const isRange =
    Number.isSafeInteger(first) &&
    Number.isSafeInteger(last) &&
    (last as number) - (first as number) < JOB_IMAGES;
  return isRange ? { first: first as number, last: last as number } : { first: 0, last: -1 };
}

const wasHandedBack = (output: unknown): boolean =>
  typeof output === 'object' && output !== null && 'handedBack' in output;

/** The numbers, ascending, as ranges of whole jobs. */
export function rangesOf(numbers: readonly number[]): Range[] {
  const ranges: { first: number; last: number }[] = [];
  for (const n of numbers) {
    const open = ranges.at(-1);
    if (open && n === open.last + 1 && n - open.first < JOB_IMAGES) open.last = n;
    else ranges.push({ first: n, last: n });
  }
  return ranges;
}
