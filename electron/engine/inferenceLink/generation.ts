// One inference process from spawn to exit: heartbeat, requests and their answers, cooperative cancel with
// kill as the last resort.
import { AppError, fromPayload } from '../../api/errors.ts';
import { deviceName } from '../../link/words/deviceWords.ts';
import type { OperationName } from '../../link/operations.ts';
import type { DeviceFallback, FromInference, Priority } from '../../link/protocol.ts';
import { INFERENCE_PROTOCOL } from '../../link/protocol.ts';
import type { InferenceProcess, LinkNotice, RequestOptions } from './link.ts';

export interface GenerationTimes {
  readonly startMs: number;
  readonly heartbeatMs: number;
  /** No answer to a heartbeat for this long = the process hangs. */
  readonly silenceMs: number;
  readonly cancelBudgetMs: number;
  /** A cancelled step that still runs after this is ended with its process. */
  readonly cancelKillMs: number;
  readonly stopMs: number;
}

export interface Pending {
  readonly operation: OperationName;
  readonly input: unknown;
  readonly priority: Priority;
  readonly onProgress: RequestOptions['onProgress'];
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export interface GenerationOptions {
  readonly number: number;
  readonly process: InferenceProcess;
  readonly times: GenerationTimes;
  readonly nowMs: () => number;
  readonly log: (line: string) => void;
  readonly notify: (notice: LinkNotice) => void;
  /** It takes requests from now on. */
  readonly onReady: () => void;
  readonly onAnswer: () => void;
  /** After its requests have failed. `busy`: it had something to do, starting included. */
  readonly onEnd: (reason: string, busy: boolean, intentional: boolean) => void;
}

export interface Generation {
  /** Listens to the process and starts it; apart, since a process may answer at once. */
  begin(): void;
  state(): 'starting' | 'ready' | 'ending';
  post(id: number, request: Pending): void;
  /** Nothing when the request is not here. */
  cancel(id: number): void;
  /** Resolves when the process is gone. */
  stop(intentional: boolean): Promise<void>;
}

export function createGeneration(options: GenerationOptions): Generation {
  const { number, process, times, nowMs, log } = options;
  const requests = openRequests(options, () => kill('a cancelled step did not end'));
  let unwatch = () => {};
  let state: 'starting' | 'ready' | 'ending' = 'starting';
  let lastSign = nowMs();
  let intentional = false;
  let markExited = () => {};
  const exited = new Promise<void>((resolve) => (markExited = resolve));

  const kill = (why: string) => {
    if (state === 'ending') return;
    state = 'ending';
    log(`inference: generation ${number} is ended because ${why}`);
    process.kill();
  };

  const late = () => {
    if (state === 'starting') kill('it did not start in time');
  };
  const beat = () => {
    if (state !== 'ready') return;
    if (nowMs() - lastSign > times.silenceMs) kill('it stopped answering');
    else process.post({ kind: 'ping', generation: number, id: 0 });
  };

  const ended = (reason: string) => {
    unwatch();
    const busy = requests.areOpen() || state === 'starting';
    requests.end(endError(number, intentional));
    options.onEnd(reason, busy, intentional);
    markExited();
  };

  const receive = (message: FromInference) => {
    // Frames of an earlier generation cannot come through this process, but a stale one is no harm.
    if (message.generation !== number || state === 'ending') return;
    lastSign = nowMs();
    if (message.kind !== 'hello') return take(options, requests, message);
    if (message.protocol !== INFERENCE_PROTOCOL)
      return kill(`it speaks protocol ${message.protocol}`);
    state = 'ready';
    options.onReady();
  };

  return {
    begin() {
      process.onMessage(receive);
      process.onExit(ended);
      unwatch = watch(times, late, beat);
      process.post({ kind: 'start', generation: number, protocol: INFERENCE_PROTOCOL });
    },
    state: () => state,
    post: requests.post,
    cancel: requests.cancel,
    async stop(asked) {
      intentional = asked;
      if (state !== 'ready' || requests.areOpen() || requests.areCancelled())
        kill('it was asked to stop');
      else {
        state = 'ending';
        process.post({ kind: 'bye', generation: number });
        const late = setTimeout(() => process.kill(), times.stopMs);
        late.unref();
        void exited.then(() => clearTimeout(late));
      }
      await exited;
    },
  };
}

/** Asks once whether it is late and again and again for a sign of life, until the answer is called. */
function watch(times: GenerationTimes, late: () => void, beat: () => void): () => void {
  const timers = [setTimeout(late, times.startMs), setInterval(beat, times.heartbeatMs)];
  for (const timer of timers) timer.unref();
  return () => timers.forEach(clearInterval);
}

/** Takes what a process says that has started. */
function take(
  { log, notify, onAnswer }: GenerationOptions,
  requests: Requests,
  message: Exclude<FromInference, { kind: 'hello' }>,
): void {
  switch (message.kind) {
    case 'fallback':
      log(fallbackLine(message.fallback));
      return notify(fallbackNotice(message.fallback));
    case 'log':
      return log(`inference: ${message.line}`);
    case 'pong':
      return;
    case 'progress':
      return requests.progress(message);
    case 'result':
    case 'error':
      onAnswer();
      return requests.answer(message);
  }
}

type Requests = ReturnType<typeof openRequests>;

/** Requests of one process, and those cancelled that it still works on; `stuck` when one of these does not end. */
function openRequests(options: GenerationOptions, stuck: () => void) {
  const { number: generation, process, times, log } = options;
  const pending = new Map<number, Pending>();
  /** Cancelled requests that the process has not answered yet: their late answers are dropped. */
  const tombstones = new Map<number, NodeJS.Timeout[]>();
  return {
    areOpen: () => pending.size > 0,
    areCancelled: () => tombstones.size > 0,
    post(id: number, request: Pending): void {
      pending.set(id, request);
      const { operation, input, priority } = request;
      try {
        process.post({ kind: 'request', generation, id, operation, input, priority });
      } catch (error) {
        pending.delete(id);
        request.reject(error);
      }
    },
    cancel(id: number): void {
      if (!pending.delete(id)) return;
      const slow = setTimeout(() => options.notify(CANCEL_SLOW), times.cancelBudgetMs);
      const late = setTimeout(stuck, times.cancelKillMs);
      slow.unref();
      late.unref();
      tombstones.set(id, [slow, late]);
      process.post({ kind: 'cancel', generation, id });
    },
    progress({ id, progress }: Extract<FromInference, { kind: 'progress' }>): void {
      pending.get(id)?.onProgress?.(progress);
    },
    answer(message: Extract<FromInference, { kind: 'result' | 'error' }>): void {
      tombstones.get(message.id)?.forEach(clearTimeout);
      tombstones.delete(message.id);
      const request = pending.get(message.id);
      if (!request) return;
      pending.delete(message.id);
      if (message.kind === 'result') return request.resolve(message.output);
      if (message.error.code === 'INTERNAL')
        log(`inference: ${request.operation} failed: ${message.stack}`);
      request.reject(fromPayload(message.error));
    },
    end(error: AppError): void {
      for (const waits of tombstones.values()) waits.forEach(clearTimeout);
      for (const request of pending.values()) request.reject(error);
      pending.clear();
    },
  };
}

const CANCEL_SLOW: LinkNotice = {
  level: 'info',
  code: 'CANCEL_SLOW',
  message: 'A cancelled step is still finishing. After two minutes its process is ended.',
};

function endError(generation: number, intentional: boolean): AppError {
  return new AppError(
    'INFERENCE_EXITED',
    intentional
      ? 'The model process was restarted.'
      : 'The model process ended while it worked. It starts again with the next run.',
    { data: { intentional, generation } },
  );
}

const fallbackLine = ({ provider, used, raw }: DeviceFallback): string =>
  `inference: ${provider} failed, ${used} runs: ${raw}`;

function fallbackNotice({ provider, used, reason }: DeviceFallback): LinkNotice {
  return {
    level: 'warn',
    code: 'DEVICE_FELL_BACK',
    message:
      used === provider
        ? `${reason} Models run there in full precision, F32.`
        : `${reason} Until it works, models run on the ${deviceName(used)}.`,
  };
}
