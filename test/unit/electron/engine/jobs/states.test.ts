// What jobs are doing: told at once where a state changes, now and then as images end, and kept in memory where the
// project cannot be written.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { JobState, JobStatus } from '../../../../../electron/api/job.ts';
import type { CategoryId, ImageId, JobId } from '../../../../../electron/api/types.ts';
import type { EngineContext } from '../../../../../electron/engine/context.ts';
import { finishItem, takeItem } from '../../../../../electron/engine/jobs/items.ts';
import type { Pace } from '../../../../../electron/engine/jobs/pace.ts';
import { addBusyTime, createJob } from '../../../../../electron/engine/jobs/rows.ts';
import { createJobStates } from '../../../../../electron/engine/jobs/states.ts';
import { openProject, type Project } from '../../../../../electron/engine/project/project.ts';
import { batchOf } from '../../../../helpers/drivers/engineBench.ts';

const JOB = 'job' as JobId;
const IMAGES = 8;
let root: string;
let project: Project;
let now = 0;
let told: JobStatus[] = [];
let pace: Pace | null = null;
const logged: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-states-'));
  project = await openProject({ file: join(root, 'p.salience'), folder: root });
  for (let id = 1; id <= IMAGES; id += 1)
    project.store.run('INSERT INTO image(id, name, sort) VALUES (?, ?, ?)', id, `i${id}`, `i${id}`);
});
beforeEach(() => {
  vi.useFakeTimers();
  [now, told, pace] = [1000, [], null];
  for (const table of ['job_item', 'job']) project.store.run(`DELETE FROM ${table}`);
  createJob(project.store, {
    id: JOB,
    request: batchOf({ categoryIds: [1 as CategoryId] }),
    classNames: ['cup'],
    hash: 'h',
    packHash: 'p',
    owner: 'app',
    at: '2026-01-01',
  });
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  project.close();
  await rm(root, { recursive: true, force: true });
});

function states() {
  const context = {
    clock: { now: () => new Date('2026-02-03T04:05:06Z'), elapsedMs: () => now },
    log: (line: string) => logged.push(line),
    publish: (_event: string, status: JobStatus) => told.push(status),
  } as unknown as EngineContext;
  return createJobStates(context, project.store, (id) => (id === JOB ? pace : null));
}
const rate = (imagesPerSecond: number): Pace => ({
  finished() {},
  imagesPerSecond: () => imagesPerSecond,
  lapMs: () => 0,
});
const end = (image: number, outcome: 'done' | 'empty' | 'failed' | 'skipped', more = {}) =>
  finishItem(project.store, JOB, image as ImageId, { outcome, at: `2026-01-0${image}`, ...more });

describe('a status', () => {
  it('counts images by how they ended, and proposals with those in doubt', () => {
    end(1, 'done', { proposals: 3, doubtful: 2 });
    end(2, 'done', { proposals: 2, doubtful: 0 });
    end(3, 'empty');
    end(4, 'failed', { code: 'IMAGE_DAMAGED', message: 'x' });
    end(5, 'skipped');
    takeItem(project.store, JOB);
    addBusyTime(project.store, JOB, 1500);
    expect(states().status(JOB)).toMatchObject({
      total: IMAGES,
      done: 2,
      empty: 1,
      failed: 1,
      skipped: 1,
      proposals: 5,
      // Images with a proposal in doubt.
      doubtful: 1,
      latest: [3, 2, 1],
      // Three images in a second and a half of work.
      imagesPerSecond: 2,
      secondsLeft: null,
    });
  });

  it('has no speed before anything was done', () => {
    expect(states().status(JOB)).toMatchObject({ imagesPerSecond: 0, secondsLeft: null, total: 8 });
  });

  it('of the job that runs has its pace, and the time that is left', () => {
    end(1, 'done');
    end(2, 'empty');
    end(3, 'failed');
    end(4, 'skipped');
    pace = rate(2);
    expect(states().status(JOB)).toMatchObject({ imagesPerSecond: 2, secondsLeft: 2 });
    pace = rate(0);
    expect(states().status(JOB)).toMatchObject({ imagesPerSecond: 0, secondsLeft: null });
  });
});

describe('news of a job', () => {
  it('are told at once, then gathered for a quarter of a second', () => {
    const { publish } = states();
    publish(JOB);
    expect(told).toHaveLength(1);
    now += 100;
    publish(JOB);
    now += 20;
    publish(JOB);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(149);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(told).toHaveLength(2);
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(2);
    // A quarter of a second after the last ones they are told at once again.
    now += 249;
    publish(JOB);
    expect(told).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(told).toHaveLength(3);
    now += 250;
    publish(JOB);
    expect(told).toHaveLength(4);
  });

  it('of another state are told at once, and take what was gathered with them', () => {
    const all = states();
    all.publish(JOB);
    now += 100;
    all.publish(JOB);
    const reason = { code: 'DISK_FULL', message: 'because', data: { free: 0 } } as const;
    all.change(JOB, 'paused', reason);
    expect(told).toHaveLength(2);
    expect(told[1]).toMatchObject({ state: 'paused', reason });
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(2);
  });

  it('are not told after the end', () => {
    const all = states();
    all.publish(JOB);
    now += 100;
    all.publish(JOB);
    all.close();
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(1);
  });
});

describe('a state', () => {
  it.each<[JobState, boolean]>([
    ['done', true],
    ['cancelled', true],
    ['failed', true],
    ['paused', false],
    ['running', false],
    ['waiting', false],
  ])('%s has an end: %s', (state, over) => {
    const all = states();
    all.change(JOB, state, null);
    expect(all.status(JOB)).toMatchObject({
      state,
      finishedAt: over ? '2026-02-03T04:05:06.000Z' : null,
    });
  });

  it('that cannot be written is held until one can be', () => {
    const all = states();
    all.change(JOB, 'running', null);
    const image = takeItem(project.store, JOB);
    all.pauseUnsaved(JOB, new AppError('DISK_FULL', 'The disk is full.'));
    expect(logged.at(-1)).toMatch(/^job job: its state could not be written: .*The disk is full/);
    expect(told.at(-1)).toMatchObject({
      state: 'paused',
      reason: { code: 'DISK_FULL', message: 'The disk is full.' },
    });
    expect(all.list()).toMatchObject([{ state: 'paused' }]);
    // In the project it runs still; its image is to be done once it can be written again.
    const stored = () => project.store.get<{ state: string }>('SELECT state FROM job')!.state;
    expect([stored(), takeItem(project.store, JOB)]).toEqual(['running', image! + 1]);
    all.change(JOB, 'waiting', null);
    expect([stored(), all.status(JOB).reason]).toEqual(['waiting', null]);
    expect(takeItem(project.store, JOB)).toBe(image);
    all.pauseUnsaved(JOB, new Error('a slip'));
    expect(all.status(JOB).reason).toEqual({
      code: 'JOB_STATE',
      message: 'Saving failed.',
      data: { why: { code: 'unsaved', values: [] } },
    });
  });

  it('is not that of items in flight where it could be written', () => {
    const all = states();
    const image = takeItem(project.store, JOB);
    all.change(JOB, 'running', null);
    expect(takeItem(project.store, JOB)).toBe(image! + 1);
  });

  it('is waited for', async () => {
    const all = states();
    const seen: string[] = [];
    const settled = all.settled(JOB, ({ state }) => {
      seen.push(state);
      return state !== 'done';
    });
    all.change(JOB, 'running', null);
    all.change(JOB, 'done', null);
    expect((await settled).state).toBe('done');
    expect(seen).toEqual(['waiting', 'running', 'done']);
    // It is not asked any more.
    all.change(JOB, 'paused', null);
    expect(seen).toHaveLength(3);
    expect((await all.settled(JOB, () => false)).state).toBe('paused');
  });
});
