// The near end of a worker thread: one task at a time, interactive ones first, cancel by flag. A thread that
// takes visitors is sent an interactive task while a batch task runs; the far end lets it in between two steps.
// A thread with native sessions is never terminated: that would abort the whole process.
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { AppError, toPayload } from '../../api/errors.ts';
import type { ErrorPayload } from '../../api/errors.ts';
import type { Priority, StageProgress } from '../../link/protocol.ts';
import type { AnswerMessage, Task, TaskMap, TaskMessage, TaskReply } from './threadTask.ts';

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
  /** Never a visitor: it measures, or closes what other tasks work with. */
  readonly alone?: boolean;
  readonly onProgress?: (progress: StageProgress) => void;
  /** Answers what the task asks while it runs. */
  readonly onAsk?: (question: unknown) => Promise<unknown>;
}

type UnnamedTasks = { readonly [task: string]: Task<unknown, unknown> };

/** A thread whose tasks `T` names, with what each takes and gives. */
export interface Thread<T extends TaskMap<T>> {
  run<K extends keyof T & string>(
    task: K,
    input: T[K]['input'],
    options?: TaskOptions,
  ): Promise<T[K]['output']>;
  /** Tasks running or waiting. */
  load(): number;
  /** Whether it runs: the first task of one that does not takes up to a second. */
  isStarted(): boolean;
}

interface Waiting {
  readonly task: string;
  readonly input: unknown;
  readonly stop: SharedArrayBuffer;
  readonly rank: number;
  readonly alone: boolean;
  readonly onProgress: TaskOptions['onProgress'];
  readonly onAsk: TaskOptions['onAsk'];
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Lower goes first: what a person waits for, then what keeps the other threads at work. */
function rankOf({ priority = 'interactive', feeds = false }: TaskOptions): number {
  if (priority === 'interactive') return 0;
  return feeds ? 1 : 2;
}

async function answered(
  { onAsk }: Waiting,
  { ask, question }: Extract<TaskReply, { kind: 'ask' }>,
): Promise<AnswerMessage> {
  try {
    if (!onAsk) throw new AppError('INTERNAL', 'nobody answers questions of this task');
    return { ask, kind: 'answer', answer: await onAsk(question) };
  } catch (error) {
    return { ask, kind: 'refusal', error: toPayload(error) };
  }
}

/**
 * MiB of arrays that a thread may let go of before it must collect. Their bytes count against a limit that is
 * meant for small objects: a new thread collected everything once per image, a tenth of all processor time.
 */
const ROOM_BEFORE_COLLECTING = 48;
setFlagsFromString(`--initial-old-space-size=${ROOM_BEFORE_COLLECTING}`);

export interface ThreadOptions {
  /** The thread's workerData. */
  readonly data?: unknown;
  /** Interactive tasks visit batch tasks, which offer turns between their steps (TaskCall.turn). */
  readonly visitors?: boolean;
}

/** A thread over `url`; started with the first task. `onDeath` is told when it ends by itself. */
export function createThread<T extends TaskMap<T> = UnnamedTasks>(
  url: URL,
  onDeath: (error: Error) => void,
  { data = null, visitors = false }: ThreadOptions = {},
): Thread<T> {
  let worker: Worker | null = null;
  /** The task whose turn it is; visitors come and go while it runs. */
  let resident: Waiting | null = null;
  /** Sent and not answered, by id: the resident and its visitors. */
  const sent = new Map<number, Waiting>();
  const waiting: Waiting[] = [];
  let nextId = 1;

  const start = (): Worker => {
    const thread = new Worker(url, { workerData: data });
    thread.on('message', (reply: TaskReply) => {
      const job = sent.get(reply.id);
      if (!job) return;
      if (reply.kind === 'progress') return job.onProgress?.(reply.progress);
      if (reply.kind === 'ask')
        return void answered(job, reply).then((one) => thread.postMessage(one));
      sent.delete(reply.id);
      if (job === resident) resident = null;
      if (reply.kind === 'result') job.resolve(reply.output);
      else job.reject(new TaskError(reply.error, reply.stack));
      next();
    });
    // A reply that cannot be read may have been the last one of its task; the thread itself goes on.
    thread.on('messageerror', (error) => failSent(error));
    const ended = (error: Error) => {
      // An error is followed by the exit; by then a new thread may be at work.
      if (worker !== thread) return;
      worker = null;
      onDeath(error);
      failSent(error);
    };
    thread.on('error', (error) => ended(error as Error));
    thread.on('exit', (code) =>
      ended(new Error(`a worker thread ended by itself with exit code ${code}`)),
    );
    return thread;
  };

  const failSent = (error: Error) => {
    const failed = [...sent.values()];
    sent.clear();
    resident = null;
    for (const job of failed) job.reject(error);
    next();
  };

  const next = () => {
    if (visitors && resident && !resident.alone) {
      const { rank } = resident;
      const visiting = waiting.filter((job) => job.rank < rank && !job.alone);
      for (const job of visiting) send(job, true);
    }
    // A resident that is done may have left visitors behind.
    if (sent.size > 0 || waiting.length === 0) return;
    resident = waiting.reduce((best, one) => (one.rank < best.rank ? one : best));
    send(resident, false);
  };

  const send = (job: Waiting, visits: boolean) => {
    waiting.splice(waiting.indexOf(job), 1);
    const id = nextId++;
    sent.set(id, job);
    worker ??= start();
    const { task, input, stop } = job;
    try {
      worker.postMessage({ id, task, input, stop, visits } satisfies TaskMessage);
    } catch (error) {
      sent.delete(id);
      if (job === resident) resident = null;
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
        const job: Waiting = {
          task,
          input,
          stop,
          rank: rankOf(options),
          alone: options.alone ?? false,
          onProgress: options.onProgress,
          onAsk: options.onAsk,
          resolve(value) {
            signal?.removeEventListener('abort', abort);
            // The far end is typed by the same map.
            resolve(value as never);
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
    load: () => waiting.length + sent.size,
    isStarted: () => worker !== null,
  };
}
