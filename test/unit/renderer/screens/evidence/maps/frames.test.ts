// The frames of a class: their words, the maps behind them, and what a joint caption shares.
import { expect, test } from 'vitest';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import type { RunSummary } from '../../../../../../electron/api/run.ts';
import {
  filmOf,
  headFrame,
  logitOf,
  type EvidenceFrame,
} from '../../../../../../renderer/src/screens/evidence/maps/frames.ts';

const [cup, star, tree] = [1, 2, 3] as CategoryId[] as [CategoryId, CategoryId, CategoryId];

function runWith(passes: readonly { dropped: number[][]; z: number[] }[]): RunSummary {
  return {
    evidence: ['passes', 'words', 'heads'],
    classes: [
      { categoryId: cup, match: 0.2 },
      { categoryId: star, match: 0.5 },
      { categoryId: tree, match: 0.9 },
    ],
    passes: passes.map((pass, index) => ({ index, weight: 1 / (index + 1), ...pass })),
  } as unknown as RunSummary;
}

const separate = runWith([
  { dropped: [[], [], []], z: [1, 2, 3] },
  { dropped: [[4], [5, 6], []], z: [-1, -2, -3] },
]);
const joint = runWith([
  { dropped: [[]], z: [7] },
  { dropped: [[8, 9]], z: [6] },
]);
const wordsOf = (frames: readonly EvidenceFrame[]) =>
  frames.map(({ label, sentence, name }) => [label, sentence, name]);

test('a pass tells how many patches were hidden before it, each class its own', () => {
  const { passes } = filmOf(separate, star);
  expect(wordsOf(passes)).toEqual([
    ['Pass 1', 'whole image', 'pass 1'],
    ['Pass 2', '2 dropped', 'pass 2'],
  ]);
  expect(passes.map((frame) => frame.dropped)).toEqual([[], [5, 6]]);
  expect(filmOf(separate, cup).passes[1]!.dropped).toEqual([4]);
});

test('a joint caption hides the same patches for every class', () => {
  for (const category of [cup, star, tree])
    expect(filmOf(joint, category).passes[1]!.dropped).toEqual([8, 9]);
  expect(logitOf(joint, 1, tree)).toBe(6);
  expect(logitOf(separate, 1, tree)).toBe(-3);
  expect(logitOf(separate, 5, tree)).toBeNull();
});

test('passes are scaled by themselves or by the run, sums go up to their pass', () => {
  expect(filmOf(joint, cup).passes[1]!.request).toMatchObject({ pass: 1, scale: 'pass' });
  expect(filmOf(joint, cup, { oneScale: true }).passes[1]!.request).toMatchObject({
    pass: 1,
    scale: 'run',
  });
  const { sums } = filmOf(joint, cup);
  expect(sums.map((frame) => frame.request)).toEqual([
    { kind: 'sum', categoryId: cup, upTo: 0 },
    { kind: 'sum', categoryId: cup, upTo: 1 },
  ]);
  expect(wordsOf(sums)).toEqual([
    ['Pass 1', '', 'sum to pass 1'],
    ['1 to 2', '', 'sum to pass 2'],
  ]);
});

test('the way from the sum to the mask: four frames, the mask without a map of its own', () => {
  const { steps } = filmOf(separate, cup);
  expect(steps.map((frame) => [frame.key, frame.label, frame.smooth])).toEqual([
    ['sum', 'Sum', false],
    ['cut', 'Cut', false],
    ['blurred', 'Blurred', true],
    ['mask', 'Mask', true],
  ]);
  expect(steps[0]).toMatchObject({ sentence: '1,0.5', request: { kind: 'sum', upTo: 1 } });
  expect(steps[3]!.request).toBeNull();
});

test('the other classes of the prompt follow, the best match first', () => {
  const { others } = filmOf(separate, star);
  expect(others.map((frame) => frame.categoryId)).toEqual([tree, cup]);
  expect(others[0]!.request).toEqual({ kind: 'blurred', categoryId: tree });
});

test('a key names one frame of a class only', () => {
  const { passes, sums, steps, others } = filmOf(separate, cup);
  const keys = [...passes, ...sums, ...steps, ...others, headFrame(cup, 2, 3)].map(
    (frame) => frame.key,
  );
  expect(new Set(keys).size).toBe(keys.length);
});

test('a run without passes has no frames of passes, only the way to the mask', () => {
  const film = filmOf({ ...joint, evidence: ['words'] }, cup);
  expect([film.passes, film.sums]).toEqual([[], []]);
  expect(film.steps.map(({ kind }) => kind)).toEqual(['sum', 'cut', 'blurred', 'mask']);
});
