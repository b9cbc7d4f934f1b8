// CUDA's libraries as the Models screen shows them: asked for, fetched with progress, stopped.
import { AppError } from '../../../../../electron/api/errors.ts';
import type { CudaLibraries } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { perApp } from '../../../state/perApp.svelte.ts';
import { isCancelled } from '../../../text/explain.ts';
import { text } from '../../../text/text.ts';
import { problemOf } from '../packs/problem.ts';

export class Cuda {
  readonly #app: App;
  libraries = $state.raw<CudaLibraries | null>(null);
  problem = $state<string | null>(null);
  busy = $state<'asking' | 'fetching' | null>(null);
  /** Of what is fetched, 0-1; null before the size is known. */
  share = $state<number | null>(null);
  #stop: AbortController | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /** Asks what is here and what would be fetched. */
  ask(): Promise<void> {
    return this.#call(false);
  }

  /** Fetches the runtime's own libraries. */
  fetch(): Promise<void> {
    return this.#call(true);
  }

  stop(): void {
    this.#stop?.abort();
  }

  async #call(fetch: boolean): Promise<void> {
    if (this.busy !== null) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.busy = fetch ? 'fetching' : 'asking';
    this.problem = null;
    this.share = null;
    try {
      this.libraries = await this.#app.session.call(
        'device.cuda',
        { fetch },
        {
          signal: stop.signal,
          onProgress: ({ done, total }) => (this.share = total > 0 ? done / total : null),
        },
      );
    } catch (error) {
      if (!isCancelled(error)) this.problem = wordsOf(error);
    } finally {
      this.busy = null;
    }
  }
}

/** The libraries come from a feed of packages, not from the hub of models. */
function wordsOf(error: unknown): string {
  if (!(error instanceof AppError) || error.code !== 'HUB_UNREACHABLE')
    return problemOf(error).message;
  const { found = '' } = error.data as { readonly found?: string };
  return text.models.cuda.unreachable(found);
}

/** CUDA of a window. */
export const cudaOf = perApp((app) => new Cuda(app));
