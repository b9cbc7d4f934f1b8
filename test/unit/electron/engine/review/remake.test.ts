// Which proposals take the place of which when masks are made anew: by what they show, and never a decided one twice.
import { expect, test } from 'vitest';
import type { Annotation, RunId } from '../../../../../electron/api/types.ts';
import { pairedChanges } from '../../../../../electron/engine/review/remake.ts';
import { sameMask } from '../../../../../electron/api/rules/document.ts';
import { measureMask } from '../../../../../electron/masks/runs/measure.ts';
import { annotationWith, rectangle } from '../../../../helpers/drivers/engineBench.ts';

const proposal = (id: string, x: number, width = 2, more: Partial<Annotation> = {}): Annotation => {
  const mask = rectangle(x, 1, width, 3);
  return annotationWith(id, 1, mask, {
    status: 'proposal',
    origin: 'model',
    runId: 'run' as RunId,
    ...measureMask(mask),
    ...more,
  });
};
const counted = () => ({ changed: 0, vanished: 0, unchanged: 0 });
const alike = (old: Annotation, next: Annotation) => sameMask(old.mask, next.mask);

test('an object that was accepted is not proposed again beside itself', () => {
  const accepted = proposal('accepted', 0, 2, { status: 'accepted' });
  const open = proposal('open', 5);
  const fresh = [proposal('new-1', 0), proposal('new-2', 5, 3)];
  const result = counted();
  const changes = pairedChanges({ existing: [accepted, open], mine: [open], fresh, alike }, result);
  expect(changes.map(({ id, before, after }) => [id, before?.id, after?.box])).toEqual([
    ['open', 'open', [5, 1, 3, 3]],
  ]);
  expect(result).toEqual({ changed: 1, vanished: 0, unchanged: 0 });
});

test('objects of one class keep their names, in whatever order they come', () => {
  const mine = [proposal('left', 0), proposal('right', 5)];
  const result = counted();
  const changes = pairedChanges(
    {
      existing: mine,
      mine,
      fresh: [proposal('a', 5, 3), proposal('b', 0), proposal('c', 3, 1)],
      alike,
    },
    result,
  );
  expect(changes.map(({ id, after }) => [id, after?.box[0]])).toEqual([
    ['right', 5],
    ['c', 3],
  ]);
  expect(result).toEqual({ changed: 1, vanished: 0, unchanged: 1 });
});

test('one that is not there any more vanishes', () => {
  const mine = [proposal('left', 0)];
  const result = counted();
  expect(pairedChanges({ existing: mine, mine, fresh: [], alike }, result)).toEqual([
    { id: 'left', before: mine[0], after: null },
  ]);
  expect(result.vanished).toBe(1);
});
