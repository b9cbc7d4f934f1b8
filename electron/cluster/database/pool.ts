// Connections with limits: each statement has a timeout, no transaction stays open over a cut connection, and
// the server drops a silent client before its lease ends.
import type { Pool, PoolClient } from 'pg';
import type { Address } from './address.ts';
import { ClusterError } from './clusterError.ts';
import { loadPg } from './libraries.ts';
import { databaseWords, isOutage, untilItAnswers, type Patience } from './outage.ts';

export interface PoolOptions {
  readonly connections: number;
  readonly name: string;
  readonly limits?: Partial<SessionLimits>;
}

export interface SessionLimits {
  readonly queryTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  /** Shorter than the lease: a client that is cut off inside a transaction blocks the recovery of all jobs. */
  readonly idleInTransactionMs: number;
  readonly tcpUserTimeoutMs: number;
}

const USUAL: SessionLimits = {
  queryTimeoutMs: 20_000,
  statementTimeoutMs: 60_000,
  lockTimeoutMs: 10_000,
  idleInTransactionMs: 20_000,
  tcpUserTimeoutMs: 20_000,
};

/** Opens a pool; nothing is connected before the first statement. */
export async function openPool(
  address: Exclude<Address, { kind: 'embedded' }>,
  options: PoolOptions,
): Promise<Pool> {
  const { Pool } = await loadPg();
  const limits = { ...USUAL, ...options.limits };
  const pool = new Pool({
    ...(address.kind === 'url' ? { connectionString: address.url } : {}),
    max: options.connections,
    application_name: options.name,
    connectionTimeoutMillis: 10_000,
    query_timeout: limits.queryTimeoutMs,
    keepAlive: true,
    // SET, not startup options: those of the user's address would replace ours, and PgBouncer refuses them.
    onConnect: async (client) => {
      client.on('error', ignore);
      await client.query(sessionSettings(limits));
    },
  });
  // Without this listener, a connection that dies between two statements would end the process.
  pool.on('error', ignore);
  return pool;
}

/** The next statement on it fails by itself, and that failure is handled. */
const ignore = () => undefined;

const sessionSettings = (limits: SessionLimits): string =>
  Object.entries({
    statement_timeout: limits.statementTimeoutMs,
    lock_timeout: limits.lockTimeoutMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    tcp_user_timeout: limits.tcpUserTimeoutMs,
    tcp_keepalives_idle: 10,
    tcp_keepalives_interval: 5,
    tcp_keepalives_count: 3,
  })
    .map(([name, value]) => `SET ${name} = ${Math.round(value)}`)
    .join(';');

/** One transaction. A connection that failed in it because of an outage is destroyed, not returned to the pool. */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let keep = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    keep = true;
    return result;
  } catch (error) {
    // On a dead line a ROLLBACK would wait for the timeout once more.
    if (!isOutage(error))
      keep = await client.query('ROLLBACK').then(
        () => true,
        () => false,
      );
    throw error;
  } finally {
    client.release(!keep);
  }
}

/**
 * The server exists but has no free connection, or is starting. A refused connection more likely means a wrong
 * address.
 */
const isBusy = (error: unknown) =>
  isOutage(error) && /^[0-9A-Z]{5}$/.test(String((error as { code?: unknown }).code));

/**
 * First words with the server; throws ClusterError in words for a person when it cannot be used. With
 * `patience` a busy one is waited for.
 */
export async function greet(pool: Pool, patience?: Patience): Promise<void> {
  const ask = () =>
    pool.query<{ version: number }>(`SELECT current_setting('server_version_num')::int AS version`);
  try {
    const { rows } = patience
      ? await untilItAnswers(ask, { ...patience, isOutage: isBusy })
      : await ask();
    const version = rows[0]?.version ?? 0;
    if (version < 150_000)
      throw new ClusterError(
        `The database is PostgreSQL ${Math.floor(version / 10_000)}; Salience needs 15 or newer.`,
      );
  } catch (error) {
    if (error instanceof ClusterError) throw error;
    throw new ClusterError(`The database cannot be used: ${databaseWords(error)}`);
  }
}
