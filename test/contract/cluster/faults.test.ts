// Workers that are killed, cut off and deprived of their database: in the end every image has one result, and it is
// the one that an undisturbed worker makes.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { encodeMasks } from '../../../electron/cluster/order/masksBlob.ts';
import { countsOf } from '../../../electron/cluster/runs/runSets.ts';
import { WORKER_ROLE } from '../../../electron/cluster/schema/roles.ts';
import type { ClusterWorkerWords } from '../../helpers/children/clusterWorker.ts';
import {
  clusterBench,
  clusterServer,
  shortLeases,
  submitFolder,
  writeImages,
  type ClusterBench,
  type ClusterServer,
} from '../../helpers/drivers/clusterBench.ts';
import { endServer } from '../../helpers/drivers/endServer.ts';
import { tcpRelay } from '../../helpers/drivers/tcpRelay.ts';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';
import { randomFrom } from '../../helpers/fixtures/random.ts';
import { KILLS_MODEL, KILLS_WORKER, masksOf } from '../../helpers/standIns/clusterModel.ts';

const CHILD = fileURLToPath(new URL('../../helpers/children/clusterWorker.ts', import.meta.url));

let server: ClusterServer;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  server = await clusterServer();
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});
afterAll(() => server[Symbol.asyncDispose]());

interface WorkerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  said(): string;
  says(text: string): Promise<void>;
}

function startWorker(words: ClusterWorkerWords): WorkerProcess {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(words)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.add(child);
  let said = '';
  const wake = new Set<() => void>();
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    for (const look of wake) look();
  });
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (code) => {
      children.delete(child);
      resolve(code);
    }),
  );
  return {
    ...{ child, ended, said: () => said },
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => said.includes(text) && resolve();
        wake.add(look);
        void ended.then(() => reject(new Error(`it ended without "${text}": ${said}`)));
        look();
      }),
  };
}

/** Every result against what an undisturbed worker makes of the same files. */
async function checkResults(
  { pool }: ClusterBench,
  count: number,
  failures: Record<number, string>,
) {
  const { rows } = await pool.query<{ n: number; failure: string | null; masks: Buffer | null }>(
    'SELECT n, failure, masks FROM salience.result ORDER BY n',
  );
  const expected = Array.from({ length: count }, (_, n) => {
    const hash = createHash('sha256').update(`image ${n}`).digest('hex');
    const failure = failures[n] ?? null;
    return { n, failure, masks: failure ? null : encodeMasks(masksOf(hash, 1 as never)) };
  });
  expect(rows).toEqual(expected);
}

test('3 workers, 6 kill -9, a restart of the database, a cut line and images that kill: each image once, the right blame', async () => {
  await using own = await clusterBench(await server.database());
  await using folder = await temporaryFolder();
  const images = join(folder.path, 'photos');
  const begunFile = join(folder.path, 'begun.txt');
  await writeFile(begunFile, '');
  const count = 120;
  await writeImages(images, count, { 30: KILLS_MODEL, 75: KILLS_WORKER });
  const { id } = await submitFolder(own, images);
  await shortLeases(own);
  await using relay = await tcpRelay(Number(new URL(own.url).port));
  const cutUrl = own.url.replace(/:\d+\//, `:${relay.port}/`);
  const seed = 7;
  const random = randomFrom(seed);
  const start = (slot: number) =>
    // One behind the line that is cut, one an hour ahead and one behind.
    startWorker({
      ...{ url: slot === 0 ? cutUrl : own.url, images, ms: 60, begunFile },
      clockOffMs: [0, 3_600_000, -3_600_000][slot]!,
    });
  const slots = [start(0), start(1), start(2)];
  let kills = 0;
  const open = async () => (await countsOf(own.pool, { id })).open;
  await slots[0]!.says('ready');
  relay.cut();
  const mended = sleep(6000).then(() => relay.mend());
  for (let step = 0; (await open().catch(() => 1)) > 0; step += 1) {
    await sleep(150 + random() * 300);
    if (step === 6) {
      await endServer(server.home, 'immediate');
      await server.revive();
    }
    for (const [slot, worker] of slots.entries()) {
      const isOver = worker.child.exitCode !== null || worker.child.signalCode !== null;
      if (isOver) slots[slot] = start(slot);
      else if (slot > 0 && kills < 6 && step > 0 && step % 3 === slot - 1) {
        worker.child.kill('SIGKILL');
        kills += 1;
      }
    }
    expect(step, `seed ${seed}: ${slots.map((one) => one.said()).join('\n')}`).toBeLessThan(300);
  }
  await mended;
  expect(kills).toBe(6);
  await Promise.all(slots.map(({ ended }) => ended));
  await checkResults(own, count, { 30: 'model_died', 75: 'worker_lost' });
  // Work that was lost is done again, and little more than that.
  const begun = (await readFile(begunFile, 'utf8')).trim().split('\n').length;
  expect(begun).toBeLessThan(count * 1.6);
});

test('a worker that is cut off inside a transaction holds up nobody', async () => {
  await using own = await clusterBench(await server.database());
  await using folder = await temporaryFolder();
  const begunFile = join(folder.path, 'begun.txt');
  const images = join(folder.path, 'photos');
  await writeImages(images, 16);
  const { id } = await submitFolder(own, images);
  await shortLeases(own);
  await using relay = await tcpRelay(Number(new URL(own.url).port));
  await using cut = await clusterBench(own.url.replace(/:\d+\//, `:${relay.port}/`));
  const [job] = await cut.queue.claim(id, 1);
  const client = await cut.pool.connect();
  // As a worker's session has it, below the lease.
  await client.query('SET idle_in_transaction_session_timeout = 1500');
  await client.query('BEGIN');
  await cut.queue.complete(client, id, job!);
  relay.cut();
  const worker = startWorker({ url: own.url, images, ms: 5, begunFile });
  expect(await worker.ended, worker.said()).toBe(0);
  await checkResults(own, 16, {});
  client.release(true);
  relay.drop();
});

test('SIGTERM ends a worker with 0, with its database or without', async () => {
  await using own = await clusterBench(await server.database());
  await using folder = await temporaryFolder();
  const begunFile = join(folder.path, 'begun.txt');
  const images = join(folder.path, 'photos');
  await writeImages(images, 200);
  const { id } = await submitFolder(own, images);
  await using relay = await tcpRelay(Number(new URL(own.url).port));
  const url = own.url.replace(/:\d+\//, `:${relay.port}/`);
  const withIt = startWorker({ url: own.url, images, ms: 30, begunFile });
  const without = startWorker({ url, images, ms: 30, begunFile });
  await Promise.all([withIt.says('ready'), without.says('ready')]);
  await expect.poll(async () => (await countsOf(own.pool, { id })).done).toBeGreaterThan(8);
  relay.cut();
  const begun = performance.now();
  withIt.child.kill('SIGTERM');
  without.child.kill('SIGTERM');
  expect(await withIt.ended, withIt.said()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(4000);
  expect(await without.ended, without.said()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(15_000);
});

test('too few connections and a locked table are waited out', async () => {
  await using own = await clusterBench(await server.database());
  await using folder = await temporaryFolder();
  const begunFile = join(folder.path, 'begun.txt');
  const images = join(folder.path, 'photos');
  await writeImages(images, 40);
  await submitFolder(own, images);
  // Each worker has up to three.
  await own.pool.query(
    `CREATE ROLE few LOGIN PASSWORD 'x' CONNECTION LIMIT 1 IN ROLE ${WORKER_ROLE}`,
  );
  const name = new URL(own.url).pathname.slice(1);
  const url = `postgres://few:x@127.0.0.1:${new URL(own.url).port}/${name}`;
  const client = await own.pool.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE salience.result IN ACCESS EXCLUSIVE MODE');
  const workers = [0, 1].map(() => startWorker({ url, images, ms: 5, begunFile }));
  await sleep(2500);
  await client.query('COMMIT');
  client.release();
  for (const worker of workers) expect(await worker.ended, worker.said()).toBe(0);
  expect(workers.map((one) => one.said()).join()).toContain('The database does not answer (53300');
  await checkResults(own, 40, {});
});
