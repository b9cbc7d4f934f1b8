// What the engine needs of an inference process, and what an adapter must offer to carry one.
import type { FromInference, Priority, StageProgress, ToInference } from '../../link/protocol.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../link/operations.ts';

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
  /** 'interactive' unless said otherwise. */
  readonly priority?: Priority;
}

export interface LinkStatus {
  /** Counts processes, from 1; 0 before the first. */
  readonly generation: number;
  readonly state: 'idle' | 'starting' | 'ready' | 'stopping' | 'broken';
  /** Infrastructure failures in a row; three open the breaker. */
  readonly failures: number;
}

export interface InferenceLink {
  /**
   * Runs one operation. Rejects with the signal's reason, an AppError of the operation, or
   * INFERENCE_EXITED / INFERENCE_UNAVAILABLE. Never retries by itself.
   */
  request<O extends OperationName>(
    operation: O,
    input: OperationInput<O>,
    options?: RequestOptions,
  ): Promise<OperationOutput<O>>;
  status(): LinkStatus;
  /** Kills the process; open requests fail with INFERENCE_EXITED. Also closes an open breaker. */
  restart(): Promise<LinkStatus>;
  onNotice(listener: (notice: LinkNotice) => void): () => void;
  close(): Promise<void>;
}

export interface LinkNotice {
  readonly level: 'info' | 'warn' | 'error';
  readonly code: string;
  readonly message: string;
}

/** One process (or a stand-in), from start to exit. Messages are structured clones. */
export interface InferenceProcess {
  post(message: ToInference): void;
  onMessage(listener: (message: FromInference) => void): void;
  /** Called once, also when the process never came up. */
  onExit(listener: (reason: string) => void): void;
  /** At once and for sure; onExit follows. */
  kill(): void;
}

/** Starts a process. It must answer 'start' with 'hello'. */
export type SpawnInference = (generation: number) => InferenceProcess;
