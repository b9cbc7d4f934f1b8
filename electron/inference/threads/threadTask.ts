// Tasks of a worker thread: what is posted, and the loop that serves them one after the other.
// A thread that computes hears nothing, so being cancelled is a flag in shared memory.
import { parentPort } from 'node:worker_threads';
import type { ErrorPayload } from '../../api/errors.ts';
import { toPayload } from '../../api/errors.ts';
import { asAppError } from '../errors.ts';

export interface TaskMessage {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
  /** One int32; not 0 = no longer wanted. */
  readonly stop: SharedArrayBuffer;
}

export type TaskReply =
  | { readonly id: number; readonly kind: 'progress'; readonly progress: unknown }
  | { readonly id: number; readonly kind: 'result'; readonly output: unknown }
  | {
      readonly id: number;
      readonly kind: 'error';
      readonly error: ErrorPayload;
      readonly stack: string;
    };

/** What a running task may ask and tell. */
export interface TaskCall {
  /** Cheap; ask between steps. */
  readonly cancelled: () => boolean;
  progress(progress: unknown): void;
}

export type Tasks = { readonly [task: string]: (input: never, call: TaskCall) => Promise<unknown> };

/** Serves tasks of the thread that this module runs in. */
export function serveTasks(tasks: Tasks): void {
  if (!parentPort) throw new Error('this file runs as a worker thread');
  const port = parentPort;
  port.on('message', (message: TaskMessage) => {
    void run(message);
  });
  // Nobody knows which task it was: the thread ends, and whoever waits hears of that.
  port.on('messageerror', (error) => {
    throw error;
  });

  async function run({ id, task, input, stop }: TaskMessage): Promise<void> {
    const flag = new Int32Array(stop);
    const post = (reply: TaskReply) => port.postMessage(reply);
    try {
      const handler = tasks[task];
      if (!handler) throw new Error(`no task ${task} in this thread`);
      const output = await handler(input as never, {
        cancelled: () => Atomics.load(flag, 0) !== 0,
        progress: (progress) => post({ id, kind: 'progress', progress }),
      });
      post({ id, kind: 'result', output });
    } catch (thrown) {
      const error = asAppError(thrown);
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      post({ id, kind: 'error', error: toPayload(error), stack });
    }
  }
}
