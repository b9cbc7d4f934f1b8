// Keeps one inference process at work and survives its end: generations (never two at once) and a breaker
// after three failures. What happens inside one process is in generation.ts.
import { AppError } from '../../api/errors.ts';
import { workError } from '../../api/said/workWords.ts';
import { CANCEL_BUDGET_MS } from '../../api/wire/limits.ts';
import { createBreaker, type Breaker } from './breaker.ts';
import {
  createGeneration,
  type Generation,
  type GenerationTimes,
  type Pending,
} from './generation.ts';
import type {
  InferenceLink,
  InferenceProcess,
  LinkNotice,
  LinkStatus,
  SpawnInference,
} from './link.ts';

export interface HostTimes extends GenerationTimes {
  /** An open breaker lets one request try again after this. */
  readonly breakerMs: number;
}

const HOST_TIMES: HostTimes = {
  startMs: 60_000,
  heartbeatMs: 5_000,
  silenceMs: 60_000,
  cancelBudgetMs: CANCEL_BUDGET_MS,
  cancelKillMs: 120_000,
  stopMs: 4_000,
  breakerMs: 60_000,
};

const unavailable = () => workError('INFERENCE_UNAVAILABLE', { code: 'endsAgain', values: [] });

const unavailableFor = (why: string): LinkNotice => ({
  level: 'error',
  code: 'INFERENCE_UNAVAILABLE',
  message: `${unavailable().message} (${why})`,
});

const notStarted = (cause: unknown) =>
  new AppError('INFERENCE_EXITED', 'The model process could not be started.', { cause });

const closing = () => new AppError('INFERENCE_UNAVAILABLE', 'The program is shutting down.');

interface HostOptions {
  readonly spawn: SpawnInference;
  readonly log: (line: string) => void;
  readonly times?: Partial<HostTimes>;
  readonly nowMs?: () => number;
}

/** The link over processes that `spawn` starts; the first starts with the first request. */
export function createInferenceHost(options: HostOptions): InferenceLink {
  const notices = new Set<(notice: LinkNotice) => void>();
  const host = hostProcesses(options, (notice) => {
    options.log(`inference: ${notice.message}`);
    for (const listener of notices) listener(notice);
  });
  let nextId = 1;
  let closed = false;
  return {
    request: (operation, input, { signal, priority = 'interactive', onProgress } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (closed) return reject(closing());
        if (host.status().state === 'broken') return reject(unavailable());
        const id = nextId++;
        const onAbort = () => {
          host.cancel(id);
          reject(signal?.reason);
        };
        const settled = () => signal?.removeEventListener('abort', onAbort);
        signal?.addEventListener('abort', onAbort, { once: true });
        host.send(id, {
          operation,
          input,
          priority,
          onProgress,
          resolve(value) {
            settled();
            resolve(value as never);
          },
          reject(error) {
            settled();
            reject(error);
          },
        });
      }),
    status: host.status,
    restart: host.restart,
    onNotice(listener) {
      notices.add(listener);
      return () => notices.delete(listener);
    },
    async close() {
      closed = true;
      await host.close(closing());
    },
  };
}

interface Host {
  /** To the process that runs, or to the next one as soon as it is ready. */
  send(id: number, request: Pending): void;
  cancel(id: number): void;
  status(): LinkStatus;
  restart(): Promise<LinkStatus>;
  /** Ends the process for good; what waits fails with `error`. */
  close(error: AppError): Promise<void>;
}

/** One process after the other, and the requests that wait for the next one. */
function hostProcesses(options: HostOptions, notify: (notice: LinkNotice) => void): Host {
  const { spawn, log, nowMs = () => performance.now() } = options;
  const times = { ...HOST_TIMES, ...options.times };
  const shared = { times, nowMs, log, notify };
  const breaker = createBreaker(times.breakerMs, nowMs);
  const waiting = waitingRequests();
  let generation: Generation | null = null;
  let generations = 0;
  let closed = false;

  const failed = (why: string) => {
    if (!breaker.failed()) return;
    notify(unavailableFor(why));
    waiting.refuse(unavailable());
  };

  const start = () => {
    generations += 1;
    let process: InferenceProcess;
    try {
      process = spawn(generations);
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error));
      return waiting.refuse(notStarted(error));
    }
    const current = createGeneration({
      ...shared,
      number: generations,
      process,
      onReady: () => waiting.hand(current),
      onAnswer: breaker.answered,
      onEnd(reason, busy, intentional) {
        if (generation === current) generation = null;
        if (!intentional && !closed) {
          log(`inference: generation ${generations} ended: ${reason}`);
          notify(EXITED);
          if (busy) failed(reason);
        }
        if (waiting.some() && !closed) start();
      },
    });
    generation = current;
    current.begin();
  };

  const status = () => statusOf(generations, generation, breaker);

  return {
    send(id, request) {
      if (generation?.state() === 'ready') return generation.post(id, request);
      waiting.add(id, request);
      if (!generation) start();
    },
    cancel(id) {
      if (!waiting.drop(id)) generation?.cancel(id);
    },
    status,
    async restart() {
      await generation?.stop(true);
      breaker.close();
      return status();
    },
    async close(error) {
      closed = true;
      waiting.refuse(error);
      await generation?.stop(true);
    },
  };
}

const EXITED: LinkNotice = {
  level: 'warn',
  code: 'INFERENCE_EXITED',
  message: 'The model process ended. Nothing is lost, and it starts again with the next run.',
};

/** Requests that no process has yet, in order. */
function waitingRequests() {
  const waiting = new Map<number, Pending>();
  const takeAll = () => {
    const all = [...waiting];
    waiting.clear();
    return all;
  };
  return {
    some: () => waiting.size > 0,
    add: (id: number, request: Pending) => void waiting.set(id, request),
    /** Whether it waited here. */
    drop: (id: number) => waiting.delete(id),
    hand(generation: Generation): void {
      for (const [id, request] of takeAll()) generation.post(id, request);
    },
    refuse(error: AppError): void {
      for (const [, request] of takeAll()) request.reject(error);
    },
  };
}

const statusOf = (
  generations: number,
  generation: Generation | null,
  breaker: Breaker,
): LinkStatus => ({
  generation: generations,
  state: breaker.isOpen() ? 'broken' : stateOf(generation),
  failures: breaker.failures(),
});

function stateOf(generation: Generation | null): Exclude<LinkStatus['state'], 'broken'> {
  if (!generation) return 'idle';
  const state = generation.state();
  return state === 'ending' ? 'stopping' : state;
}
