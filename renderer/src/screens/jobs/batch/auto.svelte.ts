// Which classes a batch asks of an image: all, those of a match, or those that CLIP sees.
import { FIRST_ENGINE } from '../../../../../electron/api/rules/firstEngine.ts';
import type { AutoClasses } from '../../../../../electron/api/job.ts';
import type { Prelabel } from '../../../state/prelabel.svelte.ts';
import type { Session } from '../../../state/session/session.svelte.ts';

type AutoBy = 'match' | 'clip';

export class AutoChoice {
  readonly #session: Pick<Session, 'packs'>;
  readonly #prelabel: Pick<Prelabel, 'params'>;
  on = $state(true);
  /** Who says it, where a person may choose. */
  choice = $state<AutoBy>('match');
  #thresholds = $state.raw<Readonly<Record<AutoBy, number>>>({ match: 0.5, clip: 0.3 });

  /** The method in use tells a match: the first one alone does. */
  readonly canMatch: boolean = $derived.by(
    () => (this.#prelabel.params.engine ?? FIRST_ENGINE) === FIRST_ENGINE,
  );
  readonly hasClip: boolean = $derived.by(() =>
    this.#session.packs.some(({ kind, state }) => kind === 'clip' && state === 'ready'),
  );
  readonly by: AutoBy = $derived(this.canMatch ? this.choice : 'clip');
  readonly threshold: number = $derived(this.#thresholds[this.by]);
  readonly asked: AutoClasses | null = $derived.by(() => {
    if (!this.on) return null;
    const { threshold } = this;
    return this.by === 'clip' ? { threshold, by: 'clip' } : { threshold };
  });

  constructor(session: Pick<Session, 'packs'>, prelabel: Pick<Prelabel, 'params'>) {
    this.#session = session;
    this.#prelabel = prelabel;
  }

  setThreshold(value: number): void {
    this.#thresholds = { ...this.#thresholds, [this.by]: value };
  }
}
