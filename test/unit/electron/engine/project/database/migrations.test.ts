// A project of an earlier version opens with everything it had, and what is new works in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageId, Parked } from '../../../../../../electron/api/types.ts';
import { FIGURE_TABLES } from '../../../../../../electron/engine/project/database/figureSchema.ts';
import { NEWEST_VERSION } from '../../../../../../electron/engine/project/database/migrations.ts';
import {
  notesOf,
  writeNotes,
} from '../../../../../../electron/engine/project/images/imageNotes.ts';
import { finishedImages } from '../../../../../../electron/engine/project/corrections/finished.ts';
import { keepParked, parkedOf } from '../../../../../../electron/engine/project/parked.ts';
import { openProject } from '../../../../../../electron/engine/project/project.ts';
import { ENGINE_OF_RUN } from '../../../../../../electron/engine/project/database/runFacts.ts';
import {
  APPLICATION_ID,
  JOB_INTERRUPTIONS,
  REVIEW_COLUMNS,
  SCHEMA_1,
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
