// What a project can learn from its accepted masks: measuring it, using it, and the way back.
import { AppError } from '../../../../../electron/api/errors.ts';
import type { LearnState } from '../../../../../electron/api/tuning.ts';
import type { Progress } from '../../../../../electron/api/methods/method.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import type { Session } from '../../../state/session/session.svelte.ts';

class Learn {
  readonly #session: Session;
  state = $state.raw<LearnState | null>(null);
  progress = $state.raw<Progress | null>(null);
  problem = $state.raw<unknown>(null);
  running = $state(false);
  #abort: AbortController | null = null;

  constructor(session: Session, over: AbortSignal) {
    this.#session = session;
    over.addEventListener('abort', () => this.stop());
  }

  async load(): Promise<void> {
    try {
      this.state = await this.#session.call('learn.state', {});
    } catch (error) {
      this.problem = error;
    }
  }

  async run(): Promise<void> {
    const controller = (this.#abort = new AbortController());
    this.running = true;
    this.problem = null;
    try {
      this.state = await this.#session.call(
        'learn.run',
        {},
        {
          signal: controller.signal,
          onProgress: (progress) => (this.progress = progress),
        },
      );
    } catch (error) {
      if (!controller.signal.aborted) this.problem = error;
    } finally {
      if (this.#abort === controller) {
        this.running = false;
        this.progress = null;
      }
    }
  }

  stop(): void {
    this.#abort?.abort(new AppError('CANCELLED', 'Stopped.'));
    this.running = false;
    this.progress = null;
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
