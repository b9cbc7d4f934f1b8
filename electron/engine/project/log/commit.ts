// The one way annotations change: a transaction is checked against what is stored, applied, counted
// and logged in one database transaction, which is on the disk when the call returns.
import { conflicts, joins, mergeChanges } from '../../../api/rules/document.ts';
import { tidied } from '../../../api/rules/fields/values.ts';
import { AppError } from '../../../api/errors.ts';
import type {
  Annotation,
  AnnotationChange,
  AnnotationId,
  ImageId,
  ImageRecord,
  JobId,
  Revision,
  Transaction,
} from '../../../api/types.ts';
import { annotationById, deleteAnnotation, recount, writeAnnotation } from '../annotations.ts';
import { reviveCategory } from '../classes/categories.ts';
import { encodeChanges } from './changeBlob.ts';
import type { LogMark } from './history.ts';
import { imageRecord, imageRow } from '../images/images.ts';
import { measureMask } from '../../../masks/runs/measure.ts';
import type { Store } from '../database/store.ts';

export interface CommitContext {
  readonly clientId: string;
  /** ISO time. */
  readonly at: string;
  /** The last undoable step, which a gesture may join. */
  readonly lastStep: number | null;
  /** For undo and redo: the step that this commit takes back or brings again. */
  readonly turn?: { readonly kind: 'undo' | 'redo'; readonly target: number };
  /** For bulk actions over images: the step that this commit belongs to; 0 starts one. */
  readonly step?: number;
  readonly jobId?: JobId;
  /** Model proposals and imports are too many to log with their masks. */
  readonly keepChanges?: boolean;
}

export interface Committed {
  readonly revision: Revision;
  readonly mark: LogMark;
  /** As stored: boxes and areas follow from the masks. */
  readonly transaction: Transaction;
  readonly image: ImageRecord;
  /** The same txId was committed before; nothing was done. */
  readonly repeated: boolean;
}

/** Commits one transaction. Throws DOC_CONFLICT, IMAGE_UNKNOWN, CATEGORY_UNKNOWN, BAD_REQUEST. */
export function commit(store: Store, transaction: Transaction, context: CommitContext): Committed {
  return store.transaction(() => {
    const earlier = store.get<LogMark>(
      'SELECT revision, step, kind, target, client_id AS clientId FROM log WHERE tx_id = ?',
      transaction.txId,
    );
    if (earlier)
      return {
        revision: earlier.revision as Revision,
        mark: earlier,
        transaction,
        image: imageRecord(store, transaction.imageId),
        repeated: true,
      };

    const image = imageRow(store, transaction.imageId);
    const changes = transaction.changes.map((change) => normalised(change, image));
    const current = currentOf(store, transaction.imageId, changes);
    const wrong = conflicts(current, changes);
    if (wrong.length > 0)
      throw new AppError(
        'DOC_CONFLICT',
        `${wrong.length} of ${changes.length} annotations of ${image.name} have changed since; load the image again.`,
        { data: { ids: wrong.map((change) => change.id), revision: image.revision } },
      );

    writeChanges(store, transaction.imageId, changes, context.jobId ?? null);
    const stored: Transaction = { ...transaction, changes };
    const mark = logged(store, stored, context);
    return {
      revision: mark.revision as Revision,
      mark,
      transaction: stored,
      image: imageRecord(store, transaction.imageId),
      repeated: false,
    };
  });
}

function writeChanges(
  store: Store,
  imageId: ImageId,
  changes: readonly AnnotationChange[],
  jobId: JobId | null,
): void {
  const revived = new Set<number>();
  for (const { id, after } of mergeChangesKeepingScores(changes)) {
    if (after === null) {
      deleteAnnotation(store, id);
      continue;
    }
    if (!revived.has(after.categoryId)) {
      reviveCategory(store, after.categoryId);
      revived.add(after.categoryId);
    }
    writeAnnotation(store, imageId, after, jobId);
  }
  recount(store, imageId);
}

/** Writes a transaction into the log as a step or a part of one. */
function logged(store: Store, transaction: Transaction, context: CommitContext): LogMark {
  const { turn, clientId, at, keepChanges } = context;
  const { txId, imageId, origin, gestureId, label, changes } = transaction;
  const kind = turn?.kind ?? (transaction.record === 'never' ? 'note' : 'do');
  const target = turn?.target ?? null;
  const { lastId: revision } = store.run(
    `INSERT INTO log(tx_id, image_id, step, kind, target, origin, gesture_id, client_id, at, label, changes)
     VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)`,
    txId,
    imageId,
    kind,
    target,
    origin,
    gestureId,
    clientId,
    at,
    label,
    keepChanges === false ? null : encodeChanges(changes),
  );
  const step =
    context.step || (kind === 'do' && stepToJoin(store, transaction, context.lastStep)) || revision;
  store.run('UPDATE log SET step = ? WHERE revision = ?', step, revision);
  store.run('UPDATE image SET revision = ? WHERE id = ?', revision, imageId);
  return { revision, step, kind, target, clientId };
}

/** What the project holds for the annotations that `changes` name. */
export function currentOf(
  store: Store,
  imageId: ImageId,
  changes: readonly AnnotationChange[],
): Map<AnnotationId, Annotation> {
  const current = new Map<AnnotationId, Annotation>();
  for (const { id } of changes) {
    if (current.has(id)) continue;
    const found = annotationById(store, id);
    if (!found) continue;
    if (found.imageId !== imageId)
      throw new AppError('DOC_CONFLICT', `Annotation ${id} belongs to another image.`);
    current.set(id, found.annotation);
  }
  return current;
}

function stepToJoin(
  store: Store,
  transaction: Transaction,
  lastStep: number | null,
): number | null {
  if (lastStep === null || transaction.record !== 'merge') return null;
  const last = store.get<{ imageId: ImageId; gestureId: string | null; revision: number }>(
    `SELECT image_id AS imageId, gesture_id AS gestureId, revision FROM log
     WHERE step = ? AND kind = 'do' ORDER BY revision DESC LIMIT 1`,
    lastStep,
  );
  if (!last || !joins(last, transaction)) return null;
  // A step that was undone or redone in between is closed.
  const since = store.get<{ n: number }>(
    "SELECT count(*) AS n FROM log WHERE revision > ? AND kind IN ('undo', 'redo')",
    last.revision,
  )!.n;
  return since === 0 ? lastStep : null;
}

/** Nothing derived is taken on trust: size, box and area come from the image and the mask; details have one form. */
function normalised(
  change: AnnotationChange,
  image: { name: string; width: number; height: number },
): AnnotationChange {
  if (change.after === null) return change;
  const { details: said, ...after } = change.after;
  const { width, height } = after.mask;
  if (image.width > 0 && (width !== image.width || height !== image.height))
    throw new AppError(
      'BAD_REQUEST',
      `The mask of ${change.id} is ${width} x ${height}, but ${image.name} is ${image.width} x ${image.height}.`,
    );
  const { area, box } = measureMask(after.mask);
  if (area === 0)
    throw new AppError(
      'BAD_REQUEST',
      `The mask of ${change.id} has no pixels; delete the annotation instead.`,
    );
  const details = tidied(said);
  return { ...change, after: { ...after, area, box, ...(details ? { details } : {}) } };
}

/** Like mergeChanges, but a change of scores alone (same mask, new match) is still written. */
function mergeChangesKeepingScores(changes: readonly AnnotationChange[]): AnnotationChange[] {
  if (new Set(changes.map((change) => change.id)).size === changes.length) return [...changes];
  return mergeChanges(changes);
}
