// Settings learned from corrections, as Label and Tune show them: what was found, comparing, using it, putting it away.
import type {
  CorrectionPair,
  CorrectionState,
  CorrectionUse,
} from '../../../electron/api/corrections/corrections.ts';
import type { Progress } from '../../../electron/api/methods/method.ts';
import { LongCall } from './longCall.svelte.ts';
import { perProject } from './perApp.svelte.ts';
import type { Session } from './session/session.svelte.ts';

/** Pairs that are fetched at once. */
const PAIRS = 6;

export class Corrections extends LongCall<Progress> {
  readonly #session: Session;
  state = $state.raw<CorrectionState | null>(null);
  pairs = $state.raw<readonly CorrectionPair[]>([]);
  /** Of the pairs; null while they are not shown. */
  total = $state.raw<number | null>(null);
  drawing = $state(false);
  #next = 0;

  constructor(session: Session, over: AbortSignal) {
    super(over);
    this.#session = session;
  }

  async load(): Promise<void> {
    try {
      const at = this.state?.report?.at;
      this.state = await this.#session.call('corrections.state', {});
      if (this.state.report?.at !== at) this.hidePairs();
    } catch (error) {
      this.problem = error;
    }
  }

  compare(harder: boolean): Promise<void> {
    return this.during(async (options) => {
      this.hidePairs();
      this.state = await this.#session.call('corrections.compare', { harder }, options);
    });
  }

  /** Runs the model on finished images without usable maps, then compares. */
  prepare(): Promise<void> {
    return this.during(async (options) => {
      this.hidePairs();
      this.state = await this.#session.call('corrections.prepare', {}, options);
    });
  }

  async decline(): Promise<void> {
    this.hidePairs();
    this.state = await this.#session.call('corrections.decline', {});
  }

  /** Puts the suggestion to use; null where it was stopped. */
  use(): Promise<CorrectionUse | null> {
    return this.#change('corrections.use');
  }

  back(): Promise<CorrectionUse | null> {
    return this.#change('corrections.back');
  }

  async #change(method: 'corrections.use' | 'corrections.back'): Promise<CorrectionUse | null> {
    let done: CorrectionUse | null = null;
    await this.during(async (options) => {
      done = await this.#session.call(method, {}, options);
      this.hidePairs();
      await this.#session.refreshProject();
      await this.load();
    });
    return done;
  }

  /** The next most changed images, before and after. */
  async showPairs(): Promise<void> {
    this.drawing = true;
    try {
      const cursor = this.#next;
      const page = await this.#session.call('corrections.pairs', { cursor, limit: PAIRS });
      this.#next = cursor + PAIRS;
      this.pairs = [...this.pairs, ...page.pairs];
      this.total = page.total;
    } finally {
      this.drawing = false;
    }
  }

  get more(): boolean {
    return this.total !== null && this.#next < this.total;
  }

  hidePairs(): void {
    this.pairs = [];
    this.total = null;
    this.#next = 0;
  }
}

export const correctionsOf = perProject((app, signal) => new Corrections(app.session, signal));
