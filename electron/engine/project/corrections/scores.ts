// How far settings fit the accepted masks of an image, remembered until the image, its run or what no setting changes
// is another one. All of it can be made again.
import type { ImageId, RunId } from '../../../api/types.ts';
import { storedJson } from '../database/storedJson.ts';
import type { Store } from '../database/store.ts';

/** What the figures are of. */
export interface ScoredImage {
  readonly imageId: ImageId;
  readonly revision: number;
  readonly runId: RunId;
  /** Stands for all that the settings leave as it is. */
  readonly base: string;
}

/** Overlaps of the judged classes, by setting. */
export type SettingScores = Readonly<Record<string, readonly number[]>>;

/** What is known of an image with so many judged classes. */
export function knownScores(
  store: Store,
  { imageId, revision, runId, base }: ScoredImage,
  classes: number,
): Record<string, readonly number[]> {
  const stored = store.get<{ scores: string }>(
    `SELECT scores FROM correction_evidence
     WHERE image_id = ? AND run_id = ? AND revision = ? AND settings = ?`,
    imageId,
    runId,
    revision,
    base,
  );
  const known = stored
    ? storedJson<SettingScores>(stored.scores, 'object', 'the figures of settings')
    : {};
  return Object.fromEntries(
    Object.entries(known).filter(
      ([, scores]) =>
        Array.isArray(scores) &&
        scores.length === classes &&
        scores.every((score) => Number.isFinite(score)),
    ),
  );
}

export function keepScores(
  store: Store,
  { imageId, revision, runId, base }: ScoredImage,
  scores: SettingScores,
): void {
  store.relaxed(() =>
    store.run(
      `INSERT INTO correction_evidence(image_id, run_id, revision, settings, scores)
       VALUES (?, ?, ?, ?, ?) ON CONFLICT(image_id) DO UPDATE SET run_id = excluded.run_id,
         revision = excluded.revision, settings = excluded.settings, scores = excluded.scores`,
      imageId,
      runId,
      revision,
      base,
      JSON.stringify(scores),
    ),
  );
}
