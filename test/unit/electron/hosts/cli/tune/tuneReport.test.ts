// What the tune command says at its end.
import { expect, test } from 'vitest';
import type { TuneEvaluation, TuneResult } from '../../../../../../electron/api/tuning.ts';
import { report } from '../../../../../../electron/hosts/cli/tune/tuneReport.ts';

const one = (number: number, patch: Partial<TuneEvaluation> = {}): TuneEvaluation => ({
  number,
  group: 0,
  stage: 'group',
  reward: 0.5,
  published: 0.25,
  tokenContrast: 0,
  meanIou: null,
  setting: { layers: [7], heads: [], threshold: 0.15, blur: 0.05, passes: 1, drop: null },
  ...patch,
});
const result = (patch: Partial<TuneResult> = {}) =>
  ({
    best: one(2),
    inUse: one(1),
    worst: one(3),
    evaluations: [one(1), one(2), one(3)],
    judge: 'clip',
    judgeName: 'CLIP',
    images: 20,
    rankCorrelation: null,
    encodes: { done: 5, oneByOne: 60 },
    ...patch,
  }) as TuneResult;

test('the best try and the one in use, layers and heads counted from 1', () => {
  const best = one(2, {
    reward: 0.1234,
    setting: { layers: [6, 7], heads: [0, 11], threshold: 0.2, blur: 0, passes: 3, drop: 0.25 },
  });
  expect(report(result({ best }), [], 'out.json').split('\n')).toEqual([
    'Best of 3 tries on 20 images, judged by CLIP:',
    '  layer 7+8, head 1+12, threshold 0.2, blur 0, passes 3, drop 0.25 (try 2, reward 0.123, published 0.250)',
    'In use: layer 8, mean of heads, threshold 0.15, blur 0.05, passes 1 (try 1, reward 0.500, published 0.250)',
    'Image encoder: 5 runs instead of 60 (one pipeline run a try).',
    'Written: out.json',
  ]);
});

test('a judge that made the maps is a weaker one', () => {
  const parameter = { name: 'naclip.nearness', label: 'Nearness', tries: [1, 5], inUse: 1 };
  expect(report(result({ judge: 'pack' }), [], 'o')).toContain('The pack judged itself');
  const values = { 'naclip.nearness': 5 };
  const said = report(
    result({ judge: 'pack', best: one(2, { setting: { ...one(2).setting, values } }) }),
    [parameter],
    'o',
  );
  expect(said).toContain('The model that made the maps judged their masks');
  expect(said).toContain('  Nearness 5 (try 2');
});

test('with the right masks, the try that would have been best and how far rewards agree', () => {
  const evaluations = [
    one(1, { meanIou: 0.4 }),
    one(2, { meanIou: 0.55 }),
    one(3, { meanIou: 0.55 }),
  ];
  const said = report(result({ evaluations, rankCorrelation: 0.456 }), [], 'o').split('\n');
  expect(said[4]).toMatch(/^With the right masks at hand .* \(try 2, .*, mIoU 55\.0\)\.$/);
  expect(said[5]).toBe('Rank correlation of reward and mIoU: 0.46.');
  expect(report(result({ evaluations }), [], 'o')).toContain('reward and mIoU: none.');
});
