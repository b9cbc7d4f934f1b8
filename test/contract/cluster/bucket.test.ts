// Images of a bucket: pages, going on, and every fault of a store, against a stand-in on loopback.
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countsOf } from '../../../electron/cluster/runs/runSets.ts';
import {
  bucketImages,
  bucketRoot,
  openBucket,
  readBucketAddress,
} from '../../../electron/cluster/source/bucket.ts';
import {
  ObjectFailure,
  readObject,
  StoreFailure,
} from '../../../electron/cluster/source/object.ts';
import { bucketSource } from '../../../electron/cluster/worker/images.ts';
import {
  clusterBench,
  clusterServer,
  submitFolder,
  testRequest,
} from '../../helpers/drivers/clusterBench.ts';
import { workOn } from '../../helpers/drivers/clusterWork.ts';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';
import {
  bucketServer,
  etagOf,
  type BucketServer,
  type Fault,
} from '../../helpers/standIns/bucketServer.ts';

const BUCKET = 'lake';
let store: BucketServer;
const before = { ...process.env };

beforeAll(async () => {
  store = await bucketServer(BUCKET);
  // The library reads them itself, as it does on a person's computer.
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_ENDPOINT_URL_S3: store.url,
    AWS_REGION: 'us-east-1',
  });
});
afterAll(async () => {
  process.env = before;
  await store[Symbol.asyncDispose]();
});

const client = (silenceMs = 15_000) => openBucket(process.env, { connectMs: 1000, silenceMs });

async function pathsOf(after: string | null, prefix = 'photos/') {
  const passed: string[] = [];
  const passedBy = { note: (path: string, why: string) => void passed.push(`${path}: ${why}`) };
  const paths: string[] = [];
  const images = bucketImages(await client(), { bucket: BUCKET, prefix }, { after, passedBy });
  for await (const { path } of images) paths.push(path);
  return { paths, passed };
}

function fill(count: number): string[] {
  store.objects.clear();
  store.fault = () => null;
  const names = Array.from({ length: count }, (_, n) => `${String(n).padStart(5, '0')}.png`);
  for (const [n, name] of names.entries())
    store.objects.set(`photos/${name}`, Buffer.from(`image ${n}`));
  return names;
}

test('a bucket is listed by pages in byte order, goes on behind a key, and leaves out what is no image', async () => {
  const names = fill(1203);
  store.objects.set('photos/', Buffer.alloc(0));
  store.objects.set('photos/empty.png', Buffer.alloc(0));
  store.objects.set('photos/notes.txt', Buffer.from('x'));
  store.objects.set('photosets/a.png', Buffer.from('x'));
  store.objects.set("photos/it's & <odd> ünï.png", Buffer.from('x'));
  store.objects.set('photos/a/../../b.png', Buffer.from('x'));
  store.requests.length = 0;
  const { paths, passed } = await pathsOf(null);
  expect(paths).toEqual([...names, "it's & <odd> ünï.png"]);
  expect(passed).toEqual(['a/../../b.png: its path leaves the root']);
  expect(store.requests.length).toBe(2);
  expect((await pathsOf(names[1199]!)).paths).toEqual([
    ...names.slice(1200),
    "it's & <odd> ünï.png",
  ]);
});

test('a bucket that cannot be listed is told by name', async () => {
  const passedBy = { note: () => undefined };
  const place = { bucket: 'no-such-lake', prefix: '' };
  const images = bucketImages(await client(), place, { after: null, passedBy });
  await expect(images.next()).rejects.toThrow(
    'The bucket no-such-lake cannot be listed (status 404, NoSuchBucket: NoSuchBucket).',
  );
});

test('a submit of a bucket and a worker on it: files are gone when the masks are there', async () => {
  await using server = await clusterServer();
  await using own = await clusterBench(await server.database(), { sweeps: true });
  await using folder = await temporaryFolder();
  fill(20);
  const place = readBucketAddress(`s3://${BUCKET}/photos`);
  const root = bucketRoot(place);
  const passedBy = { note: () => undefined };
  const reader = await client();
  const { id } = await submitFolder(own, '', {
    request: testRequest({ source: { kind: 'bucket', root } }),
    walk: (after) => bucketImages(reader, place, { after, passedBy }),
  });
  store.objects.set('photos/00003.png', Buffer.from('another'));
  store.objects.delete('photos/00004.png');
  store.fault = (key) => (key.endsWith('00005.png') ? { kind: 'status', status: 403 } : null);
  const source = bucketSource(reader, id, { ...place, root, folder: folder.path });
  const worked = await workOn(own, '', { host: { source: async () => source } });
  expect(worked).toEqual({ done: 17, failed: 3, reason: null });
  const { rows } = await own.pool.query<{ n: number; failure: string }>(
    'SELECT n, failure FROM salience.result WHERE failure IS NOT NULL ORDER BY n',
  );
  expect(rows).toEqual([
    { n: 3, failure: 'changed' },
    { n: 4, failure: 'missing' },
    { n: 5, failure: 'denied' },
  ]);
  expect(await readdir(folder.path)).toEqual([]);

  // A store that is gone fails no image: the worker stops, and its work waits.
  store.objects.set('photos/late.png', Buffer.from('late'));
  store.fault = () => null;
  const walk = (after: string | null) => bucketImages(reader, place, { after, passedBy });
  await submitFolder(own, '', { request: testRequest({ source: { kind: 'bucket', root } }), walk });
  store.fault = () => ({ kind: 'status', status: 503 });
  const stopped = await workOn(own, '', { host: { source: async () => source } });
  expect(stopped).toMatchObject({ done: 0, failed: 0 });
  expect(own.said.join('\n') + stopped.reason).toContain(
    'The bucket lake does not answer (status 503',
  );
  store.fault = () => null;
  expect(await workOn(own, '', { host: { source: async () => source } })).toMatchObject({
    done: 2,
  });
  expect(await countsOf(own.pool, { id })).toMatchObject({ failed: 3, open: 0 });
});

const bytes = Buffer.alloc(200_000, 7);

async function read(fault: () => Fault | null, silenceMs?: number) {
  store.objects.clear();
  store.objects.set('a.png', bytes);
  store.fault = () => fault();
  store.requests.length = 0;
  const object = { bucket: BUCKET, key: 'a.png', bytes: bytes.length, stamp: etagOf(bytes) };
  return readObject(await client(silenceMs), object);
}

test.each<[string, Fault[], number]>([
  [
    '503 twice',
    [
      { kind: 'status', status: 503 },
      { kind: 'status', status: 503 },
    ],
    3,
  ],
  ['torn once', [{ kind: 'torn' }], 2],
  ['longer once', [{ kind: 'longer' }], 2],
  ['silent once', [{ kind: 'silent' }], 2],
])('%s, then good', async (_name, faults, requests) => {
  let at = 0;
  expect((await read(() => faults[at++] ?? null, 400)).equals(bytes)).toBe(true);
  expect(store.requests.length).toBe(requests);
});

test.each<[string, Fault, string]>([
  ['torn always', { kind: 'torn' }, 'torn'],
  ['longer always', { kind: 'longer' }, 'torn'],
  ["a proxy's page", { kind: 'page' }, 'changed'],
  ['refused', { kind: 'status', status: 403 }, 'denied'],
  ['gone', { kind: 'status', status: 404 }, 'missing'],
  ['another one', { kind: 'status', status: 412 }, 'changed'],
])('%s is a failure of the image', async (_name, fault, failure) => {
  const error = await read(() => fault).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(ObjectFailure);
  expect((error as ObjectFailure).failure).toBe(failure);
});

test('a store that is busy for good, or not there, is no failure of the image', async () => {
  await expect(read(() => ({ kind: 'status', status: 503 }))).rejects.toThrow(StoreFailure);
  const object = { bucket: BUCKET, key: 'a.png', bytes: 1, stamp: 'x' };
  process.env['AWS_ENDPOINT_URL_S3'] = 'http://127.0.0.1:1';
  const gone = await openBucket(process.env);
  process.env['AWS_ENDPOINT_URL_S3'] = store.url;
  await expect(readObject(gone, object)).rejects.toThrow(StoreFailure);
});
