// Messages between engine and inference process: structured clones whose bytes are copied, never transferred.
// Every message carries its generation, so a late one is recognised and dropped.
import type { ErrorPayload } from '../api/errors.ts';
import type { CategoryId } from '../api/types.ts';
import type { OperationName } from './operations.ts';

export const INFERENCE_PROTOCOL = 1;

/** A provider that failed and what runs instead. */
export interface DeviceFallback {
  readonly provider: string;
  /** The same provider when only its precision differs. */
  readonly used: string;
  /** For people. */
  readonly reason: string;
  /** The runtime's own words, for the log. */
  readonly raw: string;
}

export interface StageProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly matches?: readonly { readonly categoryId: CategoryId; readonly match: number }[];
  /** Sent once when a device failed; it becomes a notice. */
  readonly fallback?: DeviceFallback;
}

/** Interactive requests overtake batch ones wherever they wait for the same thread. */
export type Priority = 'interactive' | 'batch';

export type ToInference =
  | {
      readonly kind: 'request';
      readonly generation: number;
      readonly id: number;
      readonly operation: OperationName;
      readonly input: unknown;
      readonly priority: Priority;
    }
  | { readonly kind: 'cancel'; readonly generation: number; readonly id: number }
  | { readonly kind: 'ping'; readonly generation: number; readonly id: number }
  | { readonly kind: 'start'; readonly generation: number; readonly protocol: number }
  | { readonly kind: 'bye'; readonly generation: number };

export type FromInference =
  | { readonly kind: 'hello'; readonly generation: number; readonly protocol: number }
  | {
      readonly kind: 'result';
      readonly generation: number;
      readonly id: number;
      readonly output: unknown;
    }
  | {
      readonly kind: 'error';
      readonly generation: number;
      readonly id: number;
      readonly error: ErrorPayload;
      /** For the log; never shown. */
      readonly stack: string;
    }
  | {
      readonly kind: 'progress';
      readonly generation: number;
      readonly id: number;
      readonly progress: StageProgress;
    }
  | { readonly kind: 'pong'; readonly generation: number; readonly id: number }
  /** A device failed and another one runs; shown to people. */
  | { readonly kind: 'fallback'; readonly generation: number; readonly fallback: DeviceFallback }
  | { readonly kind: 'log'; readonly generation: number; readonly line: string };
