// State of the search for better settings: what it may use, its tries as they come, and what is shown of them.
// It goes on while another screen is shown.
import { AppError } from '../../../../electron/api/errors.ts';
import { usualParameter } from '../../../../electron/api/rules/tuneParameters.ts';
import { spread } from '../../../../electron/api/rules/spread.ts';
import type { ImageId } from '../../../../electron/api/types.ts';
import type {
  TuneAxes,
  TuneEvaluation,
  TuneExample,
  TuneJudge,
  TuneParameter,
  TuneProgress,
  TuneResult,
  TuneStrategy,
  TuneSupply,
} from '../../../../electron/api/tuning.ts';
import { perProject } from '../../state/perApp.svelte.ts';
import type { Session } from '../../state/session/session.svelte.ts';
import { paramLabel } from '../models/engineWords.ts';

export type TuneState = 'idle' | 'running' | 'paused' | 'done';

/** Images whose masks are shown for a try. */
const EXAMPLES = 4;
const IMAGE_CHOICES = [20, 40, 100];

export class Tune {
  readonly #session: Session;
  supply = $state.raw<TuneSupply | null>(null);
  problem = $state.raw<unknown>(null);
  state = $state<TuneState>('idle');
  judge = $state<TuneJudge>('pack');
  strategy = $state<TuneStrategy>('random');
  /** Null = all. */
  imageCount = $state<number | null>(40);
  evaluations = $state(34);
  seed = $state(0);
  axes = $state.raw<TuneAxes>({
    layer: true,
    head: true,
    threshold: false,
    blur: false,
    passes: false,
    drop: false,
  });
  /** Names of parameters that a person ticked or unticked; the others are as usual. */
  #parameters = $state.raw<ReadonlyMap<string, boolean>>(new Map());
  tries = $state.raw<readonly TuneEvaluation[]>([]);
  progress = $state.raw<TuneProgress | null>(null);
  result = $state.raw<TuneResult | null>(null);
  /** Number of the try whose masks are shown instead of the best one's. */
  chosen = $state<number | null>(null);
  examples = $state.raw<ReadonlyMap<number, readonly TuneExample[]>>(new Map());
  applied = $state.raw<TuneEvaluation | null>(null);
  startedMs = 0;
  #judgeChosen = false;
  #abort: AbortController | null = null;
  /** Tries whose masks are being drawn. */
  drawing = $state.raw<ReadonlySet<number>>(new Set());

  /** What its search may try instead of layers and heads, in the language of now. */
  readonly parameters: readonly TuneParameter[] = $derived(
    (this.supply?.parameters ?? []).map((one) => ({
      ...one,
      label: paramLabel(one.name, one.label),
    })),
  );
  /** Names of parameters that may change. */
  readonly varied: readonly string[] = $derived(
    this.parameters
      .filter((one) => this.#parameters.get(one.name) ?? usualParameter(one))
      .map(({ name }) => name),
  );
  readonly best: TuneEvaluation | null = $derived(this.result?.best ?? bestOf(this.tries));
  readonly worst: TuneEvaluation | null = $derived(
    this.tries.length < 2
      ? null
      : this.tries.reduce((low, one) => (one.reward < low.reward ? one : low)),
  );
  readonly inUse: TuneEvaluation | null = $derived(
    this.tries.find(({ stage }) => stage === 'inUse') ?? null,
  );
  readonly shown: TuneEvaluation | null = $derived(
    this.tries.find(({ number }) => number === this.chosen) ?? this.best,
  );
  readonly enough: boolean = $derived(
    this.supply !== null && this.supply.imageIds.length >= this.supply.needed,
  );
  /** Numbers of images that can be chosen; the last is all. */
  readonly imageChoices: readonly number[] = $derived.by(() => {
    const all = this.supply?.imageIds.length ?? 0;
    return [...IMAGE_CHOICES.filter((count) => count < all), all];
  });
  readonly imageIds: readonly ImageId[] = $derived(
    spread(this.supply?.imageIds ?? [], this.imageCount ?? Infinity),
  );

  constructor(session: Session) {
    this.#session = session;
  }

  async load(): Promise<void> {
    try {
      const before = this.supply?.engine;
      this.supply = await this.#session.call('tune.supply', {});
      // Tries of another method cannot be read with this one's parameters.
      if (before !== undefined && before !== this.supply.engine) this.#forget();
      if (this.supply.clip === null) this.judge = 'pack';
      else if (!this.#judgeChosen) this.judge = 'clip';
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
  }

  chooseJudge(judge: TuneJudge): void {
    this.judge = judge;
    this.#judgeChosen = true;
  }

  vary(axis: keyof TuneAxes, on: boolean): void {
    this.axes = { ...this.axes, [axis]: on };
  }

  varyParameter(name: string, on: boolean): void {
    this.#parameters = new Map(this.#parameters).set(name, on);
  }

  #forget(): void {
    this.#abort?.abort(new AppError('CANCELLED', 'Another method.'));
    this.state = 'idle';
    this.progress = null;
    this.#clear();
  }

  #clear(): void {
    this.tries = [];
    this.result = null;
    this.chosen = null;
    this.applied = null;
    this.examples = new Map();
  }

  /** Starts, or goes on: tries that are known come back at once. */
  async run(): Promise<void> {
    this.#abort?.abort();
    const controller = new AbortController();
    this.#abort = controller;
    this.state = 'running';
    this.problem = null;
    this.#clear();
    this.startedMs = performance.now();
    try {
      const result = await this.#session.call(
        'tune.run',
        {
          imageIds: this.imageIds,
          strategy: this.strategy,
          evaluations: this.evaluations,
          judge: this.judge,
          seed: this.seed,
          axes: this.axes,
          parameters: this.varied,
        },
        {
          signal: controller.signal,
          onProgress: (progress) => {
            if (controller.signal.aborted) return;
            this.progress = progress;
            if (progress.evaluation) this.tries = [...this.tries, progress.evaluation];
          },
        },
      );
      this.tries = result.evaluations;
      this.result = result;
      this.state = 'done';
      await this.showMasks();
    } catch (error) {
      if (controller.signal.aborted) return;
      this.state = this.tries.length > 0 ? 'paused' : 'idle';
      this.problem = error;
    }
  }

  pause(): void {
    this.state = 'paused';
    this.#abort?.abort(new AppError('CANCELLED', 'Paused.'));
  }

  stop(): void {
    this.#abort?.abort(new AppError('CANCELLED', 'Stopped.'));
    this.state = this.tries.length > 0 ? 'done' : 'idle';
    this.progress = null;
  }

  choose(number: number | null): void {
    this.chosen = number;
    if (this.state !== 'running') void this.showMasks();
  }

  /** Masks of the shown try and of the worst one. */
  async showMasks(): Promise<void> {
    for (const one of [this.shown, this.worst]) if (one) await this.#load(one);
  }

  async #load({ number, setting }: TuneEvaluation): Promise<void> {
    if (this.examples.has(number) || this.drawing.has(number)) return;
    this.drawing = new Set(this.drawing).add(number);
    try {
      const { examples } = await this.#session.call('tune.examples', {
        imageIds: spread(this.imageIds, EXAMPLES),
        setting: { ...setting, layers: [...setting.layers], heads: [...setting.heads] },
      });
      this.examples = new Map(this.examples).set(number, examples);
    } catch (error) {
      this.problem = error;
    } finally {
      this.drawing = new Set([...this.drawing].filter((one) => one !== number));
    }
  }

  /** Puts the best setting into the project. Returns the step back. */
  async apply(evaluation: TuneEvaluation): Promise<() => Promise<void>> {
    const { previous } = await this.#session.call('tune.apply', { setting: evaluation.setting });
    this.applied = evaluation;
    await this.#session.refreshProject();
    return async () => {
      await this.#session.call('project.setParams', { params: previous });
      this.applied = null;
      await this.#session.refreshProject();
    };
  }
}

/** The search of a project; it outlives the screen. */
export const tuneOf = perProject((app) => new Tune(app.session));

function bestOf(tries: readonly TuneEvaluation[]): TuneEvaluation | null {
  return tries.reduce<TuneEvaluation | null>(
    (best, one) => (best === null || one.reward > best.reward ? one : best),
    null,
  );
}
