// The open image's document: pure functions over an immutable map of annotations.
// Both ends use them, so that an edit looks the same before and after the engine answers.
import { AppError } from '../errors.ts';
import { sameDetails } from './fields/values.ts';
import type { Annotation, AnnotationChange, AnnotationId, RleMask, Transaction } from '../types.ts';

export type Document = ReadonlyMap<AnnotationId, Annotation>;

/** Document of a list of annotations; a repeated id keeps the last. */
export function documentOf(annotations: Iterable<Annotation>): Document {
  return new Map([...annotations].map((annotation) => [annotation.id, annotation]));
}

/** Equal size and equal runs; both masks canonical. */
export function sameMask(a: RleMask, b: RleMask): boolean {
  if (a === b) return true;
  if (a.width !== b.width || a.height !== b.height || a.counts.length !== b.counts.length)
    return false;
  for (let i = 0; i < a.counts.length; i += 1) if (a.counts[i] !== b.counts[i]) return false;
  return true;
}

/** Equal in everything a person decides; box and area follow from the mask, doubt from the scores. */
export function sameAnnotation(a: Annotation | null, b: Annotation | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return (
    a.id === b.id &&
    a.categoryId === b.categoryId &&
    a.status === b.status &&
    a.origin === b.origin &&
    a.z === b.z &&
    a.locked === b.locked &&
    a.isCrowd === b.isCrowd &&
    a.edited === b.edited &&
    sameDetails(a.details, b.details) &&
    sameMask(a.mask, b.mask)
  );
}

/** Changes whose `before` is not what the document holds; empty = the transaction fits. */
export function conflicts(
  document: Document,
  changes: readonly AnnotationChange[],
): AnnotationChange[] {
  const seen = new Map<AnnotationId, Annotation | null>();
  return changes.filter((change) => {
    const current = seen.has(change.id) ? seen.get(change.id)! : (document.get(change.id) ?? null);
    seen.set(change.id, change.after);
    return !sameAnnotation(current, change.before);
  });
}

/** The document after a transaction. Throws DOC_CONFLICT when a `before` does not match. */
export function apply(document: Document, transaction: Pick<Transaction, 'changes'>): Document {
  const wrong = conflicts(document, transaction.changes);
  if (wrong.length > 0)
    throw new AppError(
      'DOC_CONFLICT',
      `${wrong.length} of ${transaction.changes.length} annotations have changed since.`,
      { data: { ids: wrong.map((change) => change.id) } },
    );
  const next = new Map(document);
  for (const change of transaction.changes) {
    if (change.after === null) next.delete(change.id);
    else next.set(change.id, change.after);
  }
  return next;
}

/** The changes that take `changes` back, last first: applied after them they give the document back. */
export function invertChanges(changes: readonly AnnotationChange[]): AnnotationChange[] {
  return changes.map(({ id, before, after }) => ({ id, before: after, after: before })).reverse();
}

/** One change per annotation with the combined effect; annotations that came and went are left out. */
export function mergeChanges(changes: readonly AnnotationChange[]): AnnotationChange[] {
  const merged = new Map<AnnotationId, AnnotationChange>();
  for (const change of changes) {
    const earlier = merged.get(change.id);
    merged.set(change.id, earlier ? { ...change, before: earlier.before } : change);
  }
  return [...merged.values()].filter((change) => !sameAnnotation(change.before, change.after));
}

/** True when `next` continues the undo step of `last`: same image, same gesture, never by time. */
export function joins(
  last: Pick<Transaction, 'imageId' | 'gestureId'> | null,
  next: Transaction,
): boolean {
  return (
    last !== null &&
    next.record === 'merge' &&
    next.gestureId !== null &&
    last.gestureId === next.gestureId &&
    last.imageId === next.imageId
  );
}

/** Annotations from back to front; equal z falls back to the id, so that every client agrees. */
export function inDrawingOrder(document: Document): Annotation[] {
  return [...document.values()].sort((a, b) => a.z - b.z || (a.id < b.id ? -1 : 1));
}
