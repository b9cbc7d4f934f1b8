// Keeps one inference process at work and survives its end: generations (never two at once),
// heartbeat, cooperative cancel with kill as the last resort, and a breaker after three failures.
import { AppError, fromPayload } from '../../api/errors.ts';
import { CANCEL_BUDGET_MS } from '../../api/wire/limits.ts';
import type { FromInference, OperationName, Priority } from '../../link/protocol.ts';
import { INFERENCE_PROTOCOL } from '../../link/protocol.ts';
import { deviceName } from '../../link/deviceWords.ts';
import type {
  InferenceLink,
  InferenceProcess,
  LinkNotice,
  LinkStatus,
  RequestOptions,
  SpawnInference,
} from './link.ts';

export interface HostTimes {
  readonly startMs: number;
  readonly heartbeatMs: number;
  /** No answer to a heartbeat for this long = the process hangs. */
  readonly silenceMs: number;
  readonly cancelBudgetMs: number;
  /** A cancelled step that still runs after this is ended with its process. */
  readonly cancelKillMs: number;
  readonly stopMs: number;
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

const FAILURES_TO_BREAK = 3;

interface Pending {
  readonly operation: OperationName;
  readonly input: unknown;
  readonly priority: Priority;
  readonly onProgress: RequestOptions['onProgress'];
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A process from spawn to exit. */
interface Generation {
  readonly number: number;
  readonly process: InferenceProcess;
  state: 'starting' | 'ready' | 'ending';
  readonly pending: Map<number, Pending>;
  /** Cancelled requests that the process has not answered yet: their late answers are dropped. */
  readonly tombstones: Map<number, NodeJS.Timeout[]>;
  lastSign: number;
  intentional: boolean;
  readonly exited: Promise<void>;
  timers: NodeJS.Timeout[];
}

/** The link over processes that `spawn` starts; the first starts with the first request. */
export function createInferenceHost(options: {
  spawn: SpawnInference;
  log: (line: string) => void;
  times?: Partial<HostTimes>;
  nowMs?: () => number;
}): InferenceLink {
  const times = { ...HOST_TIMES, ...options.times };
  const nowMs = options.nowMs ?? (() => performance.now());
  const notices = new Set<(notice: LinkNotice) => void>();
  const waiting: { id: number; request: Pending }[] = [];
  let generation: Generation | null = null;
  let generations = 0;
  let nextId = 1;
  let failures = 0;
  let brokenUntilMs = 0;
  let closed = false;

  const notify = (notice: LinkNotice) => {
    options.log(`inference: ${notice.message}`);
    for (const listener of notices) listener(notice);
  };

  const unavailable = () =>
    new AppError(
      'INFERENCE_UNAVAILABLE',
      'The model process ended three times in a row and was not started again. Check the device in Models, then restart it there.',
    );

  const status = (): LinkStatus => ({
    generation: generations,
    state:
      failures >= FAILURES_TO_BREAK && nowMs() < brokenUntilMs
        ? 'broken'
        : !generation
          ? 'idle'
          : generation.state === 'ending'
            ? 'stopping'
            : generation.state,
    failures,
  });

  const failed = (why: string) => {
    failures += 1;
    if (failures < FAILURES_TO_BREAK) return;
    brokenUntilMs = nowMs() + times.breakerMs;
    const error = unavailable();
    notify({ level: 'error', code: 'INFERENCE_UNAVAILABLE', message: `${error.message} (${why})` });
    for (const { request } of waiting.splice(0)) request.reject(error);
  };

  const start = () => {
    generations += 1;
    const number = generations;
    let markExited = () => {};
    const exited = new Promise<void>((resolve) => (markExited = resolve));
    let process: InferenceProcess;
    try {
      process = options.spawn(number);
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error));
      for (const { request } of waiting.splice(0))
        request.reject(
          new AppError('INFERENCE_EXITED', 'The model process could not be started.', {
            cause: error,
          }),
        );
      return;
    }
    const current: Generation = {
      number,
      process,
      state: 'starting',
      pending: new Map(),
      tombstones: new Map(),
      lastSign: nowMs(),
      intentional: false,
      exited,
      timers: [],
    };
    generation = current;
    process.onMessage((message) => receive(current, message));
    process.onExit((reason) => {
      ended(current, reason);
      markExited();
    });
    const late = setTimeout(() => {
      if (current.state === 'starting') kill(current, 'it did not start in time');
    }, times.startMs);
    const beat = setInterval(() => {
      if (current.state !== 'ready') return;
      if (nowMs() - current.lastSign > times.silenceMs) kill(current, 'it stopped answering');
      else process.post({ kind: 'ping', generation: number, id: 0 });
    }, times.heartbeatMs);
    late.unref();
    beat.unref();
    current.timers.push(late, beat);
    process.post({ kind: 'start', generation: number, protocol: INFERENCE_PROTOCOL });
  };

  const kill = (current: Generation, why: string) => {
    if (current.state === 'ending') return;
    current.state = 'ending';
    options.log(`inference: generation ${current.number} is ended because ${why}`);
    current.process.kill();
  };

  const ended = (current: Generation, reason: string) => {
    for (const timer of current.timers) clearInterval(timer);
    for (const timers of current.tombstones.values()) timers.forEach(clearTimeout);
    if (generation === current) generation = null;
    const busy = current.pending.size > 0 || current.state === 'starting';
    const error = () =>
      new AppError(
        'INFERENCE_EXITED',
        current.intentional
          ? 'The model process was restarted.'
          : 'The model process ended while it worked. It starts again with the next run.',
        { data: { intentional: current.intentional, generation: current.number } },
      );
    for (const request of current.pending.values()) request.reject(error());
    current.pending.clear();
    if (!current.intentional && !closed) {
      options.log(`inference: generation ${current.number} ended: ${reason}`);
      notify({
        level: 'warn',
        code: 'INFERENCE_EXITED',
        message: 'The model process ended. Nothing is lost, and it starts again with the next run.',
      });
      if (busy) failed(reason);
    }
    if (waiting.length > 0 && !closed) start();
  };

  const receive = (current: Generation, message: FromInference) => {
    // Frames of an earlier generation cannot come through this process, but a stale one is no harm.
    if (message.generation !== current.number || current.state === 'ending') return;
    current.lastSign = nowMs();
    switch (message.kind) {
      case 'hello':
        if (message.protocol !== INFERENCE_PROTOCOL)
          return kill(current, `it speaks protocol ${message.protocol}`);
        current.state = 'ready';
        for (const { id, request } of waiting.splice(0)) post(current, id, request);
        return;
      case 'fallback': {
        const { provider, used, reason, raw } = message.fallback;
        options.log(`inference: ${provider} failed, ${used} runs: ${raw}`);
        return notify({
          level: 'warn',
          code: 'DEVICE_FELL_BACK',
          message:
            used === provider
              ? `${reason} Models run there in full precision, F32.`
              : `${reason} Until it works, models run on the ${deviceName(used)}.`,
        });
      }
      case 'log':
        return options.log(`inference: ${message.line}`);
      case 'pong':
        return;
      case 'progress':
        return current.pending.get(message.id)?.onProgress?.(message.progress);
      case 'result':
      case 'error': {
        current.tombstones.get(message.id)?.forEach(clearTimeout);
        current.tombstones.delete(message.id);
        // Any answer shows a working process, also one that refuses an input.
        failures = 0;
        const request = current.pending.get(message.id);
        if (!request) return;
        current.pending.delete(message.id);
        if (message.kind === 'result') return request.resolve(message.output);
        if (message.error.code === 'INTERNAL')
          options.log(`inference: ${request.operation} failed: ${message.stack}`);
        return request.reject(fromPayload(message.error));
      }
    }
  };

  const post = (current: Generation, id: number, request: Pending) => {
    current.pending.set(id, request);
    try {
      current.process.post({
        kind: 'request',
        generation: current.number,
        id,
        operation: request.operation,
        input: request.input,
        priority: request.priority,
      });
    } catch (error) {
      current.pending.delete(id);
      request.reject(error);
    }
  };

  const cancel = (id: number) => {
    const queued = waiting.findIndex((entry) => entry.id === id);
    if (queued >= 0) return void waiting.splice(queued, 1);
    const current = generation;
    if (!current?.pending.delete(id)) return;
    const slow = setTimeout(
      () =>
        notify({
          level: 'info',
          code: 'CANCEL_SLOW',
          message: 'A cancelled step is still finishing. Restart the model process to end it now.',
        }),
      times.cancelBudgetMs,
    );
    const stuck = setTimeout(
      () => kill(current, 'a cancelled step did not end'),
      times.cancelKillMs,
    );
    slow.unref();
    stuck.unref();
    current.tombstones.set(id, [slow, stuck]);
    current.process.post({ kind: 'cancel', generation: current.number, id });
  };

  const stop = async (intentional: boolean) => {
    const current = generation;
    if (!current) return;
    current.intentional = intentional;
    if (current.state !== 'ready' || current.pending.size > 0 || current.tombstones.size > 0)
      kill(current, 'it was asked to stop');
    else {
      current.state = 'ending';
      current.process.post({ kind: 'bye', generation: current.number });
      const late = setTimeout(() => current.process.kill(), times.stopMs);
      late.unref();
      await current.exited;
      clearTimeout(late);
    }
    await current.exited;
  };

  return {
    request: (operation, input, requestOptions = {}) =>
      new Promise((resolve, reject) => {
        const { signal } = requestOptions;
        if (signal?.aborted) return reject(signal.reason);
        if (closed)
          return reject(new AppError('INFERENCE_UNAVAILABLE', 'The program is shutting down.'));
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
        if (generation?.state === 'ready') return post(generation, id, request);
        waiting.push({ id, request });
        if (!generation) start();
      }),
    status,
    async restart() {
      await stop(true);
      failures = 0;
      brokenUntilMs = 0;
      return status();
    },
    onNotice(listener) {
      notices.add(listener);
      return () => notices.delete(listener);
    },
    async close() {
      closed = true;
      for (const { request } of waiting.splice(0))
        request.reject(new AppError('INFERENCE_UNAVAILABLE', 'The program is shutting down.'));
      await stop(true);
    },
  };
}
