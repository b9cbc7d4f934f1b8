// Run sets in the database: listed once however often, resumed, tried again, cancelled, removed; rights of workers.
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from '../../../electron/cluster/database/pool.ts';
import { cancelRunSet, removeRunSet, retryRunSet } from '../../../electron/cluster/runs/changes.ts';
import { fillGaps } from '../../../electron/cluster/runs/gaps.ts';
import { countsOf, findRunSet } from '../../../electron/cluster/runs/runSets.ts';
import { QUEUE_SCHEMA, requireSchema } from '../../../electron/cluster/schema/migrate.ts';
import { WORKER_ROLE } from '../../../electron/cluster/schema/roles.ts';
import { folderImages } from '../../../electron/cluster/source/folder.ts';
import { addResults, openImages, registerWorker } from '../../../electron/cluster/worker/rows.ts';
import {
  clusterBench,
  clusterServer,
  submitFolder,
  testRequest,
  writeImages,
  type ClusterBench,
  type ClusterServer,
} from '../../helpers/drivers/clusterBench.ts';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';

let server: ClusterServer;
beforeAll(async () => {
  server = await clusterServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const bench = async () => clusterBench(await server.database());

/** Numbers and paths of a run set, and whether the jobs cover every number once. */
async function listed({ pool }: ClusterBench, id: number) {
  const { rows } = await pool.query<{ n: number; path: string }>(
    'SELECT n, path FROM salience.image WHERE run_set = $1 ORDER BY n',
    [id],
  );
  const jobs = await pool.query<{ n: number }>(
    `SELECT generate_series((data->>'first')::int, (data->>'last')::int) AS n
     FROM salience_queue.job WHERE name = $1 AND state < 'completed' ORDER BY n`,
    [`run-${id}`],
  );
  return {
    paths: rows.map(({ path }) => path),
    numbers: rows.map(({ n }) => n),
    jobs: jobs.rows.map(({ n }) => n),
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

async function failed({ pool }: ClusterBench, runSet: number, n: number) {
  const worker = await registerWorker(pool, { host: 'test', device: 'cpu', version: '1' });
  const outcome = { failure: 'missing', detail: 'gone' };
  await addResults(pool, { runSet, worker, records: [{ n, ms: 1, outcome }] });
}

test('a folder is listed in byte order, and the same call again adds only what is new', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  const names = await writeImages(folder.path, 19);
  await writeImages(join(folder.path, '00003'), 2);
  await writeFile(join(folder.path, 'notes.txt'), 'no image');
  const first = await submitFolder(own, folder.path);
  expect(first).toMatchObject({ isNew: true, listed: 21, added: 21 });
  const { paths, numbers, jobs } = await listed(own, first.id);
  // A point stands before a slash.
  expect(paths).toEqual([...names, '00003/00000.png', '00003/00001.png'].sort());
  expect([numbers, jobs]).toEqual([upTo(21), upTo(21)]);

  await writeFile(join(folder.path, '00005-late.png'), 'late');
  // Another time is another image.
  await utimes(join(folder.path, names[7]!), 1, 1);
  const again = await submitFolder(own, folder.path, { name: 'other name' });
  expect(again).toMatchObject({ id: first.id, name: 'test', isNew: false, listed: 22, added: 2 });
  expect((await listed(own, first.id)).jobs).toEqual(upTo(23));
});

test('a submit that is cut goes on behind the page that it finished, and two at once add each image once', async () => {
  await using own = await bench();
  await using other = await clusterBench(own.url);
  await using folder = await temporaryFolder();
  const names = await writeImages(folder.path, 230);
  const cut = new AbortController();
  const cutOff = submitFolder(own, folder.path, {
    pageImages: 50,
    signal: cut.signal,
    onListed: () => cut.abort(new Error('cut')),
  });
  await expect(cutOff).rejects.toThrow('cut');
  const half = await findRunSet(own.pool, 'test');
  expect(half).toMatchObject({ state: 'listing', images: 50, listedAfter: names[49] });

  // Both know where to go on before either has added a page.
  const started = Promise.withResolvers<void>();
  let walks = 0;
  const walk = async function* (after: string | null) {
    if ((walks += 1) === 2) started.resolve();
    await started.promise;
    yield* folderImages(folder.path, { after, passedBy: { note: () => undefined } });
  };
  const both = await Promise.all([
    submitFolder(own, folder.path, { pageImages: 50, walk }),
    submitFolder(other, folder.path, { pageImages: 50, walk }),
  ]);
  expect(both.map(({ listed: count }) => count)).toEqual([180, 180]);
  expect(both.reduce((sum, { added }) => sum + added, 0)).toBe(180);
  const { paths, numbers, jobs } = await listed(own, half.id);
  expect([...paths].sort()).toEqual(names);
  expect([numbers, jobs]).toEqual([upTo(230), upTo(230)]);
  expect(await findRunSet(own.pool, 'test')).toMatchObject({ state: 'open', listedAfter: null });
});

test('a queue that was emptied or deleted is built anew from the gaps', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 30);
  const { id } = await submitFolder(own, folder.path);
  await failed(own, id, 12);
  await own.pool.query('DELETE FROM salience_queue.job');
  expect(await fillGaps(own.pool, own.queue, { id, priority: 0 })).toBe(29);
  expect(await fillGaps(own.pool, own.queue, { id, priority: 0 })).toBe(0);
  expect((await listed(own, id)).jobs).toEqual(upTo(30).filter((n) => n !== 12));
  await own.queue.drop(id);
  const runSet = await findRunSet(own.pool, String(id));
  expect(await retryRunSet(own.pool, own.queue, runSet, 10)).toBe(30);
  expect((await listed(own, id)).jobs).toEqual(upTo(30));
});

test('retry, cancel and remove do what they say, and nothing to what is done', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 20);
  const { id } = await submitFolder(own, folder.path);
  const row = () => findRunSet(own.pool, String(id));
  const jobs = await own.queue.claim(id, 10);
  for (const job of jobs) await own.queue.complete(own.pool as never, id, job);
  for (const n of upTo(20)) await failed(own, id, n);
  expect(await countsOf(own.pool, { id })).toEqual({ images: 20, done: 0, failed: 20, open: 0 });
  expect(await retryRunSet(own.pool, own.queue, await row(), 10)).toBe(20);
  expect(await countsOf(own.pool, { id })).toEqual({ images: 20, done: 0, failed: 0, open: 20 });

  await expect(removeRunSet(own.pool, own.queue, await row(), () => undefined)).rejects.toThrow(
    `Run set ${id} "test" has 20 open images: "salience cluster cancel ${id}" first, then remove it.`,
  );
  await cancelRunSet(own.pool, await row());
  expect((await listed(own, id)).jobs).toEqual([]);
  await expect(submitFolder(own, folder.path)).rejects.toThrow(
    'was cancelled: "salience cluster retry',
  );
  expect(await fillGaps(own.pool, own.queue, { id, priority: 0 })).toBe(0);
  expect(await retryRunSet(own.pool, own.queue, await row(), 10)).toBe(20);
  expect((await row()).state).toBe('open');
  await cancelRunSet(own.pool, await row());
  await removeRunSet(own.pool, own.queue, await row(), () => undefined);
  const left = await own.pool.query(
    `SELECT (SELECT count(*) FROM salience.image) + (SELECT count(*) FROM salience.result)
       + (SELECT count(*) FROM salience.run_set) + (SELECT count(*) FROM salience_queue.job) AS n`,
  );
  expect(left.rows).toEqual([{ n: '0' }]);
});

test('the role of workers may work and nothing else', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 10);
  const { id } = await submitFolder(own, folder.path);
  await own.pool.query(
    `DO $$ BEGIN CREATE ROLE bound LOGIN PASSWORD 'x' IN ROLE ${WORKER_ROLE};
     EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
  );
  const url = own.url.replace(/\/\/[^@]*@/, '//bound:x@');
  await using bound = await clusterBench(url);
  const worker = await registerWorker(bound.pool, { host: 'h', device: 'cpu', version: '1' });
  const [job] = await bound.queue.claim(id, 1);
  expect(await bound.queue.beat(id, [job!])).toEqual(new Set([job!.id]));
  const outcome = { failure: 'missing', detail: 'gone' };
  await addResults(bound.pool, { runSet: id, worker, records: [{ n: 0, ms: 1, outcome }] });
  await bound.queue.handBack(id, [job!]);
  for (const statement of [
    'CREATE TABLE salience.mine (a int)',
    'DROP TABLE salience.result',
    'DELETE FROM salience.result',
    'UPDATE salience.result SET ms = 0',
    `UPDATE salience.run_set SET state = 'cancelled'`,
    `INSERT INTO salience.image VALUES (${id}, 99, gen_random_uuid(), 1, 'r', 'p', 's')`,
  ])
    await expect(bound.pool.query(statement), statement).rejects.toMatchObject({ code: '42501' });
});

test('a schema of a newer program is refused by name, and that of the queue is the pinned one', async () => {
  await using own = await bench();
  const { rows } = await own.pool.query<{ version: number }>(
    'SELECT version FROM salience_queue.version',
  );
  expect(rows).toEqual([{ version: QUEUE_SCHEMA }]);
  await own.pool.query(
    `INSERT INTO salience.migration (version, salience, queue) VALUES (3, '4.5.6', ${QUEUE_SCHEMA})`,
  );
  const words =
    "The database's schema is of version 3, this Salience knows up to 2. Use Salience 4.5.6 or newer.";
  await expect(requireSchema(own.pool)).rejects.toThrow(words);
  await expect(clusterBench(own.url)).rejects.toThrow(words);
});

test('two programs that come first at once make one schema', async () => {
  const url = await server.emptyDatabase();
  const both = await Promise.all([clusterBench(url), clusterBench(url)]);
  const { rows } = await both[0]!.pool.query('SELECT version FROM salience.migration');
  expect(rows).toEqual([{ version: 2 }]);
  for (const one of both) await one[Symbol.asyncDispose]();
});

test('a database of the first version gains what is new, and keeps what it has', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 3);
  const { id } = await submitFolder(own, folder.path);
  await own.pool.query('DROP TABLE salience.map');
  await own.pool.query('UPDATE salience.migration SET version = 1');
  await expect(requireSchema(own.pool)).rejects.toThrow('is older than this Salience');
  await using newer = await clusterBench(own.url);
  const { rows } = await newer.pool.query(
    'SELECT version FROM salience.migration ORDER BY version',
  );
  expect(rows).toEqual([{ version: 1 }, { version: 2 }]);
  expect(await countsOf(newer.pool, { id })).toMatchObject({ images: 3, open: 3 });
});

test('a path that leaves its root cannot become a row, and other letters of it can', async () => {
  await using own = await bench();
  const images = ['a\tb\\n.png', 'it\'s "quoted".png', 'ünï\n.png', '𐐷.png', '\u{e000}.png'];
  const walk = async function* () {
    for (const path of images) yield { path, bytes: 1, stamp: '"etag"' };
  };
  const { id, added } = await submitFolder(own, '', { walk, request: testRequest() });
  expect(added).toBe(images.length);
  expect((await listed(own, id)).paths).toEqual(images);
  for (const path of ['../x.png', 'a/../../x.png', '/etc/x.png', 'a/./x.png'])
    await expect(
      own.pool.query(
        `INSERT INTO salience.image VALUES ($1, 99, gen_random_uuid(), 1, 'photos', $2, 's')`,
        [id, path],
      ),
      path,
    ).rejects.toMatchObject({ code: '23514' });
});

test('a server that is not there is told without the password', async () => {
  const pool = await openPool(
    { kind: 'url', url: 'postgres://me:secret@127.0.0.1:1/none' },
    { connections: 1, name: 'test' },
  );
  const { greet } = await import('../../../electron/cluster/database/pool.ts');
  const error = await greet(pool).then(
    () => null,
    (cause: unknown) => cause as Error,
  );
  expect(error?.message).toMatch(/^The database cannot be used: .*ECONNREFUSED/);
  expect(JSON.stringify(error) + error?.message + error?.stack).not.toContain('secret');
  await pool.end();
});

test('what is open of a job is read by its numbers, however large the set is', async () => {
  await using own = await bench();
  await using folder = await temporaryFolder();
  await writeImages(folder.path, 1);
  const { id } = await submitFolder(own, folder.path);
  await own.pool.query(
    `INSERT INTO salience.image (run_set, n, key, bytes, root, path, stamp)
     SELECT run_set, made.n, gen_random_uuid(), bytes, root, made.n || '.png', stamp
     FROM salience.image, generate_series(1, 19999) AS made (n) WHERE run_set = $1`,
    [id],
  );
  const worker = await registerWorker(own.pool, { host: 'test', device: 'cpu', version: '1' });
  await own.pool.query(
    `INSERT INTO salience.result (run_set, worker, n, ms, failure, detail)
     SELECT $1, $2, n, 1, 'missing', 'gone' FROM generate_series(0, 9999) AS made (n)`,
    [id, worker],
  );
  await own.pool.query('ANALYZE salience.image, salience.result');
  const client = await own.pool.connect();
  // Of this connection, with what the server has not added up yet.
  const rowsRead = async () =>
    (
      await client.query<{ rows: number }>(
        'SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS rows FROM pg_stat_xact_user_tables',
      )
    ).rows[0]!.rows;
  await client.query('BEGIN');
  const before = await rowsRead();
  const open = await openImages(client, id, [
    { first: 9_996, last: 10_003 },
    { first: 15_000, last: 15_007 },
  ]);
  const read = (await rowsRead()) - before;
  client.release(true);
  expect(open.map((job) => job.map(({ n }) => n))).toEqual([
    [10_000, 10_001, 10_002, 10_003],
    [15_000, 15_001, 15_002, 15_003, 15_004, 15_005, 15_006, 15_007],
  ]);
  // 16 images, and what the sixteen look up.
  expect(read).toBeLessThan(100);
});
