// Makes the smaller copy of an image that is over the size limit: one at a time, while the person looks at
// other images.
import type { ImageId, ImageRecord } from '../../../../../electron/api/types.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';

class SmallerCopy {
  readonly #session: Session;
  /** Of which image one is being made, and how much of it is written. */
  running = $state.raw<{ readonly imageId: ImageId; readonly bytes: number } | null>(null);
  /** Why the last one was not made. */
  problem = $state.raw<{ readonly imageId: ImageId; readonly error: unknown } | null>(null);
  #controller: AbortController | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The copy, already in the project; null when it was stopped, failed, or another one is being made. */
  async make(imageId: ImageId): Promise<ImageRecord | null> {
    if (this.#controller) return null;
    const controller = new AbortController();
    this.#controller = controller;
    this.running = { imageId, bytes: 0 };
    this.problem = null;
    try {
      const { image } = await this.#session.call(
        'image.reduce',
        { imageId },
        {
          signal: controller.signal,
          onProgress: ({ done }) => (this.running = { imageId, bytes: done }),
        },
      );
      return image;
    } catch (error) {
      if (!controller.signal.aborted) this.problem = { imageId, error };
      return null;
    } finally {
      this.#controller = null;
      this.running = null;
    }
  }

  /** Nothing of an unfinished copy stays. */
  stop(): void {
    this.problem = null;
    this.#controller?.abort(new DOMException('Stopped by the user', 'AbortError'));
  }
}

/** The smaller copies of a project; one that goes stops the copy being made. */
export const smallerOf = perProject((app, signal) => {
  const smaller = new SmallerCopy(app.session);
  signal.addEventListener('abort', () => smaller.stop());
  return smaller;
});
