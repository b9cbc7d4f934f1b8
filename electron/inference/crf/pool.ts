// A few worker threads that solve dense CRFs: several images or class lists in flight at once.
// Cancelling sets a flag that the worker reads every few milliseconds; a deaf worker is replaced.
import { Worker } from 'node:worker_threads';
import type { ShouldStop } from './crf.ts';
import type { CrfParameters, RgbImage } from './parameters.ts';
import type { SolveMessage, WorkerMessage } from './workerMessages.ts';

export interface CrfPoolJob {
  /** Its data is taken as unchanging: lattices are kept under the array's identity. */
  readonly image: RgbImage;
  /** Unary energies [classes, height * width]. */
  readonly unary: Float32Array;
  readonly classes: number;
  readonly parameters: CrfParameters;
  readonly iterations: number;
  readonly onIteration?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For callers without a signal; asked about every 20 ms. */
  readonly shouldStop?: ShouldStop | undefined;
  /** Moves the unary's buffer to the worker instead of copying it; the array is empty afterwards. */
  readonly transferUnary?: boolean | undefined;
}

export interface CrfPool {
  /** Q [classes, height * width] float32. Rejects with an AbortError at once when stopped. */
  solve(job: CrfPoolJob): Promise<Float32Array>;
  /** Ends the workers; jobs that are not done reject with an AbortError. */
  dispose(): Promise<void>;
}

export interface CrfPoolOptions {
  /** Most threads at once; they start when first needed. */
  readonly workers?: number;
  /** Entry of the worker, for bundles that rename it. */
  readonly workerUrl?: URL;
}

const POLL_MS = 20;
/** A worker asked to stop answers within milliseconds; one that has not by then is terminated. */
const DEAF_MS = 1000;

interface Task {
  readonly id: number;
  readonly job: CrfPoolJob;
  readonly latticeKey: string;
  readonly stopFlag: SharedArrayBuffer;
  settled: boolean;
  readonly resolve: (q: Float32Array) => void;
  readonly reject: (error: unknown) => void;
  readonly release: () => void;
}

interface Thread {
  readonly worker: Worker;
  /** Lattices that the worker holds. */
  latticeKey: string | null;
  task: Task | null;
}

/** Opens a pool; no thread starts before the first job. */
export function createCrfPool({
  workers = 2,
  workerUrl = new URL('./crf.worker.ts', import.meta.url),
}: CrfPoolOptions = {}): CrfPool {
  const threads: Thread[] = [];
  const queue: Task[] = [];
  const imageNumbers = new WeakMap<Uint8Array, number>();
  let images = 0;
  let jobs = 0;
  let disposed = false;

  function latticeKey({ image, parameters }: CrfPoolJob): string {
    const number = imageNumbers.get(image.data) ?? ++images;
    imageNumbers.set(image.data, number);
    const p = parameters;
    const terms = [p.gaussianDeviationPx, p.gaussianWeight, p.bilateralDeviationPx];
    return [number, image.width, ...terms, p.bilateralDeviationRgb, p.bilateralWeight].join(' ');
  }

  function startThread(): Thread {
    const thread: Thread = { worker: new Worker(workerUrl), latticeKey: null, task: null };
    thread.worker.on('message', (message: WorkerMessage) => onMessage(thread, message));
    thread.worker.on('error', (error) => drop(thread, error));
    thread.worker.on('exit', (code) =>
      drop(thread, new Error(`CRF worker ended unexpectedly with code ${code}`)),
    );
    threads.push(thread);
    return thread;
  }

  function onMessage(thread: Thread, message: WorkerMessage): void {
    const { task } = thread;
    if (!task || task.id !== message.job) return;
    if (message.kind === 'iteration') {
      if (!task.settled) task.job.onIteration?.(message.done, task.job.iterations);
      return;
    }
    thread.latticeKey = message.latticeKey;
    thread.task = null;
    // An idle worker must not keep the process alive.
    thread.worker.unref();
    if (message.kind === 'done') task.resolve(message.q);
    else task.reject(errorOf(message.name, message.message));
    assign();
  }

  /** Forgets a thread that has ended or failed; its job fails, the others go on. */
  function drop(thread: Thread, error: Error): void {
    const at = threads.indexOf(thread);
    if (at < 0) return;
    threads.splice(at, 1);
    thread.task?.reject(error);
    assign();
  }

  function assign(): void {
    while (queue.length > 0 && !disposed) {
      const task = queue[0] as Task;
      const idle = threads.filter((thread) => !thread.task);
      const thread =
        idle.find((candidate) => candidate.latticeKey === task.latticeKey) ??
        idle[0] ??
        (threads.length < workers ? startThread() : null);
      if (!thread) return;
      queue.shift();
      if (!task.settled) give(thread, task);
    }
  }

  function give(thread: Thread, task: Task): void {
    const { image, parameters, unary, classes, iterations, transferUnary } = task.job;
    thread.task = task;
    thread.worker.ref();
    const message: SolveMessage = {
      job: task.id,
      latticeKey: task.latticeKey,
      image: thread.latticeKey === task.latticeKey ? null : image,
      ...{ parameters, unary, classes, iterations },
      stopFlag: task.stopFlag,
    };
    const { buffer } = unary;
    const moves = transferUnary === true && buffer instanceof ArrayBuffer;
    try {
      thread.worker.postMessage(message, moves ? [buffer] : []);
    } catch (error) {
      thread.task = null;
      task.reject(error);
    }
  }

  function stop(task: Task): void {
    if (task.settled) return;
    Atomics.store(new Int32Array(task.stopFlag), 0, 1);
    task.reject(errorOf('AbortError', 'The CRF run was cancelled'));
    const thread = threads.find((candidate) => candidate.task === task);
    if (!thread) return;
    const timer = setTimeout(() => {
      if (thread.task !== task) return;
      drop(thread, new Error('CRF worker did not stop'));
      void thread.worker.terminate();
    }, DEAF_MS);
    timer.unref();
  }

  function solve(job: CrfPoolJob): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      if (disposed) throw new Error('This CRF pool was disposed; create a new one');
      let timer: ReturnType<typeof setInterval> | undefined;
      const onAbort = () => stop(task);
      const settle = <T>(done: (value: T) => void) => {
        return (value: T) => {
          if (task.settled) return;
          task.settled = true;
          task.release();
          done(value);
        };
      };
      const task: Task = {
        id: ++jobs,
        job,
        latticeKey: latticeKey(job),
        stopFlag: new SharedArrayBuffer(4),
        settled: false,
        resolve: settle(resolve),
        reject: settle(reject),
        release() {
          clearInterval(timer);
          job.signal?.removeEventListener('abort', onAbort);
        },
      };
      if (job.signal?.aborted || job.shouldStop?.()) return stop(task);
      job.signal?.addEventListener('abort', onAbort);
      if (job.shouldStop)
        timer = setInterval(() => {
          if (job.shouldStop?.()) stop(task);
        }, POLL_MS);
      queue.push(task);
      assign();
    });
  }

  async function dispose(): Promise<void> {
    disposed = true;
    const ended = errorOf('AbortError', 'The CRF pool was closed');
    for (const task of queue.splice(0)) task.reject(ended);
    const ending = threads.splice(0);
    for (const { task } of ending) task?.reject(ended);
    await Promise.all(ending.map(({ worker }) => worker.terminate()));
  }

  return { solve, dispose };
}

function errorOf(name: string, message: string): Error {
  if (name === 'AbortError') return new DOMException(message, name) as unknown as Error;
  if (name === 'RangeError') return new RangeError(message);
  return new Error(message);
}
