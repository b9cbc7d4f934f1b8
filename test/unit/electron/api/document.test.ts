// The order in which annotations are drawn, the same for every client, and which step a gesture joins.
import { describe, expect, it } from 'vitest';
import {
  documentOf,
  inDrawingOrder,
  joins,
  sameAnnotation,
} from '../../../../electron/api/rules/document.ts';
import type { ImageId, Transaction } from '../../../../electron/api/types.ts';
import {
  annotationWith,
  rectangle,
  transactionWith,
} from '../../../helpers/drivers/engineBench.ts';

const at = (id: string, z: number) => annotationWith(id, 1, rectangle(0, 0, 1, 1), { z });

describe('drawing order', () => {
  it('is from back to front, whichever way the document was filled', () => {
    const all = [at('b', 3), at('a', 10), at('c', 2)];
    for (const list of [all, all.toReversed()])
      expect(inDrawingOrder(documentOf(list)).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('falls back to the id where two lie equally high', () => {
    const all = [at('b', 1), at('c', 1), at('a', 1)];
    for (const list of [all, all.toReversed()])
      expect(inDrawingOrder(documentOf(list)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('a gesture', () => {
  const step = (more: Partial<Transaction>) =>
    transactionWith('t', 1 as ImageId, [], { gestureId: 'g', record: 'merge', ...more });

  it('joins the step of the same gesture on the same image, and no other', () => {
    expect(joins(step({ record: 'now' }), step({}))).toBe(true);
    expect(joins(null, step({}))).toBe(false);
    expect(joins(step({}), step({ record: 'now' }))).toBe(false);
    expect(joins(step({ gestureId: null }), step({ gestureId: null }))).toBe(false);
    expect(joins(step({ gestureId: 'other' }), step({}))).toBe(false);
    expect(joins(step({ imageId: 2 as ImageId }), step({}))).toBe(false);
  });
});

describe('the same annotation', () => {
  const one = at('a', 1);
  it.each([
    ['class', { categoryId: 2 as never }],
    ['status', { status: 'proposal' as const }],
    ['origin', { origin: 'model' as const }],
    ['height', { z: 2 }],
    ['lock', { locked: true }],
    ['crowd', { isCrowd: true }],
    ['edit', { edited: true }],
    ['mask', { mask: rectangle(1, 0, 1, 1) }],
    ['size', { mask: rectangle(0, 0, 1, 1, { width: 9, height: 6 }) }],
  ])('has the same %s', (_what, change) => {
    expect(sameAnnotation(one, { ...one, mask: rectangle(0, 0, 1, 1) })).toBe(true);
    expect(sameAnnotation(one, { ...one, ...change })).toBe(false);
    expect(sameAnnotation(one, null)).toBe(false);
  });
});
