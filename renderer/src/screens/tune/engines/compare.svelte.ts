// A comparison of engines, packs and settings on accepted masks: what is asked, its rows as they come, and
// using one of them. It goes on while another screen is shown.
import type {
  CompareChoice,
  CompareProgress,
  CompareRow,
  CompareSupply,
} from '../../../../../electron/api/compare.ts';
import { LongCall } from '../../../state/longCall.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import type { Session } from '../../../state/session/session.svelte.ts';

type CompareOrder = 'meanIou' | 'seconds';

export interface ShownRow {
  readonly choice: CompareChoice;
  readonly row: CompareRow | null;
}

const IMAGE_CHOICES = [5, 20, 50];

class Compare extends LongCall<CompareProgress> {
  readonly #session: Session;
  supply = $state.raw<CompareSupply | null>(null);
  /** Null = all. */
  images = $state<number | null>(20);
  classes = $state<'own' | 'all'>('own');
  order = $state<CompareOrder>('meanIou');
  /** Each layer of the model in use is measured as well. */
  layers = $state(false);
  /** Keys that are not to be measured. */
  left = $state.raw<ReadonlySet<string>>(new Set());
  rows = $state.raw<ReadonlyMap<string, CompareRow>>(new Map());

  readonly hasLayers: boolean = $derived(
    this.supply?.choices.some(({ settings }) => settings === 'layers') ?? false,
  );
  readonly #choices: readonly CompareChoice[] = $derived(
    (this.supply?.choices ?? []).filter(
      ({ settings, key }) => settings !== 'layers' || this.layers || this.rows.has(key),
    ),
  );
  readonly shown: readonly ShownRow[] = $derived(
    this.#choices
      .map((choice) => ({ choice, row: this.rows.get(choice.key) ?? null }))
      .toSorted((a, b) => rank(b.row, this.order) - rank(a.row, this.order)),
  );
  /** Numbers of images that can be chosen; the last is all. */
  readonly imageChoices: readonly number[] = $derived.by(() => {
    const all = this.supply?.images ?? 0;
    return [...IMAGE_CHOICES.filter((count) => count < all), all];
  });
  readonly asked: readonly CompareChoice[] = $derived(
    this.#choices.filter(
      ({ settings, key }) => !this.left.has(key) && (settings !== 'layers' || this.layers),
    ),
  );

  constructor(session: Session, over: AbortSignal) {
    super(over);
    this.#session = session;
  }

  async load(): Promise<void> {
    try {
      this.supply = await this.#session.call('tune.choices', {});
    } catch (error) {
      this.problem = error;
    }
  }

  ask(key: string, on: boolean): void {
    this.left = on
      ? new Set([...this.left].filter((one) => one !== key))
      : new Set(this.left).add(key);
  }

  /** Rows of a run that is stopped stay; the next start goes on from what models have said already. */
  run(): Promise<void> {
    const all = this.supply?.images ?? 0;
    this.rows = new Map();
    return this.during(async ({ signal, onProgress }) => {
      await this.#session.call(
        'tune.compare',
        {
          images: Math.max(1, Math.min(this.images ?? all, all)),
          classes: this.classes,
          choices: this.asked.map(({ key }) => key),
        },
        {
          signal,
          onProgress: (progress) => {
            onProgress(progress);
            if (progress.row && !signal.aborted)
              this.rows = new Map(this.rows).set(progress.row.key, progress.row);
          },
        },
      );
    });
  }

  /** Makes the project run with a row's pack and settings. Returns the step back. */
  async use({ packId, params }: CompareChoice): Promise<() => Promise<void>> {
    const session = this.#session;
    const before = { packId: session.settings.packId, params: session.project!.params };
    const set = async (to: typeof before) => {
      await session.call('project.setParams', { params: to.params });
      await session.changeSettings({ packId: to.packId });
      await this.load();
    };
    await set({ packId, params });
    return () => set(before);
  }
}

export const compareOf = perProject((app, signal) => new Compare(app.session, signal));

/** The larger, the higher in the table; rows without a figure stand last. */
function rank(row: CompareRow | null, order: CompareOrder): number {
  if (!row || row.meanIou === null) return -Infinity;
  return order === 'meanIou' ? row.meanIou : -row.secondsPerImage;
}
