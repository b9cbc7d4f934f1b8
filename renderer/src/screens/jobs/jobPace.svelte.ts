// Speed of running jobs over time, gathered from their status while this window is open.
import type { JobId } from '../../../../electron/api/types.ts';
import type { Session } from '../../state/session/session.svelte.ts';
import type { JobStatus } from '../../../../electron/api/job.ts';

export interface PaceSample {
  readonly atMs: number;
  readonly imagesPerSecond: number;
}

/** More than this are thinned to half: the curve keeps its length, not every step. */
const MOST_SAMPLES = 480;
const EVERY_MS = 400;

export class JobPace {
  #samples = $state.raw<ReadonlyMap<JobId, readonly PaceSample[]>>(new Map());

  constructor(session: Session, signal?: AbortSignal, now: () => number = Date.now) {
    session.on('job.status', (job) => this.note(job, now()), signal);
  }

  of(id: JobId): readonly PaceSample[] {
    return this.#samples.get(id) ?? [];
  }

  note(job: JobStatus, atMs: number): void {
    if (job.state !== 'running' || job.imagesPerSecond <= 0) return;
    const before = this.of(job.id);
    const last = before.at(-1);
    if (last && atMs - last.atMs < EVERY_MS) return;
    this.#samples = new Map(this.#samples).set(
      job.id,
      thinned([...before, { atMs, imagesPerSecond: job.imagesPerSecond }]),
    );
  }
}

/** Every other sample once there are too many; first and last stay. */
export function thinned(samples: readonly PaceSample[]): readonly PaceSample[] {
  if (samples.length <= MOST_SAMPLES) return samples;
  return samples.filter((_, i) => i % 2 === 0 || i === samples.length - 1);
}
