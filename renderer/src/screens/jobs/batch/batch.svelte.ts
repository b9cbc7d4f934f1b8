// A batch before it starts: the choices of its dialog, what they would touch, a trial on a few images
// and thresholds applied to that trial live.
import type { Category, CategoryId } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import type { Images } from '../../../state/images/images.svelte.ts';
import { JobPace } from '../jobPace.svelte.ts';
import { jobsOf, type Jobs } from '../jobs.svelte.ts';
import type { Prelabel } from '../../../state/prelabel.svelte.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import { AutoChoice } from './auto.svelte.ts';
import { BatchEdges } from './edges.svelte.ts';
import { Trial } from './trial.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import type { ImageFilter } from '../../../../../electron/api/job.ts';
import type { MergePolicy } from '../../../../../electron/api/job.ts';
import type { ImageSelection } from '../../../../../electron/api/job.ts';
import type { PrelabelParams } from '../../../../../electron/api/run.ts';
import type { JobStatus } from '../../../../../electron/api/job.ts';
import type { BatchRequest } from '../../../../../electron/api/job.ts';

export type Which = 'unlabelled' | 'all' | 'filter' | 'selected';
export type Quality = 'fast' | 'standard' | 'fine';

const MERGES: readonly MergePolicy[] = [
  'proposals',
  'replaceClasses',
  'replaceProposals',
  'skipLabelled',
];

/** What each quality changes in the project's own settings, by dotted name (method.md 14). */
const QUALITY: { readonly [quality in Quality]: PrelabelParams['overrides'] } = {
  fast: { 'pnp.passes': 1 },
  standard: {},
  fine: { 'pnp.passes': 6, 'pnp.inputSide': 0, 'masks.workSide': 1024 },
};

export interface MergeCount {
  readonly images: number;
  readonly proposalsReplaced: number;
  readonly skipped: number;
}

class Batch {
  readonly #session: Session;
  readonly #jobs: Jobs;
  readonly #images: Images;
  readonly #prelabel: Prelabel;
  which = $state<Which>('unlabelled');
  merge = $state<MergePolicy>('proposals');
  quality = $state<Quality>('standard');
  readonly auto: AutoChoice;
  leftOut = $state.raw<ReadonlySet<CategoryId>>(new Set());
  counts = $state.raw<ReadonlyMap<MergePolicy, MergeCount>>(new Map());
  problem = $state.raw<unknown>(null);
  starting = $state(false);
  readonly edges = new BatchEdges();
  readonly trial: Trial;
  readonly pace: JobPace;
  #counting = 0;

  readonly categories: readonly Category[] = $derived.by(() =>
    this.#session.categories.filter((category) => !this.leftOut.has(category.id)),
  );
  readonly request: BatchRequest = $derived.by(() => this.#makeRequest(this.merge));
  /** Images that the model would look at. */
  readonly imagesToDo: number | null = $derived.by(() => {
    const counted = this.counts.get(this.merge);
    return counted ? counted.images - counted.skipped : null;
  });
  /** Everything that a trial depends on; another key = the trial is out of date. */
  readonly trialKey: string = $derived.by(() =>
    JSON.stringify([
      this.request.categoryIds,
      this.request.auto,
      this.request.params,
      this.request.packId,
    ]),
  );

  constructor(
    { session, images, prelabel }: Pick<App, 'session' | 'images' | 'prelabel'>,
    jobs: Jobs,
    signal?: AbortSignal,
  ) {
    this.#session = session;
    this.#jobs = jobs;
    this.#images = images;
    this.#prelabel = prelabel;
    this.auto = new AutoChoice(session, prelabel);
    this.trial = new Trial(session);
    this.pace = new JobPace(session, signal);
  }

  /** Images of each choice, known without asking. */
  imagesOf(which: Which): number {
    const project = this.#session.project;
    switch (which) {
      case 'all':
        return project?.images ?? 0;
      case 'unlabelled':
        return project?.counts.untouched ?? 0;
      case 'filter':
        return this.#images.total;
      case 'selected':
        return this.#images.selected.size;
    }
  }

  get hasFilter(): boolean {
    return Object.keys(this.#images.filter).length > 0;
  }

  get overrides(): PrelabelParams['overrides'] {
    return this.edges.over(this.#prelabel.params.overrides);
  }

  isAsked(id: CategoryId): boolean {
    return !this.leftOut.has(id);
  }

  ask(id: CategoryId, asked: boolean): void {
    const next = new Set(this.leftOut);
    if (asked) next.delete(id);
    else next.add(id);
    this.leftOut = next;
  }

  askAll(asked: boolean): void {
    this.leftOut = new Set(asked ? [] : this.#session.categories.map((category) => category.id));
  }

  /** What the slider of a class shows. */
  thresholdOf(category: Category): number {
    return this.#prelabel.thresholds.triedOf(category);
  }

  /** Moves a threshold and paints the trial again; `final` adds the edges. */
  setThreshold(id: CategoryId, value: number, final: boolean): void {
    const tried = new Map(this.#prelabel.thresholds.tried).set(id, value);
    this.#prelabel.thresholds.tried = tried;
    this.trial.reapply(Object.fromEntries(tried), !final);
  }

  /** Fresh for another opening of the dialog: choices stay where they still make sense. */
  opened(): void {
    this.problem = null;
    if (this.which === 'filter' && !this.hasFilter) this.which = 'unlabelled';
    if (this.which === 'selected' && this.#images.selected.size === 0) this.which = 'unlabelled';
    if (this.which === 'unlabelled' && this.imagesOf('unlabelled') === 0) this.which = 'all';
    this.trial.forget();
  }

  /** Asks what each merge policy would do to the chosen images. The newest call wins. */
  async count(): Promise<void> {
    const generation = (this.#counting += 1);
    try {
      const answers = await Promise.all(
        MERGES.map((merge) =>
          this.#session.call('job.count', { request: this.#makeRequest(merge) }),
        ),
      );
      if (generation !== this.#counting) return;
      this.counts = new Map(MERGES.map((merge, i) => [merge, answers[i]!]));
    } catch (error) {
      if (generation === this.#counting) this.problem = error;
    }
  }

  /** Picks other images for the trial. */
  async chooseTrial(): Promise<void> {
    try {
      if (this.which === 'selected') {
        await this.trial.chooseFrom([...this.#images.selected], this.#images);
      } else {
        await this.trial.choose(this.#filterOf(this.which));
      }
    } catch (error) {
      this.problem = error;
    }
  }

  tryIt(): Promise<void> {
    return this.trial.run(this.request, this.trialKey);
  }

  /** Images per second to expect: of the trial, else of the latest job that ran here. */
  get expectedRate(): number | null {
    const seconds = this.trial.secondsPerImage;
    if (seconds !== null && seconds > 0) return 1 / seconds;
    return this.#jobs.list.find((job) => job.imagesPerSecond > 0)?.imagesPerSecond ?? null;
  }

  get expectedDevice(): string {
    return this.trial.provider || (this.#jobs.list.find((job) => job.provider)?.provider ?? '');
  }

  async start(): Promise<JobStatus | null> {
    this.problem = null;
    this.starting = true;
    try {
      this.trial.stop();
      const { job } = await this.#session.call('job.start', { request: this.request });
      this.#jobs.put(job);
      return job;
    } catch (error) {
      this.problem = error;
      return null;
    } finally {
      this.starting = false;
    }
  }

  #filterOf(which: Exclude<Which, 'selected'>): ImageFilter {
    if (which === 'filter') return this.#images.filter;
    return which === 'unlabelled' ? { status: ['untouched'] } : {};
  }

  #selection(): ImageSelection {
    switch (this.which) {
      case 'all':
      case 'unlabelled':
        return { kind: this.which };
      case 'filter':
        return { kind: 'filter', filter: this.#images.filter };
      case 'selected':
        return { kind: 'ids', ids: [...this.#images.selected] };
    }
  }

  #makeRequest(merge: MergePolicy): BatchRequest {
    const params = this.#prelabel.params;
    return {
      images: this.#selection(),
      categoryIds: this.categories.map((category) => category.id),
      auto: this.auto.asked,
      params: { ...params, overrides: { ...this.overrides, ...QUALITY[this.quality] } },
      packId: this.#session.pack?.id ?? '',
      merge,
      thresholds: Object.fromEntries(this.#prelabel.thresholds.tried),
    };
  }
}

/** The batch of a project; it outlives the dialog. */
export const batchOf = perProject((app, signal) => new Batch(app, jobsOf(app), signal));
