// Jobs as the page asks for them: a preview that keeps nothing, and what may be done to a job in each of its states.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { JobStatus } from '../../../../../electron/api/job.ts';
import type { CategoryId, JobId } from '../../../../../electron/api/types.ts';
import {
  batchOf,
  imageFolder,
  openBench,
  removeBench,
  standInOperations,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE] = [1, 2] as [CategoryId, CategoryId];
const IMAGES = 5;
let bench: Bench;
/** What the model fails with. */
let fault: Error | null = null;
/** Held back while a test wants a job to run. */
let gate: Promise<void> = Promise.resolve();
let seen: string[] = [];

beforeAll(async () => {
  const folder = await imageFolder(IMAGES);
  const plain = standInOperations();
  bench = await openBench(folder, {
    operations: {
      ...plain,
      async 'prelabel.run'(input, call) {
        seen.push(input.imagePath.replace(/^.*img/, ''));
        await gate;
        if (fault) throw fault;
        return plain['prelabel.run']!(input, call);
      },
    },
  });
  await vi.waitUntil(async () => (await bench.call('project.summary', {})).images === IMAGES, {
    timeout: 30_000,
  });
  await bench.call('category.add', { names: ['cup', 'plate', 'saw', 'pan'] });
});
beforeEach(() => {
  gate = Promise.resolve();
  seen = [];
  fault = null;
});
afterAll(async () => {
  await bench.close();
  await removeBench(bench.folder);
});

const request = (more: Partial<Parameters<typeof batchOf>[0]> = {}) =>
  batchOf({ categoryIds: [CUP], ...more });
const start = async (more = {}) => (await bench.call('job.start', { request: request(more) })).job;
const settled = (id: JobId) => bench.engine.context.open.jobs().settled(id);
const stateOf = async (id: JobId): Promise<JobStatus['state'] | undefined> =>
  (await bench.call('job.list', {})).jobs.find((job) => job.id === id)?.state;
/** A job whose first image is with the model until `open` is called. */
async function running(more = {}): Promise<{ id: JobId; open: () => void }> {
  let open = () => {};
  gate = new Promise((resolve) => (open = resolve));
  const { id } = await start(more);
  await expect.poll(() => stateOf(id)).toBe('running');
  return { id, open };
}

describe('a preview', () => {
  it('runs a few images spread over the request, tells each, and writes nothing', async () => {
    const told: unknown[] = [];
    const { images, provider, secondsPerImage, changes } = await bench.call(
      'job.preview',
      { request: request(), sample: 2 },
      { onProgress: (progress) => told.push(progress) },
    );
    expect(seen).toEqual(['2.png', '4.png']);
    expect(told.filter((one) => (one as { stage: string }).stage === 'Preview')).toEqual([
      { stage: 'Preview', done: 0, total: 2 },
      { stage: 'Preview', done: 1, total: 2 },
    ]);
    expect(images.map(({ image, proposals }) => [image.name, proposals.length])).toEqual([
      ['img2.png', 1],
      ['img4.png', 1],
    ]);
    expect([provider, changes]).toEqual([
      'stand-in',
      { images: IMAGES, proposalsReplaced: 0, skipped: 0 },
    ]);
    // Seconds, of one image: the stand-in takes far less than one.
    expect(secondsPerImage).toBeGreaterThanOrEqual(0);
    expect(secondsPerImage).toBeLessThan(10);
    expect((await bench.call('project.summary', {})).proposals).toBe(0);
  });

  it('of no image takes no time', async () => {
    const none = request({ images: { kind: 'ids', ids: [] } as never });
    const { images, secondsPerImage, provider } = await bench.call('job.preview', {
      request: none,
      sample: 2,
    });
    expect([images, secondsPerImage, provider]).toEqual([[], 0, '']);
  });
});

describe('a job', () => {
  it('names the classes that it asks for', async () => {
    const wanted: [CategoryId[], string[]][] = [
      [[CUP], ['cup']],
      [[1, 2, 3] as CategoryId[], ['cup', 'plate', 'saw']],
      [[1, 2, 3, 4] as CategoryId[], ['cup', 'plate', 'saw', 'pan']],
    ];
    for (const [categoryIds, names] of wanted) {
      const job = await start({ categoryIds });
      expect(job.classNames).toEqual(names);
      await settled(job.id);
    }
    await expect(start({ categoryIds: [] })).rejects.toMatchObject({ code: 'PROMPT_EMPTY' });
    await expect(start({ categoryIds: [99 as CategoryId] })).rejects.toMatchObject({
      code: 'CATEGORY_UNKNOWN',
    });
  });

  it('that runs is not removed from the list; one that ended is', async () => {
    const { id, open } = await running({ merge: 'replaceProposals' });
    await expect(bench.call('job.remove', { id })).rejects.toThrow('Cancel this job before');
    open();
    await settled(id);
    await bench.call('job.remove', { id });
    expect(await stateOf(id)).toBeUndefined();
    await expect(bench.call('job.remove', { id })).rejects.toMatchObject({ code: 'JOB_UNKNOWN' });
  });

  it('that waits for another one is paused, resumed and cancelled without being begun', async () => {
    const first = await running({ merge: 'replaceProposals' });
    const second = await start({ categoryIds: [PLATE], merge: 'replaceProposals' });
    expect(second.state).toBe('waiting');
    expect((await bench.call('job.pause', { id: second.id })).job.state).toBe('paused');
    await expect(bench.call('job.pause', { id: second.id })).rejects.toThrow(
      'This job is paused and cannot be paused.',
    );
    expect((await bench.call('job.resume', { id: second.id })).job.state).toBe('waiting');
    await expect(bench.call('job.resume', { id: second.id })).rejects.toThrow('cannot be resumed');
    expect((await bench.call('job.cancel', { id: second.id })).job.state).toBe('cancelled');
    first.open();
    expect(await settled(first.id)).toMatchObject({ state: 'done', done: IMAGES });
    expect(await settled(second.id)).toMatchObject({ state: 'cancelled', done: 0 });
    // A cancelled one may be resumed.
    await bench.call('job.resume', { id: second.id });
    expect(await settled(second.id)).toMatchObject({ state: 'done', done: IMAGES });
  });

  it('that is paused and resumed while an image is with the model goes on with it', async () => {
    const { id, open } = await running({ merge: 'replaceProposals', packId: '' });
    await bench.call('job.pause', { id });
    expect(await stateOf(id)).toBe('paused');
    expect((await bench.call('job.resume', { id })).job.state).toBe('running');
    open();
    expect(await settled(id)).toMatchObject({ state: 'done', done: IMAGES });
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('is paused by the third failure of the device in a row, whose image is to be done', async () => {
    fault = new AppError('DEVICE_FAILED', 'The device is gone.');
    const { id } = await start({ categoryIds: [CUP, PLATE] });
    expect(await settled(id)).toMatchObject({
      state: 'paused',
      reason: { code: 'DEVICE_FAILED', message: 'The device is gone.' },
      failed: 2,
      done: 0,
      total: IMAGES,
    });
    const { failures } = await bench.call('job.failures', { id, cursor: 0, limit: 9 });
    expect(failures.map(({ code }) => code)).toEqual(['DEVICE_FAILED', 'DEVICE_FAILED']);
    fault = null;
    await bench.call('job.resume', { id });
    expect(await settled(id)).toMatchObject({ state: 'done', failed: 2, done: IMAGES - 2 });
  });

  it('that failed on no image has nothing to try again; one that did runs again', async () => {
    await writeFile(join(bench.folder, 'img3.png'), 'broken by now');
    const { id } = await start({ categoryIds: [PLATE], merge: 'replaceClasses' });
    expect(await settled(id)).toMatchObject({ state: 'done', failed: 1, done: IMAGES - 1 });
    const failures = (cursor: number, limit: number) =>
      bench.call('job.failures', { id, cursor, limit });
    expect((await failures(0, 5)).failures).toHaveLength(1);
    expect(await failures(1, 5)).toEqual({ total: 1, failures: [] });
    await writeFile(join(bench.folder, 'img3.png'), 'image 3 again');
    expect((await bench.call('job.retryFailed', { id })).job.state).not.toBe('done');
    expect(await settled(id)).toMatchObject({ state: 'done', failed: 0, done: IMAGES });
    expect((await bench.call('job.retryFailed', { id })).job.state).toBe('done');
  });
});
