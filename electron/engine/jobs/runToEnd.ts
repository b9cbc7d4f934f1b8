// A job from its start to its end for whoever waits for it, e.g. a command: told now and then how far it
// is, paused when asked to stop.
import { AppError } from '../../api/errors.ts';
import type { BatchRequest, JobStatus } from '../../api/job.ts';
import type { EngineContext } from '../context.ts';

const EVERY_STATUS_MS = 200;

export interface RunToEnd {
  /** Pauses the job; what is in flight is finished. */
  readonly signal: AbortSignal;
  /** Also images that failed in an earlier run. */
  readonly retryFailed?: boolean | undefined;
  readonly onStatus?: ((job: JobStatus) => void) | undefined;
}

/** Starts a job or goes on with it. Throws JOB_STATE when it stopped and nobody asked it to. */
export async function runToEnd(
  context: Pick<EngineContext, 'open'>,
  request: BatchRequest,
  { signal, retryFailed, onStatus }: RunToEnd,
): Promise<JobStatus> {
  const jobs = context.open.jobs();
  let job = await jobs.start(request, 'commandLine');
  if (job.state === 'paused') job = jobs.resume(job.id);
  if (retryFailed && job.failed > 0) job = jobs.retryFailed(job.id);
  const show = () => onStatus?.(jobs.status(job.id));
  const timer = onStatus ? setInterval(show, EVERY_STATUS_MS) : null;
  const stop = () => jobs.pause(job.id);
  signal.addEventListener('abort', stop, { once: true });
  try {
    job = await jobs.settled(job.id);
  } finally {
    if (timer) clearInterval(timer);
    signal.removeEventListener('abort', stop);
  }
  show();
  if (job.state !== 'done' && !signal.aborted) {
    throw new AppError(
      'JOB_STATE',
      `The job stopped: ${(job.reason?.message ?? job.state).replace(/\.$/, '')}. What is done is kept; run the same command again to go on.`,
    );
  }
  return job;
}
