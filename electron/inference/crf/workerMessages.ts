// What the CRF pool and its worker threads say to each other.
import type { CrfParameters, RgbImage } from './parameters.ts';

/** One job for a worker; it answers with iterations and then with one of the two endings. */
export interface SolveMessage {
  readonly job: number;
  /** Names image and parameters; the worker keeps the lattices of the last one. */
  readonly latticeKey: string;
  /** Null when the worker holds the lattices of `latticeKey` already. */
  readonly image: RgbImage | null;
  readonly parameters: CrfParameters;
  readonly unary: Float32Array;
  readonly classes: number;
  readonly iterations: number;
  /** int32[1]: anything but 0 asks to stop. */
  readonly stopFlag: SharedArrayBuffer;
}

export type WorkerMessage =
  | { readonly kind: 'iteration'; readonly job: number; readonly done: number }
  | {
      readonly kind: 'done';
      readonly job: number;
      readonly q: Float32Array;
      readonly latticeKey: string | null;
    }
  | {
      readonly kind: 'failed';
      readonly job: number;
      readonly name: string;
      readonly message: string;
      readonly latticeKey: string | null;
    };
