// A filter of images as a question to the project: each part alone, and all of them together.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageFilter } from '../../../../../../electron/api/job.ts';
import type { CategoryId, ImageId, JobId } from '../../../../../../electron/api/types.ts';
import { writeAnnotation } from '../../../../../../electron/engine/project/annotations.ts';
import { addCategories } from '../../../../../../electron/engine/project/classes/categories.ts';
import { whereOf } from '../../../../../../electron/engine/project/images/imageFilter.ts';
import { openProject, type Project } from '../../../../../../electron/engine/project/project.ts';
import { annotationWith, rectangle } from '../../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE] = [1, 2] as [CategoryId, CategoryId];
let root: string;
let project: Project;

/** Images 1 to 5: what a filter finds of them. */
const found = (filter: ImageFilter) => {
  const { sql, values } = whereOf(filter);
  return project.store
    .all<{ id: number }>(`SELECT id FROM image ${sql} ORDER BY id`, ...values)
    .map(({ id }) => id);
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-filter-'));
  project = await openProject({ file: join(root, 'p.salience'), folder: root });
  const { store } = project;
  addCategories(store, ['cup', 'plate']);
  for (let id = 1; id <= 5; id += 1)
    store.run('INSERT INTO image(id, name, sort) VALUES (?, ?, ?)', id, `Photo ${id}.png`, `${id}`);
  const put = (image: number, category: CategoryId, match: number | null, status = 'proposal') =>
    writeAnnotation(
      store,
      image as ImageId,
      annotationWith(`o${image}-${category}-${match}`, category, rectangle(0, 0, 1, 1), {
        status: status as 'proposal',
        match,
      }),
      null,
    );
  put(1, CUP, 0.2);
  put(2, CUP, 0.5);
  put(2, PLATE, 0.9);
  put(3, PLATE, 0.8, 'rejected');
  put(4, PLATE, null, 'accepted');
  store.run('UPDATE image SET found_nothing = 1 WHERE id = 5');
  store.run('UPDATE image SET doubtful = 2 WHERE id = 1');
  store.run("UPDATE image SET problem = 'x' WHERE id = 4");
  store.run('UPDATE image SET missing = 1 WHERE id = 5');
  store.run(
    `INSERT INTO job(id, position, title, state, owner, request_hash, pack_hash, started_at, class_names, request)
     VALUES ('j', 1, '', 'done', 'app', '', '', '', '[]', '{}'), ('k', 2, '', 'done', 'app', '', '', '', '[]', '{}')`,
  );
  for (const [job, image, outcome] of [
    ['j', 1, 'done'],
    ['j', 2, 'failed'],
    ['k', 3, 'done'],
  ] as const)
    store.run(
      'INSERT INTO job_item(job_id, image_id, position, outcome) VALUES (?, ?, 0, ?)',
      job,
      image,
      outcome,
    );
});
afterAll(async () => {
  project.close();
  await rm(root, { recursive: true, force: true });
});

describe('a filter', () => {
  it.each<[string, ImageFilter, number[]]>([
    ['of nothing', {}, [1, 2, 3, 4, 5]],
    ['of a part of the name, however it is written', { text: 'PHOTO 3' }, [3]],
    ['of letters that mean something elsewhere', { text: '%' }, []],
    ['of classes, rejected ones apart', { categoryIds: [PLATE] }, [2, 4]],
    ['of several classes', { categoryIds: [CUP, PLATE] }, [1, 2, 4]],
    ['of a match from a bound', { minMatch: 0.5 }, [2]],
    ['of a match up to a bound', { maxMatch: 0.5 }, [1, 2]],
    ['of a match of a class', { categoryIds: [CUP], minMatch: 0.51 }, []],
    ['of both bounds', { minMatch: 0.2, maxMatch: 0.2 }, [1]],
    ['of images in doubt', { doubtful: true }, [1]],
    ['of images that are in none', { doubtful: false }, [2, 3, 4, 5]],
    ['of those where nothing was found', { foundNothing: true }, [5]],
    ['of the others', { foundNothing: false }, [1, 2, 3, 4]],
    ['of a job', { jobId: 'j' as JobId }, [1, 2]],
    ['of what came of any job', { outcome: 'done' }, [1, 3]],
    ['of what came of one job', { jobId: 'j' as JobId, outcome: 'done' }, [1]],
    ['of faults', { failed: true }, [2, 4, 5]],
    ['of images without faults', { failed: false }, [1, 3]],
    ['of all together', { text: 'photo', doubtful: true, categoryIds: [CUP] }, [1]],
    ['of parts that no image has together', { text: '2', doubtful: true }, []],
    ['of no state', { status: [] }, []],
  ])('%s', (_what, filter, ids) => {
    expect(found(filter)).toEqual(ids);
  });
});
