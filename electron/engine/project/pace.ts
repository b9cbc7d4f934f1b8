// How fast a person gets on, from the log of steps: time for each reviewed image, steps for each mask.
import type { Pace } from '../../api/methods/project.ts';
import type { ImageFilter } from '../../api/job.ts';
import type { ImageId } from '../../api/types.ts';
import { IMAGE_STATUS_CODES, STATUS_CODES } from './database/schema.ts';
import type { Store } from './database/store.ts';
import { imageIds } from './images/images.ts';

/** A pause longer than this counts as absence; its time belongs to no image. */
export const PAUSE_MS = 120_000;
/** Newest rows of the log that are looked at: a project of years answers as fast as a new one. */
const NEWEST_ROWS = 100_000;

interface Row {
  readonly image: ImageId;
  readonly step: number;
  readonly at: string;
  readonly client: string;
}

/**
 * Of the reviewed images that fit the filter and on which a person took a step. The time before a step,
 * since the same window's last one, is the time of the step's image.
 */
export function paceOf(store: Store, filter: ImageFilter): Pace {
  const rows = store.all<Row>(
    `SELECT image_id AS image, step, at, client_id AS client FROM log
     WHERE revision > (SELECT coalesce(max(revision), 0) FROM log) - ?
       AND origin = 'user' AND image_id > 0 ORDER BY revision`,
    NEWEST_ROWS,
  );
  const wanted = reviewedOf(store, filter);
  const images = new Set<ImageId>();
  const steps = new Set<number>();
  const lastAt = new Map<string, number>();
  let spentMs = 0;
  for (const { image, step, at, client } of rows) {
    const now = Date.parse(at);
    const sinceMs = now - (lastAt.get(client) ?? -Infinity);
    lastAt.set(client, now);
    if (!wanted.has(image)) continue;
    images.add(image);
    steps.add(step);
    if (sinceMs > 0 && sinceMs <= PAUSE_MS) spentMs += sinceMs;
  }
  const masks = acceptedOn(store, images);
  return {
    images: images.size,
    secondsPerImage: spentMs === 0 ? null : spentMs / 1000 / images.size,
    masks,
    stepsPerMask: masks === 0 ? null : steps.size / masks,
  };
}

function reviewedOf(store: Store, filter: ImageFilter): ReadonlySet<ImageId> {
  const reviewed = store
    .all<{ id: ImageId }>('SELECT id FROM image WHERE status = ?', IMAGE_STATUS_CODES.reviewed)
    .map(({ id }) => id);
  if (Object.keys(filter).length === 0) return new Set(reviewed);
  const fitting = new Set(imageIds(store, filter));
  return new Set(reviewed.filter((id) => fitting.has(id)));
}

function acceptedOn(store: Store, images: ReadonlySet<ImageId>): number {
  const [row] = store.all<{ n: number }>(
    `SELECT count(*) AS n FROM annotation
     WHERE status = ? AND image_id IN (SELECT value FROM json_each(?))`,
    STATUS_CODES.accepted,
    JSON.stringify([...images]),
  );
  return row?.n ?? 0;
}
