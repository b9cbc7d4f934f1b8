// When a stored run is stale: another model, other words, a class that is gone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { presentRun } from '../../../../../electron/engine/prelabel/present.ts';
import {
  addCategories,
  listCategories,
  saveCategories,
} from '../../../../../electron/engine/project/classes/categories.ts';
import { openProject, type Project } from '../../../../../electron/engine/project/project.ts';
import type { StoredRun } from '../../../../../electron/engine/project/runs.ts';

let root: string;
let project: Project;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-present-'));
  project = await openProject({ file: join(root, 'p.salience'), folder: root });
  addCategories(project.store, ['cup', 'plate']);
  const [, plate] = listCategories(project.store);
  saveCategories(project.store, [{ ...plate!, prompt: 'white plate' }]);
});
afterAll(async () => {
  project.close();
  await rm(root, { recursive: true, force: true });
});

const [CUP, PLATE] = [1, 2] as [CategoryId, CategoryId];
const run = (more: object = {}) =>
  ({
    runId: 'r',
    engine: 'pnp',
    packId: 'mine',
    packHash: 'h',
    cacheKey: 'k',
    classes: [{ categoryId: CUP }, { categoryId: PLATE }],
    words: { [CUP]: 'cup', [PLATE]: 'white plate' },
    ...more,
  }) as unknown as StoredRun;

test.each([
  ['as it would be made today', null, {}, false],
  ['of the model that the project names', 'mine', {}, false],
  ['of another model', 'other', {}, true],
  ['of a method that chooses its models by itself', 'other', { engine: 'naclip' }, false],
  ['asked with other words', null, { words: { [CUP]: 'mug', [PLATE]: 'white plate' } }, true],
  [
    'asked with the name where there are words now',
    null,
    { words: { 1: 'cup', 2: 'plate' } },
    true,
  ],
  ['of a class that is gone', null, { classes: [{ categoryId: 9 }], words: { 9: 'x' } }, true],
  ['of some of the classes', null, { classes: [{ categoryId: CUP }] }, false],
])('a run %s', (_what, packId, more, stale) => {
  if (packId === null) project.store.run("DELETE FROM meta WHERE key = 'packId'");
  else project.setMeta('packId', packId);
  const shown = presentRun(project, run(more));
  expect(shown.stale).toBe(stale);
  // What only the engine needs stays here.
  for (const name of ['packHash', 'cacheKey', 'words']) expect(shown).not.toHaveProperty(name);
});
