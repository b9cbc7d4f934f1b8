// Shows the evidence of another method from the comparison: its run replaces the image's own, which comes back
// afterwards with the project's settings.
import type { RunId } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import { promptOf } from '../../../state/prelabel.svelte.ts';

class Aside {
  readonly #app: App;
  #runId = $state.raw<RunId | null>(null);
  readonly isOpen: boolean = $derived.by(
    () => this.#runId !== null && this.#app.document.run?.runId === this.#runId,
  );

  constructor(app: App) {
    this.#app = app;
  }

  /** Goes to the evidence of an engine on the open image; its maps are those of the comparison. */
  async open(engine: string): Promise<void> {
    const { session, prelabel, document } = this.#app;
    const { image } = document;
    if (!image) return;
    const params = { ...prelabel.params, engine };
    const classes = prelabel.asked.map(promptOf);
    const asked = { imageId: image.id, classes, params, commit: false, aside: true };
    const { run } = await session.call('prelabel.run', asked);
    if (document.image?.id !== image.id) return;
    this.#runId = run.runId;
    prelabel.aside = params;
    document.run = run;
    this.#app.dialog = null;
    this.#app.go('evidence');
  }

  /** Back to where it came from. */
  leave(): void {
    this.#app.go('label');
    this.#app.dialog = 'compare';
  }

  /** The image's own run again. */
  async close(): Promise<void> {
    if (this.#runId === null) return;
    const { isOpen } = this;
    const { prelabel, document } = this.#app;
    this.#runId = null;
    prelabel.aside = null;
    if (isOpen) await document.reload();
  }
}

export const asideOf = perProject((app) => new Aside(app));
