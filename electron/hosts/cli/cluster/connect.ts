// The words that every cluster command has, and the connection that they ask for.
import { openClusterQueue, openConnection, type Connection } from '../../../cluster/connection.ts';
import { databaseWords, isOutage } from '../../../cluster/database/outage.ts';
import type { Queue } from '../../../cluster/queue/queue.ts';
import { requireSchema } from '../../../cluster/schema/migrate.ts';
import { ClusterError } from '../../../cluster/database/clusterError.ts';
import { userDataFolder } from '../../home.ts';
import { ENGINE_VERSION } from '../../../engine/version.ts';

export interface ClusterWords {
  readonly db?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface Connected {
  readonly connection: Connection;
  readonly queue: Queue;
}

interface ConnectOptions {
  readonly name: string;
  readonly say: (line: string) => void;
  /** Makes or updates the schema. */
  readonly migrate?: boolean;
  /** Waits for a database that is busy, until this. */
  readonly waitsUntil?: AbortSignal;
  /** Looks for lost jobs; a worker does. */
  readonly sweepSeconds?: number;
}

const connectionOf = (words: ClusterWords, { name, say, waitsUntil }: ConnectOptions) =>
  openConnection({
    db: words.db,
    env: process.env,
    home: userDataFolder(),
    name: `salience ${name}`,
    connections: 3,
    say,
    ...(waitsUntil ? { waits: true, signal: waitsUntil } : {}),
  });

/** For questions: the database without its queue. */
export async function withDatabase<T>(
  words: ClusterWords,
  options: ConnectOptions,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connectionOf(words, options);
  return inWords(connection, async () => {
    await requireSchema(connection.pool);
    return work(connection);
  });
}

/** For what changes jobs. */
export async function withQueue<T>(
  words: ClusterWords,
  options: ConnectOptions,
  work: (connected: Connected) => Promise<T>,
): Promise<T> {
  const { say, migrate = false, sweepSeconds } = options;
  const connection = await connectionOf(words, options);
  return inWords(connection, async () => {
    const queue = await openClusterQueue(connection, {
      say,
      // Whoever waits for the database says so itself.
      onError: () => undefined,
      ...(migrate ? { version: ENGINE_VERSION } : {}),
      ...(sweepSeconds === undefined ? {} : { sweepSeconds }),
    });
    try {
      return await work({ connection, queue });
    } finally {
      await queue.stop();
    }
  });
}

/** A failure of the database ends a command in words; a pool's own errors carry the whole connection. */
async function inWords<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = (error ?? {}) as { code?: unknown };
    if (typeof code === 'string' && (isOutage(error) || /^[0-9A-Z]{5}$/.test(code)))
      throw new ClusterError(`The database refused (${databaseWords(error)}).`);
    throw error;
  } finally {
    await connection.close();
  }
}
