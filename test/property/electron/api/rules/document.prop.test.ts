// The document's algebra: apply and invert cancel out, and random histories agree with a naive model.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apply,
  conflicts,
  documentOf,
  invertChanges,
  joins,
  mergeChanges,
} from '../../../../../electron/api/rules/document.ts';
import type { Document } from '../../../../../electron/api/rules/document.ts';
import type {
  Annotation,
  AnnotationChange,
  AnnotationId,
  ImageId,
  Transaction,
} from '../../../../../electron/api/types.ts';
import {
  annotationWith,
  rectangle,
  transactionWith,
} from '../../../../helpers/drivers/engineBench.ts';

const IDS = ['a', 'b', 'c', 'd'];

const annotation = (id: string) =>
  fc
    .record({
      x: fc.integer({ min: 0, max: 5 }),
      width: fc.integer({ min: 1, max: 3 }),
      z: fc.integer({ min: 0, max: 3 }),
      category: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ x, width, z, category }) =>
      annotationWith(id, category, rectangle(x, 0, width, 2), { z }),
    );

/** A change of one id to something or nothing; `before` is filled in against a document. */
const wish = fc
  .constantFrom(...IDS)
  .chain((id) => fc.tuple(fc.constant(id), fc.option(annotation(id), { nil: null })));

function changesFor(
  document: Document,
  wishes: readonly (readonly [string, Annotation | null])[],
): AnnotationChange[] {
  const now = new Map(document);
  return wishes.flatMap(([name, after]) => {
    const id = name as AnnotationId;
    const before = now.get(id) ?? null;
    if (before === null && after === null) return [];
    if (after) now.set(id, after);
    else now.delete(id);
    return [{ id, before, after }];
  });
}

const transactionOf = (changes: readonly AnnotationChange[]): Transaction =>
  transactionWith('t', 1 as ImageId, changes);

describe('document', () => {
  it('is as before after a transaction and its inverse', () => {
    fc.assert(
      fc.property(fc.array(wish), fc.array(wish), (start, wishes) => {
        const document = apply(documentOf([]), {
          changes: changesFor(documentOf([]), start),
        });
        const transaction = transactionOf(changesFor(document, wishes));
        const there = apply(document, transaction);
        expect(apply(there, { changes: invertChanges(transaction.changes) })).toEqual(document);
      }),
    );
  });

  it('agrees with a naive list of states over random edits, undos and redos', () => {
    const step = fc.oneof(
      fc
        .array(wish, { minLength: 1, maxLength: 4 })
        .map((wishes) => ({ kind: 'do', wishes }) as const),
      fc.constant({ kind: 'undo' } as const),
      fc.constant({ kind: 'redo' } as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let document: Document = documentOf([]);
        const done: Transaction[] = [];
        const undone: Transaction[] = [];
        const states: Document[] = [document];
        let at = 0;
        for (const one of steps) {
          if (one.kind === 'do') {
            const transaction = transactionOf(changesFor(document, one.wishes));
            document = apply(document, transaction);
            done.push(transaction);
            undone.length = 0;
            states.splice(at + 1);
            states.push(document);
            at += 1;
          } else if (one.kind === 'undo' && done.length > 0) {
            const last = done.pop()!;
            document = apply(document, { changes: invertChanges(last.changes) });
            undone.push(last);
            at -= 1;
          } else if (one.kind === 'redo' && undone.length > 0) {
            const next = undone.pop()!;
            document = apply(document, next);
            done.push(next);
            at += 1;
          }
          expect(document).toEqual(states[at]);
        }
      }),
    );
  });

  it('merges changes to one per annotation with the same effect', () => {
    fc.assert(
      fc.property(fc.array(wish), fc.array(wish), (start, wishes) => {
        const document = apply(documentOf([]), { changes: changesFor(documentOf([]), start) });
        const changes = changesFor(document, wishes);
        const merged = mergeChanges(changes);
        expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length);
        expect(apply(document, { changes: merged })).toEqual(apply(document, { changes }));
      }),
    );
  });

  it('refuses a change whose before is not there and names it', () => {
    const a = annotationWith('a', 1, rectangle(0, 0, 1, 1));
    const b = annotationWith('a', 1, rectangle(0, 0, 2, 1));
    const document = documentOf([a]);
    expect(conflicts(document, [{ id: a.id, before: b, after: null }])).toHaveLength(1);
    expect(conflicts(document, [{ id: a.id, before: null, after: b }])).toHaveLength(1);
    expect(() => apply(document, { changes: [{ id: a.id, before: b, after: null }] })).toThrow(
      /changed since/,
    );
    expect(conflicts(document, [{ id: a.id, before: { ...a }, after: b }])).toEqual([]);
  });

  it('joins edits of one gesture on one image and nothing else', () => {
    const first = transactionWith('1', 1 as ImageId, [], { gestureId: 'g', record: 'merge' });
    expect(joins(first, { ...first, txId: '2' })).toBe(true);
    expect(joins(null, first)).toBe(false);
    expect(joins(first, { ...first, gestureId: 'h' })).toBe(false);
    expect(joins(first, { ...first, imageId: 2 as ImageId })).toBe(false);
    expect(joins(first, { ...first, record: 'now' })).toBe(false);
    expect(joins({ ...first, gestureId: null }, { ...first, gestureId: null })).toBe(false);
  });
});
