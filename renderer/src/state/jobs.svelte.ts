// Jobs as the engine reports them, newest first.
import type { JobId, JobStatus } from '../../../electron/api/types.ts';
import type { Session } from './session.svelte.ts';

export class Jobs {
  readonly #session: Session;
  list = $state.raw<readonly JobStatus[]>([]);
  readonly running: readonly JobStatus[] = $derived(
    this.list.filter((job) => job.state === 'running'),
  );

  constructor(session: Session) {
    this.#session = session;
    session.on('job.status', (job) => this.put(job));
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
