// One run of the model on the open image: the prompt, its stages, its results.
import { MAX_CLASSES_ASKED } from '../../../electron/api/rules/classNames.ts';
import type { Progress } from '../../../electron/api/methods/method.ts';
import type { Annotation, Category, CategoryId, ImageId } from '../../../electron/api/types.ts';
import type { DocumentState } from './document/document.svelte.ts';
import type { Session } from './session/session.svelte.ts';
import { serial } from '../host/newest.ts';
import { Thresholds } from './thresholds.svelte.ts';
import type { PromptClass } from '../../../electron/api/run.ts';
import type { EarlyMatch } from '../../../electron/api/methods/method.ts';
import type { PrelabelParams } from '../../../electron/api/run.ts';
import type { ClassResult } from '../../../electron/api/run.ts';

/** Classes of one question to the model; more are asked in rounds. */
export const CLASSES_PER_ROUND = 25;
const NONE: ReadonlySet<CategoryId> = new Set();
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
  readonly thresholds: Thresholds;
  running = $state<Omit<RunningRun, 'controller'> | null>(null);
  problem = $state.raw<unknown>(null);
  /** Early matches of the running question. */
  matches = $state.raw<ReadonlyMap<CategoryId, EarlyMatch>>(new Map());
  /** Of a run of another method that is only looked into. */
  aside = $state.raw<PrelabelParams | null>(null);
  queued = $state(false);
  /** True after a run that found no class. */
  foundNothing = $state(false);
  #controller: AbortController | null = null;
  /** When the last run brought its proposals. */
  #arrivedMs = -Infinity;

  /** Adds classes, one call after the other; a run waits for those on their way, or it would ask without them. */
  readonly naming = serial();

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
    this.thresholds = new Thresholds(session, document, (problem) => (this.problem = problem));
  }

  /** Match of a class on this image, 0-1; null = not asked. */
  matchOf(id: CategoryId): number | null {
    return this.#early(id)?.match ?? this.results.get(id)?.match ?? null;
  }

  /** Whether the run told a match of any class: not every engine asks for it. */
  get tellsMatch(): boolean {
    return [...this.results.values()].some(({ match }) => match !== null);
  }

  /** Whether the run of this image looked for the class. */
  wasAsked(id: CategoryId): boolean {
    return this.results.has(id);
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

  askAll(ids: readonly CategoryId[]): void {
    const next = new Set(this.#leftOut);
    for (const id of ids) next.delete(id);
    this.#leaveOut(next);
  }

  /** Takes every class out of the prompt. */
  askNone(): void {
    this.#leaveOut(new Set(this.#session.categories.map(({ id }) => id)));
  }

  /** More classes are in the prompt than a run takes. */
  get asksTooMany(): boolean {
    return this.asked.length > MAX_CLASSES_ASKED;
  }

  get #leftOut(): ReadonlySet<CategoryId> {
    return this.#session.scope?.leftOut ?? NONE;
  }

  #leaveOut(ids: ReadonlySet<CategoryId>): void {
    if (this.#session.scope) this.#session.scope.leftOut = ids;
  }

  get params(): PrelabelParams {
    return this.aside ?? this.thresholds.params;
  }

  /** The image and settings that the models were last made ready for. */
  #readyFor = '';

  /** Opens the models while a person types, so that the run that follows finds them open. */
  getReady(): void {
    const { image } = this.#document;
    const { params } = this.thresholds;
    const wanted = JSON.stringify([image?.id, params]);
    if (!image || this.#readyFor === wanted || this.running) return;
    this.#readyFor = wanted;
    // A failure is reported by the run itself.
    this.#session.call('prelabel.ready', { imageId: image.id, params }).catch(() => {
      this.#readyFor = '';
    });
  }

  /** Runs the model on the open image. A second call while one runs comes next. */
  async run(): Promise<readonly Annotation[] | null> {
    await this.naming(async () => {});
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
          params: this.thresholds.params,
          commit: true,
        },
        { signal: controller.signal, onProgress: (event) => this.#progress(event) },
      );
      // It answered: the process that ended is back.
      this.#session.notices.end('INFERENCE_EXITED');
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
export function promptOf(category: Category): PromptClass {
  return {
    categoryId: category.id,
    name: category.name,
    prompt: category.prompt,
    synonyms: category.synonyms,
    threshold: category.threshold,
  };
}
