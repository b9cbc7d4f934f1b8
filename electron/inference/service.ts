// The main thread of the inference process, which only passes messages: one thread owns the sessions, a few do
// pixels, and a cancel is a flag that the busy thread reads between its steps.
import { AppError, toPayload } from '../api/errors.ts';
import { asAppError } from './errors.ts';
import type { FromInference, ToInference } from '../link/protocol.ts';
import { INFERENCE_PROTOCOL } from '../link/protocol.ts';
import { pixelThreadCount } from '../link/machine/threadCount.ts';
import { operations, type Call } from './operations.ts';
import type { SessionTasks } from './tasks.ts';
import { createPixelThreads } from './threads/pixelThreads.ts';
import { createThread, TaskError } from './threads/thread.ts';

/** The engine's end, whatever carries it. */
export interface ServiceChannel {
  post(message: FromInference): void;
  onMessage(listener: (message: ToInference) => void): void;
}

export interface ServiceOptions {
  /** Entries of the threads, for bundles that rename them. */
  readonly sessionWorker?: URL;
  readonly pixelWorker?: URL;
  /** Threads for pixels; as many as suit this machine. */
  readonly pixelThreads?: number;
  /** Ends the process; after 'bye'. */
  readonly exit: (code: number) => void;
}

/** Serves the engine over a channel until 'bye'. */
export function serveInference(channel: ServiceChannel, options: ServiceOptions): void {
  let generation = 0;
  const running = new Map<number, AbortController>();
  const log = (line: string) => channel.post({ kind: 'log', generation, line });

  const session = createThread<SessionTasks>(
    options.sessionWorker ?? new URL('./session.worker.ts', import.meta.url),
    (error) => log(`the session thread ended: ${error.stack ?? error.message}`),
    { visitors: true },
  );
  const pixels = createPixelThreads(
    options.pixelWorker ?? new URL('./pixel.worker.ts', import.meta.url),
    options.pixelThreads ?? pixelThreadCount(),
    (error) => log(`a pixel thread ended: ${error.stack ?? error.message}`),
  );
  const handlers = operations(session, pixels);

  const run = async (message: Extract<ToInference, { kind: 'request' }>): Promise<void> => {
    const { id, operation, input, priority } = message;
    const controller = new AbortController();
    const { signal } = controller;
    running.set(id, controller);
    try {
      const handler = handlers[operation] as (input: unknown, call: Call) => Promise<unknown>;
      const output = await handler(input, {
        signal,
        priority,
        progress({ fallback, ...progress }) {
          if (fallback) channel.post({ kind: 'fallback', generation, fallback });
          else channel.post({ kind: 'progress', generation, id, progress });
        },
      });
      channel.post({ kind: 'result', generation, id, output });
    } catch (thrown) {
      const { error, stack } = failureOf(thrown, signal);
      channel.post({ kind: 'error', generation, id, error, stack });
    } finally {
      running.delete(id);
    }
  };

  channel.onMessage((message) => {
    switch (message.kind) {
      case 'start':
        generation = message.generation;
        return channel.post({ kind: 'hello', generation, protocol: INFERENCE_PROTOCOL });
      case 'ping':
        return channel.post({ kind: 'pong', generation, id: message.id });
      case 'cancel':
        return running.get(message.id)?.abort(new AppError('CANCELLED', 'Cancelled.'));
      case 'bye':
        return options.exit(0);
      case 'request':
        return void run(message);
    }
  });
}

/** The error that the engine receives, with its origin for the log. */
function failureOf(thrown: unknown, { aborted }: AbortSignal) {
  const error = aborted ? new AppError('CANCELLED', 'Cancelled.') : asAppError(thrown);
  const stack =
    error instanceof TaskError
      ? error.remoteStack
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  return { error: toPayload(error), stack };
}
