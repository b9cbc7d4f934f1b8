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

/** One int32 that threads share. */
function shared(value: number): SharedArrayBuffer {
  const cell = new SharedArrayBuffer(4);
  new Int32Array(cell)[0] = value;
  return cell;
}

/** Starts a task of four steps; settles with its first step, which blocks the thread until `goOn`. */
async function begun(task: 'long' | 'stubborn', on = thread) {
  const gate = shared(0);
  const first = Promise.withResolvers<void>();
  const input = { name: 'batch', steps: 4, gate };
  const done = on.run(task, input, { ...batch, onProgress: () => first.resolve() });
  await first.promise;
  const goOn = () => {
    Atomics.store(new Int32Array(gate), 0, 1);
    Atomics.notify(new Int32Array(gate), 0);
  };
  return { done, goOn };
}

test('interactive tasks run one after the other at the next turn of a batch task', async () => {
  const { done, goOn } = await begun('long');
  const both = [thread.run('short', 'a'), thread.run('short', 'b')];
  goOn();
  await Promise.all([...both, done]);
  const order = (await thread.run('order', null)) as string[];
  const from = order.indexOf('a begins');
  expect(order.slice(from, from + 4)).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(order.toSpliced(from, 4)).toEqual(['batch 1', 'batch 2', 'batch 3', 'batch 4']);
  expect(from).toBeLessThan(4);
});

test('a task that offers no turn is not interrupted', async () => {
  const { done, goOn } = await begun('stubborn');
  const visit = thread.run('short', 'a');
  goOn();
  await Promise.all([visit, done]);
  expect(await thread.run('order', null)).toEqual([
    ...['batch 1', 'batch 2', 'batch 3', 'batch 4'],
    ...['a begins', 'a ends'],
  ]);
});

test('a task that must be alone, and a thread without visitors, wait for the end of the batch task', async () => {
  const { done, goOn } = await begun('long');
  const alone = thread.run('short', 'a', { alone: true });
  goOn();
  await Promise.all([alone, done]);
  const last = (await thread.run('order', null)) as string[];
  expect(last.indexOf('a begins')).toBe(4);
  const other = await begun('long', plain);
  const visit = plain.run('short', 'a');
  other.goOn();
  await Promise.all([visit, other.done]);
  expect(((await plain.run('order', null)) as string[]).indexOf('a begins')).toBe(4);
});

test('batch tasks do not visit each other', async () => {
  const { done, goOn } = await begun('long');
  const visit = thread.run('short', 'a', batch);
  goOn();
  await Promise.all([visit, done]);
  expect(((await thread.run('order', null)) as string[]).indexOf('a begins')).toBe(4);
});

test('a visitor that is cancelled before its turn is not begun', async () => {
  const { done, goOn } = await begun('long');
  const controller = new AbortController();
  const asked = thread.run('short', 'a', { signal: controller.signal });
  controller.abort(new Error('no longer wanted'));
  goOn();
  await expect(asked).rejects.toThrow();
  await done;
  expect(await thread.run('order', null)).toEqual(['batch 1', 'batch 2', 'batch 3', 'batch 4']);
});

test('progress of a visitor goes to the visitor', async () => {
  const { done, goOn } = await begun('long');
  const heard: string[] = [];
  const visit = thread.run(
    'long',
    { name: 'click', steps: 1, gate: shared(1) },
    { onProgress: ({ stage }) => heard.push(stage) },
  );
  goOn();
  await Promise.all([visit, done]);
  expect(heard).toEqual(['click 1']);
});
