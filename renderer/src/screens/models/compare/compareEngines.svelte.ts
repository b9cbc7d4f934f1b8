// Engines side by side on one image: run one after the other, never two on one device, and nothing is written
// before a person takes one.
import type { EngineLook } from '../../../../../electron/api/run.ts';
import type { EngineOffer } from '../../../../../electron/api/model.ts';
import { FIRST_ENGINE } from '../../../../../electron/api/rules/firstEngine.ts';
import type { CategoryId, RleMask } from '../../../../../electron/api/types.ts';
import { serial } from '../../../host/newest.ts';
import type { App } from '../../../state/app.svelte.ts';
import { promptOf } from '../../../state/prelabel.svelte.ts';
import { missingOf, needsOf } from '../engineNeeds.ts';
import {
  agreementOf,
  differenceOf,
  foundOf,
  meanAgreement,
  type Difference,
  type Found,
} from './agreement.ts';

/** Columns that can be read side by side. */
const MOST_ENGINES = 3;

export interface Column {
  readonly engine: EngineOffer;
  readonly inUse: boolean;
  readonly state: 'missing' | 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  readonly stage: string;
  readonly look: EngineLook | null;
  readonly problem: unknown;
}

export class CompareEngines {
  readonly #app: App;
  columns = $state.raw<readonly Column[]>([]);
  problem = $state.raw<unknown>(null);
  #abort = new AbortController();
  readonly #inTurn = serial();

  readonly done: readonly Column[] = $derived(this.columns.filter(({ look }) => look !== null));
  readonly #found: readonly Found[] = $derived(this.done.map(({ look }) => foundOf(look!)));
  readonly classes = $derived.by(() =>
    agreementOf(
      this.#app.session.categories.map(({ id }) => id),
      this.#found,
    ),
  );
  readonly isRunning: boolean = $derived(this.columns.some(({ state }) => state === 'running'));

  constructor(app: App) {
    this.#app = app;
  }

  /** Masks of a class, one for each engine that found it. */
  masksOf(id: CategoryId): RleMask[] {
    return this.#found.flatMap((found) => found.get(id) ?? []);
  }

  /** Where a column differs from the others on a class. */
  differenceOf(column: Column, id: CategoryId): Difference {
    return differenceOf(this.#found, this.done.indexOf(column), id);
  }

  /** Mean agreement of a column with the others; null while it is alone. */
  agreementOf(column: Column): number | null {
    const at = this.done.indexOf(column);
    return at < 0 ? null : meanAgreement(this.classes, at, this.done.length);
  }

  async start(): Promise<void> {
    const { session, prelabel } = this.#app;
    const { signal } = this.#abort;
    try {
      const { engines } = await session.call('prelabel.engines', {});
      if (signal.aborted) return;
      const used = prelabel.params.engine ?? FIRST_ENGINE;
      const inOrder = engines.toSorted((a, b) => Number(b.id === used) - Number(a.id === used));
      this.columns = inOrder.slice(0, MOST_ENGINES).map((engine) => ({
        engine,
        inUse: engine.id === used,
        stage: '',
        look: null,
        problem: null,
        state: missingOf(needsOf(engine, session.packs)).length > 0 ? 'missing' : 'waiting',
      }));
    } catch (error) {
      this.problem = error;
      return;
    }
    const able = this.columns.filter(({ state }) => state === 'waiting');
    await Promise.all(able.map(({ engine }) => this.run(engine.id)));
  }

  /** Runs an engine, also one that was stopped or failed, when those before it have ended. */
  run(id: string): Promise<void> {
    this.#set(id, { state: 'waiting', problem: null });
    return this.#inTurn(() => this.#run(id));
  }

  async #run(id: string): Promise<void> {
    const { session, prelabel, document } = this.#app;
    const { image } = document;
    const { signal } = this.#abort;
    // It may have been stopped while it waited.
    if (this.columns.find(({ engine }) => engine.id === id)?.state !== 'waiting' || !image) return;
    this.#set(id, { state: 'running' });
    try {
      const look = await session.call(
        'prelabel.look',
        {
          imageId: image.id,
          classes: prelabel.asked.map(promptOf),
          params: this.#paramsOf(id),
        },
        {
          signal,
          onProgress: ({ stage }) => this.#set(id, { stage }),
        },
      );
      this.#set(id, { state: 'done', look });
    } catch (error) {
      const stopped = signal.aborted;
      this.#set(id, { state: stopped ? 'stopped' : 'failed', problem: stopped ? null : error });
    }
  }

  /** Ends what runs and what waits; what is done stays. */
  stop(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    for (const { engine, state } of this.columns)
      if (state === 'waiting') this.#set(engine.id, { state: 'stopped' });
  }

  /** Makes an engine's masks the proposals of this image, and it the project's method. */
  async take({ engine }: Column): Promise<void> {
    const { session, prelabel, document } = this.#app;
    const { image } = document;
    if (!image) return;
    const params = this.#paramsOf(engine.id);
    await document.flush();
    session.show(await session.call('project.setParams', { params }));
    await session.call('prelabel.run', {
      imageId: image.id,
      classes: prelabel.asked.map(promptOf),
      params,
      commit: true,
    });
    await document.reload();
  }

  /** Makes the masks of some classes proposals, as the engine in use drew them: one step, which undo takes back. */
  async takeClasses(only: readonly CategoryId[], step: string): Promise<void> {
    const { session, prelabel, document } = this.#app;
    const { image } = document;
    const column = this.done.find(({ inUse }) => inUse) ?? this.done[0];
    if (!image || !column) return;
    const params = this.#paramsOf(column.engine.id);
    await document.flush();
    const { run } = await session.call('prelabel.run', {
      imageId: image.id,
      classes: prelabel.asked.map(promptOf),
      params,
      commit: false,
    });
    await session.call('prelabel.reapply', {
      runId: run.runId,
      params,
      thresholds: {},
      draft: false,
      commit: true,
      only,
      step,
    });
    await document.reload();
  }

  #paramsOf(engine: string) {
    return { ...this.#app.prelabel.params, engine };
  }

  #set(id: string, change: Partial<Column>): void {
    this.columns = this.columns.map((one) => (one.engine.id === id ? { ...one, ...change } : one));
  }
}
