// What a project says that it learned: a project file from elsewhere may say anything.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { learnState, restoreLearned } from '../../../../../electron/engine/learn/stored.ts';
import type { PrelabelParams } from '../../../../../electron/api/run.ts';
import {
  imageFolder,
  openBench,
  removeBench,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const FILE = {
  packHash: 'pack',
  packName: 'CLIP',
  mix: 0.3,
  directions: { 1: Buffer.from(Float32Array.of(1, 0).buffer).toString('base64') },
};
const FIGURES = {
  verdict: 'offer',
  images: 9,
  now: 0.6,
  then: 0.7,
  error: 0.01,
  up: 8,
  down: 0,
  alike: 1,
  mix: 0.3,
  packName: 'CLIP',
  classes: 1,
  at: '2026-01-01T00:00:00.000Z',
};
const idOf = (file: unknown) =>
  createHash('sha256').update(JSON.stringify(file)).digest('hex').slice(0, 32);
const stored = (id: string, file: unknown = FILE, figures: object = {}) =>
  JSON.stringify({ learning: { ...FIGURES, ...figures, id }, file });
const ID = idOf(FILE);

describe('what a project learned', () => {
  let folder: string;
  let bench: Bench;
  beforeEach(async () => {
    folder = await imageFolder(1);
    bench = await openBench(folder);
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  /** Opens the project with parameters that name `id`, and with `text` beside it; the copies that this leaves. */
  async function restored(id: string, text: string): Promise<string[]> {
    const { context } = bench.engine;
    const project = context.open.get();
    project.setMeta('learnedInUse', text);
    const params: PrelabelParams = { preset: 'default', overrides: { 'naclip.learned': id } };
    await restoreLearned(context, project, params);
    return readdir(join(context.userDataFolder, 'learned')).catch(() => []);
  }

  it('is copied where it is as this program wrote it', async () => {
    expect(await restored(ID, stored(ID))).toEqual([`${ID}.json`]);
  });

  it.each(['../taken', '../../taken', 'a'.repeat(32)])(
    'is not copied under the name %s, which is not that of its bytes',
    async (id) => {
      expect(await restored(id, stored(id))).toEqual([]);
      for (const up of ['.', '..'])
        expect(existsSync(join(bench.userData, up, 'taken.json'))).toBe(false);
    },
  );

  it.each([
    ['no JSON', '{', ID],
    ['a list', '[]', ID],
    ['of another shape', stored(idOf({ ...FILE, directions: 3 }), { ...FILE, directions: 3 }), ''],
    ['mixed beyond all', stored(idOf({ ...FILE, mix: 7 }), { ...FILE, mix: 7 }), ''],
    ['told in words that no program writes', stored(ID, FILE, { verdict: 'constructor' }), ID],
  ])('that is %s counts as nothing', async (_what, text, named) => {
    const id = named || (JSON.parse(text) as { learning: { id: string } }).learning.id;
    expect(await restored(id, text)).toEqual([]);
    const project = bench.engine.context.open.get();
    project.setMeta('learned', text);
    expect(learnState(project, { preset: 'default', overrides: {} }).learning).toBeNull();
  });
});
