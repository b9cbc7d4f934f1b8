// What operations ask of the threads: how many may work on the image of one.
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import type { OperationInput } from '../../../../electron/link/operations.ts';
import { operations } from '../../../../electron/inference/operations.ts';

type Options = { readonly threads?: () => number };

/** How many threads a mask made anew is told of, with so many others at work. */
async function threadsTold(
  priority: 'interactive' | 'batch',
  { sessions = 0, pixels = 1 } = {},
): Promise<number | undefined> {
  let told: number | undefined;
  const thread = {
    load: () => sessions,
    async run(_task: string, _input: unknown, { threads }: Options) {
      told = threads?.();
      return { masks: [], facts: {} };
    },
  };
  const all = operations(
    thread as never,
    { for: () => thread, any: () => thread, atWork: () => pixels } as never,
  );
  const input = { imagePath: '/a.png', runFile: '/a.run', options: {}, only: [] };
  await all['prelabel.reapply'](input as unknown as OperationInput<'prelabel.reapply'>, {
    signal: new AbortController().signal,
    priority,
    progress: () => undefined,
  });
  return told;
}

test('an image that a person waits for is told of every processor that is free', async () => {
  const processors = availableParallelism();
  expect(await threadsTold('interactive')).toBe(processors);
  expect(await threadsTold('interactive', { pixels: processors })).toBe(1);
  expect(await threadsTold('interactive', { pixels: processors + 3 })).toBe(1);
});

test('an image of a batch has one thread, and so has one beside a model at work', async () => {
  expect(await threadsTold('batch')).toBe(1);
  expect(await threadsTold('interactive', { sessions: 1 })).toBe(1);
});
