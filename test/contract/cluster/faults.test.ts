// Workers that are killed, cut off and deprived of their database: in the end every image has one result, and it is
// the one that an undisturbed worker makes.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { countsOf } from '../../../electron/cluster/runs/runSets.ts';
import { WORKER_ROLE } from '../../../electron/cluster/schema/roles.ts';
import {
  clusterBench,
  clusterServer,
  shortLeases,
  submitFolder,
  writeImages,
  type ClusterServer,
} from '../../helpers/drivers/clusterBench.ts';
import { checkResults, killWorkers, startWorker } from '../../helpers/drivers/clusterWorkers.ts';
import { endServer } from '../../helpers/drivers/endServer.ts';
import { tcpRelay } from '../../helpers/drivers/tcpRelay.ts';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';
import { randomFrom } from '../../helpers/fixtures/random.ts';
import { KILLS_MODEL, KILLS_WORKER } from '../../helpers/standIns/clusterModel.ts';

/** The bench asks for more of everything. */
const IMAGES = Number(process.env['SALIENCE_CLUSTER_IMAGES'] ?? 120);
const KILLS = Number(process.env['SALIENCE_CLUSTER_KILLS'] ?? 6);
const RESTARTS = Number(process.env['SALIENCE_CLUSTER_RESTARTS'] ?? 1);
const SEED = Number(process.env['SALIENCE_CLUSTER_SEED'] ?? 7);
const HOW = ['immediate', 'fast', 'kill'] as const;

let server: ClusterServer;
beforeAll(async () => {
  server = await clusterServer();
});
afterEach(killWorkers);
afterAll(() => server[Symbol.asyncDispose]());

test(`3 workers, ${KILLS} kill -9, restarts of the database, a cut line and images that kill: each image once, the right blame`, async () => {
  await using own = await clusterBench(await server.database());
  await using folder = await temporaryFolder();
  const images = join(folder.path, 'photos');
  const begunFile = join(folder.path, 'begun.txt');
  await writeFile(begunFile, '');
  await writeImages(images, IMAGES, { 30: KILLS_MODEL, 75: KILLS_WORKER });
  const { id } = await submitFolder(own, images);
  await shortLeases(own);
  await using relay = await tcpRelay(Number(new URL(own.url).port));
  const cutUrl = own.url.replace(/:\d+\//, `:${relay.port}/`);
  const random = randomFrom(SEED);
  const start = (slot: number) =>
    // One behind the line that is cut, one an hour ahead and one behind.
    startWorker({
      url: slot === 0 ? cutUrl : own.url,
      images,
      ms: 60,
      begunFile,
      clockOffMs: [0, 3_600_000, -3_600_000][slot]!,
    });
  const slots = [start(0), start(1), start(2)];
  let kills = 0;
  let restarts = 0;
  const open = async () => (await countsOf(own.pool, { id })).open;
  await slots[0]!.says('ready');
  relay.cut();
  const mended = sleep(4500).then(() => relay.mend());
  for (let step = 0; (await open().catch(() => 1)) > 0; step += 1) {
    await sleep(150 + random() * 300);
    if (step % 16 === 6 && restarts < RESTARTS) {
      await endServer(server.home, HOW[restarts % HOW.length]!);
      await server.revive();
      restarts += 1;
    }
    for (const [slot, worker] of slots.entries()) {
      const isOver = worker.child.exitCode !== null || worker.child.signalCode !== null;
      if (isOver) slots[slot] = start(slot);
      else if (slot > 0 && kills < KILLS && step > 0 && step % 3 === slot - 1) {
        worker.child.kill('SIGKILL');
        kills += 1;
      }
    }
    expect(step, `seed ${SEED}: ${slots.map((one) => one.said()).join('\n')}`).toBeLessThan(2000);
  }
  await mended;
  expect([kills, restarts]).toEqual([KILLS, RESTARTS]);
  await Promise.all(slots.map(({ ended }) => ended));
  await checkResults(own, IMAGES, { 30: 'model_died', 75: 'worker_lost' });
  // Work that was lost is done again, and little more than that.
  const begun = (await readFile(begunFile, 'utf8')).trim().split('\n').length;
  if (process.env['SALIENCE_CLUSTER_IMAGES'])
    console.log(`seed ${SEED}: ${IMAGES} images, ${begun} begun`);
  expect(begun).toBeLessThan(IMAGES * 1.6);
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
  await writeImages(images, 12);
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
  await checkResults(own, 12, {});
});
