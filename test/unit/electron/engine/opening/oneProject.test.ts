// One engine, one project: openings that meet, a project that closes under a run, windows that look at
// another project than the one that is open, and addresses that belong to one project only.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { ImageId } from '../../../../../electron/api/types.ts';
import { createJobRunner } from '../../../../../electron/engine/jobs/runner.ts';
import { openProject } from '../../../../../electron/engine/project/project.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  transactionWith,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const ONE = 1 as ImageId;
const signal = new AbortController().signal;

async function secondFolder(first: string): Promise<string> {
  const folder = join(first, '..', 'other');
  await mkdir(folder);
  await writeFile(join(folder, 'other.png'), 'another image');
  return folder;
}

describe('openings that meet', () => {
  let folder: string;
  let bench: Bench;
  beforeEach(async () => {
    folder = await imageFolder(2);
    bench = await openBench(folder, { startProject: false });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const open = (path: string, clientId = 'test') =>
    bench.call('project.openFolder', { folder: bench.engine.handleOf(path) }, { clientId });

  it('of the same folder leave it writable in both answers', async () => {
    const answers = await Promise.all([open(folder), open(folder)]);
    expect(answers.map(({ readOnly }) => readOnly)).toEqual([false, false]);
    await bench.call('category.add', { names: ['cup'] });
  });

  it('of two folders leave both free to be opened again', async () => {
    const other = await secondFolder(folder);
    await Promise.all([open(folder), open(other)]);
    expect((await open(folder)).readOnly).toBe(false);
    expect((await open(other)).readOnly).toBe(false);
  });

  it('let what is asked between closing and opening wait for its answer', async () => {
    await open(folder);
    const { open: project } = bench.engine.context;
    let goOn = () => {};
    const between = new Promise<void>((resolve) => (goOn = resolve));
    const { path } = project.get().store;
    const anew = project.inTurn(async () => {
      await project.close();
      await between;
      const opened = await openProject({ file: path, folder: null });
      project.set(opened, createJobRunner(bench.engine.context, opened));
    });
    await expect.poll(() => project.current()).toBeNull();
    const [list, summary] = [
      bench.call('image.list', { cursor: 0, limit: 10, filter: {}, order: 'name' }),
      bench.call('project.summary', {}),
    ];
    goOn();
    await anew;
    expect((await list).images).toHaveLength(2);
    expect((await summary).images).toBe(2);
  });

  it('do not outlive the engine', async () => {
    const opening = open(folder).catch((error: unknown) => error);
    await bench.engine.close();
    await opening;
    expect(bench.engine.context.open.current()).toBeNull();
  });
});

describe('a project that closes under a run', () => {
  it('ends the run with a sentence, not with an inner failure', async () => {
    const folder = await imageFolder(1);
    let started = () => {};
    const running = new Promise<void>((resolve) => (started = resolve));
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const operations = standInOperations();
    const bench = await openBench(folder, {
      operations: {
        ...operations,
        'prelabel.run': async (input, call) => {
          started();
          await held;
          return operations['prelabel.run']!(input, call);
        },
      },
    });
    const { added } = await bench.call('category.add', { names: ['cup'] });
    const run = bench
      .call('prelabel.run', {
        imageId: ONE,
        classes: [
          { categoryId: added[0]!, name: 'cup', prompt: '', synonyms: [], threshold: null },
        ],
        params: { preset: 'default', overrides: {} },
        commit: true,
      })
      .then(
        () => 'done',
        (error: unknown) => (error as { code?: string }).code ?? String(error),
      );
    await running;
    await bench.call('project.close', {});
    goOn();
    expect(await run).toBe('PROJECT_NOT_OPEN');
    await bench.close();
    await removeBench(folder);
  });
});

describe('windows of one engine', () => {
  let folder: string;
  let other: string;
  let bench: Bench;
  beforeEach(async () => {
    folder = await imageFolder(2);
    other = await secondFolder(folder);
    bench = await openBench(folder, { startProject: false });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const open = (path: string, clientId: string) =>
    bench.call('project.openFolder', { folder: bench.engine.handleOf(path) }, { clientId });

  it('cannot write into a project that another window opened meanwhile', async () => {
    await open(folder, 'a');
    await bench.call('category.add', { names: ['cup'] }, { clientId: 'a' });
    const opened = await open(other, 'b');
    const { added } = await bench.call('category.add', { names: ['dish'] }, { clientId: 'b' });
    await bench.call('image.open', { imageId: ONE }, { clientId: 'b' });
    const transaction = transactionWith('t1', ONE, [
      {
        id: 'x' as never,
        before: null,
        after: annotationWith('x', added[0]!, rectangle(0, 0, 2, 2)),
      },
    ]);
    await expect(
      bench.call('doc.commit', { transaction, baseRevision: 0 as never }, { clientId: 'a' }),
    ).rejects.toMatchObject({ code: 'PROJECT_REPLACED' });
    await expect(
      bench.call(
        'image.list',
        { cursor: 0, limit: 10, filter: {}, order: 'name' },
        { clientId: 'a' },
      ),
    ).rejects.toMatchObject({ code: 'PROJECT_REPLACED' });
    expect(bench.events.filter(({ event }) => event === 'project.current').at(-1)).toMatchObject({
      payload: { id: opened.id, clientId: 'b', name: 'other' },
    });
    // Opening it again takes the window back to where it was.
    await open(folder, 'a');
    expect((await bench.call('project.summary', {}, { clientId: 'a' })).categories).toHaveLength(1);
  });

  it('are answered at addresses of the open project only', async () => {
    const first = await open(folder, 'a');
    const { url, scaledUrl } = await bench.call('image.open', { imageId: ONE });
    expect(url).toBe(`/media/image/${first.id}/1`);
    expect(await bench.engine.media(url.slice('/media/'.length), signal)).not.toBeNull();
    expect(await bench.engine.media(`thumb/${first.id}/1`, signal)).not.toBeNull();
    expect(await bench.engine.media('thumb/1', signal)).toBeNull();
    expect(await bench.engine.media('image/1', signal)).toBeNull();
    const second = await open(other, 'a');
    expect(second.id).not.toBe(first.id);
    expect(await bench.engine.media(url.slice('/media/'.length), signal)).toBeNull();
    expect(await bench.engine.media(scaledUrl.slice('/media/'.length), signal)).toBeNull();
    // The same project has the same addresses again, so that what a browser kept is of use.
    expect((await open(folder, 'a')).id).toBe(first.id);
  });
});

describe('a run that finds nothing', () => {
  it('tells every window that the image has another state now', async () => {
    const folder = await imageFolder(1);
    const operations = standInOperations();
    const bench = await openBench(folder, {
      operations: {
        ...operations,
        'prelabel.run': async (input, call) => ({
          ...(await operations['prelabel.run']!(input, call)),
          masks: [],
        }),
      },
    });
    const { added } = await bench.call('category.add', { names: ['cup'] });
    const told = bench.events.length;
    await bench.call('prelabel.run', {
      imageId: ONE,
      classes: [{ categoryId: added[0]!, name: 'cup', prompt: '', synonyms: [], threshold: null }],
      params: { preset: 'default', overrides: {} },
      commit: true,
    });
    expect(bench.events.slice(told).map(({ event }) => event)).toContain('project.changed');
    expect((await bench.call('image.open', { imageId: ONE })).image.foundNothing).toBe(true);
    // A search for a class that nobody has is a filter that fits nothing, not a bad request.
    const none = { cursor: 0, limit: 9, filter: { categoryIds: [] }, order: 'name' } as const;
    expect((await bench.call('image.list', none)).total).toBe(0);
    await bench.close();
    await removeBench(folder);
  });
});

describe('a model pack that broke after a run', () => {
  it('stops masks from being made with the thresholds of another', async () => {
    const folder = await imageFolder(1);
    const bench = await openBench(folder);
    const { added } = await bench.call('category.add', { names: ['cup'] });
    const params = { preset: 'pack', overrides: {} } as const;
    const { run } = await bench.call('prelabel.run', {
      imageId: ONE,
      classes: [{ categoryId: added[0]!, name: 'cup', prompt: '', synonyms: [], threshold: null }],
      params,
      commit: true,
    });
    const again = () =>
      bench.call('prelabel.reapply', {
        runId: run.runId,
        params,
        thresholds: {},
        draft: true,
        commit: false,
      });
    await again();
    const installed = join(bench.userData, 'packs', 'fake');
    await mkdir(installed, { recursive: true });
    for (const pack of [join(bench.userData, 'pack'), installed])
      await writeFile(join(pack, 'pack.json'), '{');
    await expect(again()).rejects.toMatchObject({ code: 'PACK_BROKEN' });
    await bench.close();
    await removeBench(folder);
  });
});

describe('a picture whose pixels are damaged', () => {
  it('is told in the words of a person, to every window, until the file changes', async () => {
    const folder = await imageFolder(1);
    const operations = standInOperations();
    const raw = 'VipsJpeg: premature end of JPEG image';
    let isWhole = false;
    const bench = await openBench(folder, {
      operations: {
        ...operations,
        'image.scaled': async (input, call) => {
          if (isWhole) return operations['image.scaled']!(input, call);
          throw new AppError('IMAGE_DAMAGED', `expected a whole JPEG image: ${raw}`, {
            data: { format: 'JPEG', reason: raw, share: 62 },
          });
        },
      },
    });
    const open = async () => (await bench.call('image.open', { imageId: ONE })).image;
    expect((await open()).problem).toBeNull();
    const thumb = `thumb/${bench.engine.context.open.get().id}/1`;
    expect(await bench.engine.media(thumb, signal)).toBeNull();
    const said = {
      code: 'IMAGE_DAMAGED',
      message: 'This JPEG file stops after 62 % of its picture. Copy or export it again.',
      data: { format: 'JPEG', reason: raw, share: 62 },
    };
    expect(bench.events.at(-1)?.event).toBe('project.changed');
    const { images } = await bench.call('image.list', {
      cursor: 0,
      limit: 9,
      filter: {},
      order: 'name',
    });
    expect(images[0]!.problem).toMatchObject(said);
    expect((await open()).problem).toMatchObject(said);
    // Another file of the name: the warning goes, also from lists of other windows.
    isWhole = true;
    await writeFile(join(folder, 'img1.png'), 'a whole image at last');
    expect((await open()).problem).toBeNull();
    expect(bench.events.at(-1)?.event).toBe('project.changed');
    await bench.close();
    await removeBench(folder);
  });
});

describe('counts', () => {
  it('come with every commit and every change of states', async () => {
    const folder = await imageFolder(3);
    const bench = await openBench(folder);
    const { added } = await bench.call('category.add', { names: ['cup'] });
    await bench.call('image.open', { imageId: ONE });
    await bench.call('doc.commit', {
      transaction: transactionWith('t1', ONE, [
        {
          id: 'x' as never,
          before: null,
          after: annotationWith('x', added[0]!, rectangle(0, 0, 2, 2)),
        },
      ]),
      baseRevision: 0 as never,
    });
    const last = (name: string) => bench.events.findLast(({ event }) => event === name)?.payload;
    expect(last('project.revision')).toMatchObject({
      totals: { images: 3, counts: { untouched: 2, inProgress: 1, reviewed: 0 } },
    });
    await bench.call('image.setStatus', { imageIds: [ONE], status: 'reviewed' });
    expect(last('project.changed')).toMatchObject({
      totals: { counts: { untouched: 2, inProgress: 0, reviewed: 1 } },
    });
    expect((await bench.call('project.recent', {})).projects[0]).toMatchObject({
      images: 3,
      reviewed: 1,
    });
    await bench.close();
    await removeBench(folder);
  });
});
