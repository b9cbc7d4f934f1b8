// The trial of a batch: a handful of images, run one after the other so that each shows as it is
// done and one damaged file spoils only its own tile; thresholds are applied to all of them.
import type { Annotation, CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import type { Images } from '../../../state/images/images.svelte.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import type { BatchRequest } from '../../../../../electron/api/job.ts';
import type { RunSummary } from '../../../../../electron/api/run.ts';
import type { ImageFilter } from '../../../../../electron/api/job.ts';

export const TRIAL_IMAGES = 6;

export interface TrialImage {
  readonly id: ImageId;
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly run: RunSummary | null;
  readonly proposals: readonly Annotation[];
  readonly problem: unknown;
}

/** Masks of one class in the trial. */
export interface TrialClass {
  readonly categoryId: CategoryId;
  readonly masks: number;
  /** Mean share of the image that a mask covers, 0-1. */
  readonly share: number;
}

export class Trial {
  readonly #session: Session;
  images = $state.raw<readonly TrialImage[]>([]);
  running = $state(false);
  provider = $state('');
  milliseconds = $state<number | null>(null);
  /** What the shown results were made with. */
  key = $state('');
  problem = $state.raw<unknown>(null);
  #seconds = $state.raw<readonly number[]>([]);
  #controller: AbortController | null = null;
  #reapplying: AbortController | null = null;
  #choosing = 0;

  readonly doneCount: number = $derived(
    this.images.filter((image) => image.state === 'done' || image.state === 'failed').length,
  );
  readonly tried: boolean = $derived(this.images.some((image) => image.state === 'done'));
  /** Without the first image where there are more: it also paid for loading the model. */
  readonly secondsPerImage: number | null = $derived.by(() => {
    const seconds = this.#seconds.length > 1 ? this.#seconds.slice(1) : this.#seconds;
    return seconds.length === 0 ? null : seconds.reduce((a, b) => a + b, 0) / seconds.length;
  });
  readonly classes: readonly TrialClass[] = $derived.by(() => classesOf(this.images));

  constructor(session: Session) {
    this.#session = session;
  }

  /** Spread over the images of a filter, from a random start, so that another call shows others. */
  async choose(filter: ImageFilter): Promise<void> {
    this.forget();
    const generation = this.#choosing;
    const list = (cursor: number) =>
      this.#session.call('image.list', { cursor, limit: 1, filter, order: 'name' });
    const { total } = await list(0);
    const start = Math.random();
    const rows = Array.from({ length: Math.min(TRIAL_IMAGES, total) }, (_, i) =>
      Math.floor(((i + start) * total) / Math.min(TRIAL_IMAGES, total)),
    );
    const answers = await Promise.all(rows.map(list));
    if (generation !== this.#choosing) return;
    this.images = answers
      .flatMap((answer) => answer.images)
      .map((image) => waiting(image.id, image.name));
  }

  /** The same from a given list of ids. */
  async chooseFrom(ids: readonly ImageId[], images: Pick<Images, 'byId'>): Promise<void> {
    this.forget();
    const start = Math.random();
    const n = Math.min(TRIAL_IMAGES, ids.length);
    this.images = Array.from({ length: n }, (_, i) => {
      const id = ids[Math.floor(((i + start) * ids.length) / n)]!;
      return waiting(id, images.byId(id)?.name ?? '');
    });
  }

  forget(): void {
    this.stop();
    this.#choosing += 1;
    this.images = [];
    this.#seconds = [];
    this.milliseconds = null;
    this.key = '';
    this.problem = null;
  }

  stop(): void {
    this.#controller?.abort(new DOMException('Stopped by the user', 'AbortError'));
    this.#reapplying?.abort(new DOMException('Stopped by the user', 'AbortError'));
  }

  /** Runs the model on every chosen image with these settings. */
  async run(request: BatchRequest, key: string): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.#controller = controller;
    this.running = true;
    this.problem = null;
    this.key = key;
    this.#seconds = [];
    this.images = this.images.map((image) => waiting(image.id, image.name));
    const begunMs = performance.now();
    try {
      for (const { id } of this.images) {
        this.#put(id, { state: 'running' });
        const startMs = performance.now();
        try {
          const preview = await this.#session.call(
            'job.preview',
            { request: { ...request, images: { kind: 'ids', ids: [id] } }, sample: 1 },
            { signal: controller.signal },
          );
          controller.signal.throwIfAborted();
          const found = preview.images[0];
          if (!found) throw new Error('The image is no longer in the project.');
          this.provider = preview.provider;
          this.#seconds = [...this.#seconds, (performance.now() - startMs) / 1000];
          this.#put(id, {
            state: 'done',
            name: found.image.name,
            url: found.url,
            width: found.image.width,
            height: found.image.height,
            run: found.run,
            proposals: found.proposals,
          });
        } catch (error) {
          if (controller.signal.aborted) {
            this.#put(id, { state: 'waiting' });
            return;
          }
          this.#put(id, { state: 'failed', problem: error });
        }
      }
      this.milliseconds = performance.now() - begunMs;
      const failed = this.images.filter((image) => image.state === 'failed');
      if (failed.length === this.images.length) this.problem = failed[0]?.problem ?? null;
    } finally {
      if (this.#controller === controller) {
        this.#controller = null;
        this.running = false;
      }
    }
  }

  /** Paints all results at other thresholds, from stored maps. The newest call wins. */
  reapply(thresholds: { readonly [categoryId: number]: number }, draft: boolean): void {
    this.#reapplying?.abort();
    const controller = new AbortController();
    this.#reapplying = controller;
    for (const { id, run } of this.images) {
      if (!run) continue;
      this.#session
        .call(
          'prelabel.reapply',
          { runId: run.runId, params: run.params, thresholds, draft, commit: false },
          { signal: controller.signal },
        )
        .then(
          ({ proposals }) => {
            if (!controller.signal.aborted) this.#put(id, { proposals });
          },
          (error: unknown) => {
            if (!controller.signal.aborted) this.problem = error;
          },
        );
    }
  }

  #put(id: ImageId, change: Partial<TrialImage>): void {
    this.images = this.images.map((image) => (image.id === id ? { ...image, ...change } : image));
  }
}

function waiting(id: ImageId, name: string): TrialImage {
  return {
    id,
    name,
    state: 'waiting',
    url: '',
    width: 0,
    height: 0,
    run: null,
    proposals: [],
    problem: null,
  };
}

/** How many masks each asked class has in the trial, in the order of the run. */
export function classesOf(images: readonly TrialImage[]): readonly TrialClass[] {
  const order = new Set(
    images.flatMap((image) => image.run?.classes.map((result) => result.categoryId) ?? []),
  );
  for (const image of images) for (const found of image.proposals) order.add(found.categoryId);
  return [...order].map((categoryId) => {
    const shares = images.flatMap((image) =>
      image.proposals
        .filter((proposal) => proposal.categoryId === categoryId)
        .map((proposal) => proposal.area / Math.max(1, image.width * image.height)),
    );
    return {
      categoryId,
      masks: shares.length,
      share: shares.length === 0 ? 0 : shares.reduce((a, b) => a + b, 0) / shares.length,
    };
  });
}
