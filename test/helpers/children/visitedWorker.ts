// A worker thread with a long task of blocking steps and a short one, which say in what order they worked.
import { serveTasks } from '../../../electron/inference/threads/threadTask.ts';

const order: string[] = [];

interface Long {
  readonly name: string;
  readonly steps: number;
  /** While its one int32 is 0 each step blocks the thread, as a run of a model does. */
  readonly gate: SharedArrayBuffer;
}

const block = ({ gate }: Long) => Atomics.wait(new Int32Array(gate), 0, 0);

serveTasks<{
  long: { input: Long; output: string[] };
  stubborn: { input: Long; output: string[] };
  short: { input: string; output: string[] };
  order: { input: null; output: string[] };
}>({
  long: async (input, call) => {
    const { name, steps } = input;
    for (let step = 1; step <= steps; step += 1) {
      await call.turn();
      call.progress({ stage: `${name} ${step}`, done: step, total: steps });
      block(input);
      order.push(`${name} ${step}`);
    }
    return order;
  },
  /** Awaits between its steps without offering a turn. */
  stubborn: async (input, call) => {
    const { name, steps } = input;
    for (let step = 1; step <= steps; step += 1) {
      call.progress({ stage: `${name} ${step}`, done: step, total: steps });
      await new Promise((next) => setTimeout(next));
      block(input);
      order.push(`${name} ${step}`);
    }
    return order;
  },
  short: async (name) => {
    order.push(`${name} begins`);
    await new Promise((next) => setTimeout(next));
    order.push(`${name} ends`);
    return order;
  },
  order: async () => order.splice(0),
});
