// A project of an earlier version opens with everything it had, and what is new works in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorPayload } from '../../../../../../electron/api/errors.ts';
import type { ImageId, JobId, Parked } from '../../../../../../electron/api/types.ts';
import { FIGURE_TABLES } from '../../../../../../electron/engine/project/database/figureSchema.ts';
import { NEWEST_VERSION } from '../../../../../../electron/engine/project/database/migrations.ts';
import {
  notesOf,
  writeNotes,
} from '../../../../../../electron/engine/project/images/imageNotes.ts';
import { finishedImages } from '../../../../../../electron/engine/project/corrections/finished.ts';
import { keepParked, parkedOf } from '../../../../../../electron/engine/project/parked.ts';
import { openProject } from '../../../../../../electron/engine/project/project.ts';
import { imageRecord } from '../../../../../../electron/engine/project/images/images.ts';
import { rememberProblem } from '../../../../../../electron/engine/project/images/imageFacts.ts';
import { finishItem, jobFailures } from '../../../../../../electron/engine/jobs/items.ts';
import { jobStatus } from '../../../../../../electron/engine/jobs/jobStatus.ts';
import { jobRow, setJobState } from '../../../../../../electron/engine/jobs/rows.ts';
import {
  ENGINE_OF_RUN,
  RUN_FACTS,
} from '../../../../../../electron/engine/project/database/runFacts.ts';
import {
  APPLICATION_ID,
  CORRECTIONS,
  FIELDS_AND_NOTES,
  JOB_INTERRUPTIONS,
  LEAD,
  PARKED_AND_FACTS,
  REVIEW_COLUMNS,
  SCHEMA_1,
  STEADINESS,
} from '../../../../../../electron/engine/project/database/schema.ts';
import { openStore } from '../../../../../../electron/engine/project/database/store.ts';

/** Two masks with one box: one of two refined parts and a kept one, one that was kept alone. */
const EDGES = {
  masks: [
    {
      categoryId: 1,
      box: [2, 3, 4, 5],
      parts: [
        { kind: 'refined', edge: 0.9 },
        { kind: 'refined', edge: 0.4 },
        { kind: 'kept', reason: 'agrees' },
      ],
    },
    { categoryId: 2, box: [2, 3, 4, 5], parts: [{ kind: 'kept', reason: 'agrees' }] },
  ],
};
const row = (run: string, category: number) => ({
  run_id: run,
  category_id: category,
  box_x: 2,
  box_y: 3,
  box_w: 4,
  box_h: 5,
});

describe('a project of the version before unfinished work', () => {
  let root: string;
  let file: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'salience-old-'));
    file = join(root, 'p.salience');
    const store = openStore(file);
    store.execute(SCHEMA_1 + FIGURE_TABLES + REVIEW_COLUMNS + JOB_INTERRUPTIONS);
    store.run("INSERT INTO image(id, name, sort) VALUES (1, 'a.png', 'a.png')");
    store.run(
      `INSERT INTO log(tx_id, image_id, step, kind, origin, client_id, at, label)
       VALUES ('t', 1, 1, 'do', 'user', 'c', '2026-01-01', 'Draw cup')`,
    );
    store.run(
      "INSERT INTO image(id, name, sort, status, mark, accepted) VALUES (2, 'b.png', 'b.png', 3, 2, 1)",
    );
    store.run(
      `INSERT INTO log(tx_id, image_id, step, kind, origin, client_id, at, label)
       VALUES ('u', 2, 2, 'do', 'user', 'c', '2026-02-01', 'Draw plate')`,
    );
    const summaries = [
      JSON.stringify({ engine: 'naclip', edges: EDGES }),
      JSON.stringify({ classes: [] }),
      '{"engine":',
    ];
    for (const [at, summary] of summaries.entries())
      store.run(
        "INSERT INTO run(id, image_id, pack_id, pack_hash, at, summary) VALUES (?, 1, 'p', 'h', 't', ?)",
        ...[`r${at}`, summary],
      );
    store.pragma(`application_id = ${APPLICATION_ID}`);
    store.pragma('user_version = 3');
    store.close();
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('opens with the engines and edges of its runs as filters ask for them, also where one is damaged', async () => {
    const project = await openProject({ file, folder: root });
    const { store } = project;
    const edges = () => store.all('SELECT * FROM run_edge ORDER BY category_id');
    expect(edges()).toEqual([
      { ...row('r0', 1), least: 0.4, kept: 1 },
      { ...row('r0', 2), least: null, kept: 1 },
    ]);
    const named = (engine: string) =>
      store.all(`SELECT id FROM run WHERE ${ENGINE_OF_RUN} = ?`, engine).length;
    expect([named('naclip'), named('pnp')]).toEqual([1, 0]);
    store.run('UPDATE run SET summary = ? WHERE id = ?', JSON.stringify({ engine: 'pnp' }), 'r0');
    expect([edges(), named('naclip'), named('pnp')]).toEqual([[], 0, 1]);
    const back = JSON.stringify({ edges: EDGES });
    store.run('UPDATE run SET summary = ? WHERE id = ?', back, 'r1');
    expect(edges()).toHaveLength(2);
    store.run("DELETE FROM run WHERE id = 'r1'");
    expect(edges()).toEqual([]);
    project.close();
  });

  it('opens with its images and its steps, and keeps unfinished work from now on', async () => {
    const project = await openProject({ file, folder: root });
    expect(project.store.pragma('user_version')).toBe(NEWEST_VERSION);
    expect(project.history().undo.length).toBe(2);
    // An image was finished when it was last changed.
    expect(finishedImages(project.store)).toEqual([
      { imageId: 2, revision: 0, reviewedAt: '2026-02-01' },
    ]);
    expect(notesOf(project.store, 1 as ImageId)).toEqual({ tags: [], note: null });
    writeNotes(project.store, 1 as ImageId, { tags: ['garage'], note: null });
    const shape: Parked = {
      id: 'p',
      imageId: 1 as ImageId,
      categoryId: null,
      targets: [],
      holder: '',
      work: { kind: 'line', points: [0, 0, 1, 1] },
    };
    expect(parkedOf(project.store, shape.imageId)).toEqual([]);
    keepParked(project.store, shape);
    project.close();
    const again = await openProject({ file, folder: null });
    expect(notesOf(again.store, 1 as ImageId).tags).toEqual(['garage']);
    expect(parkedOf(again.store, shape.imageId)).toEqual([shape]);
    again.close();
  });
});

describe('a project of the version before reasons in other languages', () => {
  let root: string;
  let file: string;
  const [image, job] = [1 as ImageId, 'job' as JobId];
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'salience-old-'));
    file = join(root, 'p.salience');
    const store = openStore(file);
    store.execute(SCHEMA_1 + FIGURE_TABLES + REVIEW_COLUMNS + JOB_INTERRUPTIONS + PARKED_AND_FACTS);
    store.execute(STEADINESS + FIELDS_AND_NOTES + CORRECTIONS + RUN_FACTS + LEAD);
    store.run(
      "INSERT INTO image(id, name, sort, problem) VALUES (1, 'a.png', 'a.png', 'It is torn.')",
    );
    store.run(
      `INSERT INTO job(id, position, title, state, reason, owner, request_hash, started_at, class_names, request)
       VALUES ('job', 1, '', 'paused', 'The card fell off.', 'app', 'h', '2026-01-01', '[]', '{}')`,
    );
    store.run(
      `INSERT INTO job_item(job_id, image_id, position, outcome, code, message)
       VALUES ('job', 1, 0, 'failed', 'IMAGE_DAMAGED', 'It is torn.')`,
    );
    store.pragma(`application_id = ${APPLICATION_ID}`);
    store.pragma('user_version = 9');
    store.close();
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('opens with the sentences that it had, and keeps code and data of what fails from now on', async () => {
    const project = await openProject({ file, folder: root });
    const { store } = project;
    expect(imageRecord(store, image).problem).toEqual({
      code: 'INTERNAL',
      message: 'It is torn.',
      data: null,
    });
    const reason = () => jobStatus(store, jobRow(store, job), null).reason;
    expect(reason()).toEqual({ code: 'INTERNAL', message: 'The card fell off.', data: null });
    const torn = { imageId: 1, name: 'a.png', code: 'IMAGE_DAMAGED', message: 'It is torn.' };
    expect(jobFailures(store, job, 0, 9).failures).toEqual([{ ...torn, data: null }]);

    const error: ErrorPayload = {
      code: 'IMAGE_DAMAGED',
      message: 'It stops.',
      data: { format: 'PNG', reason: 'end', share: 40 },
    };
    rememberProblem(store, image, error, false);
    setJobState(store, job, { state: 'paused', reason: error, finishedAt: null });
    finishItem(store, job, image, { outcome: 'failed', error });
    project.close();
    const again = await openProject({ file, folder: null });
    expect(imageRecord(again.store, image).problem).toEqual(error);
    expect(jobStatus(again.store, jobRow(again.store, job), null).reason).toEqual(error);
    const { failures } = jobFailures(again.store, job, 0, 9);
    expect(failures).toEqual([{ imageId: 1, name: 'a.png', ...error }]);
    // What ended well says nothing any more.
    setJobState(again.store, job, { state: 'done', reason: null, finishedAt: null });
    rememberProblem(again.store, image, null, false);
    expect(jobStatus(again.store, jobRow(again.store, job), null).reason).toBeNull();
    expect(imageRecord(again.store, image).problem).toBeNull();
    again.close();
  });

  it('says which row is damaged where its data is none', async () => {
    const project = await openProject({ file, folder: root });
    project.store.run("UPDATE image SET problem_code = 'IMAGE_DAMAGED', problem_data = '{'");
    expect(() => imageRecord(project.store, image)).toThrow(/the problem of image 1 is no JSON/);
    project.close();
  });
});
