// Work that a person waits for goes between the steps of a batch, one at a time, and nowhere else.
import { beforeEach, expect, test } from 'vitest';
import { createThread } from '../../../../../electron/inference/threads/thread.ts';

const VISITED = new URL('../../../../helpers/children/visitedWorker.ts', import.meta.url);

const thread = createThread(VISITED, () => undefined, { visitors: true });
const plain = createThread(VISITED, () => undefined);
const batch = { priority: 'batch' } as const;

beforeEach(async () => {
  await Promise.all([thread.run('order', null), plain.run('order', null)]);
});

/** Starts a task of four steps; settles with its first step, which blocks the thread for a while. */
async function begun(task: 'long' | 'stubborn', on = thread) {
  let done: Promise<unknown> = Promise.resolve();
  await new Promise<void>((first) => {
    done = on.run(task, { name: 'batch', steps: 4 }, { ...batch, onProgress: () => first() });
  });
  return { done };
}

test('interactive tasks run one after the other at the next turn of a batch task', async () => {
  const { done } = await begun('long');
  await Promise.all([thread.run('short', 'a'), thread.run('short', 'b')]);
  await done;
  const order = (await thread.run('order', null)) as string[];
  const from = order.indexOf('a begins');
  expect(order.slice(from, from + 4)).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(order.toSpliced(from, 4)).toEqual(['batch 1', 'batch 2', 'batch 3', 'batch 4']);
  expect(from).toBeLessThan(4);
});

test('a task that offers no turn is not interrupted', async () => {
  const { done } = await begun('stubborn');
  await thread.run('short', 'a');
  await done;
  expect(await thread.run('order', null)).toEqual([
    ...['batch 1', 'batch 2', 'batch 3', 'batch 4'],
    ...['a begins', 'a ends'],
  ]);
});

test('a task that must be alone, and a thread without visitors, wait for the end of the batch task', async () => {
  const { done } = await begun('long');
  await thread.run('short', 'a', { alone: true });
  await done;
  const last = (await thread.run('order', null)) as string[];
  expect(last.indexOf('a begins')).toBe(4);
  const other = await begun('long', plain);
  await plain.run('short', 'a');
  await other.done;
  expect(((await plain.run('order', null)) as string[]).indexOf('a begins')).toBe(4);
});

test('batch tasks do not visit each other', async () => {
  const { done } = await begun('long');
  await Promise.all([thread.run('short', 'a', batch), done]);
  expect(((await thread.run('order', null)) as string[]).indexOf('a begins')).toBe(4);
});

test('a visitor that is cancelled before its turn is not begun', async () => {
  const { done } = await begun('long');
  const controller = new AbortController();
  const asked = thread.run('short', 'a', { signal: controller.signal });
  controller.abort(new Error('no longer wanted'));
  await expect(asked).rejects.toThrow();
  await done;
  expect(await thread.run('order', null)).toEqual(['batch 1', 'batch 2', 'batch 3', 'batch 4']);
});

test('progress of a visitor goes to the visitor', async () => {
  const { done } = await begun('long');
  const heard: string[] = [];
  await thread.run(
    'long',
    { name: 'click', steps: 1 },
    { onProgress: ({ stage }) => heard.push(stage) },
  );
  await done;
  expect(heard).toEqual(['click 1']);
});
