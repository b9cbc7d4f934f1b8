// Downloads of packs: how far each is, and why one stopped.
import type { ProgressOf } from '../../../../../electron/api/methods.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import { isCancelled } from '../../../text/explain.ts';
import { problemOf, type DownloadProblem } from './problem.ts';
import type { PackSummary } from '../../../../../electron/api/model.ts';

export interface Download {
  readonly id: string;
  readonly name: string;
  readonly progress: ProgressOf<'model.install'> | null;
}

export class Downloads {
  readonly #session: Session;
  readonly #onEnd: (ready: PackSummary | null) => Promise<void>;
  readonly #running = new Map<string, { readonly stop: AbortController; ended: Promise<void> }>();
  #downloads = $state.raw<ReadonlyMap<string, Download>>(new Map());
  #problems = $state.raw<ReadonlyMap<string, DownloadProblem>>(new Map());

  /** `onEnd` gets every end, with the pack when it is ready. */
  constructor(session: Session, onEnd: (ready: PackSummary | null) => Promise<void>) {
    this.#session = session;
    this.#onEnd = onEnd;
  }

  /** Those under way, the first begun first. */
  get all(): readonly Download[] {
    return [...this.#downloads.values()];
  }

  of(id: string): Download | null {
    return this.#downloads.get(id) ?? null;
  }

  problemOf(id: string): DownloadProblem | null {
    return this.#problems.get(id) ?? null;
  }

  /** Starts a download or goes on with a paused one; ends with it. */
  start(pack: PackSummary): Promise<void> {
    const known = this.#running.get(pack.id);
    if (known) return known.ended;
    const stop = new AbortController();
    const ended = this.#run(pack, stop.signal);
    this.#running.set(pack.id, { stop, ended });
    return ended;
  }

  /** Keeps what arrived; resolves when the engine has released the file. */
  async pause(id: string): Promise<void> {
    const running = this.#running.get(id);
    running?.stop.abort();
    await running?.ended;
  }

  /** Of a pack that is no more. */
  forget(id: string): void {
    this.#problems = changed(this.#problems, id, null);
  }

  async #run(pack: PackSummary, signal: AbortSignal): Promise<void> {
    const { id, name } = pack;
    const show = (progress: Download['progress']) =>
      (this.#downloads = changed(this.#downloads, id, { id, name, progress }));
    let ready: PackSummary | null = null;
    this.forget(id);
    show(null);
    try {
      const answer = await this.#session.call(
        'model.install',
        { id },
        { signal, onProgress: show },
      );
      ready = answer.pack;
    } catch (error) {
      if (!isCancelled(error)) this.#problems = changed(this.#problems, id, problemOf(error));
    } finally {
      // What is shown as ended can be started again at once, while the list of packs is still read.
      this.#running.delete(id);
      this.#downloads = changed(this.#downloads, id, null);
      await this.#onEnd(ready);
    }
  }
}

function changed<T>(map: ReadonlyMap<string, T>, id: string, value: T | null) {
  const next = new Map(map);
  if (value === null) next.delete(id);
  else next.set(id, value);
  return next;
}
