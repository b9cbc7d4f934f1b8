// Methods of batch jobs.
import type { BenchmarkSummary } from '../benchmark.ts';
import type { EdgeSummary } from '../clicks/edges.ts';
import type { Annotation, ImageRecord, JobId } from '../types.ts';
import type { BatchRequest, JobFailure, JobStatus } from '../job.ts';
import type { RunSummary } from '../run.ts';
import type { Method, None, Progress } from './method.ts';

export interface JobMethods {
  'job.preview': Method<
    { request: BatchRequest; sample: number },
    {
      images: readonly {
        image: ImageRecord;
        url: string;
        run: RunSummary;
        proposals: readonly Annotation[];
      }[];
      secondsPerImage: number;
      provider: string;
      changes: {
        readonly images: number;
        readonly proposalsReplaced: number;
        readonly skipped: number;
      };
    },
    Progress
  >;
  'job.count': Method<
    { request: BatchRequest },
    { images: number; proposalsReplaced: number; skipped: number; accepted: number }
  >;
  'job.start': Method<{ request: BatchRequest }, { job: JobStatus }>;
  'job.pause': Method<{ id: JobId }, { job: JobStatus }>;
  'job.resume': Method<{ id: JobId }, { job: JobStatus }>;
  'job.cancel': Method<{ id: JobId }, { job: JobStatus }>;
  'job.remove': Method<{ id: JobId }, None>;
  'job.list': Method<None, { jobs: readonly JobStatus[] }>;
  'job.failures': Method<
    { id: JobId; cursor: number; limit: number },
    { total: number; failures: readonly JobFailure[] }
  >;
  /** What a click model made of the edges of its images; null where none was asked. */
  'job.edges': Method<{ id: JobId }, { edges: EdgeSummary | null }>;
  'job.retryFailed': Method<{ id: JobId }, { job: JobStatus }>;
  /** The report of a job that was a benchmark; null for other jobs. */
  'job.benchmark': Method<{ id: JobId }, { benchmark: BenchmarkSummary | null }>;
  /** Opens its page in the system's browser, where the host can. */
  'job.openReport': Method<{ id: JobId }, None>;
}
