// Keeps one inference process at work and survives its end: generations (never two at once) and a breaker
// after three failures. What happens inside one process is in generation.ts.
import { AppError } from '../../api/errors.ts';
import { CANCEL_BUDGET_MS } from '../../api/wire/limits.ts';
import { createBreaker } from './breaker.ts';
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

const unavailable = () =>
  new AppError(
    'INFERENCE_UNAVAILABLE',
    'The model process ended three times in a row and was not started again. Check the device in Models, then restart it there.',
  );

const closing = () => new AppError('INFERENCE_UNAVAILABLE', 'The program is shutting down.');

/** The link over processes that `spawn` starts; the first starts with the first request. */
export function createInferenceHost(options: {
  spawn: SpawnInference;
  log: (line: string) => void;
  times?: Partial<HostTimes>;
  nowMs?: () => number;
}): InferenceLink {
  const times = { ...HOST_TIMES, ...options.times };
  const nowMs = options.nowMs ?? (() => performance.now());
  const breaker = createBreaker(times.breakerMs, nowMs);
  const notices = new Set<(notice: LinkNotice) => void>();
  const waiting: { id: number; request: Pending }[] = [];
  let generation: Generation | null = null;
  let generations = 0;
  let nextId = 1;
  let closed = false;

  const notify = (notice: LinkNotice) => {
    options.log(`inference: ${notice.message}`);
    for (const listener of notices) listener(notice);
  };

  const refuseWaiting = (error: AppError) => {
    for (const { request } of waiting.splice(0)) request.reject(error);
  };

  const status = (): LinkStatus => ({
    generation: generations,
    state: breaker.isOpen() ? 'broken' : stateOf(generation),
    failures: breaker.failures(),
  });

  const failed = (why: string) => {
    if (!breaker.failed()) return;
    const error = unavailable();
    notify({ level: 'error', code: 'INFERENCE_UNAVAILABLE', message: `${error.message} (${why})` });
    refuseWaiting(error);
  };

  const start = () => {
    generations += 1;
    let process: InferenceProcess;
    try {
      process = options.spawn(generations);
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error));
      const message = 'The model process could not be started.';
      return refuseWaiting(new AppError('INFERENCE_EXITED', message, { cause: error }));
    }
    const current = createGeneration({
      ...{ number: generations, process, times, nowMs, log: options.log, notify },
      onReady: () => {
        for (const { id, request } of waiting.splice(0)) current.post(id, request);
      },
      onAnswer: breaker.answered,
      onEnd: (reason, busy, intentional) => ended(current, { reason, busy, intentional }),
    });
    generation = current;
    current.begin();
  };

  const ended = (
    current: Generation,
    { reason, busy, intentional }: { reason: string; busy: boolean; intentional: boolean },
  ) => {
    if (generation === current) generation = null;
    if (!intentional && !closed) {
      options.log(`inference: generation ${generations} ended: ${reason}`);
      notify({
        level: 'warn',
        code: 'INFERENCE_EXITED',
        message: 'The model process ended. Nothing is lost, and it starts again with the next run.',
      });
      if (busy) failed(reason);
    }
    if (waiting.length > 0 && !closed) start();
  };

  const cancel = (id: number) => {
    const queued = waiting.findIndex((entry) => entry.id === id);
    if (queued >= 0) return void waiting.splice(queued, 1);
    generation?.cancel(id);
  };

  return {
    request: (operation, input, requestOptions = {}) =>
      new Promise((resolve, reject) => {
        const { signal } = requestOptions;
        if (signal?.aborted) return reject(signal.reason);
        if (closed) return reject(closing());
        if (status().state === 'broken') return reject(unavailable());
        const id = nextId++;
        const onAbort = () => {
          cancel(id);
          reject(signal?.reason);
        };
        const settled = () => signal?.removeEventListener('abort', onAbort);
        signal?.addEventListener('abort', onAbort, { once: true });
        const request: Pending = {
          operation,
          input,
          priority: requestOptions.priority ?? 'interactive',
          onProgress: requestOptions.onProgress,
          resolve(value) {
            settled();
            resolve(value as never);
          },
          reject(error) {
            settled();
            reject(error);
          },
        };
        if (generation?.state() === 'ready') return generation.post(id, request);
        waiting.push({ id, request });
        if (!generation) start();
      }),
    status,
    async restart() {
      await generation?.stop(true);
      breaker.close();
      return status();
    },
    onNotice(listener) {
      notices.add(listener);
      return () => notices.delete(listener);
    },
    async close() {
      closed = true;
      refuseWaiting(closing());
      await generation?.stop(true);
    },
  };
}

function stateOf(generation: Generation | null): Exclude<LinkStatus['state'], 'broken'> {
  if (!generation) return 'idle';
  const state = generation.state();
  return state === 'ending' ? 'stopping' : state;
}
