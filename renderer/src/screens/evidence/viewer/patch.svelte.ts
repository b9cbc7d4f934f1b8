// The patch that a person clicked in the viewer: what it is taken for, and where it listens.
import type { PatchLook, RunSummary } from '../../../../../electron/api/run.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import type { App } from '../../../state/app.svelte.ts';
import { shows } from '../maps/frames.ts';
import { patchAt } from './readOut.ts';
import type { EvidenceView } from '../view.svelte.ts';

interface Place {
  readonly runId: string;
  readonly row: number;
  readonly column: number;
}

class ClickedPatch {
  readonly #app: App;
  look = $state.raw<PatchLook | null>(null);
  milliseconds = $state<number | null>(null);
  busy = $state(false);
  problem = $state.raw<unknown>(null);
  #place = $state.raw<Place | null>(null);
  #abort: AbortController | null = null;

  /** Null for runs that cannot say. */
  readonly run: RunSummary | null = $derived.by(() => {
    const { run } = this.#app.document;
    return shows(run, 'windows') ? run : null;
  });
  /** Of the run in view. */
  readonly place: Place | null = $derived.by(() =>
    this.#place && this.run?.runId === this.#place.runId ? this.#place : null,
  );

  constructor(app: App) {
    this.#app = app;
  }

  /** Looks at the patch at shares of the image's width and height. */
  async pick(point: { x: number; y: number } | null, contrast: number): Promise<void> {
    const { run } = this;
    if (!run || !point) return;
    const found = patchAt(point.x, point.y, run.gridRows, run.gridColumns);
    if (!found) return;
    const { row, column } = found;
    this.#abort?.abort();
    const controller = (this.#abort = new AbortController());
    const { runId } = run;
    this.#place = { runId, row, column };
    this.look = null;
    this.busy = true;
    this.problem = null;
    try {
      const { patch, milliseconds } = await this.#app.session.call(
        'prelabel.patch',
        { runId, row, column, contrast },
        { signal: controller.signal },
      );
      this.look = patch;
      this.milliseconds = milliseconds;
    } catch (error) {
      if (!controller.signal.aborted) this.problem = error;
    } finally {
      if (this.#abort === controller) this.busy = false;
    }
  }
}

export const clickedPatchOf = perProject((app) => new ClickedPatch(app));

/** Looks at the patch under the pointer of the viewer, or where arrow keys stand. */
export function lookAt({ app, pointer, tried }: EvidenceView): void {
  void clickedPatchOf(app).pick(pointer, tried.number('masks.contrast'));
}
