// What the film says of runs whose passes are windows or rounds.
import { expect, test } from 'vitest';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import type { RunSummary } from '../../../../../../electron/api/run.ts';
import { filmOf } from '../../../../../../renderer/src/screens/evidence/maps/frames.ts';

const cat = 1 as CategoryId;
const dog = 2 as CategoryId;
const plain = { weight: 1, z: [], dropped: [] };
const run = (parts: Pick<RunSummary, 'evidence' | 'passes'>) =>
  ({ ...parts, classes: [], layers: [], heads: [] }) as unknown as RunSummary;

const said = (made: RunSummary, id: CategoryId) =>
  filmOf(made, id).passes.map(({ label, sentence }) => `${label}: ${sentence}`);

test('rounds tell score and fate of a class, and what the judge saw instead', () => {
  const judged = (categoryId: CategoryId, score: number, kept: boolean, seen: string | null) => ({
    categoryId,
    score,
    kept,
    seen,
    seenScore: seen === null ? score : 0.86,
  });
  const made = run({
    evidence: ['rounds'],
    passes: [
      {
        ...plain,
        index: 0,
        judged: [judged(cat, 0.04, false, 'dog'), judged(dog, 0.9, true, null)],
      },
      { ...plain, index: 1, judged: [judged(dog, 1, true, null)] },
    ],
  });
  expect(said(made, cat)).toEqual([
    'Round 1: 0.04 dropped, the judge saw dog 0.86',
    'Round 2: dropped before',
  ]);
  expect(said(made, dog)).toEqual(['Round 1: 0.90 kept', 'Round 2: 1.00 kept']);
});

test('nothing is cut or blurred on the way of shares and judged maps to the mask', () => {
  const steps = (evidence: RunSummary['evidence']) =>
    filmOf(run({ evidence, passes: [{ ...plain, index: 0 }] }), cat).steps.map(
      ({ kind, label }) => `${kind}: ${label}`,
    );
  expect(steps(['windows'])).toEqual(['sum: All windows', 'blurred: At pixels', 'mask: Mask']);
  expect(steps(['rounds'])).toEqual(['sum: Last round', 'blurred: At pixels', 'mask: Mask']);
  expect(steps(['passes'])).toHaveLength(4);
});

test('windows are counted, and one is said to be the whole image', () => {
  const windows = (n: number) =>
    run({
      evidence: ['windows'],
      passes: Array.from({ length: n }, (_, index) => ({ ...plain, index })),
    });
  expect(said(windows(1), cat)).toEqual(['Window 1: the whole image was one window']);
  expect(said(windows(2), cat)).toEqual(['Window 1: of 2', 'Window 2: of 2']);
});
