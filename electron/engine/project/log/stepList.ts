// Steps of the log as people read them: what each was called, on which image, when.
import type { ImageId } from '../../../api/types.ts';
import type { Store } from '../database/store.ts';

export interface StepRow {
  readonly step: number;
  readonly label: string;
  readonly image_id: number;
  readonly at: string;
}

/** Latest steps first, of one image or of all. */
export function latestSteps(store: Store, imageId: ImageId | null, limit: number): StepRow[] {
  return store.all<StepRow>(
    `SELECT step, label, image_id, at, max(revision) FROM log
     WHERE kind = 'do' ${imageId === null ? '' : 'AND image_id = ?'}
     GROUP BY step ORDER BY step DESC LIMIT ?`,
    ...(imageId === null ? [] : [imageId]),
    limit,
  );
}

/** What a step is called now; null for a step that the log does not have. */
export function stepLabel(store: Store, step: number): string | null {
  return (
    store.get<{ label: string }>(
      'SELECT label FROM log WHERE step = ? ORDER BY revision DESC LIMIT 1',
      step,
    )?.label ?? null
  );
}
