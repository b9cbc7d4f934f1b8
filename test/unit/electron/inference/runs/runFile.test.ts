// The shelf of opened runs: one read for all moves of a slider, a new one when the file is another.
import { mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCache, type CacheFolder } from '../../../../../electron/engine/files/cacheFolder.ts';
import { createRunShelf, writeRun } from '../../../../../electron/inference/runs/runFile.ts';
import { fakeRun } from '../../../../helpers/standIns/fakeRun.ts';

const run = fakeRun({
  rows: 2,
  columns: 2,
  width: 8,
  height: 8,
  classes: [{ id: 1, map: [0, 1, 0, 1] }],
});
const stored = { magic: 'salience-run-1', run, allLayers: 1, allHeads: 1 } as const;

let root: string;
let cache: CacheFolder;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-runs-'));
  cache = openCache(root, 1e9);
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('a run looked up in the cache between two reads is not read again', async () => {
  const path = cache.pathOf('run', '.run');
  await writeRun(path, stored);
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
  await writeRun(path, stored);
  const shelf = createRunShelf();
  const first = await shelf.get(path);
  await writeRun(path, { ...stored, allLayers: 2 });
  const second = await shelf.get(path);
  expect(second).not.toBe(first);
  expect(second.allLayers).toBe(2);
});

test('a run that is gone is said to be gone, although it was read before', async () => {
  const path = cache.pathOf('run', '.run');
  await writeRun(path, stored);
  const shelf = createRunShelf();
  await shelf.get(path);
  await cache.remove('run', '.run');
  await expect(shelf.get(path)).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
});
