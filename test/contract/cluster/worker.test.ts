// One worker over a stand-in model: what it stores, what it blames whom for, how it stops.
import { createHash } from 'node:crypto';
import { renameSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportRun } from '../../../electron/cluster/exchange/exportRun.ts';
import { parseRequest } from '../../../electron/cluster/order/request.ts';
import { storedMaps } from '../../../electron/cluster/exchange/results.ts';
import { cancelRunSet, removeRunSet } from '../../../electron/cluster/runs/changes.ts';
import { countsOf, findRunSet } from '../../../electron/cluster/runs/runSets.ts';
import { statusOf } from '../../../electron/cluster/runs/status.ts';
import { endJob, registerWorker, suspect } from '../../../electron/cluster/worker/rows.ts';
import type { WorkerHost } from '../../../electron/cluster/worker/runSets.ts';
import { readCoco } from '../../../electron/engine/dataset/coco/reading/read.ts';
import {
  clusterBench,
  clusterServer,
  submitFolder,
  testHost,
  testRequest,
  writeImages,
  type ClusterBench,
  type ClusterServer,
} from '../../helpers/drivers/clusterBench.ts';
import { workOn } from '../../helpers/drivers/clusterWork.ts';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';
import {
  DAMAGED,
  KILLS_MODEL,
  mapsOf,
  masksOf,
  standInModel,
} from '../../helpers/standIns/clusterModel.ts';

let server: ClusterServer;
beforeAll(async () => {
  server = await clusterServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const bench = async () => clusterBench(await server.database(), { sweeps: true });

async function resultsOf({ pool }: ClusterBench) {
  const { rows } = await pool.query<{
    path: string;
    failure: string | null;
    detail: string | null;
  }>(
    'SELECT path, failure, detail FROM salience.result r JOIN salience.image i USING (run_set, n) ORDER BY n',
  );
  return rows;
}

const failuresOf = async (own: ClusterBench) =>
  (await resultsOf(own))
    .filter(({ failure }) => failure !== null)
    .map(({ path, failure }) => [path, failure]);

const bytesOf = (n: number) => createHash('sha256').update(`image ${n}`).digest('hex');

test('every image is done once, and what is exported is what the model said', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  const images = join(folder.path, 'photos');
  const names = await writeImages(images, 37);
  const { id } = await submitFolder(own, images);
  const model = standInModel();
  expect(await workOn(own, images, { model })).toEqual({ done: 37, failed: 0, reason: null });
  expect([...model.begun].sort()).toEqual(names);
  expect(await countsOf(own.pool, { id })).toEqual({ images: 37, done: 37, failed: 0, open: 0 });

  const runSet = await findRunSet(own.pool, 'test');
  const report = await exportRun(
    own.pool,
    {
      runSet: id,
      request: parseRequest(runSet),
      images: 37,
      done: 37,
      format: 'coco',
      out: join(folder.path, 'out.json'),
      shards: 3,
      overwrite: false,
      createdAt: '2026-01-01T00:00:00Z',
    },
    { say: () => undefined, onProgress: () => undefined },
  );
  expect(report).toMatchObject({ images: 37, annotations: 37 });
  const found: [string, number[], number | null][] = [];
  for (const file of report.files) {
    await using coco = await readCoco(file);
    for await (const image of coco.images())
      for (const { mask, score } of image.annotations)
        found.push([image.fileName, [...mask.counts], score]);
  }
  const expected = names.map((name, n) => {
    const [one] = masksOf(bytesOf(n), 1 as never);
    return [name, [...one!.mask.counts], Number(one!.match!.toFixed(6))];
  });
  expect(found).toEqual(expected);
});

test('maps are kept where the run set asks for them, with the results, and go with it', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 12, { 3: DAMAGED });
  const { id } = await submitFolder(own, folder.path, { request: testRequest({ keepMaps: true }) });
  expect(await workOn(own, folder.path)).toMatchObject({ done: 11, failed: 1 });
  const maps = await Promise.all([0, 3, 11].map((n) => storedMaps(own.pool, id, n)));
  const expected = (n: number) => Buffer.from(mapsOf(bytesOf(n)));
  expect(maps).toEqual([expected(0), null, expected(11)]);
  const runSet = await findRunSet(own.pool, 'test');
  expect((await statusOf(own.pool, runSet)).mapBytes).toBeGreaterThan(11 * 50);
  await own.pool.query(`UPDATE salience.map SET data = 'x' WHERE n = 11`);
  await expect(storedMaps(own.pool, id, 11)).rejects.toThrow(
    `The maps of image 11 of run set ${id} were not made by Salience.`,
  );
  await removeRunSet(own.pool, own.queue, runSet, () => undefined);
  const { rows } = await own.pool.query('SELECT count(*)::int AS n FROM salience.map');
  expect(rows).toEqual([{ n: 0 }]);
});

test('failures of images are recorded with their kind, and none of them stops the rest', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  const names = await writeImages(folder.path, 30, { 3: KILLS_MODEL, 4: KILLS_MODEL, 11: DAMAGED });
  await submitFolder(own, folder.path);
  await rm(join(folder.path, names[17]!));
  await writeFile(join(folder.path, names[20]!), 'another one by now');
  const model = standInModel();
  expect(await workOn(own, folder.path, { model })).toEqual({ done: 25, failed: 5, reason: null });
  expect(await failuresOf(own)).toEqual([
    [names[3], 'model_died'],
    [names[4], 'model_died'],
    [names[11], 'image_damaged'],
    [names[17], 'missing'],
    [names[20], 'changed'],
  ]);
  // Alone once, after it was one of several.
  expect(model.begun.filter((name) => name === names[3]).length).toBe(2);
  const status = await statusOf(own.pool, await findRunSet(own.pool, 'test'));
  expect(status).toMatchObject({ done: 25, failed: 5, open: 0, held: 0 });
  expect(status.failures).toEqual({ changed: 1, image_damaged: 1, missing: 1, model_died: 2 });
});

test('a broken device fails no image: the worker rests, stops after three troubles, and hands back', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 20);
  const { id } = await submitFolder(own, folder.path);
  const broken = standInModel({ device: () => 'The card fell off the bus.' });
  const result = await workOn(own, folder.path, { model: broken });
  expect(result).toEqual({ done: 0, failed: 0, reason: 'The card fell off the bus.' });
  expect(own.said.filter((line) => line.includes('Trying again')).length).toBe(2);
  expect(await countsOf(own.pool, { id })).toMatchObject({ done: 0, failed: 0, open: 20 });
  // At once: nobody waits for a lease, and nobody is blamed.
  expect(await workOn(own, folder.path)).toMatchObject({ done: 20, failed: 0 });
  const { rows } = await own.pool.query('SELECT count(*)::int AS n FROM salience.suspect');
  expect(rows).toEqual([{ n: 0 }]);

  let left = 2;
  await submitFolder(own, folder.path, {
    request: testRequest({ pack: { id: 'stand-in', name: 'b', hash: 'sha256:stand-in' } }),
  });
  const flaky = standInModel({ device: () => (left-- > 0 ? 'It flickers.' : null) });
  expect(await workOn(own, folder.path, { model: flaky })).toEqual({
    done: 20,
    failed: 0,
    reason: null,
  });
});

test('a stop finishes the images in flight and hands the rest back at once', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 40);
  const { id } = await submitFolder(own, folder.path);
  const stop = new AbortController();
  const model = standInModel({ ms: 40 });
  const result = await workOn(own, folder.path, {
    model,
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done >= 6) stop.abort();
    },
  });
  expect(result.reason).toBe(null);
  expect(result.done).toBe(model.begun.length);
  expect(result.done).toBeLessThan(40);
  expect(await countsOf(own.pool, { id })).toMatchObject({ done: result.done, failed: 0 });
  const claimed = await own.queue.claim(id, 100);
  expect(claimed.every(({ isCareful }) => !isCareful)).toBe(true);
  expect(claimed.length).toBeGreaterThanOrEqual(Math.ceil((40 - result.done) / 8));
});

test('a stop while images are tried alone leaves none of them behind', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  const words = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [n, KILLS_MODEL]));
  await writeImages(folder.path, 4, words);
  const { id } = await submitFolder(own, folder.path);
  const stop = new AbortController();
  const model = standInModel({ ms: 20 });
  const request: typeof model.request = (operation, input, options) => {
    // Four died together, two were tried alone: the third is about to be, and the last waits.
    if (model.begun.length === 6) stop.abort();
    return model.request(operation, input, options);
  };
  const first = await workOn(own, folder.path, {
    model: { ...model, request },
    signal: stop.signal,
  });
  expect(first.failed).toBe(3);
  expect(await workOn(own, folder.path)).toEqual({ done: 0, failed: 1, reason: null });
  expect(await countsOf(own.pool, { id })).toMatchObject({ failed: 4, open: 0 });
});

test('a job is not over while an image of it has no result, whatever its holder says', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 8);
  const { id } = await submitFolder(own, folder.path);
  const [job] = await own.queue.claim(id, 1);
  const worker = await registerWorker(own.pool, { host: 'test', device: 'cpu', version: '1' });
  const outcome = { failure: 'missing', detail: 'gone' };
  const records = [{ n: 3, ms: 1, outcome }];
  await endJob(own.pool, own.queue, { runSet: id, worker, records }, job!);
  expect(await workOn(own, folder.path)).toEqual({ done: 7, failed: 0, reason: null });
});

test('an image under which three workers fell silent is given up, and one or two prove nothing', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  const names = await writeImages(folder.path, 8);
  const { id } = await submitFolder(own, folder.path);
  const [job] = await own.queue.claim(id, 1);
  // As a sweep does with the job of a worker that is silent.
  await own.pool.query(
    `UPDATE salience_queue.job SET heartbeat_on = now() - interval '1 hour' WHERE id = $1`,
    [job!.id],
  );
  for (let death = 0; death < 3; death += 1) await suspect(own.pool, id, 2);
  await suspect(own.pool, id, 5);
  const model = standInModel();
  const result = await workOn(own, folder.path, { model, times: { idleMs: 300 } });
  expect(result).toEqual({ done: 7, failed: 1, reason: null });
  expect(await failuresOf(own)).toEqual([[names[2], 'worker_lost']]);
  // One at a time, in order.
  expect(model.begun).toEqual(names.filter((name) => name !== names[2]));
  const { rows } = await own.pool.query('SELECT count(*)::int AS n FROM salience.suspect');
  expect(rows).toEqual([{ n: 0 }]);
});

test('a cancelled run set is left within a beat; what was done stays', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 64);
  const { id } = await submitFolder(own, folder.path);
  let cancelling: Promise<void> | null = null;
  const result = await workOn(own, folder.path, {
    model: standInModel({ ms: 60 }),
    times: { beatMs: 150 },
    onProgress({ done }) {
      if (done < 8) return;
      cancelling ??= findRunSet(own.pool, String(id)).then((row) => cancelRunSet(own.pool, row));
    },
  });
  await cancelling;
  expect(result.reason).toBe(null);
  expect(result.done).toBeGreaterThanOrEqual(8);
  expect(result.done).toBeLessThan(64);
  expect(await countsOf(own.pool, { id })).toMatchObject({ done: result.done, failed: 0 });
});

test('what this worker cannot do it refuses by name, and rows of others too', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 4);
  const told = async (host: Partial<WorkerHost>, images = folder.path) => {
    own.said.length = 0;
    expect(await workOn(own, images, { host })).toEqual({ done: 0, failed: 0, reason: null });
    return own.said;
  };
  const { id } = await submitFolder(own, folder.path);
  const run = `Run set ${id} "test"`;
  expect(await told({ version: '1.0.0' })).toEqual([
    `${run} was made by Salience 9.9.9; this worker is 1.0.0. Use the same version.`,
  ]);
  const { order } = testHost(folder.path);
  expect(
    await told({
      order: async (request) => {
        const made = await order(request);
        return { ...made, packs: { ...made.packs, hash: 'sha256:bbbb' } };
      },
    }),
  ).toEqual([
    `${run} was made with pack stand-in sha256:stand-in; this worker has sha256:bbbb. Install the same pack.`,
  ]);
  await using empty = await temporaryFolder();
  expect(await told({}, empty.path)).toEqual([
    `Root "photos": none of 3 images of run set ${id} is under ${empty.path} (looked for 00000.png, 00002.png, 00003.png). Give --root photos=FOLDER.`,
  ]);
  await own.pool.query(`UPDATE salience.run_set SET format = 2, request = '{"version":"7.0.0"}'`);
  expect(await told({})).toEqual([
    `Run set ${id} was made by Salience 7.0.0 in format 2; this Salience knows up to 1. Use that version or newer.`,
  ]);
  await own.pool.query(
    `UPDATE salience.run_set SET format = 1, request = '{"format":1,"version":7}'`,
  );
  expect(await told({})).toEqual([
    `The request of run set ${id} was not made by Salience: version: Invalid type: Expected string but received 7. Nothing of it is done.`,
  ]);
});

test('a row whose path leaves its root is not read', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  const images = join(folder.path, 'photos');
  await writeImages(images, 3);
  await writeFile(join(folder.path, 'secret.png'), 'image 1');
  const { id } = await submitFolder(own, images);
  await own.pool.query('ALTER TABLE salience.image DROP CONSTRAINT image_path_check');
  await own.pool.query(
    `UPDATE salience.image SET path = 'a/../../secret.png' WHERE run_set = $1 AND n = 1`,
    [id],
  );
  await own.pool.query(`UPDATE salience.image SET root = 'other' WHERE run_set = $1 AND n = 2`, [
    id,
  ]);
  const model = standInModel();
  expect(await workOn(own, images, { model })).toMatchObject({ done: 1, failed: 2 });
  expect(model.begun).toEqual(['00000.png']);
  const [, second] = await resultsOf(own);
  expect(second).toMatchObject({
    failure: 'foreign',
    detail: `The path "a/../../secret.png" (image 1 of run set ${id}) leaves its root: the row was not made by Salience. The image is not read.`,
  });
});

test('a root that goes away is noticed before a run set of missing images is recorded', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  const images = join(folder.path, 'photos');
  await writeImages(images, 64);
  const { id } = await submitFolder(own, images);
  let isGone = false;
  const model = standInModel({
    ms: 5,
    // The drive goes while the fourth image is looked at: at a place in the work, not at a time.
    device() {
      if (!isGone && model.begun.length > 3) renameSync(images, join(folder.path, 'unplugged'));
      isGone ||= model.begun.length > 3;
      return null;
    },
  });
  const result = await workOn(own, images, { model });
  expect(result.reason).toMatch(/^Root "photos": none of 3 images/);
  const { open } = await countsOf(own.pool, { id });
  // What the model was reading when the drive went failed in its own way.
  const missing = (await resultsOf(own)).filter(({ failure }) => failure === 'missing');
  expect(missing.length).toBeLessThan(20);
  expect(open).toBeGreaterThan(0);
});

test('a result that is not what Salience writes is refused by name', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  const images = join(folder.path, 'photos');
  await writeImages(images, 2);
  const { id } = await submitFolder(own, images);
  await workOn(own, images);
  const runSet = await findRunSet(own.pool, 'test');
  const request = parseRequest(runSet);
  const write = () =>
    exportRun(
      own.pool,
      {
        runSet: id,
        request,
        images: 2,
        done: 2,
        format: 'coco',
        shards: 1,
        overwrite: true,
        out: join(folder.path, 'out.json'),
        createdAt: '2026-01-01T00:00:00Z',
      },
      { say: () => undefined, onProgress: () => undefined },
    );
  await write();
  const off = async (column: string, value: string, why: string) => {
    await own.pool.query(`UPDATE salience.result SET ${column} = ${value} WHERE n = 1`);
    await expect(write(), why).rejects.toThrow(
      new RegExp(
        `^The result of "00001.png" \\(image 1 of run set ${id}\\) was not made by Salience: ${why}`,
      ),
    );
  };
  await off('width', '41', 'runs? ');
  await off('masks', `'\\xff000000'`, 'the list ends inside mask 1 of 255');
  await off('facts', `'{"run":{}}'`, 'facts\\.');
});
