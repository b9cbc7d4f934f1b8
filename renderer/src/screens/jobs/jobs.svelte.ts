// Jobs as the engine reports them, newest first.
import type { JobId } from '../../../../electron/api/types.ts';
import type { Session } from '../../state/session/session.svelte.ts';
import { perProject } from '../../state/perApp.svelte.ts';
import type { JobStatus } from '../../../../electron/api/job.ts';

const COUNT_EVERY_MS = 2000;

export class Jobs {
  readonly #session: Session;
  #counting: ReturnType<typeof setTimeout> | undefined;
  list = $state.raw<readonly JobStatus[]>([]);
  readonly running: readonly JobStatus[] = $derived(
    this.list.filter((job) => job.state === 'running'),
  );

  constructor(session: Session, signal?: AbortSignal) {
    this.#session = session;
    session.on(
      'job.status',
      (job) => {
        this.put(job);
        this.#countAgain(job.state === 'running');
      },
      signal,
    );
  }

  /** What waits for review grows while a job runs: at most one question every other second. */
  #countAgain(soon: boolean): void {
    if (soon && this.#counting !== undefined) return;
    clearTimeout(this.#counting);
    this.#counting = setTimeout(
      () => {
        this.#counting = undefined;
        // A lost connection shows itself; the next status asks again.
        this.#session.refreshProject().catch(() => undefined);
      },
      soon ? COUNT_EVERY_MS : 0,
    );
  }

  async refresh(): Promise<void> {
    this.list = (await this.#session.call('job.list', {})).jobs;
  }

  byId(id: JobId): JobStatus | null {
    return this.list.find((job) => job.id === id) ?? null;
  }

  put(job: JobStatus): void {
    const known = this.list.some((candidate) => candidate.id === job.id);
    this.list = known
      ? this.list.map((candidate) => (candidate.id === job.id ? job : candidate))
      : [job, ...this.list];
  }
}

/** The jobs of the open project. */
export const jobsOf = perProject((app, signal) => {
  const jobs = new Jobs(app.session, signal);
  app.onEntered(() => void app.attempt(() => jobs.refresh()), signal);
  if (app.session.project) void app.attempt(() => jobs.refresh());
  return jobs;
});
