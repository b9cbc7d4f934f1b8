// What the page shows of a job, counted from its items.
import type { ImageId, JobId } from '../../api/types.ts';
import type { ErrorPayload } from '../../api/errors.ts';
import type { ItemOutcome, JobStatus } from '../../api/job.ts';
import type { Store } from '../project/database/store.ts';
import { errorOf } from '../project/database/storedError.ts';
import { storedJson } from '../project/database/storedJson.ts';
import type { JobRow } from './rows.ts';

/** What the page shows of a job; rates come from the runner while it runs. */
export function jobStatus(
  store: Store,
  row: JobRow,
  live: { imagesPerSecond: number; secondsLeft: number | null } | null,
): JobStatus {
  const counts: Record<ItemOutcome, number> = {
    pending: 0,
    running: 0,
    done: 0,
    empty: 0,
    failed: 0,
    skipped: 0,
  };
  let proposals = 0;
  let doubtful = 0;
  for (const item of store.all<{ outcome: ItemOutcome; n: number; p: number; d: number }>(
    `SELECT outcome, count(*) AS n, sum(proposals) AS p, sum(doubtful > 0) AS d
     FROM job_item WHERE job_id = ? GROUP BY outcome`,
    row.id,
  )) {
    counts[item.outcome] = item.n;
    proposals += item.p;
    doubtful += item.d;
  }
  const latest = store.all<{ image_id: number }>(
    `SELECT image_id FROM job_item WHERE job_id = ? AND outcome IN ('done', 'empty')
     ORDER BY finished_at DESC LIMIT 8`,
    row.id,
  );
  const finished = counts.done + counts.empty + counts.failed + counts.skipped;
  return {
    id: row.id as JobId,
    state: row.state,
    reason: reasonOf(row),
    total: finished + counts.pending + counts.running,
    done: counts.done,
    empty: counts.empty,
    failed: counts.failed,
    skipped: counts.skipped,
    doubtful,
    proposals,
    imagesPerSecond:
      live?.imagesPerSecond ??
      (row.busy_ms > 0 ? (counts.done + counts.empty) / (row.busy_ms / 1000) : 0),
    secondsLeft: live?.secondsLeft ?? null,
    provider: row.provider,
    stageMs: storedJson<{ [stage: string]: number }>(
      row.stage_ms,
      'object',
      `the times of job ${row.id}`,
    ),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    interruptions: storedJson<string[]>(
      row.interruptions,
      'list',
      `the interruptions of job ${row.id}`,
    ),
    latest: latest.map((item) => item.image_id as ImageId),
    classNames: storedJson<string[]>(row.class_names, 'list', `the classes of job ${row.id}`),
    owner: row.owner,
  };
}

function reasonOf(row: JobRow): ErrorPayload | null {
  const { reason: message, reason_code: code, reason_data: data } = row;
  return message === null ? null : errorOf({ message, code, data }, `the reason of job ${row.id}`);
}
