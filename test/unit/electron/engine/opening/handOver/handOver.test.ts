// Two programs on one project: the one that wants to edit asks, the one that holds it saves and lets go,
// and at no time do both write.
import { readdir, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageId, Revision } from '../../../../../../electron/api/types.ts';
import { tryLock } from '../../../../../../electron/engine/project/database/lock.ts';
import {
  annotationWith,
  batchOf,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  additionOf,
  type Bench,
} from '../../../../../helpers/drivers/engineBench.ts';

const ONE = 1 as ImageId;

describe('a project that another program holds', () => {
  let folder: string;
  let holder: Bench;
  let asker: Bench;
  beforeEach(async () => {
    folder = await imageFolder(3);
    holder = await openBench(folder);
    asker = await openBench(folder);
  });
  afterEach(async () => {
    await holder.close();
    await asker.close();
    await removeBench(folder);
  });

  const summary = (bench: Bench) => bench.call('project.summary', {});
  const besides = async () => {
    const { path } = asker.engine.context.open.get().store;
    const names = await readdir(dirname(path));
    return names.filter((name) => name.startsWith(basename(path)) && /-(ask|answer)/.test(name));
  };
  const draw = (bench: Bench, id: string) => {
    const after = annotationWith(id, 1, rectangle(0, 0, 2, 2));
    const transaction = additionOf(id, ONE, after);
    return bench.call('doc.commit', { transaction, baseRevision: 0 as Revision });
  };
  const drawn = async (bench: Bench) =>
    (await bench.call('image.open', { imageId: ONE })).annotations.map(({ id }) => id).sort();

  it('is edited by the one who asked, and looked at by the other, there and back again', async () => {
    await holder.call('category.add', { names: ['cup'] });
    expect(await summary(asker)).toMatchObject({ readOnly: true });
    expect(await asker.call('project.takeOver', {})).toMatchObject({ readOnly: false });
    await draw(asker, 'mine');
    await expect.poll(() => summary(holder)).toMatchObject({ readOnly: true });
    expect((await summary(holder)).readOnlyReason).toMatch(/took this project over/);
    await expect(draw(holder, 'late')).rejects.toMatchObject({ code: 'PROJECT_READ_ONLY' });
    expect(await drawn(holder)).toEqual(['mine']);
    expect(holder.events).toContainEqual({
      event: 'notice',
      payload: expect.objectContaining({ code: 'PROJECT_READ_ONLY', level: 'warn' }),
    });
    expect(await besides()).toEqual([]);

    expect(await holder.call('project.takeOver', {})).toMatchObject({ readOnly: false });
    await draw(holder, 'back');
    await expect.poll(() => summary(asker)).toMatchObject({ readOnly: true });
    expect(await drawn(asker)).toEqual(['back', 'mine']);
  });

  it('keeps what the windows of its holder had under way', async () => {
    await holder.call('category.add', { names: ['cup'] });
    const window = new AbortController();
    const held = holder.call('parked.hold', {}, { signal: window.signal, clientId: 'w' });
    holder.engine.onEvent((event) => {
      if (event !== 'project.asked') return;
      void draw(holder, 'under-way').then(() =>
        holder.call('project.settled', {}, { clientId: 'w' }),
      );
    });
    await asker.call('project.takeOver', {});
    expect(await drawn(asker)).toEqual(['under-way']);
    window.abort();
    await held;
  });

  it('is let go although a window of its holder does not answer', async () => {
    const window = new AbortController();
    const held = holder.call('parked.hold', {}, { signal: window.signal, clientId: 'w' });
    expect(await asker.call('project.takeOver', {})).toMatchObject({ readOnly: false });
    window.abort();
    await held;
  });

  it('is kept while an export of it runs, with the reason', async () => {
    const ended = holder.engine.context.open.begin('export.start');
    const asked = asker.call('project.takeOver', {});
    await expect(asked).rejects.toMatchObject({
      code: 'PROJECT_LOCKED',
      message: expect.stringMatching(/is exporting this project\. Nothing is lost/) as string,
    });
    await holder.call('category.add', { names: ['cup'] });
    expect(await summary(asker)).toMatchObject({ readOnly: true });
    expect(await besides()).toEqual([]);
    ended();
    expect(await asker.call('project.takeOver', {})).toMatchObject({ readOnly: false });
  });

  it('stays readable when its holder does not answer', async () => {
    const { path } = asker.engine.context.open.get().store;
    await holder.close();
    const silent = tryLock(path)!;
    await expect(asker.call('project.takeOver', {})).rejects.toMatchObject({
      code: 'PROJECT_LOCKED',
      message: expect.stringMatching(/did not answer within 4 seconds.*Nothing is lost/) as string,
    });
    expect(await summary(asker)).toMatchObject({ readOnly: true, images: 3 });
    expect(await besides()).toEqual([]);
    silent.release();
    expect(await asker.call('project.takeOver', {})).toMatchObject({ readOnly: false });
  });

  it('goes to one of two who ask at once', async () => {
    const third = await openBench(folder);
    try {
      const answers = await Promise.allSettled([
        asker.call('project.takeOver', {}),
        third.call('project.takeOver', {}),
      ]);
      expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
      const writers = async () => {
        const all = await Promise.all([holder, asker, third].map(summary));
        return all.filter(({ readOnly }) => !readOnly).length;
      };
      await expect.poll(writers).toBe(1);
    } finally {
      await third.close();
    }
  });

  it('is both windows’ that ask for it in one program, and is not given away again', async () => {
    const ask = (clientId: string) => asker.call('project.takeOver', {}, { clientId });
    const answers = await Promise.all([ask('a'), ask('b')]);
    expect(answers.map(({ readOnly }) => readOnly)).toEqual([false, false]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await summary(asker)).toMatchObject({ readOnly: false });
    expect(asker.events.filter(({ event }) => event === 'project.asked')).toEqual([]);
    expect(await besides()).toEqual([]);
  });

  it('is not let go for a question that a killed program left there', async () => {
    const { path } = asker.engine.context.open.get().store;
    await holder.close();
    await writeFile(`${path}-ask`, JSON.stringify({ id: 'old' }));
    holder = await openBench(folder);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await summary(holder)).toMatchObject({ readOnly: false });
    expect(await besides()).toEqual([]);
  });
});

it('a batch that runs is handed over paused, and goes on there', async () => {
  const folder = await imageFolder(3);
  let goOn = () => {};
  const held = new Promise<void>((resolve) => (goOn = resolve));
  let started = () => {};
  const running = new Promise<void>((resolve) => (started = resolve));
  const operations = standInOperations();
  const holder = await openBench(folder, {
    operations: {
      ...operations,
      'prelabel.run': async (input, call) => {
        started();
        await Promise.race([held, once(call.signal)]);
        call.signal.throwIfAborted();
        return operations['prelabel.run']!(input, call);
      },
    },
  });
  const asker = await openBench(folder);
  try {
    const { added } = await holder.call('category.add', { names: ['cup'] });
    const { job } = await holder.call('job.start', {
      request: batchOf({ categoryIds: [added[0]!] }),
    });
    await running;
    await asker.call('project.takeOver', {});
    const { jobs } = await asker.call('job.list', {});
    expect(jobs).toMatchObject([{ id: job.id, state: 'paused' }]);
    await asker.call('job.resume', { id: job.id });
    expect(await asker.engine.context.open.jobs().settled(job.id)).toMatchObject({
      state: 'done',
      done: 3,
    });
  } finally {
    goOn();
    await holder.close();
    await asker.close();
    await removeBench(folder);
  }
});

const once = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
