// What a runner of batch jobs offers, apart from how it does it.
import type { JobId } from '../api/types.ts';
import type { BatchRequest, JobStatus } from '../api/job.ts';

export interface JobRunner {
  /** Starts a job, or goes on with the same one when it was started before and is not finished. */
  start(request: BatchRequest, owner: JobStatus['owner']): Promise<JobStatus>;
  /** Lets the images in flight finish. */
  pause(id: JobId): JobStatus;
  resume(id: JobId): JobStatus;
  /** Stops at once; what is done stays. */
  cancel(id: JobId): JobStatus;
  remove(id: JobId): void;
  retryFailed(id: JobId): JobStatus;
  list(): JobStatus[];
  status(id: JobId): JobStatus;
  /** Runs something a person waits for; no new batch image is begun meanwhile. */
  interactive<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when the job neither runs nor waits. */
  settled(id: JobId): Promise<JobStatus>;
  /** Puts images in flight back and pauses the running job. */
  stop(): Promise<void>;
}
