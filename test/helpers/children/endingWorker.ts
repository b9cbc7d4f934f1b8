// A worker thread whose tasks end it in ways that are no errors, or ask whoever started them.
import { threadId } from 'node:worker_threads';
import { serveTasks } from '../../../electron/inference/threads/threadTask.ts';

serveTasks({
  exit: async () => process.exit(3),
  throwLater: () => {
    setTimeout(() => {
      throw new Error('nobody waits for this');
    });
    return new Promise(() => {});
  },
  which: async () => threadId,
  asks: (question, { ask }) => ask(question),
  free: async (_, { threads }) => threads,
});
