// Maps of the images that are likely opened next, fetched while nothing else is awaited, so that stepping there
// shows salience at once.
import type { ImageId } from '../../../../../electron/api/types.ts';
import type { ScoreMap } from '../../../../../electron/api/run.ts';
import type { Output } from '../../../../../electron/api/methods.ts';

export type Maps = ReadonlyMap<string, ScoreMap>;
export type LatestRun = Output<'image.run'>;

/** Of so many images: about 1 MB each. */
const MOST_KEPT = 5;

interface Asking {
  /** The run of an image, and the class that is looked at first. */
  readonly latest: (imageId: ImageId, signal: AbortSignal) => Promise<LatestRun>;
  /** Name of what would be shown of a run; null = nothing. */
  readonly nameOf: (found: LatestRun) => string | null;
  readonly fetch: (found: LatestRun, signal: AbortSignal) => Promise<Maps>;
}

export class MapsAhead {
  readonly #asking: Asking;
  readonly #kept = new Map<string, Maps>();
  #controller = new AbortController();
  #wanted = '';

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  /** Those of a name, where they are here. */
  get(name: string): Maps | null {
    return this.#kept.get(name) ?? null;
  }

  keep(name: string, maps: Maps): void {
    // The latest last: the first one goes.
    this.#kept.delete(name);
    this.#kept.set(name, maps);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete([...this.#kept.keys()][0]!);
  }

  /** Fetches the maps of these images one after the other; earlier wishes are dropped. */
  async want(images: readonly ImageId[]): Promise<void> {
    const wanted = images.join();
    if (wanted === this.#wanted) return;
    this.stop();
    this.#wanted = wanted;
    const { signal } = this.#controller;
    for (const imageId of images) {
      try {
        const found = await this.#asking.latest(imageId, signal);
        const name = this.#asking.nameOf(found);
        if (name === null || this.#kept.has(name)) continue;
        this.keep(name, await this.#asking.fetch(found, signal));
      } catch {
        // A map that cannot be fetched ahead is asked for when its image is opened, which reports the reason.
        if (signal.aborted) return;
      }
    }
  }

  /** Somebody waits for another image. */
  stop(): void {
    this.#controller.abort();
    this.#controller = new AbortController();
    this.#wanted = '';
  }
}
