// The shelf of opened runs: one read for all moves of a slider, a new one when the file is another.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCache, type CacheFolder } from '../../../../../electron/engine/files/cacheFolder.ts';
import type { SalienceRun } from '../../../../../electron/inference/pipeline/salienceRun.ts';
import { explainerOf } from '../../../../../electron/inference/engines/engines.ts';
import { decodeImage } from '../../../../../electron/inference/image/decode.ts';
import { masksFromRun } from '../../../../../electron/inference/pipeline/masks/masks.ts';
import {
  createRunShelf,
  readRun,
  writeRun,
} from '../../../../../electron/inference/runs/runFile.ts';
import type { MaskParams } from '../../../../../electron/link/params.ts';
import { fakeRun } from '../../../../helpers/standIns/fakeRun.ts';

/** A run, and the masks that the program which wrote it made of it: two passes of the shipped pack. */
const FIRST = fileURLToPath(new URL('../../../../golden/runs', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../../../../models/demo/samples', import.meta.url));

interface FirstRun {
  readonly masks: MaskParams;
  /** SHA-256 of the label map. */
  readonly labels: string;
  readonly classes: readonly { id: number; match: number; area: number }[];
}

const run = fakeRun({
  rows: 2,
  columns: 2,
  width: 8,
  height: 8,
  classes: [{ id: 1, map: [0, 1, 0, 1] }],
});

let root: string;
let cache: CacheFolder;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-runs-'));
  cache = openCache(root, 1e9);
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('a run looked up in the cache between two reads is not read again', async () => {
  const path = cache.pathOf('run', '.run');
  await writeRun(path, run);
  const shelf = createRunShelf();
  const first = await shelf.get(path);
  for (let move = 0; move < 5; move++) {
    // Not used for an hour, so that every look-up marks the use.
    const { mtime } = await stat(path);
    await utimes(path, new Date(Date.now() - 3_600_000), mtime);
    expect(await cache.find('run', '.run')).toBe(path);
    expect(Date.now() - (await stat(path)).atimeMs).toBeLessThan(60_000);
    expect(await shelf.get(path)).toBe(first);
  }
});

test('a run written anew is read anew', async () => {
  const path = cache.pathOf('run', '.run');
  await writeRun(path, run);
  const shelf = createRunShelf();
  const first = await shelf.get(path);
  await writeRun(path, { ...run, allLayers: 2 });
  const second = await shelf.get(path);
  expect(second).not.toBe(first);
  expect(second).toMatchObject({ allLayers: 2 });
});

test('a run that is gone is said to be gone, although it was read before', async () => {
  const path = cache.pathOf('run', '.run');
  await writeRun(path, run);
  const shelf = createRunShelf();
  await shelf.get(path);
  await cache.remove('run', '.run');
  await expect(shelf.get(path)).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
});

test('a run of the first format is read, and its masks are what they were', async () => {
  const { masks, labels, classes } = JSON.parse(
    await readFile(join(FIRST, 'format1.json'), 'utf8'),
  ) as FirstRun;
  const old = (await readRun(join(FIRST, 'format1.run'))) as SalienceRun;
  expect(old).toMatchObject({ format: 2, engine: 'pnp', allHeads: 4 });
  const image = await decodeImage(join(SAMPLES, 'beach.jpg'));
  const result = await masksFromRun(old, image, masks);
  expect(createHash('sha256').update(new Uint8Array(result.labels.buffer)).digest('hex')).toBe(
    labels,
  );
  expect(result.classes.map(({ id, match, area }) => ({ id, match, area }))).toEqual(classes);
  const { kinds, tokens } = explainerOf(old).evidence(old, masks);
  expect([kinds, tokens.length]).toEqual([['passes', 'words', 'heads'], 2]);
  // Written again it has the present format.
  const path = cache.pathOf('again', '.run');
  await writeRun(path, old);
  expect(await readRun(path)).toEqual(old);
});

test.each([
  ['of another program', { magic: 'salience-run-9', run: {} }],
  ['of a newer format', { magic: 'salience-run-2', run: { format: 3 } }],
  ['that is no run at all', 'text'],
])('a file %s is no run', async (_, stored) => {
  const path = join(root, 'odd.run');
  await writeFile(path, serialize(stored));
  await expect(readRun(path)).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
});
