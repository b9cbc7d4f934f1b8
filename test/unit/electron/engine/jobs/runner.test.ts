// Batch jobs: what is done once stays done, whatever happens in between.
import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { CategoryId, ImageId, JobId } from '../../../../../electron/api/types.ts';
import type { JobStatus } from '../../../../../electron/api/job.ts';
import { promptClasses, recordItem } from '../../../../../electron/engine/jobs/item.ts';
import { createPace } from '../../../../../electron/engine/jobs/pace.ts';
import { jobRow, requestOf } from '../../../../../electron/engine/jobs/rows.ts';
import { findPack } from '../../../../../electron/engine/packs/packs.ts';
import { workOnImage } from '../../../../../electron/engine/prelabel/prelabel.ts';
import { scanFolder } from '../../../../../electron/engine/project/images/scan.ts';
import { openFolder } from '../../../../../electron/engine/opening/opening.ts';
import type { Bench } from '../../../../helpers/drivers/engineBench.ts';
import {
  annotationWith,
  batchOf,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  addObjects,
} from '../../../../helpers/drivers/engineBench.ts';

const CUP = 1 as CategoryId;
const PLATE = 2 as CategoryId;

describe('jobs', () => {
  let folder: string;
  let bench: Bench;

  beforeEach(async () => {
    folder = await imageFolder(10);
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const open = async (operations = standInOperations()) => {
    bench = await openBench(folder, { operations });
    await bench.call('category.add', { names: ['cup', 'plate'] });
  };
  const start = async (more = {}) =>
    (await bench.call('job.start', { request: batchOf({ categoryIds: [CUP], ...more }) })).job;
  const settled = (id: JobId) => bench.engine.context.open.jobs().settled(id);
  const summary = () => bench.call('project.summary', {});
  const commit = (id: string, imageId: number) => {
    const after = annotationWith(id, 1, rectangle(0, 0, 3, 3));
    return addObjects(bench, `t-${id}`, imageId as ImageId, after);
  };

  it('pauses with its reason when nothing can be written any more, and then does what is missing', async () => {
    // As on a full disk, every write is refused, that of the job's own state too.
    const writes = (on: boolean) =>
      bench.engine.context.open.get().store.pragma(`query_only = ${on ? 'OFF' : 'ON'}`);
    let runs = 0;
    const failFor = () => {
      runs += 1;
      if (runs === 5) writes(false);
    };
    await open(standInOperations({ failFor }));
    const job = await start();
    expect(await settled(job.id)).toMatchObject({
      state: 'paused',
      reason: { code: 'PROJECT_READ_ONLY' },
    });
    expect((await bench.call('job.list', {})).jobs).toMatchObject([{ state: 'paused' }]);
    await expect(bench.call('job.resume', { id: job.id })).rejects.toThrow();
    writes(true);
    await bench.call('job.resume', { id: job.id });
    expect(await settled(job.id)).toMatchObject({ state: 'done', done: 10, failed: 0 });
  });

  it('a model is not removed while a job runs, and is once the job is paused', async () => {
    const never = new Promise<never>(() => {});
    await open(standInOperations({ 'prelabel.run': () => never }));
    await cp(join(bench.userData, 'pack'), join(bench.userData, 'packs', 'other'), {
      recursive: true,
    });
    const job = await start();
    await expect.poll(() => bench.engine.context.open.jobs().status(job.id).state).toBe('running');
    await expect(bench.call('model.remove', { id: 'fake' })).rejects.toMatchObject({
      code: 'JOB_STATE',
    });
    bench.engine.context.open.jobs().cancel(job.id);
    await bench.call('model.remove', { id: 'fake' });
    expect(await readdir(join(bench.userData, 'packs'))).toEqual([]);
  });

  it('does every image once and reports what it found', async () => {
    await open();
    const job = await start();
    expect(await settled(job.id)).toMatchObject({
      state: 'done',
      total: 10,
      done: 10,
      failed: 0,
      proposals: 10,
      provider: 'stand-in',
      classNames: ['cup'],
      stageMs: { encode: 10 },
    });
    expect((await summary()).counts).toMatchObject({ proposals: 10 });
    expect(bench.events.filter(({ event }) => event === 'job.status').length).toBeGreaterThan(1);
  });

  it('leaves accepted and hand-made annotations exactly as they were', async () => {
    await open();
    await commit('mine', 2);
    const before = (await bench.call('image.open', { imageId: 2 as ImageId })).annotations;
    await settled((await start({ merge: 'replaceProposals' })).id);
    const after = (await bench.call('image.open', { imageId: 2 as ImageId })).annotations;
    expect(after.filter(({ status }) => status === 'accepted')).toEqual(before);
    expect(after).toHaveLength(2);
  });

  it.each([
    ['replaceClasses', 10, ['cup', 'plate']],
    ['replaceProposals', 20, ['cup']],
  ] as const)('with %s replaces what it counted beforehand', async (merge, replaced, left) => {
    await open();
    const both = batchOf({ categoryIds: [CUP, PLATE] });
    const first = await bench.call('job.start', { request: both });
    await settled(first.job.id);
    // Other parameters make another run: the same one would replace its own masks anyway.
    const params = { preset: 'default', overrides: { 'pnp.passes': 1 } } as const;
    const request = batchOf({ categoryIds: [CUP], merge, params });
    expect(await bench.call('job.count', { request })).toMatchObject({
      proposalsReplaced: replaced,
      skipped: 0,
    });
    await settled((await bench.call('job.start', { request })).job.id);
    const { annotations } = await bench.call('image.open', { imageId: 1 as ImageId });
    const { categories } = await summary();
    const names = annotations.map(
      ({ categoryId }) => categories.find(({ id }) => id === categoryId)?.name,
    );
    expect(names.sort()).toEqual(left);
  });

  it('skips labelled images when asked, and counts them beforehand', async () => {
    await open();
    await commit('mine', 2);
    const request = batchOf({ categoryIds: [CUP], merge: 'skipLabelled' });
    expect(await bench.call('job.count', { request })).toEqual({
      images: 10,
      proposalsReplaced: 0,
      skipped: 1,
      accepted: 1,
    });
    expect(await settled((await start({ merge: 'skipLabelled' })).id)).toMatchObject({
      done: 9,
      skipped: 1,
    });
  });

  it('reports broken images with their reason and finishes the rest', async () => {
    await writeFile(join(folder, 'img3.png'), 'broken');
    await open();
    const job = await start();
    expect(await settled(job.id)).toMatchObject({ state: 'done', done: 9, failed: 1 });
    const { total, failures } = await bench.call('job.failures', {
      id: job.id,
      cursor: 0,
      limit: 10,
    });
    expect(total).toBe(1);
    expect(failures[0]).toMatchObject({ name: 'img3.png', code: 'IMAGE_DAMAGED' });

    await writeFile(join(folder, 'img3.png'), 'whole again');
    await bench.call('job.retryFailed', { id: job.id });
    expect(await settled(job.id)).toMatchObject({ state: 'done', done: 10, failed: 0 });
  });

  it('goes on where it stopped after a restart, without doing anything twice', async () => {
    const seen: string[] = [];
    const counted = () =>
      standInOperations({
        failFor(path) {
          seen.push(path);
        },
      });
    await open(counted());
    const job = await start();
    while (seen.length < 4) await new Promise((resolve) => setTimeout(resolve, 1));
    await bench.close();
    const first = await (async () => {
      bench = await openBench(folder, { operations: counted() });
      return (await bench.call('job.list', {})).jobs[0]!;
    })();
    expect(first).toMatchObject({
      id: job.id,
      state: 'paused',
      reason: {
        code: 'JOB_STATE',
        message: 'The program was closed.',
        data: { why: { code: 'closed', values: [] } },
      },
      interruptions: [expect.any(String)],
    });
    expect(first.done).toBeLessThan(10);
    // The same request again is the same job.
    const again = (await bench.call('job.start', { request: batchOf({ categoryIds: [CUP] }) })).job;
    expect(again.id).toBe(job.id);
    expect(await settled(job.id)).toMatchObject({ state: 'done', done: 10, proposals: 10 });
    expect((await summary()).proposals).toBe(10);
    // Only images in flight at the stop were computed again; their maps may even have been kept.
    expect(seen.length).toBeLessThanOrEqual(13);
  });

  it('does an image again whose file was replaced between two runs', async () => {
    await open();
    const job = await start();
    await settled(job.id);
    bench.engine.context.open
      .get()
      .store.run("UPDATE job SET state = 'paused' WHERE id = ?", job.id);
    await writeFile(join(folder, 'img7.png'), 'another picture');
    const image = (
      await bench.call('image.list', { cursor: 6, limit: 1, filter: {}, order: 'name' })
    ).images[0]!;
    await bench.call('image.open', { imageId: image.id });
    const resumed = await bench.call('job.resume', { id: job.id });
    expect(resumed.job.done).toBe(9);
    expect(await settled(job.id)).toMatchObject({ state: 'done', done: 10 });
  });

  it('finds the one image that ends the model process and does all others', async () => {
    await open(
      standInOperations({
        failFor(path) {
          if (!path.endsWith('img5.png')) return;
          bench.processes.crash();
          // A crashed process does nothing further.
          throw new Error('the process is gone');
        },
      }),
    );
    const job = await start();
    expect(await settled(job.id)).toMatchObject({ state: 'done', done: 9, failed: 1 });
    const { failures } = await bench.call('job.failures', { id: job.id, cursor: 0, limit: 5 });
    expect(failures).toMatchObject([
      {
        name: 'img5.png',
        code: 'INFERENCE_EXITED',
        data: { why: { code: 'crashed', values: [] } },
      },
    ]);
    expect(bench.events).toContainEqual({
      event: 'notice',
      payload: expect.objectContaining({ code: 'INFERENCE_EXITED' }),
    });
  });

  it('pauses with a reason when no image can fare better', async () => {
    await open(
      standInOperations({
        failFor() {
          throw new AppError('MODEL_INVALID', 'tensor x is missing');
        },
      }),
    );
    const job = await start();
    expect(await settled(job.id)).toMatchObject({
      state: 'paused',
      reason: { code: 'MODEL_INVALID', message: 'tensor x is missing' },
      failed: 0,
      done: 0,
    });
  });

  it('pauses, resumes and cancels', async () => {
    await open();
    const job = await start();
    await bench.call('job.pause', { id: job.id });
    const paused = await settled(job.id);
    expect(paused.state).toBe('paused');
    expect(paused.done).toBeLessThan(10);
    await bench.call('job.resume', { id: job.id });
    expect((await settled(job.id)).done).toBe(10);
    await expect(bench.call('job.cancel', { id: job.id })).rejects.toMatchObject({
      code: 'JOB_STATE',
    });
    const second = await start({ merge: 'replaceProposals' });
    await bench.call('job.cancel', { id: second.id });
    expect(await settled(second.id)).toMatchObject({ state: 'cancelled' });
    const pending = bench.engine.context.open
      .get()
      .store.get<{ n: number }>("SELECT count(*) AS n FROM job_item WHERE outcome = 'running'");
    expect(pending).toEqual({ n: 0 });
  });

  it('writes work that is delivered twice once', async () => {
    await open();
    const { id } = await start();
    await settled(id);
    const { context } = bench.engine;
    const project = context.open.get();
    const { store } = project;
    const request = requestOf(jobRow(store, id));
    const imageId = 1 as ImageId;
    const work = await workOnImage(
      context,
      project,
      {
        imageId,
        pack: await findPack(context, request.packId),
        classes: promptClasses(project, request, imageId),
        params: request.params,
        thresholds: {},
        draft: false,
        priority: 'batch',
      },
      {},
    );
    const everything = () =>
      ['annotation', 'image', 'run', 'run_class', 'job', 'job_item', 'log'].map((table) =>
        store.all(`SELECT * FROM ${table}`),
      );
    const again = () =>
      recordItem(context, project, { id, request, pace: createPace(() => 0) }, work);
    // What a person deleted since does not come back either.
    store.run('DELETE FROM annotation WHERE image_id = ?', imageId);
    const before = everything();
    again();
    expect(everything()).toEqual(before);
    // An item that is to be done is written: its proposal is there again, in this job's name.
    store.run("UPDATE job_item SET outcome = 'pending' WHERE image_id = ?", imageId);
    again();
    expect(store.all('SELECT job_id FROM annotation WHERE image_id = ?', imageId)).toEqual([
      { job_id: id },
    ]);
  });

  it('begins no further image while a person waits for one', async () => {
    let begun = 0;
    await open(
      standInOperations({
        failFor() {
          begun += 1;
        },
      }),
    );
    const jobs = bench.engine.context.open.jobs();
    let job: { id: JobId } | null = null;
    await jobs.interactive(async () => {
      job = await start();
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(begun).toBe(0);
    });
    expect(await settled(job!.id)).toMatchObject({ done: 10 });
  });

  it('does only what is missing when the same command is repeated, and everything when a window starts anew', async () => {
    await open();
    const jobs = bench.engine.context.open.jobs();
    const request = batchOf({ categoryIds: [CUP] });
    const first = await jobs.start(request, 'commandLine');
    await jobs.settled(first.id);
    const again = await jobs.start(request, 'commandLine');
    expect(again).toMatchObject({ id: first.id, state: 'done', done: 10 });
    await writeFile(join(folder, 'img11.png'), 'a new image');
    await scanFolder(bench.engine.context.open.get().store, folder);
    const more = await jobs.start(request, 'commandLine');
    expect(await jobs.settled(more.id)).toMatchObject({ id: first.id, total: 11, done: 11 });
    expect((await start()).id).not.toBe(first.id);
  });

  it('is watched by a second program, which goes on with it once the first has ended', async () => {
    await open();
    const second = await openBench(folder);
    const seen = (state: string) =>
      new Promise<JobStatus>((resolve) => {
        second.engine.onEvent((event, payload) => {
          if (event === 'job.status' && (payload as JobStatus).state === state)
            resolve(payload as JobStatus);
        });
      });
    const done = seen('done');
    const job = await start();
    expect(await done).toMatchObject({ id: job.id, done: 10, proposals: 10 });
    const paused = seen('paused');
    // A command that ends before it is done.
    const again = await bench.engine.context.open
      .jobs()
      .start(batchOf({ categoryIds: [PLATE], packId: 'fake' }), 'commandLine');
    await bench.engine.context.open.jobs().stop();
    expect(await paused).toMatchObject({ id: again.id, owner: 'commandLine' });
    await bench.close();
    bench = second;
    await bench.call('project.close', {});
    await openFolder(bench.engine.context, folder);
    await bench.call('job.resume', { id: again.id });
    expect(await settled(again.id)).toMatchObject({ state: 'done', done: 10 });
  });

  it('refuses to run without a window while a window works on the project', async () => {
    await open();
    const second = await openBench(folder, { startProject: false });
    await expect(
      openFolder(second.engine.context, folder, { complete: true }),
    ).rejects.toMatchObject({ code: 'PROJECT_LOCKED' });
    await second.close();
  });
});
