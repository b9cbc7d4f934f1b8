// Whether settings are compared again by themselves: after every few images that are finished, later after more.
import type { KeptFit } from './stored.ts';

const EVERY = 4;
/** From here on every tenth image is enough. */
const OFTEN_UNTIL = 20;
const LATER_EVERY = 10;

/** Numbers of finished images at which settings are compared: 4, 8, 12, 16, 20, 30, 40 and so on. */
const milestone = (finished: number): number =>
  finished <= OFTEN_UNTIL
    ? finished - (finished % EVERY)
    : Math.max(OFTEN_UNTIL, finished - (finished % LATER_EVERY));

/** What is known of a project that is not looked at. */
export interface Known {
  /** Images that are finished now, and were when a comparison failed; 0: none did. */
  readonly finished: number;
  readonly failedAt: number;
  readonly latest: Pick<KeptFit, 'images' | 'state' | 'fit'> | null;
}

/** Enough images were finished since it was looked at last, or a question of edges was answered. */
export function isDue({ finished, failedAt, latest }: Known): boolean {
  const answered =
    latest?.fit.report.verdict === 'edges' &&
    (latest.state === 'used' || latest.state === 'declined');
  if (milestone(finished) === 0 || failedAt >= finished) return false;
  return answered || milestone(finished) > milestone(latest?.images ?? 0);
}
