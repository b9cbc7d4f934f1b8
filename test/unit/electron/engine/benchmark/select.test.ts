// Which classes an image is asked for: lists of files, rounds before a judge, samples.
import { expect, test } from 'vitest';
import type { JudgedClass } from '../../../../../electron/api/run.ts';
import { survivors } from '../../../../../electron/engine/benchmark/select/clipFilter.ts';
import {
  chosenLabels,
  sampled,
  selectionWords,
} from '../../../../../electron/engine/benchmark/select/selection.ts';
import { classList, type SetFacts } from '../../../../../electron/engine/benchmark/set.ts';
import type { ImageTruth } from '../../../../../electron/engine/benchmark/truth.ts';
import type { RunFacts } from '../../../../../electron/link/facts.ts';
import { seededRandom } from '../../../../../electron/engine/tune/random.ts';

const classes = classList('cat, dining table=table, traffic light, tv monitor');
const facts = { title: 'A set', classes } as unknown as SetFacts;
const truth = (name: string, present: number[]): ImageTruth => ({
  item: { name, truth: `${name}.png` },
  width: 2,
  height: 2,
  present,
});

test('lists are found by image name, file name or stem, and by joined names and words', () => {
  const lists = new Map([
    ['a', ['TVMonitor', 'table']],
    ['deep/b.jpg', ['diningtable', 'traffic-light', 'traffic_light']],
  ]);
  const chosen = chosenLabels({ kind: 'file', path: 'gpt.json', lists }, facts, [
    truth('sub/a.jpg', [1]),
    truth('b.jpg', []),
  ]);
  // The order of a list is the order of its caption.
  expect([...chosen!]).toEqual([
    ['sub/a.jpg', [4, 2]],
    ['b.jpg', [2, 3]],
  ]);
});

test('the truth names what it has and nothing that is not asked', () => {
  const chosen = chosenLabels({ kind: 'truth' }, facts, [truth('a.jpg', [1, 3, 9])]);
  expect([...chosen!]).toEqual([['a.jpg', [1, 3]]]);
  expect(chosenLabels({ kind: 'all' }, facts, [])).toBeNull();
});

test('names that no round dropped are asked for; a run without rounds keeps none', () => {
  const judged = (categoryId: number, kept: boolean) => ({ categoryId, kept }) as JudgedClass;
  const passes = [
    { judged: [judged(1, true), judged(2, false), judged(4, true)] },
    { judged: [judged(1, true), judged(4, true)] },
  ] as unknown as RunFacts['passes'];
  expect(survivors({ passes })).toEqual([1, 4]);
  const behind = [{ judged: [judged(3, true), judged(7, false)], stuff: true }];
  expect(survivors({ passes: [...passes, ...(behind as unknown as typeof passes)] })).toEqual([
    1, 4, 3,
  ]);
  expect(survivors({ passes: [] })).toEqual([]);
});

test('a report says where classes come from', () => {
  expect(selectionWords({ kind: 'clip', confidence: 0.4 }, 'CLIP L/14')).toBe(
    'rounds before a judge (CLIP L/14, share above 0.4)',
  );
  expect(selectionWords({ kind: 'match', threshold: null }, null)).toBe("the pack's own match");
});

test('a sample is the same for the same seed, in the order of the list, each once', () => {
  const list = Array.from({ length: 40 }, (_, at) => at);
  const one = sampled(list, 9, seededRandom(7).next);
  expect(one).toEqual(sampled(list, 9, seededRandom(7).next));
  expect(one).not.toEqual(sampled(list, 9, seededRandom(8).next));
  expect(one).toEqual([...new Set(one)].sort((a, b) => a - b));
  expect(sampled(list, 99, seededRandom(7).next)).toEqual(list);
});
