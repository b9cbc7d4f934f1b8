// How far a download is, in numbers and words.
import type { ProgressOf } from '../../../../../electron/api/methods.ts';
import { bytes, clauses, duration, percent } from '../../../text/plural.ts';
import { text } from '../../../text/text.ts';

type Arriving = ProgressOf<'model.install'>;

/** 0-1; null before the size is known. */
export function shareOf(progress: Arriving | null): number | null {
  return progress && progress.totalBytes > 0 ? progress.receivedBytes / progress.totalBytes : null;
}

const isFetching = (progress: Arriving | null): progress is Arriving =>
  progress !== null && progress.stage === 'fetching' && progress.bytesPerSecond > 0;

const stageOf = (progress: Arriving | null): string =>
  text.models.stages[progress?.stage ?? 'listing'] ?? '';

function leftOf({ totalBytes, receivedBytes, bytesPerSecond }: Arriving): string {
  return duration(Math.max(1000, ((totalBytes - receivedBytes) / bytesPerSecond) * 1000));
}

/** "22 MB/s, 24 s", or what is done instead. */
export function paceOf(progress: Arriving | null): string {
  if (!isFetching(progress)) return stageOf(progress);
  return text.models.speed(bytes(progress.bytesPerSecond), leftOf(progress));
}

/** "0.37 GB of 0.90 GB, 24 s left", or what is done instead. */
export function arrivedOf(progress: Arriving | null): string {
  if (!isFetching(progress)) return stageOf(progress);
  const { receivedBytes, totalBytes } = progress;
  return text.models.arrived(bytes(receivedBytes), bytes(totalBytes), leftOf(progress));
}

/** "41 %, 22 MB/s", or what is done instead; for the status line. */
export function briefOf(progress: Arriving | null): string {
  const share = shareOf(progress);
  const pace = isFetching(progress)
    ? text.models.perSecond(bytes(progress.bytesPerSecond))
    : stageOf(progress);
  return share === null ? pace : clauses(percent(share), pace);
}
