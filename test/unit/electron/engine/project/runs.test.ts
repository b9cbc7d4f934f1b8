// Runs kept in a project: their times, their words on edges and files, and what other thresholds would change.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EdgeFinding } from '../../../../../electron/api/clicks/edges.ts';
import type { CategoryId, ImageId, JobId, RunId } from '../../../../../electron/api/types.ts';
import { writeAnnotation } from '../../../../../electron/engine/project/annotations.ts';
import { addCategories } from '../../../../../electron/engine/project/classes/categories.ts';
import { openProject, type Project } from '../../../../../electron/engine/project/project.ts';
import { edgeSummary } from '../../../../../electron/engine/project/runEdges.ts';
import {
  imagesWithNotes,
  isStored,
  latestRun,
  latestTimes,
  runById,
  saveRun,
  type StoredRun,
} from '../../../../../electron/engine/project/runs.ts';
import { jobStatus } from '../../../../../electron/engine/jobs/jobStatus.ts';
import type { JobRow } from '../../../../../electron/engine/jobs/rows.ts';
import { countRethreshold } from '../../../../../electron/engine/review/countRethreshold.ts';
import { countWhere, proposalsWhere } from '../../../../../electron/engine/review/select.ts';
import { annotationWith, rectangle } from '../../../../helpers/drivers/engineBench.ts';

const IMAGES = 3;
const [CUP, PLATE] = [1, 2] as CategoryId[] as [CategoryId, CategoryId];

describe('runs of a project', () => {
  let root: string;
  let project: Project;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'salience-runs-'));
    project = await openProject({ file: join(root, 'p.salience'), folder: root });
    addCategories(project.store, ['cup', 'plate']);
    for (let id = 1; id <= IMAGES; id += 1)
      project.store.run(
        'INSERT INTO image(id, name, sort) VALUES (?, ?, ?)',
        id,
        `i${id}`,
        `i${id}`,
      );
  });
  afterEach(async () => {
    project.close();
    await rm(root, { recursive: true, force: true });
  });

  interface Kept {
    readonly at: string;
    readonly more?: Partial<StoredRun>;
    readonly histogram?: readonly number[];
    readonly threshold?: number;
  }
  /** A run of cups on an image. */
  function keep(
    id: string,
    image: number,
    { at, more = {}, histogram = [], threshold = 0.5 }: Kept,
  ) {
    const run = {
      runId: id,
      imageId: image,
      engine: 'pnp',
      packId: 'p',
      packHash: 'h',
      milliseconds: {},
      classes: [{ categoryId: CUP, histogram }],
      ...more,
    } as unknown as StoredRun;
    saveRun(project.store, run, { thresholds: new Map([[CUP, threshold]]), looks: new Map() }, at);
  }
  const write = (id: string, image: number, more: object = {}, category: number = CUP) =>
    writeAnnotation(
      project.store,
      image as ImageId,
      annotationWith(id, category, rectangle(0, 0, 1, 1), {
        status: 'proposal',
        origin: 'model',
        ...more,
      }),
      null,
    );

  it('tell the time of the latest run of each engine, all stages together', () => {
    keep('a', 1, { at: '2026-01-01', more: { milliseconds: { encode: 5, crf: 9 } } });
    keep('b', 2, { at: '2026-01-03', more: { milliseconds: { encode: 20, crf: 1 } } });
    keep('c', 3, { at: '2026-01-02', more: { engine: 'car', milliseconds: { rounds: 7 } } });
    expect([...latestTimes(project.store)]).toEqual([
      ['pnp', 21],
      ['car', 7],
    ]);
    expect([
      latestRun(project.store, 2 as ImageId)?.runId,
      latestRun(project.store, 9 as ImageId),
    ]).toEqual([...['b', null]]);
  });

  it('are five of an image, the latest, and those that annotations came from', () => {
    write('of', 1, { runId: 'r0' });
    for (let at = 0; at < 8; at++) keep(`r${at}`, 1, { at: `2026-01-0${at + 1}` });
    const kept = Array.from({ length: 8 }, (_, at) => isStored(project.store, `r${at}` as RunId));
    expect(kept).toEqual([true, false, false, true, true, true, true, true]);
    expect(() => runById(project.store, 'r1' as RunId)).toThrow('Run the image again');
    expect(runById(project.store, 'r7' as RunId).imageId).toBe(1);
  });

  it('say how files were read, the first images by name', () => {
    keep('a', 2, { at: '2026-01-01', more: { imageNotes: ['16 bits'] } });
    keep('b', 1, { at: '2026-01-01', more: { imageNotes: ['no mark'] } });
    keep('c', 3, { at: '2026-01-01' });
    expect(imagesWithNotes(project.store, 1)).toEqual({
      images: [{ name: 'i1', notes: ['no mark'] }],
      all: 2,
    });
  });

  it('say of a job what click models made of edges', () => {
    const job = 'job' as JobId;
    project.store.run(
      `INSERT INTO job(id, position, title, state, owner, request_hash, started_at, class_names, request)
       VALUES ('job', 1, 't', 'done', 'o', 'h', '2026', '[]', '{}')`,
    );
    for (const image of [1, 2, 3])
      project.store.run(
        `INSERT INTO job_item(job_id, image_id, position, outcome) VALUES ('job', ?, ?, 'done')`,
        ...[image, image],
      );
    const drawn = (edge: number): EdgeFinding => ({
      kind: 'refined',
      agrees: 1,
      fit: 1,
      steady: 1,
      edge,
    });
    const stays: EdgeFinding = { kind: 'kept', reason: 'size', value: 5, limit: 4 };
    const edges = (...parts: readonly EdgeFinding[]) =>
      ({
        edges: {
          packId: 's',
          packName: 'S',
          masks: [{ categoryId: CUP, box: [0, 0, 1, 1], parts }],
        },
      }) as never;
    keep('x', 1, { at: '2026-01-01' });
    expect(edgeSummary(project.store, [job], 5)).toBeNull();
    keep('a', 2, { at: '2026-01-02', more: edges(drawn(0.9), stays, drawn(0.3)) });
    keep('b', 3, { at: '2026-01-02', more: edges(stays, drawn(0.5), drawn(0.6)) });
    const found = edgeSummary(project.store, [job], 1);
    expect(found).toMatchObject({ refined: 4, kept: 2, median: 0.6 });
    expect(found!.examples.map(({ image, categoryId }) => [image, categoryId])).toEqual([
      ['i2', CUP],
    ]);
    keep('c', 3, { at: '2026-01-03', more: edges(stays) });
    expect(edgeSummary(project.store, [job], 5)).toMatchObject({
      refined: 2,
      kept: 2,
      median: 0.9,
    });
    keep('d', 2, { at: '2026-01-03', more: edges(stays) });
    expect(edgeSummary(project.store, [job], 5)).toMatchObject({ refined: 0, median: null });
  });

  it('a job counts the proposals of its items, and images with doubtful ones once', () => {
    project.store.run(
      `INSERT INTO job(id, position, title, state, owner, request_hash, started_at, class_names, request)
       VALUES ('job', 1, 't', 'done', 'o', 'h', '2026', '[]', '{}')`,
    );
    for (const [image, outcome, proposals, doubtful] of [
      [1, 'done', 3, 2],
      [2, 'done', 4, 0],
      [3, 'failed', 1, 1],
    ] as const)
      project.store.run(
        `INSERT INTO job_item(job_id, image_id, position, outcome, proposals, doubtful)
         VALUES ('job', ?, ?, ?, ?, ?)`,
        ...[image, image, outcome, proposals, doubtful],
      );
    const row = project.store.get<JobRow>("SELECT * FROM job WHERE id = 'job'")!;
    expect(jobStatus(project.store, row, null)).toMatchObject({
      total: 3,
      done: 2,
      failed: 1,
      proposals: 8,
      doubtful: 2,
    });
  });

  it('other thresholds are counted without a mask', () => {
    // Ten bins: a value on a bin's edge counts to the bin above.
    const histogram = [0, 0, 0, 4, 0, 3, 0, 0, 2, 1];
    keep('a', 1, { at: '2026-01-01', histogram, threshold: 0.5 });
    write('of a', 1, { runId: 'a' });
    write('edited', 1, { runId: 'a', edited: true });
    write('accepted', 1, { runId: 'a', status: 'accepted' });
    write('by hand', 1, { origin: 'user' });
    write('without', 2, { runId: 'gone' });
    write('plate', 3, { runId: 'gone' }, PLATE);
    const count = (threshold: number) => {
      const { patches, histogram: all, ...rest } = countRethreshold(project, { [CUP]: threshold });
      expect(all).toEqual(histogram);
      return { ...rest, after: patches.after, before: patches.before };
    };
    const nothing = { changed: 0, vanished: 0, unchanged: 0, withoutMaps: 1, before: 6 };
    expect(count(0.5)).toEqual({ ...nothing, unchanged: 1, after: 6 });
    expect(count(0.45)).toEqual({ ...nothing, unchanged: 1, after: 6 });
    expect(count(0.6)).toEqual({ ...nothing, changed: 1, after: 3 });
    expect(count(0.3)).toEqual({ ...nothing, changed: 1, after: 10 });
    expect(count(0.8)).toEqual({ ...nothing, changed: 1, after: 3 });
    expect(count(0.9)).toEqual({ ...nothing, changed: 1, after: 1 });
    expect(count(1)).toEqual({ ...nothing, vanished: 1, after: 0 });
  });

  it('proposals are chosen by class, match and job, matches at the bounds included', () => {
    write('a', 1, { match: 0.2 });
    write('b', 1, { match: 0.8 });
    write('c', 2, { match: 1 }, PLATE);
    write('d', 3, { match: 0.8, status: 'accepted' });
    const count = (more: object = {}) =>
      countWhere(
        project.store,
        proposalsWhere({ categoryIds: [], minMatch: 0, maxMatch: 1, jobId: null, ...more }),
      );
    expect(count()).toEqual({ proposals: 3, images: 2 });
    expect(count({ minMatch: 0.8 })).toEqual({ proposals: 2, images: 2 });
    expect(count({ maxMatch: 0.8 })).toEqual({ proposals: 2, images: 1 });
    expect(count({ maxMatch: 0.2 })).toEqual({ proposals: 1, images: 1 });
    expect(count({ categoryIds: [PLATE] })).toEqual({ proposals: 1, images: 1 });
    expect(count({ jobId: 'job' })).toEqual({ proposals: 0, images: 0 });
  });
});
