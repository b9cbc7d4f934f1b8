// What the engine finds for the wand where the page has no pixels of its own: images shown in tiles,
// images over the page's budget, and those that are still a scaled picture.
import type { RleMask } from '../../../../electron/api/types.ts';
import type { WandQuestion } from '../../tools/wand.ts';
import { explain, isCancelled } from '../../text/explain.ts';
import type { Session } from '../session/session.svelte.ts';

export class WandAnswer {
  readonly #session: Pick<Session, 'call' | 'notices'>;
  /** The open question; null = there is none. */
  question = $state.raw<WandQuestion | null>(null);
  #controller: AbortController | null = null;

  constructor(session: Pick<Session, 'call' | 'notices'>) {
    this.#session = session;
  }

  /** Puts a question in place of the last, which is stopped; `done` hears null when there is no answer. */
  async ask(question: WandQuestion | null, done: (mask: RleMask | null) => void): Promise<void> {
    this.#controller?.abort(new DOMException('Stopped by the user', 'AbortError'));
    this.#controller = null;
    this.question = question;
    if (!question) return;
    const controller = new AbortController();
    this.#controller = controller;
    const { imageId, x, y, tolerance, contiguous, sample } = question;
    let mask: RleMask | null = null;
    try {
      const input = { imageId, x, y, tolerance, contiguous, sample };
      ({ mask } = await this.#session.call('mask.wand', input, { signal: controller.signal }));
    } catch (error) {
      if (!isCancelled(error)) this.#session.notices.add('error', 'MASK_WAND', explain(error));
    }
    if (controller.signal.aborted) return;
    this.#controller = null;
    this.question = null;
    done(mask);
  }
}
