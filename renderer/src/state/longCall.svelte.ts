// A long call, one at a time: whether it runs, its progress, its failure, and stopping it.
import { AppError } from '../../../electron/api/errors.ts';

export class LongCall<P> {
  running = $state(false);
  progress = $state.raw<P | null>(null);
  problem = $state.raw<unknown>(null);
  #abort: AbortController | null = null;

  /** `over` ends it with the project. */
  constructor(over: AbortSignal) {
    over.addEventListener('abort', () => this.stop());
  }

  /** Progress of a call that was stopped is not shown any more. */
  protected async during(
    work: (options: { signal: AbortSignal; onProgress: (progress: P) => void }) => Promise<void>,
  ): Promise<void> {
    const controller = (this.#abort = new AbortController());
    const { signal } = controller;
    this.running = true;
    this.problem = null;
    try {
      const onProgress = (progress: P) => {
        if (!signal.aborted) this.progress = progress;
      };
      await work({ signal, onProgress });
    } catch (error) {
      if (!signal.aborted) this.problem = error;
    } finally {
      if (this.#abort === controller) this.#end();
    }
  }

  stop(): void {
    this.#abort?.abort(new AppError('CANCELLED', 'Stopped.'));
    this.#end();
  }

  #end(): void {
    this.running = false;
    this.progress = null;
  }
}
