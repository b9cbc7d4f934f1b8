// A worker thread with a long task of blocking steps and a short one, which say in what order they worked.
import { serveTasks } from '../../../electron/inference/threads/threadTask.ts';

const STEP_MS = 80;
const order: string[] = [];

/** Blocks the thread, as a run of a model does. */
const block = (ms: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms) === 'timed-out';

interface Long {
  readonly name: string;
  readonly steps: number;
}

serveTasks<{
  long: { input: Long; output: string[] };
  stubborn: { input: Long; output: string[] };
  short: { input: string; output: string[] };
  order: { input: null; output: string[] };
}>({
  long: async ({ name, steps }, call) => {
    for (let step = 1; step <= steps; step += 1) {
      await call.turn();
      call.progress({ stage: `${name} ${step}`, done: step, total: steps });
      block(STEP_MS);
      order.push(`${name} ${step}`);
    }
    return order;
  },
  /** Awaits between its steps without offering a turn. */
  stubborn: async ({ name, steps }, call) => {
    for (let step = 1; step <= steps; step += 1) {
      call.progress({ stage: `${name} ${step}`, done: step, total: steps });
      await new Promise((next) => setTimeout(next));
      block(STEP_MS);
      order.push(`${name} ${step}`);
    }
    return order;
  },
  short: async (name) => {
    order.push(`${name} begins`);
    await new Promise((next) => setTimeout(next));
    block(STEP_MS);
    order.push(`${name} ends`);
    return order;
  },
  order: async () => order.splice(0),
});
