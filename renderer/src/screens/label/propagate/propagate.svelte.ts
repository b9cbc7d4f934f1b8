// State of proposing the selection on other images: which ones, how many, and the progress. Nothing is written
// before a person asks for it, and then in one step.
import type { Input, Output } from '../../../../../electron/api/methods.ts';
import type { Progress } from '../../../../../electron/api/methods/method.ts';
import type { AnnotationId, ImageId } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { LongCall } from '../../../state/longCall.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import { text } from '../../../text/text.ts';

export type PropagateTo = Input<'doc.propagate'>['to'];
type Answer = Output<'doc.propagate'>;

export const MOST_IMAGES = 200;

class Propagation extends LongCall<Progress> {
  readonly #app: App;
  isOpen = $state(false);
  to = $state<PropagateTo>('next');
  count = $state(5);
  /** Images that were picked in the list; none = there are only next ones and look-alikes. */
  picked = $state.raw<readonly ImageId[]>([]);
  /** Number of images that would get proposals; null before it is counted. */
  found = $state.raw<Answer | null>(null);
  #ids = $state.raw<readonly AnnotationId[]>([]);
  #asked = 0;

  constructor(app: App, over: AbortSignal) {
    super(over);
    this.#app = app;
  }

  get objects(): number {
    return this.#ids.length;
  }

  /** Asks about the selection as it is now; `picked`: on these images. */
  open(picked: readonly ImageId[] | null = null): void {
    if (this.running) return;
    const { document, images } = this.#app;
    this.#ids = document.selected.map((object) => object.id);
    this.picked = picked ?? [...images.selected];
    if (picked) this.to = 'picked';
    else if (this.to === 'picked' && this.picked.length === 0) this.to = 'next';
    this.isOpen = true;
    void this.look();
  }

  close(): void {
    this.stop();
    this.isOpen = false;
  }

  /** Counts the images without a change. */
  async look(): Promise<void> {
    const mine = ++this.#asked;
    this.found = null;
    this.problem = null;
    try {
      await this.#app.document.flush();
      const found = await this.#ask(true);
      if (mine === this.#asked) this.found = found;
    } catch (error) {
      if (mine === this.#asked) this.problem = error;
    }
  }

  /** Proposes, as one step; the card stays where it fails. */
  go(): Promise<void> {
    return this.during(async (options) => {
      const done = await this.#ask(false, options);
      this.isOpen = false;
      this.#app.toasts.show(text.propagate.done(done));
    });
  }

  #ask(
    dryRun: boolean,
    options: { signal?: AbortSignal; onProgress?: (progress: Progress) => void } = {},
  ): Promise<Answer> {
    const { to, count, picked } = this;
    const images = to === 'picked' ? { images: picked } : {};
    const request = { ids: [...this.#ids], to, count, ...images, dryRun };
    return this.#app.session.call('doc.propagate', request, options);
  }
}

export const propagationOf = perProject((app, signal) => new Propagation(app, signal));
