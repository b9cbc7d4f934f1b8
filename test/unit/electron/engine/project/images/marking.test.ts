// Marking very many images: others are answered meanwhile, and an image that is not there marks none.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImageId } from '../../../../../../electron/api/types.ts';
import {
  markImages,
  statusCounts,
} from '../../../../../../electron/engine/project/images/images.ts';
import { openProject, type Project } from '../../../../../../electron/engine/project/project.ts';
import { watchLoop } from '../../../../../helpers/drivers/loopTurns.ts';

const MANY = 60_000;
let root: string;
let project: Project;
let ids: ImageId[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-marking-'));
  project = await openProject({ file: join(root, 'p.salience'), folder: root });
  const { store } = project;
  store.transaction(() => {
    for (let id = 1; id <= MANY; id += 1)
      store.run('INSERT INTO image(id, name, sort) VALUES (?, ?, ?)', id, `${id}.png`, `${id}`);
  });
  ids = Array.from({ length: MANY }, (_, i) => (i + 1) as ImageId);
});
afterEach(async () => {
  project.close();
  await rm(root, { recursive: true, force: true });
});

it('keeps nobody waiting for longer than a moment', async () => {
  const longest = watchLoop();
  await markImages(project.store, ids, 'reviewed');
  expect(longest().longestCpuMs).toBeLessThan(200);
  expect(statusCounts(project.store).counts.reviewed).toBe(MANY);
});

it('marks none where one is unknown', async () => {
  const all = [...ids, (MANY + 1) as ImageId];
  await expect(markImages(project.store, all, 'reviewed')).rejects.toMatchObject({
    code: 'IMAGE_UNKNOWN',
  });
  expect(statusCounts(project.store).counts.reviewed).toBe(0);
});
