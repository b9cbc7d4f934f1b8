// A worker process of the cluster's tests, made to be killed: the real worker over a stand-in model. Which images
// it begins stands in a file, so that a test can count them.
import { appendFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClusterQueue, openConnection } from '../../../electron/cluster/connection.ts';
import { registerWorker } from '../../../electron/cluster/worker/rows.ts';
import { createRunSets } from '../../../electron/cluster/worker/runSets.ts';
import { work } from '../../../electron/cluster/worker/work.ts';
import { QUICK, testHost } from '../drivers/clusterBench.ts';
import { roomFor, standInModel } from '../standIns/clusterModel.ts';

export interface ClusterWorkerWords {
  readonly url: string;
  readonly images: string;
  readonly ms: number;
  readonly begunFile: string;
  readonly inFlight?: number;
  /** Milliseconds that this computer's clock is off. */
  readonly clockOffMs?: number;
}

const words = JSON.parse(process.argv[2] ?? '{}') as ClusterWorkerWords;
const { clockOffMs = 0 } = words;
const realNow = Date.now;
Date.now = () => realNow() + clockOffMs;

const say = (line: string) => process.stderr.write(`${line}\n`);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const connection = await openConnection({
  db: words.url,
  env: {},
  home: '',
  name: 'salience work',
  connections: 3,
  say,
  // Below the lease of the tests.
  limits: { queryTimeoutMs: 2000, idleInTransactionMs: 1500, tcpUserTimeoutMs: 2000 },
  waits: true,
});
const { pool } = connection;
const queue = await openClusterQueue(connection, {
  say,
  sweepSeconds: QUICK.sweepSeconds,
  onError: () => undefined,
});
const model = standInModel({ ms: words.ms, onKill: () => process.kill(process.pid, 'SIGKILL') });
const link = {
  restart: model.restart,
  request: ((operation: string, input: { imagePath?: string }) => {
    if (input.imagePath !== undefined) appendFileSync(words.begunFile, `${input.imagePath}\n`);
    return (model.request as (operation: string, input: unknown) => unknown)(operation, input);
  }) as typeof model.request,
};
const worker = await registerWorker(pool, { host: 'test', device: 'cpu', version: '1' });
say('ready');
const result = await work(
  {
    pool,
    queue,
    link,
    worker,
    say,
    times: QUICK,
    room: roomFor(words.inFlight ?? 2),
    folder: await mkdtemp(join(tmpdir(), 'salience-run-')),
  },
  {
    runSets: createRunSets(pool, testHost(words.images), say),
    untilEmpty: true,
    signal: stop.signal,
  },
);
say(`over ${JSON.stringify(result)}`);
process.exit(result.reason === null ? 0 : 1);
