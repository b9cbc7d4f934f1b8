// Which thread for pixels an image goes to: the one that knows it, or in a batch the first that is free.
import { expect, test } from 'vitest';
import { createPixelThreads } from '../../../../../electron/inference/threads/pixelThreads.ts';
import type { Thread } from '../../../../../electron/inference/threads/thread.ts';

const ENDING = new URL('../../../../helpers/children/endingWorker.ts', import.meta.url);

/** The tasks of that child. */
type Ending = Pick<
  Thread<{
    which: { input: object; output: number };
    asks: { input: object; output: unknown };
    exit: { input: object; output: never };
  }>,
  'run'
>;

function threads(count: number) {
  const pixels = createPixelThreads(ENDING, count, () => undefined);
  return {
    on: (path: string) => pixels.for(path) as unknown as Ending,
    any: (path: string) => pixels.any(path) as unknown as Ending,
  };
}

/** Keeps a thread at work until it is let go; the thread has begun when this settles. */
async function occupy(thread: Ending) {
  const { promise: end, resolve: letGo } = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const done = thread.run('asks', {}, { onAsk: () => (begun.resolve(), end) });
  await begun.promise;
  return { letGo, done };
}

const number = (thread: Ending) => thread.run('which', {});

test('an image stays with the thread that knows it, and others go where there is less to do', async () => {
  const { on } = threads(2);
  const own = await number(on('a'));
  const { letGo, done } = await occupy(on('a'));
  expect(on('a')).toBe(on('a'));
  // One task more than elsewhere is worth what the thread knows.
  const again = number(on('a'));
  const other = await number(on('b'));
  expect(other).not.toBe(own);
  letGo();
  await done;
  expect(await again).toBe(own);
  await Promise.allSettled([on('a').run('exit', {}), on('b').run('exit', {})]);
});

test('an image of a batch goes to the thread that is free first, which knows it from then on', async () => {
  const { on, any } = threads(2);
  const [first, second] = [await number(on('a')), await number(any('b'))];
  // It has started, so it is taken before one that has not.
  expect(second).toBe(first);
  const busy = await occupy(on('a'));
  const other = await occupy(any('c'));
  // Both have work: whoever ends first takes it.
  const waits = number(any('d'));
  busy.letGo();
  expect(await waits).toBe(first);
  expect(await number(on('d'))).toBe(first);
  other.letGo();
  await Promise.all([busy.done, other.done]);
  expect(await number(on('c'))).not.toBe(first);
  await Promise.allSettled([on('a').run('exit', {}), on('c').run('exit', {})]);
});

test('what a person waits for goes before an image of a batch', async () => {
  const { on, any } = threads(1);
  const busy = await occupy(on('a'));
  const order: string[] = [];
  const batch = any('b')
    .run('which', {}, { priority: 'batch' })
    .then(() => order.push('batch'));
  const person = number(on('a')).then(() => order.push('person'));
  busy.letGo();
  await Promise.all([batch, person]);
  expect(order).toEqual(['person', 'batch']);
  await on('a')
    .run('exit', {})
    .catch(() => undefined);
});

test('an image of a batch that is cancelled while it waits is dropped', async () => {
  const { on, any } = threads(1);
  const busy = await occupy(on('a'));
  const controller = new AbortController();
  const waits = any('b').run('which', {}, { signal: controller.signal });
  controller.abort(new Error('no longer wanted'));
  await expect(waits).rejects.toThrow('no longer wanted');
  busy.letGo();
  await busy.done;
  await on('a')
    .run('exit', {})
    .catch(() => undefined);
});
