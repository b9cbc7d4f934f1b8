// A PostgreSQL of the npm package for a test file, a database for each test, and run sets over folders of small files.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { openClusterQueue, openConnection } from '../../../electron/cluster/connection.ts';
import { enterEmbedded } from '../../../electron/cluster/embedded/embedded.ts';
import { canonical, type RunRequest } from '../../../electron/cluster/order/request.ts';
import { requestOrder } from '../../../electron/cluster/order/oneImage.ts';
import type { Queue } from '../../../electron/cluster/queue/queue.ts';
import { folderImages } from '../../../electron/cluster/source/folder.ts';
import {
  submit,
  type Submission,
  type Submitted,
} from '../../../electron/cluster/source/submit.ts';
import { folderSource } from '../../../electron/cluster/worker/images.ts';
import type { WorkerHost } from '../../../electron/cluster/worker/runSets.ts';
import type { WorkerTimes } from '../../../electron/cluster/worker/times.ts';
import { checkedParams } from '../../../electron/engine/prelabel/params.ts';
import { layServerData } from './clusterPattern.ts';

export const TEST_VERSION = '9.9.9';
const PACK_HASH = 'sha256:stand-in';

/** The queue makes no lease shorter than ten seconds; `shortLeases` makes those of a test two. */
export const QUICK: WorkerTimes = {
  leaseSeconds: 10,
  beatMs: 500,
  sweepSeconds: 1,
  storeMs: 200,
  idleMs: 150,
  drainMs: 2500,
  pausesMs: [100, 200],
};

export interface ClusterServer extends AsyncDisposable {
  readonly home: string;
  /** A new database with the schema of a first submit. */
  database(): Promise<string>;
  /** A new one with nothing in it. */
  emptyDatabase(): Promise<string>;
  /** Starts the server again after a test ended it. */
  revive(): Promise<void>;
}

/** Starts the server; `env` may name other binaries, `syncs` waits for the disk as it does for a person. */
export async function clusterServer(
  env: NodeJS.ProcessEnv = {},
  { syncs = false } = {},
): Promise<ClusterServer> {
  const home = await mkdtemp(join(tmpdir(), 'salience-cluster-'));
  // Under root the server is another account, which must reach its folder.
  await chmod(home, 0o755);
  if (env['SALIENCE_PG_BIN'] === undefined) await layServerData(home);
  const stay = await enterEmbedded(home, env);
  // What is killed here is the server, not the computer: what it handed to the system is not lost.
  if (!syncs) await ask(stay.url, 'ALTER SYSTEM SET fsync = off', 'SELECT pg_reload_conf()');
  let count = 0;
  const urlOf = (name: string) => stay.url.replace(/\/[^/]*$/, `/${name}`);
  const made = async (from: string) => {
    const name = `test_${(count += 1)}`;
    await ask(stay.url, `CREATE DATABASE ${name} TEMPLATE ${from}`);
    return urlOf(name);
  };
  // Both schemas take most of a second to make, a copy of them hardly any.
  let pattern: Promise<string> | null = null;
  const makePattern = async () => {
    const url = await made('template1');
    await (await clusterBench(url))[Symbol.asyncDispose]();
    return new URL(url).pathname.slice(1);
  };
  return {
    home,
    database: async () => made(await (pattern ??= makePattern())),
    emptyDatabase: () => made('template1'),
    revive: stay.revive,
    async [Symbol.asyncDispose]() {
      await stay.leave();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/**
 * Lets the server leave its files to the system instead of waiting for the disk, which takes seconds at every start
 * after a crash. What tests kill is the server, not the computer: what it handed over is not lost.
 */
export const trustSystem = (url: string): Promise<void> =>
  ask(url, 'ALTER SYSTEM SET fsync = off', 'SELECT pg_reload_conf()');

async function ask(url: string, ...statements: readonly string[]): Promise<void> {
  const { pool, close } = await connect(url);
  for (const statement of statements) await pool.query(statement);
  await close();
}

const connect = (db: string) =>
  openConnection({
    db,
    env: {},
    home: '',
    name: 'salience test',
    connections: 3,
    say: () => undefined,
  });

export interface ClusterBench extends AsyncDisposable {
  readonly url: string;
  readonly pool: Pool;
  readonly queue: Queue;
  readonly said: string[];
}

/** A connection and the queue, the schema made; `sweeps` when it looks for lost jobs as a worker does. */
export async function clusterBench(url: string, { sweeps = false } = {}): Promise<ClusterBench> {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const connection = await connect(url);
  const queue = await openClusterQueue(connection, {
    say,
    version: TEST_VERSION,
    onError: () => undefined,
    ...(sweeps ? { sweepSeconds: QUICK.sweepSeconds } : {}),
  });
  return {
    url,
    pool: connection.pool,
    queue,
    said,
    async [Symbol.asyncDispose]() {
      await queue.stop();
      await connection.close();
    },
  };
}

/** Leases of two seconds for all jobs that are there. */
export async function shortLeases({ pool }: ClusterBench): Promise<void> {
  await pool.query('UPDATE salience_queue.job SET heartbeat_seconds = 2');
}

export function testRequest(changes: Partial<RunRequest> = {}): RunRequest {
  const params = { preset: 'pack', overrides: {} } as const;
  return {
    format: 1,
    version: TEST_VERSION,
    source: { kind: 'folder', root: 'photos' },
    pack: { id: 'stand-in', name: 'Stand-in', hash: PACK_HASH },
    classes: [
      { id: 1, name: 'cat', prompt: '', synonyms: [], kind: 'thing', supercategory: '' },
      {
        id: 2,
        name: '"; DROP TABLE x --',
        prompt: '',
        synonyms: ["it's"],
        kind: 'stuff',
        supercategory: '',
      },
    ],
    params,
    resolved: canonical(checkedParams(params)),
    ...changes,
  };
}

/** A worker's host over one folder. */
export function testHost(folder: string, changes: Partial<WorkerHost> = {}): WorkerHost {
  return {
    version: TEST_VERSION,
    order: async ({ classes, params }) =>
      requestOrder(classes, {
        params: checkedParams(params),
        packs: {
          explain: { id: 'stand-in', folder: '', provider: 'cpu', threads: 0, precision: 'f32' },
          judge: null,
          hash: PACK_HASH,
        },
      }),
    source: async (runSet, { source }) => folderSource(runSet, { name: source.root, folder }),
    ...changes,
  };
}

/** Small files that differ; names by number, some of them with a word that the stand-in model knows. */
export async function writeImages(
  folder: string,
  count: number,
  words: Readonly<Record<number, string>> = {},
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const names = Array.from(
    { length: count },
    (_, n) => `${String(n).padStart(5, '0')}${words[n] === undefined ? '' : `-${words[n]}`}.png`,
  );
  await Promise.all(names.map((name, n) => writeFile(join(folder, name), `image ${n}`)));
  return names;
}

export function submitFolder(
  { pool, queue, said }: ClusterBench,
  folder: string,
  changes: Partial<Submission> & {
    readonly signal?: AbortSignal;
    readonly onListed?: () => void;
  } = {},
): Promise<Submitted> {
  const { signal, onListed = () => undefined, ...submission } = changes;
  const passedBy = { note: (path: string, why: string) => void said.push(`${path}: ${why}`) };
  return submit(
    pool,
    queue,
    {
      request: testRequest(),
      name: 'test',
      priority: 0,
      pageImages: 100,
      resumes: true,
      leaseSeconds: QUICK.leaseSeconds,
      walk: (after) => folderImages(folder, { after, passedBy }),
      ...submission,
    },
    { say: (line) => void said.push(line), onListed, signal },
  );
}
