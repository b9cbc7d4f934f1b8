// Small files of the engine: JSON that survives damage, a cache that stays in its bounds, handles.
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handle } from '../../../../../electron/api/types.ts';
import { openCache } from '../../../../../electron/engine/files/cacheFolder.ts';
import { createHandles } from '../../../../../electron/engine/files/handles.ts';
import { openJsonFile } from '../../../../../electron/engine/files/jsonFile.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-files-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('JSON file', () => {
  const schema = v.object({ theme: v.picklist(['dark', 'light']) });
  const fallback = { theme: 'dark' as const };
  const open = (logs: string[] = []) =>
    openJsonFile(join(root, 's.json'), schema, fallback, (line) => logs.push(line));

  it('keeps the last of many writes and leaves no temporary file', async () => {
    const file = await open();
    await Promise.all(
      Array.from({ length: 9 }, (_, index) => file.set({ theme: index % 2 ? 'light' : 'dark' })),
    );
    await file.set({ theme: 'light' });
    expect((await open()).value()).toEqual({ theme: 'light' });
    expect(await readdir(root)).toEqual(['s.json']);
  });

  it('sets damaged content aside, says so and goes on with defaults', async () => {
    for (const content of ['{"theme": "da', '{"theme": "purple"}', '']) {
      await writeFile(join(root, 's.json'), content);
      const logs: string[] = [];
      expect((await open(logs)).value()).toEqual(fallback);
      expect(logs).toHaveLength(1);
      expect(await readFile(join(root, 's.json.damaged'), 'utf8')).toBe(content);
    }
  });
});

describe('cache', () => {
  it('drops what was used longest ago when it grows over its bound', async () => {
    const large = openCache(join(root, 'cache'), 1e9);
    const paths: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const path = await large.write(`k${index}`, '.bin', new Uint8Array(95));
      const at = new Date(Date.now() - (100 - index) * 1000);
      await utimes(path, at, at);
      paths.push(path);
    }
    const cache = openCache(join(root, 'cache'), 1000);
    // Used just now: stays although it is the oldest.
    expect(await cache.find('k0', '.bin')).toBe(paths[0]);
    expect(await cache.prune()).toBeLessThanOrEqual(1000);
    expect(await cache.read('k0', '.bin')).toHaveLength(95);
    expect(await cache.find('k1', '.bin')).toBeNull();
    expect(await cache.find('k11', '.bin')).toBe(paths[11]);
  });

  it('drops ranked files before or after all others, whenever they were used', async () => {
    const cache = openCache(join(root, 'cache'), 500);
    for (let index = 0; index < 8; index += 1) {
      const path = await openCache(join(root, 'cache'), 1e9).write(
        `k${index}`,
        '.bin',
        new Uint8Array(95),
      );
      const at = new Date(Date.now() - (100 - index) * 1000);
      await utimes(path, at, at);
    }
    const path = (key: string) => cache.pathOf(key, '.bin');
    cache.rankBy(() => ({ first: new Set([path('k7')]), last: new Set([path('k0')]) }));
    expect(await cache.prune()).toBeLessThanOrEqual(500);
    const left = await Promise.all(
      Array.from({ length: 8 }, async (_, index) =>
        (await cache.find(`k${index}`, '.bin')) === null ? [] : [index],
      ),
    );
    expect(left.flat()).toEqual([0, 4, 5, 6]);
  });

  it('answers null for everything after somebody deleted it', async () => {
    const cache = openCache(join(root, 'cache'), 1000);
    await cache.write('k', '.bin', new Uint8Array(3));
    await rm(join(root, 'cache'), { recursive: true });
    expect(await cache.read('k', '.bin')).toBeNull();
    await cache.write('k', '.bin', new Uint8Array(3));
    expect(await cache.read('k', '.bin')).toHaveLength(3);
  });

  it('never leaves its folder, whatever the key is', () => {
    const cache = openCache(join(root, 'cache'), 1000);
    for (const key of ['../../x', '/etc/passwd', 'a\0b', ''])
      expect(cache.pathOf(key, '.bin').startsWith(join(root, 'cache'))).toBe(true);
  });
});

describe('handles', () => {
  it('stand for the paths that were given out and for nothing else', () => {
    const handles = createHandles();
    const handle = handles.handleOf('/data/images');
    expect(handles.pathOf(handle)).toBe('/data/images');
    expect(handles.handleOf('/data/images/../images')).toBe(handle);
    expect(handle).not.toContain('data');
    for (const guess of ['/data/images', 'x', ''])
      expect(() => handles.pathOf(guess as Handle)).toThrow(/not chosen/);
    expect(() => createHandles().pathOf(handle)).toThrow(/not chosen/);
  });
});
