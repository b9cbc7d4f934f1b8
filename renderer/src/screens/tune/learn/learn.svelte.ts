// What a project can learn from its accepted masks: measuring it, using it, and the way back.
import type { LearnState } from '../../../../../electron/api/tuning.ts';
import type { Progress } from '../../../../../electron/api/methods/method.ts';
import { LongCall } from '../../../state/longCall.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import type { Session } from '../../../state/session/session.svelte.ts';

class Learn extends LongCall<Progress> {
  readonly #session: Session;
  state = $state.raw<LearnState | null>(null);

  constructor(session: Session, over: AbortSignal) {
    super(over);
    this.#session = session;
  }

  async load(): Promise<void> {
    try {
      this.state = await this.#session.call('learn.state', {});
    } catch (error) {
      this.problem = error;
    }
  }

  run(): Promise<void> {
    return this.during(async (options) => {
      this.state = await this.#session.call('learn.run', {}, options);
    });
  }

  /** Puts it into the project's settings, or takes it out. Returns the step back. */
  async use(use: boolean): Promise<() => Promise<void>> {
    const { previous } = await this.#session.call('learn.use', { use });
    await this.#session.refreshProject();
    await this.load();
    return async () => {
      await this.#session.call('project.setParams', { params: previous });
      await this.#session.refreshProject();
      await this.load();
    };
  }
}

export const learnOf = perProject((app, signal) => new Learn(app.session, signal));
