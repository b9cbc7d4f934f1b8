// The near end of a worker thread: one task at a time, interactive ones first, cancel by flag. A thread that
// takes visitors is sent an interactive task while a batch task runs; the far end lets it in between two steps.
// A thread with native sessions is never terminated: that would abort the whole process.
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { AppError, toPayload } from '../../api/errors.ts';
import type { ErrorPayload } from '../../api/errors.ts';
import type { AnswerMessage, Task, TaskMap, TaskMessage, TaskReply } from './threadTask.ts';
import { createQueue, earlier, type Queue, type TaskOptions, type Waiting } from './waiting.ts';

/** A task's failure with the stack of the other thread, for the log. */
export class TaskError extends AppError {
  readonly remoteStack: string;
  constructor(payload: ErrorPayload, remoteStack: string) {
    super(payload.code, payload.message, { data: payload.data });
    this.remoteStack = remoteStack;
  }
}

type UnnamedTasks = { readonly [task: string]: Task<unknown, unknown> };

/** A thread whose tasks `T` names, with what each takes and gives. */
export interface Thread<T extends TaskMap<T>> {
  run<K extends keyof T & string>(
    task: K,
    input: T[K]['input'],
    options?: TaskOptions,
  ): Promise<T[K]['output']>;
  /** Tasks running or waiting for it. */
  load(): number;
  /** Whether it runs: the first task of one that does not takes up to a second. */
  isStarted(): boolean;
  /** Takes what waits for several threads, if it is free. */
  look(): void;
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
 * MiB of arrays that a thread may release before V8 collects. V8 counts ArrayBuffers against a limit meant for
 * small objects: a new thread ran a full collection per image, a tenth of all processor time.
 */
const ROOM_BEFORE_COLLECTING = 48;
setFlagsFromString(`--initial-old-space-size=${ROOM_BEFORE_COLLECTING}`);

export interface ThreadOptions {
  /** The thread's workerData. */
  readonly data?: unknown;
  /** Interactive tasks visit batch tasks, which offer turns between their steps (TaskCall.turn). */
  readonly visitors?: boolean;
  /** Tasks that wait for any of several threads, and a callback for those that this thread takes. */
  readonly common?: { readonly queue: Queue; taken(job: Waiting): void };
}

/** A thread over `url`, started with the first task. `onDeath` is called when it ends without being asked to. */
export function createThread<T extends TaskMap<T> = UnnamedTasks>(
  url: URL,
  onDeath: (error: Error) => void,
  { data = null, visitors = false, common }: ThreadOptions = {},
): Thread<T> {
  /** The resident task; visitors come and go while it runs. */
  let resident: Waiting | null = null;
  /** Sent and not answered, by id: the resident and its visitors. */
  const sent = new Map<number, Waiting>();
  let nextId = 1;
  const own = createQueue(() => next());
  const far = farEnd(url, data, {
    onDeath,
    onReply(reply, answer) {
      const job = sent.get(reply.id);
      if (!job) return;
      if (reply.kind === 'progress') return job.onProgress?.(reply.progress);
      if (reply.kind === 'ask') return void answered(job, reply).then(answer);
      sent.delete(reply.id);
      if (job === resident) resident = null;
      if (reply.kind === 'result') job.resolve(reply.output);
      else job.reject(new TaskError(reply.error, reply.stack));
      next();
    },
    onLost(error) {
      const failed = [...sent.values()];
      sent.clear();
      resident = null;
      for (const job of failed) job.reject(error);
      next();
    },
  });

  const next = () => {
    if (visitors && resident && !resident.alone)
      for (const job of own.visitors(resident.rank)) if (own.take(job)) send(job, true);
    // Visitors may remain after the resident task ended.
    if (sent.size > 0) return;
    const job = earlier(own.first(), common?.queue.first());
    if (!job) return;
    if (!own.take(job) && common?.queue.take(job)) common.taken(job);
    resident = job;
    send(job, false);
  };

  const send = (job: Waiting, visits: boolean) => {
    const id = nextId++;
    sent.set(id, job);
    const { task, input, stop, threads } = job;
    try {
      far.post({ id, task, input, stop, visits, threads: threads() });
    } catch (error) {
      sent.delete(id);
      if (job === resident) resident = null;
      job.reject(error);
      next();
    }
  };

  return {
    // The far end is typed by the same map.
    run: (task, input, options = {}) => own.enter(task, input, options) as never,
    load: () => own.size() + sent.size,
    isStarted: far.isStarted,
    look: next,
  };
}

interface Heard {
  onReply(reply: TaskReply, answer: (message: AnswerMessage) => void): void;
  /** No posted task will be answered. */
  onLost(error: Error): void;
  onDeath(error: Error): void;
}

/** The worker itself: started when something is posted to it, and restarted when it has ended. */
function farEnd(url: URL, data: unknown, { onReply, onLost, onDeath }: Heard) {
  let worker: Worker | null = null;
  const start = (): Worker => {
    const thread = new Worker(url, { workerData: data });
    thread.on('message', (reply: TaskReply) =>
      onReply(reply, (message) => thread.postMessage(message)),
    );
    // A reply that cannot be deserialised may have been the last of its task; the thread itself continues.
    thread.on('messageerror', onLost);
    const ended = (error: Error) => {
      // An error is followed by the exit; by then a new thread may be at work.
      if (worker !== thread) return;
      worker = null;
      onDeath(error);
      onLost(error);
    };
    thread.on('error', (error) => ended(error as Error));
    thread.on('exit', (code) =>
      ended(new Error(`a worker thread ended by itself with exit code ${code}`)),
    );
    return thread;
  };
  return {
    isStarted: () => worker !== null,
    post(message: TaskMessage): void {
      worker ??= start();
      worker.postMessage(message);
    },
  };
}
