// One command's connection to the cluster: the address of the call, a pool with limits, and a queue over it.
import type { Pool } from 'pg';
import { readAddress } from './database/address.ts';
import { atMost } from './database/atMost.ts';
import { greet, openPool, type SessionLimits } from './database/pool.ts';
import { enterEmbedded } from './embedded/embedded.ts';
import { startBoss, type BossOptions } from './queue/boss.ts';
import { openQueue, type Queue } from './queue/queue.ts';
import { migrate, requireSchema } from './schema/migrate.ts';

export interface ConnectionOptions {
  /** `--db` of the call. */
  readonly db: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's data folder, for the embedded server. */
  readonly home: string;
  /** Told to the server, e.g. `salience work`. */
  readonly name: string;
  readonly connections: number;
  readonly say: (line: string) => void;
  readonly limits?: Partial<SessionLimits>;
  /** Waits for a busy server: a worker does, a person gets an error instead. */
  readonly waits?: boolean;
  readonly signal?: AbortSignal;
}

export interface Connection {
  readonly pool: Pool;
  /** Starts an embedded server again; undefined for any other. */
  readonly revive: (() => Promise<void>) | undefined;
  close(): Promise<void>;
}

/** Connects; throws ClusterError in words for a person. */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { db, env, home, name, connections, say, limits, waits = false, signal } = options;
  const address = readAddress(db, env);
  const stay = address.kind === 'embedded' ? await enterEmbedded(home, env) : null;
  for (const note of stay?.notes ?? []) say(note);
  const pool = await openPool(
    address.kind === 'embedded' ? { kind: 'url', url: stay!.url } : address,
    { name, connections, ...(limits ? { limits } : {}) },
  );
  const close = async () => {
    // A line that is cut says no farewell.
    await atMost(FAREWELL_MS, pool.end());
    await stay?.leave();
  };
  try {
    await greet(pool, waits ? { say, signal } : undefined);
  } catch (error) {
    await close();
    throw error;
  }
  return { pool, revive: stay?.revive, close };
}

const FAREWELL_MS = 2000;

/** The queue of a database whose schema is as this program knows it; `version` given, it is made so first. */
export async function openClusterQueue(
  { pool }: Connection,
  { version, say, ...options }: BossOptions & { version?: string; say: (line: string) => void },
): Promise<Queue> {
  if (version === undefined) await requireSchema(pool);
  else {
    const queueSchema = async () => {
      const boss = await startBoss(pool, { ...options, migrate: true });
      await boss.stop({ graceful: false, close: false });
    };
    for (const note of await migrate(pool, { version, queueSchema })) say(note);
  }
  return openQueue(pool, options);
}
