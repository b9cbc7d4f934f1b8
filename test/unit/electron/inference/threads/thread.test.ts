// However a worker thread ends, nobody waits for it for ever, and the next task has a new one.
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import { createThread } from '../../../../../electron/inference/threads/thread.ts';

const ENDING = new URL('../../../../helpers/children/endingWorker.ts', import.meta.url);

test.each(['exit', 'throwLater'])(
  'a thread that ends by %s fails its task, and waiting ones run in a new thread',
  async (task) => {
    const deaths: Error[] = [];
    const thread = createThread(ENDING, (error) => deaths.push(error));
    const first = await thread.run('which', null);
    const [ended, waited] = await Promise.allSettled([
      thread.run(task, null),
      thread.run('which', null),
    ]);
    expect(ended.status).toBe('rejected');
    expect(waited).toMatchObject({ status: 'fulfilled' });
    expect((waited as PromiseFulfilledResult<unknown>).value).not.toBe(first);
    expect(deaths).toHaveLength(1);
    expect(thread.load()).toBe(0);
    await thread.run('exit', null).catch(() => undefined);
  },
);

test('a reply that cannot be read fails its task', async () => {
  const deaths: Error[] = [];
  const thread = createThread(ENDING, (error) => deaths.push(error));
  const worker = await workerOf(() => thread.run('which', null));
  const task = thread.run('exit', null);
  worker.emit('messageerror', new Error('unreadable'));
  await expect(task).rejects.toThrow('unreadable');
  expect(deaths).toEqual([]);
});

test('a task is told how many threads are free when it begins', async () => {
  const thread = createThread(ENDING, () => undefined);
  let free = 1;
  const first = thread.run('free', null, { threads: () => free });
  const second = thread.run('free', null, { threads: () => free });
  free = 3;
  expect(await Promise.all([first, second, thread.run('free', null)])).toEqual([1, 3, 1]);
  await thread.run('exit', null).catch(() => undefined);
});

test('a task may ask whoever started it, and fails with its refusal', async () => {
  const thread = createThread(ENDING, () => undefined);
  const onAsk = async (question: unknown) => {
    if (question === 'too much') throw new AppError('DEVICE_FAILED', 'no');
    return [question, 'answered'];
  };
  const asked = await Promise.allSettled([
    thread.run('asks', 'this', { onAsk }),
    thread.run('asks', 'too much', { onAsk }),
    thread.run('asks', 'nobody'),
  ]);
  expect(asked).toMatchObject([
    { status: 'fulfilled', value: ['this', 'answered'] },
    { status: 'rejected', reason: { code: 'DEVICE_FAILED', message: 'no' } },
    { status: 'rejected', reason: { code: 'INTERNAL' } },
  ]);
  await thread.run('exit', null).catch(() => undefined);
});

/** The worker that answers what `ask` asks. */
async function workerOf(ask: () => Promise<unknown>): Promise<Worker> {
  const { emit } = Worker.prototype;
  const found: Worker[] = [];
  Worker.prototype.emit = function (this: Worker, ...args: Parameters<typeof emit>) {
    found.push(this);
    return emit.apply(this, args);
  } as typeof emit;
  await ask();
  Worker.prototype.emit = emit;
  return found[0]!;
}
