// Annotation rows: reading, writing and the counts per image that follow from them.
import { doubtOf } from '../../api/rules/doubt.ts';
import { AppError } from '../../api/errors.ts';
import type {
  Annotation,
  AnnotationId,
  CategoryId,
  ImageId,
  JobId,
  RunId,
} from '../../api/types.ts';
import type { Details } from '../../api/rules/fields/fields.ts';
import { isDetails } from '../../api/rules/fields/values.ts';
import { decodeMask, encodeMask } from './maskBlob.ts';
import { IMAGE_STATUS_CODES, ORIGIN_CODES, STATUS_CODES } from './database/schema.ts';
import type { Store } from './database/store.ts';
import { storedAs, storedJson } from './database/storedJson.ts';
import { storedLead } from './lead.ts';

export interface AnnotationRow {
  seq: number;
  id: string;
  image_id: number;
  category_id: number;
  status: number;
  origin: number;
  width: number;
  height: number;
  box_x: number;
  box_y: number;
  box_w: number;
  box_h: number;
  area: number;
  z: number;
  locked: number;
  crowd: number;
  edited: number;
  match: number | null;
  margin: number | null;
  crf_change: number | null;
  unsteady: number | null;
  doubtful: number;
  doubt: number;
  run_id: string | null;
  job_id: string | null;
  extra: string;
  details: string | null;
  lead: string | null;
  mask: Uint8Array;
}

/** All columns but the mask, for lists that show none. */
export const FIGURES =
  'seq, annotation.id, image_id, category_id, annotation.status, origin, annotation.width, annotation.height, box_x, box_y, box_w, box_h, area, z, locked, crowd, edited, match, margin, crf_change, unsteady, annotation.doubtful, annotation.doubt, run_id, job_id, annotation.extra, details, lead';

/** Annotations of one image, back to front. */
export function annotationsOf(store: Store, imageId: ImageId): Annotation[] {
  return store
    .all<AnnotationRow>('SELECT * FROM annotation WHERE image_id = ? ORDER BY z, id', imageId)
    .map(toAnnotation);
}

/** The class of the proposal that is decided first. */
export function mostDoubtfulClass(store: Store, imageId: ImageId): CategoryId | null {
  const found = store.get<{ id: CategoryId }>(
    `SELECT category_id AS id FROM annotation WHERE image_id = ? AND status = 0
     ORDER BY doubt DESC, area DESC LIMIT 1`,
    imageId,
  );
  return found?.id ?? null;
}

/** One annotation with its image; null when there is none. */
export function annotationById(
  store: Store,
  id: AnnotationId,
): { annotation: Annotation; imageId: ImageId; jobId: JobId | null } | null {
  const row = store.get<AnnotationRow>('SELECT * FROM annotation WHERE id = ?', id);
  return row
    ? {
        annotation: toAnnotation(row),
        imageId: row.image_id as ImageId,
        jobId: row.job_id as JobId | null,
      }
    : null;
}

/** Inserts or replaces. Throws when the id belongs to another image. */
export function writeAnnotation(
  store: Store,
  imageId: ImageId,
  annotation: Annotation,
  jobId: JobId | null,
): void {
  const { changes } = store.run(
    `INSERT INTO annotation(id, image_id, category_id, status, origin, width, height, box_x, box_y, box_w, box_h,
       area, z, locked, crowd, edited, match, margin, crf_change, unsteady, doubtful, doubt, run_id, job_id, extra, details, lead, mask)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(id) DO UPDATE SET category_id = excluded.category_id, status = excluded.status,
       origin = excluded.origin, width = excluded.width, height = excluded.height, box_x = excluded.box_x,
       box_y = excluded.box_y, box_w = excluded.box_w, box_h = excluded.box_h, area = excluded.area,
       z = excluded.z, locked = excluded.locked, crowd = excluded.crowd, edited = excluded.edited,
       match = excluded.match, margin = excluded.margin, crf_change = excluded.crf_change, unsteady = excluded.unsteady, doubtful = excluded.doubtful, doubt = excluded.doubt,
       run_id = excluded.run_id, job_id = coalesce(excluded.job_id, annotation.job_id),
       extra = excluded.extra, details = excluded.details, lead = excluded.lead, mask = excluded.mask
     WHERE annotation.image_id = excluded.image_id`,
    annotation.id,
    imageId,
    annotation.categoryId,
    STATUS_CODES[annotation.status],
    ORIGIN_CODES[annotation.origin],
    annotation.mask.width,
    annotation.mask.height,
    ...annotation.box,
    annotation.area,
    annotation.z,
    Number(annotation.locked),
    Number(annotation.isCrowd),
    Number(annotation.edited),
    annotation.match,
    annotation.margin,
    annotation.crfChange,
    annotation.unsteady ?? null,
    Number(annotation.doubtful),
    doubtOf(annotation),
    annotation.runId,
    jobId,
    JSON.stringify(annotation.extra),
    annotation.details ? JSON.stringify(annotation.details) : null,
    annotation.lead ? JSON.stringify(annotation.lead) : null,
    encodeMask(annotation.mask),
  );
  if (changes === 0)
    throw new AppError(
      'DOC_CONFLICT',
      `Annotation ${annotation.id} belongs to another image than ${imageId}.`,
    );
}

export function deleteAnnotation(store: Store, id: AnnotationId): void {
  store.run('DELETE FROM annotation WHERE id = ?', id);
}

/** Brings the counts and the status of images in line with their annotations. */
export function recount(store: Store, imageId: ImageId): void {
  const counts = store.get<{
    accepted: number;
    rejected: number;
    proposals: number;
    doubtful: number;
    doubt: number;
  }>(
    `SELECT coalesce(sum(status = 1), 0) AS accepted, coalesce(sum(status = 2), 0) AS rejected,
       coalesce(sum(status = 0), 0) AS proposals, coalesce(sum(status = 0 AND doubtful), 0) AS doubtful,
       coalesce(max(CASE WHEN status = 0 THEN doubt END), 0) AS doubt
     FROM annotation WHERE image_id = ?`,
    imageId,
  )!;
  store.run(
    'UPDATE image SET accepted = ?, rejected = ?, proposals = ?, doubtful = ?, doubt = ? WHERE id = ?',
    counts.accepted,
    counts.rejected,
    counts.proposals,
    counts.doubtful,
    counts.doubt,
    imageId,
  );
  store.run(
    `UPDATE image SET
       found_nothing = CASE WHEN accepted + rejected + proposals > 0 THEN 0 ELSE found_nothing END,
       status = CASE WHEN mark = 2 THEN ${IMAGE_STATUS_CODES.reviewed}
         WHEN mark = 1 OR accepted + rejected > 0 THEN ${IMAGE_STATUS_CODES.inProgress}
         WHEN proposals > 0 THEN ${IMAGE_STATUS_CODES.proposals}
         ELSE ${IMAGE_STATUS_CODES.untouched} END
     WHERE id = ?`,
    imageId,
  );
}

export function toAnnotation(row: AnnotationRow): Annotation {
  return { ...toFigures(row), mask: decodeMask(row.mask, row.width, row.height) };
}

/** A row of FIGURES as an annotation without its mask. */
export function toFigures(row: Omit<AnnotationRow, 'mask'>): Omit<Annotation, 'mask'> {
  return {
    id: row.id as AnnotationId,
    categoryId: row.category_id as CategoryId,
    status: row.status === 0 ? 'proposal' : row.status === 1 ? 'accepted' : 'rejected',
    origin: row.origin === 0 ? 'user' : row.origin === 1 ? 'model' : 'import',
    box: [row.box_x, row.box_y, row.box_w, row.box_h],
    area: row.area,
    z: row.z,
    locked: row.locked === 1,
    isCrowd: row.crowd === 1,
    edited: row.edited === 1,
    match: row.match,
    margin: row.margin,
    crfChange: row.crf_change,
    ...(row.unsteady === null ? {} : { unsteady: row.unsteady }),
    doubtful: row.doubtful === 1,
    runId: row.run_id as RunId | null,
    extra: storedJson(row.extra, 'any', `the extra data of annotation ${row.id}`),
    ...storedDetails(row),
    ...storedLead(row),
  };
}

function storedDetails({ id, details }: Omit<AnnotationRow, 'mask'>): { details?: Details } {
  return details === null
    ? {}
    : { details: storedAs(details, isDetails, `what is said of annotation ${id}`) };
}

/** A proposal that nobody has worked on: the only kind that may be replaced. */
export function isUntouchedProposal(annotation: Annotation): boolean {
  return (
    annotation.status === 'proposal' &&
    annotation.origin === 'model' &&
    !annotation.edited &&
    !annotation.locked &&
    annotation.details === undefined
  );
}
