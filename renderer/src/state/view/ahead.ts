// Pictures that are likely opened next, fetched while no other picture is awaited. They go into the browser's
// cache, which revalidates when one is shown: a file that changed meanwhile is never shown in its old form.
import { SCALED_SIDE } from '../../../../electron/api/rules/tiles.ts';
import type { ImageRecord, ProjectId } from '../../../../electron/api/types.ts';
import { pictureUrl } from '../../host/media.ts';

/** Images ahead of the open one. */
export const AHEAD = 2;
/** Addresses that are remembered as fetched: about as many pictures as a cache keeps. */
const MOST_KNOWN = 24;

export type FetchPicture = (url: string, signal: AbortSignal) => Promise<void>;

export class PicturesAhead {
  readonly #fetch: FetchPicture;
  readonly #known = new Set<string>();
  #wanted = '';
  #controller = new AbortController();

  constructor(fetch: FetchPicture) {
    this.#fetch = fetch;
  }

  /** Fetches these pictures one after the other; earlier wishes that have not arrived are dropped. */
  async want(urls: readonly string[]): Promise<void> {
    const wanted = urls.join('\n');
    if (wanted === this.#wanted) return;
    this.stop();
    this.#wanted = wanted;
    const { signal } = this.#controller;
    for (const url of urls) {
      if (this.#known.has(url)) continue;
      try {
        await this.#fetch(url, signal);
      } catch {
        // A picture that cannot be fetched ahead is asked for when its image is opened, which reports the
        // reason.
        if (signal.aborted) return;
        continue;
      }
      this.#known.add(url);
      if (this.#known.size > MOST_KNOWN) this.#known.delete([...this.#known][0]!);
    }
  }

  /** Somebody waits for another picture. */
  stop(): void {
    this.#controller.abort();
    this.#controller = new AbortController();
    this.#wanted = '';
  }
}

/** Addresses of what these images show first; of one that was never read nothing is known. */
export function firstPictures(
  projectId: ProjectId,
  images: readonly (ImageRecord | null)[],
): string[] {
  return images.flatMap((image) => {
    if (!image || image.width === 0 || image.problem !== null) return [];
    const isSmall = Math.max(image.width, image.height) <= SCALED_SIDE;
    return [pictureUrl(isSmall ? 'image' : 'scaled', projectId, image.id)];
  });
}

export async function fetchQuietly(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal, priority: 'low' });
  await response.arrayBuffer();
}
