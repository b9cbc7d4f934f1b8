// One run of the model on the open image: the prompt, its stages, its results, and thresholds
// applied again from stored maps.
import type { EarlyMatch, Progress } from '../../../electron/api/methods.ts';
import type {
  Annotation,
  Category,
  CategoryId,
  ClassResult,
  ImageId,
  PrelabelParams,
  PromptClass,
} from '../../../electron/api/types.ts';
import { DEFAULT_PARAMS } from '../../../electron/api/settings.ts';
import { text } from '../text/text.ts';
import type { DocumentState } from './document/document.svelte.ts';
import type { Session } from './session/session.svelte.ts';

/** Classes of one question to the model; more are asked in rounds. */
export const CLASSES_PER_ROUND = 25;
/** Threshold before a project is open. */
const DEFAULT_THRESHOLD = 0.15;
const NONE: ReadonlySet<CategoryId> = new Set();
export const MOST_THRESHOLD = 0.6;
/** Reading the document again and drawing it take less. */
const ARRIVING_MS = 500;

export interface RunningRun {
  readonly imageId: ImageId;
  readonly controller: AbortController;
  stage: string;
  done: number;
  total: number;
}

export class Prelabel {
  readonly #session: Session;
  readonly #document: DocumentState;
  running = $state<Omit<RunningRun, 'controller'> | null>(null);
  problem = $state.raw<unknown>(null);
  /** Early matches of the running question. */
  matches = $state.raw<ReadonlyMap<CategoryId, EarlyMatch>>(new Map());
  queued = $state(false);
  reapplyMs = $state<number | null>(null);
  /** Thresholds that a trial of a batch was looked at with; not saved with the classes. */
  tried = $state.raw<ReadonlyMap<CategoryId, number>>(new Map());
  /** True after a run that found no class. */
  foundNothing = $state(false);
  #controller: AbortController | null = null;
  /** Threshold to show next; the newest wins. */
  #wanted: { readonly category: Category; readonly threshold: number } | null = null;
  #previewing: Promise<void> | null = null;
  #applying: Promise<void> = Promise.resolve();
  #applies = 0;
  /** When the last run brought its proposals. */
  #arrivedMs = -Infinity;

  /** Classes that the next run asks for. */
  readonly asked: readonly Category[] = $derived.by(() =>
    this.#session.categories.filter((category) => this.isAsked(category.id)),
  );
  readonly results: ReadonlyMap<CategoryId, ClassResult> = $derived.by(
    () => new Map(this.#document.run?.classes.map((result) => [result.categoryId, result]) ?? []),
  );

  constructor(session: Session, document: DocumentState) {
    this.#session = session;
    this.#document = document;
  }

  /** Match of a class on this image, 0-1; null = not asked. */
  matchOf(id: CategoryId): number | null {
    return this.#early(id)?.match ?? this.results.get(id)?.match ?? null;
  }

  /** True while the proposals of a run that has just ended come onto the canvas, unless motion is unwanted. */
  isArriving(): boolean {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    return !calm && performance.now() - this.#arrivedMs < ARRIVING_MS;
  }

  isAbsent(id: CategoryId): boolean {
    return this.#early(id)?.absent ?? this.results.get(id)?.absent ?? false;
  }

  /** News of a run of another image is not of this one. */
  #early(id: CategoryId): EarlyMatch | undefined {
    const isHere = this.running?.imageId === this.#document.image?.id;
    return isHere ? this.matches.get(id) : undefined;
  }

  isAsked(id: CategoryId): boolean {
    return !this.#leftOut.has(id);
  }

  ask(id: CategoryId, asked: boolean): void {
    const next = new Set(this.#leftOut);
    if (asked) next.delete(id);
    else next.add(id);
    this.#leaveOut(next);
  }

  askOnly(ids: readonly CategoryId[]): void {
    const kept = new Set(ids);
    this.#leaveOut(
      new Set(this.#session.categories.map(({ id }) => id).filter((id) => !kept.has(id))),
    );
  }

  get #leftOut(): ReadonlySet<CategoryId> {
    return this.#session.scope?.leftOut ?? NONE;
  }

  #leaveOut(ids: ReadonlySet<CategoryId>): void {
    if (this.#session.scope) this.#session.scope.leftOut = ids;
  }

  get params(): PrelabelParams {
    return this.#session.project?.params ?? DEFAULT_PARAMS;
  }

  /** Of a class that has no threshold of its own. */
  usualThreshold(kind: Category['kind']): number {
    return this.#session.project?.thresholds[kind] ?? DEFAULT_THRESHOLD;
  }

  /** Where a slider over many images starts: what was tried last, else the class's own. */
  triedOf(category: Category): number {
    return this.tried.get(category.id) ?? this.thresholdOf(category);
  }

  thresholdOf({ threshold, kind }: Category): number {
    return threshold ?? this.usualThreshold(kind);
  }

  /** Runs the model on the open image. A second call while one runs comes next. */
  async run(): Promise<readonly Annotation[] | null> {
    const image = this.#document.image;
    if (!image || this.asked.length === 0) return null;
    if (this.#controller) {
      this.queued = true;
      return null;
    }
    const controller = new AbortController();
    this.#controller = controller;
    this.running = { imageId: image.id, stage: '', done: 0, total: 0 };
    this.problem = null;
    this.foundNothing = false;
    this.matches = new Map();
    try {
      await this.#document.flush();
      const { run, proposals } = await this.#session.call(
        'prelabel.run',
        {
          imageId: image.id,
          classes: this.asked.map(promptOf),
          params: this.params,
          commit: true,
        },
        { signal: controller.signal, onProgress: (event) => this.#progress(event) },
      );
      // It answered: the process that ended is back.
      this.#session.endNotices('INFERENCE_EXITED');
      if (this.#document.image?.id === image.id) {
        this.#arrivedMs = performance.now();
        await this.#document.reload();
        this.#document.run = run;
        this.foundNothing = proposals.length === 0;
      }
      return proposals;
    } catch (error) {
      if (!controller.signal.aborted) this.problem = error;
      return null;
    } finally {
      this.#controller = null;
      this.running = null;
      this.matches = new Map();
      if (this.queued) {
        this.queued = false;
        void this.run();
      }
    }
  }

  /** Stops the running question; everything stays as it was. */
  stop(): void {
    this.queued = false;
    this.#controller?.abort(new DOMException('Stopped by the user', 'AbortError'));
  }

  /**
   * Shows masks of one class at another threshold, without edges, without saving. While one is on its
   * way the newest waits, so that the picture follows the thumb instead of starting over at every move.
   */
  async previewThreshold(category: Category, threshold: number): Promise<void> {
    this.#wanted = { category, threshold };
    this.#previewing ??= this.#previewAll().finally(() => (this.#previewing = null));
    return this.#previewing;
  }

  async #previewAll(): Promise<void> {
    while (this.#wanted) {
      const { category, threshold } = this.#wanted;
      this.#wanted = null;
      const run = this.#document.run;
      if (!run) return;
      try {
        const {
          proposals,
          run: fresh,
          milliseconds,
        } = await this.#session.call('prelabel.reapply', {
          runId: run.runId,
          params: this.params,
          thresholds: { [category.id]: threshold },
          draft: true,
          commit: false,
          only: [category.id],
        });
        if (this.#document.run?.runId !== run.runId) return;
        this.reapplyMs = milliseconds;
        this.#document.run = fresh;
        this.#document.showDraft({ categoryIds: new Set([category.id]), proposals });
      } catch (error) {
        this.problem = error;
      }
    }
  }

  /**
   * Makes the threshold the class's own and its proposals on this image anew, with edges. One after
   * the other: an earlier value must not be saved after a later one.
   */
  applyThreshold(category: Category, threshold: number): Promise<void> {
    this.#wanted = null;
    this.#applies += 1;
    this.#applying = this.#applying
      .then(() => this.#applyThreshold(category, threshold))
      .finally(() => {
        this.#applies -= 1;
        // A thumb that moves again goes on showing its own.
        if (this.#applies === 0 && !this.#previewing) this.#document.endDraft();
      });
    return this.#applying;
  }

  async #applyThreshold(category: Category, threshold: number): Promise<void> {
    // A draft that comes after the saved masks would stand in front of them.
    await this.#previewing;
    const run = this.#document.run;
    try {
      const now = this.#session.categories.find(({ id }) => id === category.id);
      const changes = now !== undefined && this.thresholdOf(now) !== threshold;
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
          ? { step: text.label.history.threshold(category.name, threshold.toFixed(2)) }
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
      this.problem = error;
    }
  }

  #progress(event: Progress): void {
    if (!this.running) return;
    this.running = {
      imageId: this.running.imageId,
      stage: event.stage,
      done: event.done,
      total: event.total,
    };
    if (event.matches)
      this.matches = new Map(event.matches.map((early) => [early.categoryId, early]));
  }
}

/** What the engine needs of a class. */
function promptOf(category: Category): PromptClass {
  return {
    categoryId: category.id,
    name: category.name,
    prompt: category.prompt,
    synonyms: category.synonyms,
    threshold: category.threshold,
  };
}
