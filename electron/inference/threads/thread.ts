// The near end of a worker thread: one task at a time, interactive ones first, cancel by flag.
// A thread with native sessions is never terminated: that would abort the whole process.
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../api/errors.ts';
import type { ErrorPayload } from '../../api/errors.ts';
import type { Priority } from '../../link/protocol.ts';
import type { TaskMessage, TaskReply } from './threadTask.ts';

/** A task's failure with the stack of the other thread, for the log. */
export class TaskError extends AppError {
  readonly remoteStack: string;
  constructor(payload: ErrorPayload, remoteStack: string) {
    super(payload.code, payload.message, { data: payload.data });
    this.remoteStack = remoteStack;
  }
}

export interface TaskOptions {
  readonly signal?: AbortSignal;
  readonly priority?: Priority;
  /** Short work that another thread waits for: goes before longer work of the same priority. */
  readonly feeds?: boolean;
  readonly onProgress?: (progress: unknown) => void;
}

export interface Thread {
  run(task: string, input: unknown, options?: TaskOptions): Promise<unknown>;
  /** Tasks running or waiting. */
  load(): number;
}

interface Job {
  readonly task: string;
  readonly input: unknown;
  readonly stop: SharedArrayBuffer;
  readonly rank: number;
  readonly onProgress: TaskOptions['onProgress'];
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Lower goes first: what a person waits for, then what keeps the other threads at work. */
function rankOf({ priority = 'interactive', feeds = false }: TaskOptions): number {
  if (priority === 'interactive') return 0;
  return feeds ? 1 : 2;
}

/**
 * MiB of arrays that a thread may let go of before it must collect. Their bytes count against a limit that is
 * meant for small objects: a new thread collected everything once per image, a tenth of all processor time.
 */
const ROOM_BEFORE_COLLECTING = 48;
setFlagsFromString(`--initial-old-space-size=${ROOM_BEFORE_COLLECTING}`);

/**
 * A thread over `url`; started with the first task, with `data` as its workerData. `onDeath` is told when it
 * ends by itself.
 */
export function createThread(
  url: URL,
  onDeath: (error: Error) => void,
  data: unknown = null,
): Thread {
  let worker: Worker | null = null;
  let running: { id: number; job: Job } | null = null;
  const waiting: Job[] = [];
  let nextId = 1;

  const start = (): Worker => {
    const thread = new Worker(url, { workerData: data });
    thread.on('message', (reply: TaskReply) => {
      if (running?.id !== reply.id) return;
      const { job } = running;
      if (reply.kind === 'progress') return job.onProgress?.(reply.progress);
      running = null;
      if (reply.kind === 'result') job.resolve(reply.output);
      else job.reject(new TaskError(reply.error, reply.stack));
      next();
    });
    // A reply that cannot be read may have been the last one of its task; the thread itself goes on.
    thread.on('messageerror', (error) => failRunning(error));
    const ended = (error: Error) => {
      // An error is followed by the exit; by then a new thread may be at work.
      if (worker !== thread) return;
      worker = null;
      onDeath(error);
      failRunning(error);
    };
    thread.on('error', (error) => ended(error as Error));
    thread.on('exit', (code) =>
      ended(new Error(`a worker thread ended by itself with exit code ${code}`)),
    );
    return thread;
  };

  const failRunning = (error: Error) => {
    const failed = running?.job;
    running = null;
    failed?.reject(error);
    next();
  };

  const next = () => {
    if (running || waiting.length === 0) return;
    const job = waiting.reduce((best, one) => (one.rank < best.rank ? one : best));
    waiting.splice(waiting.indexOf(job), 1);
    const id = nextId++;
    running = { id, job };
    worker ??= start();
    const message: TaskMessage = { id, task: job.task, input: job.input, stop: job.stop };
    try {
      worker.postMessage(message);
    } catch (error) {
      running = null;
      job.reject(error);
      next();
    }
  };

  return {
    run: (task, input, options = {}) =>
      new Promise((resolve, reject) => {
        const { signal } = options;
        if (signal?.aborted) return reject(signal.reason);
        const stop = new SharedArrayBuffer(4);
        const job: Job = {
          task,
          input,
          stop,
          rank: rankOf(options),
          onProgress: options.onProgress,
          resolve(value) {
            signal?.removeEventListener('abort', abort);
            resolve(value);
          },
          reject(error) {
            signal?.removeEventListener('abort', abort);
            reject(error);
          },
        };
        // A waiting task is dropped; a running one stops at its next look at the flag and only then
        // settles, so that the thread is known to be free again.
        const abort = () => {
          Atomics.store(new Int32Array(stop), 0, 1);
          const at = waiting.indexOf(job);
          if (at < 0) return;
          waiting.splice(at, 1);
          job.reject(signal?.reason);
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiting.push(job);
        next();
      }),
    load: () => waiting.length + (running ? 1 : 0),
  };
}
