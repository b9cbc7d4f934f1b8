// Tasks that wait for a thread, or for whichever of several is free first. Interactive tasks go before those of
// a batch; a waiting task that is cancelled is dropped, a running one stops by its flag.
import type { Priority, StageProgress } from '../../link/protocol.ts';

export interface TaskOptions {
  readonly signal?: AbortSignal;
  readonly priority?: Priority;
  /** Short work whose answer another thread waits for: goes before longer work of the same priority. */
  readonly feeds?: boolean;
  /** Never a visitor: it measures time, or closes what other tasks use. */
  readonly alone?: boolean;
  /** Asked when the task begins: how many threads are free for it, its own included. */
  readonly threads?: () => number;
  readonly onProgress?: (progress: StageProgress) => void;
  /** Answers what the task asks while it runs. */
  readonly onAsk?: (question: unknown) => Promise<unknown>;
}

export interface Waiting {
  readonly task: string;
  readonly input: unknown;
  /** One int32; not 0 = no longer wanted. */
  readonly stop: SharedArrayBuffer;
  /** Lower goes first. */
  readonly rank: number;
  readonly alone: boolean;
  readonly threads: () => number;
  readonly onProgress: TaskOptions['onProgress'];
  readonly onAsk: TaskOptions['onAsk'];
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export interface Queue {
  /** Lets a task wait here; settles as the task does. */
  enter(task: string, input: unknown, options: TaskOptions): Promise<unknown>;
  /** The task that goes first; it stays in the queue until it is taken. */
  first(): Waiting | undefined;
  /** What may visit a task of this rank. */
  visitors(rank: number): readonly Waiting[];
  /** False where the task does not wait here. */
  take(job: Waiting): boolean;
  size(): number;
}

/** Interactive tasks first, then those that keep other threads at work. */
function rankOf({ priority = 'interactive', feeds = false }: TaskOptions): number {
  if (priority === 'interactive') return 0;
  return feeds ? 1 : 2;
}

/** The one of two that goes first; the first of equals. */
export const earlier = (a: Waiting | undefined, b: Waiting | undefined): Waiting | undefined =>
  a && b ? (b.rank < a.rank ? b : a) : (a ?? b);

/** `entered` is called for each task that joins. */
export function createQueue(entered: () => void): Queue {
  const waiting: Waiting[] = [];
  const take = (job: Waiting): boolean => {
    const at = waiting.indexOf(job);
    if (at >= 0) waiting.splice(at, 1);
    return at >= 0;
  };
  return {
    enter: (task, input, options) =>
      new Promise((resolve, reject) => {
        const { signal, alone = false, threads = () => 1, onProgress, onAsk } = options;
        if (signal?.aborted) return reject(signal.reason);
        const stop = new SharedArrayBuffer(4);
        const job: Waiting = {
          task,
          input,
          stop,
          rank: rankOf(options),
          alone,
          threads,
          onProgress,
          onAsk,
          resolve(value) {
            signal?.removeEventListener('abort', abort);
            resolve(value);
          },
          reject(error) {
            signal?.removeEventListener('abort', abort);
            reject(error);
          },
        };
        // A running task settles only once it has seen the flag, so that its thread is known to be free again.
        const abort = () => {
          Atomics.store(new Int32Array(stop), 0, 1);
          if (take(job)) job.reject(signal?.reason);
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiting.push(job);
        entered();
      }),
    first: () => waiting.reduce<Waiting | undefined>(earlier, undefined),
    visitors: (rank) => waiting.filter((job) => job.rank < rank && !job.alone),
    take,
    size: () => waiting.length,
  };
}
