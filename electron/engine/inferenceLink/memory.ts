// A stand-in process for tests: messages go through structuredClone and a microtask, so clone errors
// and ordering are real while nothing is started.
import { AppError, toPayload } from '../../api/errors.ts';
import type { FromInference, StageProgress } from '../../link/protocol.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../link/operations.ts';
import { INFERENCE_PROTOCOL } from '../../link/protocol.ts';
import type { SpawnInference } from './link.ts';

export type MemoryOperations = {
  readonly [O in OperationName]?: (
    input: OperationInput<O>,
    call: { signal: AbortSignal; progress(progress: StageProgress): void },
  ) => Promise<OperationOutput<O>> | OperationOutput<O>;
};

export interface MemoryProcesses {
  readonly spawn: SpawnInference;
  /** Ends the current process as a crash would. */
  crash(reason?: string): void;
  /** Processes started so far. */
  started(): number;
  /** Processes that do not say hello (or stop answering). */
  mute(quiet: boolean): void;
}

/** Processes whose operations are plain functions. */
export function memoryProcesses(operations: MemoryOperations): MemoryProcesses {
  let started = 0;
  let quiet = false;
  let crashCurrent: ((reason: string) => void) | null = null;
  return {
    started: () => started,
    mute: (value) => (quiet = value),
    crash: (reason = 'signal SIGABRT') => crashCurrent?.(reason),
    spawn(generation) {
      started += 1;
      let alive = true;
      let receive: ((message: FromInference) => void) | null = null;
      let exited: ((reason: string) => void) | null = null;
      const running = new Map<number, AbortController>();
      const end = (reason: string) => {
        if (!alive) return;
        alive = false;
        for (const controller of running.values()) controller.abort();
        queueMicrotask(() => exited?.(reason));
      };
      crashCurrent = end;
      const reply = (message: FromInference) => {
        if (!alive || quiet) return;
        const copy = structuredClone(message);
        queueMicrotask(() => {
          if (alive) receive?.(copy);
        });
      };
      const run = async (id: number, operation: OperationName, input: unknown) => {
        const controller = new AbortController();
        running.set(id, controller);
        try {
          const handler = operations[operation] as
            ((input: unknown, call: unknown) => Promise<unknown>) | undefined;
          if (!handler) throw new AppError('INTERNAL', `the stand-in has no ${operation}`);
          const output = await handler(input, {
            signal: controller.signal,
            progress: (progress: StageProgress) =>
              reply({ kind: 'progress', generation, id, progress }),
          });
          reply({ kind: 'result', generation, id, output });
        } catch (error) {
          const stack = error instanceof Error ? (error.stack ?? '') : String(error);
          reply({ kind: 'error', generation, id, error: toPayload(error), stack });
        } finally {
          running.delete(id);
        }
      };
      return {
        post(message) {
          const copy = structuredClone(message);
          queueMicrotask(() => {
            if (!alive) return;
            if (copy.kind === 'start')
              reply({ kind: 'hello', generation, protocol: INFERENCE_PROTOCOL });
            else if (copy.kind === 'ping') reply({ kind: 'pong', generation, id: copy.id });
            else if (copy.kind === 'bye') end('exit code 0');
            else if (copy.kind === 'cancel') running.get(copy.id)?.abort();
            else void run(copy.id, copy.operation, copy.input);
          });
        },
        onMessage: (listener) => (receive = listener),
        onExit: (listener) => (exited = listener),
        kill: () => end('signal SIGKILL'),
      };
    },
  };
}
