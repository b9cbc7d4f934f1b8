// Thresholds of classes: what each is, masks at another one while a thumb moves, and making it the class's
// own. Stored maps answer, without the model.
import { fixed } from '../text/plural.ts';
import { DEFAULT_PARAMS } from '../../../electron/api/settings.ts';
import type { Category, CategoryId } from '../../../electron/api/types.ts';
import { newestWaits, serial } from '../host/newest.ts';
import { text } from '../text/text.ts';
import type { DocumentState } from './document/document.svelte.ts';
import type { Session } from './session/session.svelte.ts';
import type { PrelabelParams } from '../../../electron/api/run.ts';

/** Threshold before a project is open. */
const DEFAULT_THRESHOLD = 0.15;
export const MOST_THRESHOLD = 0.6;

interface Moved {
  readonly category: Category;
  readonly threshold: number;
}

export class Thresholds {
  readonly #session: Session;
  readonly #document: DocumentState;
  readonly #failed: (problem: unknown) => void;
  reapplyMs = $state<number | null>(null);
  /** Thresholds that a trial of a batch was looked at with; not saved with the classes. */
  tried = $state.raw<ReadonlyMap<CategoryId, number>>(new Map());
  readonly #previews = newestWaits((moved: Moved) => this.#preview(moved));
  readonly #inTurn = serial();
  #applies = 0;

  /** `failed` hears what went wrong. */
  constructor(session: Session, document: DocumentState, failed: (problem: unknown) => void) {
    this.#session = session;
    this.#document = document;
    this.#failed = failed;
  }

  get params(): PrelabelParams {
    return this.#session.project?.params ?? DEFAULT_PARAMS;
  }

  /** Of a class that has no threshold of its own. */
  usual(kind: Category['kind']): number {
    return this.#session.project?.thresholds[kind] ?? DEFAULT_THRESHOLD;
  }

  of({ threshold, kind }: Category): number {
    return threshold ?? this.usual(kind);
  }

  /** Where a slider over many images starts: what was tried last, else the class's own. */
  triedOf(category: Category): number {
    return this.tried.get(category.id) ?? this.of(category);
  }

  /** The class has a threshold of its own that is newer than what was tried. */
  forgetTried(id: CategoryId): void {
    this.tried = new Map([...this.tried].filter(([tried]) => tried !== id));
  }

  /**
   * Shows masks of one class at another threshold, without edges, without saving. While one is on its
   * way the newest waits, so that the picture follows the thumb instead of starting over at every move.
   */
  preview(category: Category, threshold: number): Promise<void> {
    return this.#previews.ask({ category, threshold });
  }

  async #preview({ category, threshold }: Moved): Promise<void> {
    const run = this.#document.run;
    if (!run) return;
    try {
      const answer = await this.#session.call('prelabel.reapply', {
        runId: run.runId,
        params: this.params,
        thresholds: { [category.id]: threshold },
        draft: true,
        commit: false,
        only: [category.id],
      });
      // Another run is shown by now: what waits was meant for this one.
      if (this.#document.run?.runId !== run.runId) return this.#previews.forget();
      this.reapplyMs = answer.milliseconds;
      this.#document.run = answer.run;
      this.#document.showDraft({
        categoryIds: new Set([category.id]),
        proposals: answer.proposals,
      });
    } catch (error) {
      this.#failed(error);
    }
  }

  /**
   * Makes the threshold the class's own and its proposals on this image anew, with edges. One after
   * the other: an earlier value must not be saved after a later one.
   */
  apply(category: Category, threshold: number): Promise<void> {
    this.#previews.forget();
    this.#applies += 1;
    return this.#inTurn(() =>
      this.#apply({ category, threshold }).finally(() => {
        this.#applies -= 1;
        // A thumb that moves again goes on showing its own.
        if (this.#applies === 0 && !this.#previews.running) this.#document.endDraft();
      }),
    );
  }

  async #apply({ category, threshold }: Moved): Promise<void> {
    // A draft that comes after the saved masks would stand in front of them.
    await this.#previews.running;
    const run = this.#document.run;
    try {
      const now = this.#session.categories.find(({ id }) => id === category.id);
      const changes = now !== undefined && this.of(now) !== threshold;
      if (!run) {
        if (changes)
          await this.#session.changeCategories([{ id: category.id, after: { threshold } }]);
        return;
      }
      await this.#document.flush();
      const { run: fresh, milliseconds } = await this.#session.call('prelabel.reapply', {
        runId: run.runId,
        params: this.params,
        thresholds: { [category.id]: threshold },
        draft: false,
        commit: true,
        only: [category.id],
        // Threshold and masks go and come together: undo is the slider's way back too.
        ...(changes
          ? { step: text.label.history.threshold(category.name, fixed(threshold, 2)) }
          : {}),
      });
      this.reapplyMs = milliseconds;
      if (changes)
        this.#session.setCategories(
          this.#session.categories.map((one) =>
            one.id === category.id ? { ...one, threshold } : one,
          ),
        );
      if (this.#document.run?.runId !== run.runId) return;
      await this.#document.reload(new Set([category.id]));
      this.#document.run = fresh;
    } catch (error) {
      this.#failed(error);
    }
  }
}
