// Figures of a job that several parts of its screen show.
import type { JobStatus } from '../../../../electron/api/job.ts';

/** Images that have ended, whatever way. */
export function endedOf(job: JobStatus): number {
  return job.done + job.empty + job.failed + job.skipped;
}

/** Share of images that have ended, 0-1. */
export function shareOf(job: JobStatus): number {
  return job.total === 0 ? 1 : endedOf(job) / job.total;
}

/** Waiting, running or paused: there is more to come. */
export function isOpen(job: JobStatus): boolean {
  return job.state === 'running' || job.state === 'waiting' || job.state === 'paused';
}

/** Stages in the order in which an image goes through them; others follow. */
const STAGES = [
  'decode',
  'preprocess',
  'encode',
  'match',
  'explain',
  'maps',
  'edges',
  'doubt',
  'refine',
  'save',
];

/** Mean milliseconds of each stage for one image that the model saw. */
export function stagesOf(
  job: JobStatus,
): readonly { readonly stage: string; readonly ms: number }[] {
  const images = job.done + job.empty;
  if (images === 0) return [];
  return Object.entries(job.stageMs)
    .filter(([stage, ms]) => stage !== 'total' && ms > 0)
    .sort(([a], [b]) =>
      STAGES.includes(a) && STAGES.includes(b)
        ? STAGES.indexOf(a) - STAGES.indexOf(b)
        : Number(STAGES.includes(b)) - Number(STAGES.includes(a)),
    )
    .map(([stage, ms]) => ({ stage, ms: ms / images }));
}
