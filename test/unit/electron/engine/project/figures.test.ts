// Counters that triggers keep: they say what counting says, whatever happened, also in an older file.
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  Annotation,
  AnnotationStatus,
  ImageId,
  Origin,
} from '../../../../../electron/api/types.ts';
import {
  annotationsOf,
  deleteAnnotation,
  writeAnnotation,
} from '../../../../../electron/engine/project/annotations.ts';
import { addCategories } from '../../../../../electron/engine/project/classes/categories.ts';
import type { Project } from '../../../../../electron/engine/project/project.ts';
import { openProject } from '../../../../../electron/engine/project/project.ts';
import {
  APPLICATION_ID,
  SCHEMA_1,
} from '../../../../../electron/engine/project/database/schema.ts';
import { classStatistics } from '../../../../../electron/engine/project/statistics.ts';
import type { Store } from '../../../../../electron/engine/project/database/store.ts';
import { annotationWith, rectangle } from '../../../../helpers/drivers/engineBench.ts';

const IMAGES = 4;
const STATUSES: readonly AnnotationStatus[] = ['proposal', 'accepted', 'rejected'];
const ORIGINS: readonly Origin[] = ['user', 'model', 'import'];

/** Any annotation under one of a few ids; the id says the image, as a project demands. */
const anyAnnotation = fc
  .record({
    id: fc.integer({ min: 0, max: 9 }),
    categoryId: fc.integer({ min: 1, max: 3 }),
    status: fc.constantFrom(...STATUSES),
    origin: fc.constantFrom(...ORIGINS),
    edited: fc.boolean(),
    // Powers of four and their neighbours are where bins meet.
    area: fc.constantFrom(1, 3, 4, 5, 15, 16, 17, 63, 64, 65, 4 ** 13 - 1, 4 ** 13, 2 ** 31),
    match: fc.constantFrom(null, 0, 0.049, 0.05, 0.5, 0.95, 1),
  })
  .map(({ id, categoryId, ...more }) =>
    annotationWith(`a${id}`, categoryId, rectangle(0, 0, 1, 1), more),
  );
const imageOf = ({ id }: Pick<Annotation, 'id'>) => (1 + (Number(id.slice(1)) % IMAGES)) as ImageId;

describe('figures per class', () => {
  let root: string;
  let file: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'salience-figures-'));
    file = join(root, 'p.salience');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  function addImages(store: Store): void {
    for (let id = 1; id <= IMAGES; id += 1)
      store.run('INSERT INTO image(id, name, sort) VALUES (?, ?, ?)', id, `i${id}`, `i${id}`);
  }
  async function opened(): Promise<Project> {
    const project = await openProject({ file, folder: root });
    addCategories(project.store, ['cup', 'plate', 'fork']);
    addImages(project.store);
    return project;
  }
  /** The same figures from every annotation, one by one. */
  function counted(store: Store) {
    const all = Array.from({ length: IMAGES }, (_, i) => (i + 1) as ImageId).flatMap((imageId) =>
      annotationsOf(store, imageId).map((annotation) => ({ imageId, annotation })),
    );
    return [1, 2, 3].map((categoryId) => {
      const mine = all.filter(({ annotation }) => annotation.categoryId === categoryId);
      const of = (status: AnnotationStatus) =>
        mine.filter(({ annotation }) => annotation.status === status);
      const accepted = of('accepted');
      const fromModel = accepted.filter(({ annotation }) => annotation.origin === 'model');
      const bins = (n: number, values: readonly number[]) =>
        Array.from({ length: n }, (_, bin) => values.filter((value) => value === bin).length);
      const sizeBin = (area: number) => {
        let bin = 0;
        while (bin < 13 && area >= 4 ** (bin + 1)) bin += 1;
        return bin;
      };
      return {
        categoryId,
        annotations: accepted.length,
        images: new Set(accepted.map(({ imageId }) => imageId)).size,
        pixels: accepted.reduce((sum, { annotation }) => sum + annotation.area, 0),
        acceptedAsIs: fromModel.filter(({ annotation }) => !annotation.edited).length,
        edited: fromModel.filter(({ annotation }) => annotation.edited).length,
        rejected: of('rejected').length,
        pending: of('proposal').length,
        sizes: bins(
          14,
          accepted.map(({ annotation }) => sizeBin(annotation.area)),
        ),
        matches: bins(
          20,
          mine.flatMap(({ annotation: { match } }) =>
            match === null ? [] : Math.min(19, Math.floor(match * 20)),
          ),
        ),
      };
    });
  }

  it('are what counting gives after any writes and deletions, for all and for some images', async () => {
    const project = await opened();
    const { store } = project;
    const step = fc.oneof(
      { weight: 4, arbitrary: anyAnnotation },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 9 }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        for (const one of steps)
          if (typeof one === 'number')
            deleteAnnotation(store, annotationWith(`a${one}`, 1, rectangle(0, 0, 1, 1)).id);
          else writeAnnotation(store, imageOf(one), one, null);
        const expected = counted(store);
        expect(await classStatistics(store, {})).toEqual(expected);
        // A filter that every image passes counts instead of reading.
        expect(await classStatistics(store, { text: 'i' })).toEqual(expected);
      }),
      { numRuns: 40 },
    );
    project.close();
  });

  it('of a file of the first version are counted when it is opened, and its masks are as they were', async () => {
    const database = new Database(file);
    database.exec(SCHEMA_1);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma('user_version = 1');
    for (const name of ['cup', 'plate', 'fork'])
      database.exec(
        `INSERT INTO category(name, color, prompt, synonyms, kind, supercategory, position, extra)
         VALUES ('${name}', '#fff', '', '[]', 'thing', '', 0, '{}')`,
      );
    for (let id = 1; id <= IMAGES; id += 1)
      database.exec(`INSERT INTO image(id, name, sort) VALUES (${id}, 'i${id}', 'i${id}')`);
    const insert = database.prepare(
      `INSERT INTO annotation(id, image_id, category_id, status, origin, width, height, box_x, box_y, box_w,
         box_h, area, z, locked, crowd, edited, match, margin, doubtful, doubt, run_id, job_id, extra, mask)
       VALUES (?, ?, ?, ?, 1, 2, 1, 0, 0, 1, 1, ?, 1, 0, 0, 0, 0.5, 0.1, 0, 0.3, NULL, NULL, '{}', x'000202')`,
    );
    // Zigzag varints of the runs 0, 1, 1.
    for (let i = 0; i < 30; i += 1)
      insert.run(`a${i}`, 1 + (i % IMAGES), 1 + (i % 3), i % 3, 4 ** (i % 5));
    database.close();
    const project = await openProject({ file, folder: root });
    expect(await classStatistics(project.store, {})).toEqual(counted(project.store));
    const [first] = annotationsOf(project.store, 1 as ImageId);
    expect(first).toMatchObject({ id: 'a0', crfChange: null, margin: 0.1 });
    expect([...first!.mask.counts]).toEqual([0, 1, 1]);
    expect(project.store.pragma('integrity_check')).toBe('ok');
    project.close();
  });
});
