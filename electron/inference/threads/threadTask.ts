// Tasks of a worker thread: the messages, and the loop that runs tasks one after the other. A visiting task
// runs while the resident task offers its turn between two steps. A busy thread receives no messages, so
// cancelling sets a flag in shared memory.
import { parentPort } from 'node:worker_threads';
import type { ErrorPayload } from '../../api/errors.ts';
import { fromPayload, toPayload } from '../../api/errors.ts';
import type { StageProgress } from '../../link/protocol.ts';
import { asAppError } from '../errors.ts';

export interface TaskMessage {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
  /** One int32; not 0 = no longer wanted. */
  readonly stop: SharedArrayBuffer;
  /** Runs at the next turn that the resident task offers, or after it. */
  readonly visits: boolean;
  readonly threads: number;
}

export type TaskReply =
  | { readonly id: number; readonly kind: 'progress'; readonly progress: StageProgress }
  | { readonly id: number; readonly kind: 'ask'; readonly ask: number; readonly question: unknown }
  | { readonly id: number; readonly kind: 'result'; readonly output: unknown }
  | {
      readonly id: number;
      readonly kind: 'error';
      readonly error: ErrorPayload;
      readonly stack: string;
    };

/** The answer to a question of a running task. */
export type AnswerMessage =
  | { readonly ask: number; readonly kind: 'answer'; readonly answer: unknown }
  | { readonly ask: number; readonly kind: 'refusal'; readonly error: ErrorPayload };

/** What one task of a thread takes and gives. */
export interface Task<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

/** Every task of a thread by name; an interface such as SessionTasks fits. */
export type TaskMap<T> = { readonly [K in keyof T]: Task<unknown, unknown> };

/** What a running task may ask and report. */
export interface TaskCall {
  /** Cheap; ask between steps. */
  readonly cancelled: () => boolean;
  /** Threads that were free for it when it began, its own included. */
  readonly threads: number;
  /** Lets visitors run and waits until they are done; offered between steps that block the thread. */
  readonly turn: () => Promise<void>;
  progress(progress: StageProgress): void;
  /** Asks whoever started the task for something that only another thread can do. */
  readonly ask: (question: unknown) => Promise<unknown>;
}

/** What each task of a thread does. */
export type TaskHandlers<T extends TaskMap<T>> = {
  readonly [K in keyof T]: (input: T[K]['input'], call: TaskCall) => Promise<T[K]['output']>;
};

/** Serves tasks of the thread that this module runs in. */
export function serveTasks<T extends TaskMap<T>>(tasks: TaskHandlers<T>): void {
  if (!parentPort) throw new Error('this file runs as a worker thread');
  const port = parentPort;
  const visitors = createVisitors((message) => run(message, noTurn));
  const questions = createQuestions();
  port.on('message', (message: TaskMessage | AnswerMessage) => {
    if ('ask' in message) questions.settle(message);
    else if (message.visits) visitors.add(message);
    else void visitors.beside(() => run(message, visitors.letIn));
  });
  // The task is unknown: the thread ends, which fails every task that waits for it.
  port.on('messageerror', (error) => {
    throw error;
  });

  async function run({ id, task, input, stop, threads }: TaskMessage, turn: TaskCall['turn']) {
    const flag = new Int32Array(stop);
    const cancelled = () => Atomics.load(flag, 0) !== 0;
    const post = (reply: TaskReply) => port.postMessage(reply);
    try {
      if (!Object.hasOwn(tasks, task)) throw new Error(`no task ${task} in this thread`);
      // A visitor's turn may never have come.
      if (cancelled()) throw new DOMException('The task was cancelled', 'AbortError');
      // The near end is typed by the same map, so this task's input came with its name.
      const output = await tasks[task as keyof T](input, {
        cancelled,
        threads,
        turn,
        progress: (progress) => post({ id, kind: 'progress', progress }),
        ask: (question) => questions.open((ask) => post({ id, kind: 'ask', ask, question })),
      });
      post({ id, kind: 'result', output });
    } catch (thrown) {
      const error = asAppError(thrown);
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      post({ id, kind: 'error', error: toPayload(error), stack });
    }
  }
}

const noTurn = async (): Promise<void> => undefined;

/** Questions that were asked and not answered yet. */
function createQuestions() {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let next = 1;
  return {
    open(send: (ask: number) => void): Promise<unknown> {
      const waits = Promise.withResolvers<unknown>();
      const ask = next++;
      open.set(ask, waits);
      send(ask);
      return waits.promise;
    },
    settle(message: AnswerMessage): void {
      const waits = open.get(message.ask);
      open.delete(message.ask);
      if (message.kind === 'answer') waits?.resolve(message.answer);
      else waits?.reject(fromPayload(message.error));
    },
  };
}

/** Visiting tasks in order of arrival, run one at a time: at a turn of the resident task, or when it is done. */
function createVisitors(run: (message: TaskMessage) => Promise<void>) {
  const waiting: TaskMessage[] = [];
  let residents = 0;
  let serving: Promise<void> | null = null;

  async function serve(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) await run(next);
  }
  async function serveAll(): Promise<void> {
    if (serving) return serving;
    serving = serve();
    await serving;
    serving = null;
  }

  return {
    add(message: TaskMessage): void {
      waiting.push(message);
      if (residents === 0) void serveAll();
    },
    async letIn(): Promise<void> {
      // Messages that arrived while the thread was blocked are read first.
      await new Promise((heard) => setImmediate(heard));
      await serveAll();
    },
    async beside(resident: () => Promise<void>): Promise<void> {
      residents += 1;
      try {
        await resident();
      } finally {
        residents -= 1;
        await serveAll();
      }
    },
  };
}
