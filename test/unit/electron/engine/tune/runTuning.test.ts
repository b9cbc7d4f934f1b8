// A search around a made-up judge: groups, finalists, what is put forward, what is told meanwhile.
import { expect, test } from 'vitest';
import type { TuneAxes, TuneProgress, TuneSetting } from '../../../../../electron/api/tuning.ts';
import type { Evaluator } from '../../../../../electron/engine/tune/evaluator.ts';
import { runTuning } from '../../../../../electron/engine/tune/runTuning.ts';
import { withSetting } from '../../../../../electron/engine/tune/settings.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';

const inUse: TuneSetting = {
  layers: [0, 1],
  heads: [],
  threshold: 0.15,
  blur: 0.05,
  passes: 3,
  drop: null,
};
const axes: TuneAxes = {
  layer: true,
  head: true,
  threshold: false,
  blur: false,
  passes: false,
  drop: false,
};
const model = { layers: 12, heads: 12 };
const signal = new AbortController().signal;

/** Best at layer 8, head 10; every further pass helps a little. */
const quality = ({ layers, heads, passes }: TuneSetting) =>
  1 - Math.abs(layers[0]! - 7) / 20 - Math.abs((heads[0] ?? 0) - 9) / 30 + passes / 1000;

const evaluator = (meanIou: (setting: TuneSetting) => number | null = () => null): Evaluator => ({
  evaluate: async (settings) =>
    settings.map((setting) => ({
      reward: quality(setting),
      published: 1,
      tokenContrast: 0.5,
      meanIou: meanIou(setting),
    })),
  contrast: () => [],
  encodes: () => 0,
});
const input = {
  evaluator: evaluator(),
  model,
  inUse,
  axes,
  strategy: 'random' as const,
  evaluations: 34,
  seed: 3,
  images: 20,
};

test('three groups of 34 tries, then the finalists with the passes in use', async () => {
  const progress: TuneProgress[] = [];
  const result = await runTuning(input, { signal, onProgress: (one) => progress.push(one) });
  const count = (group: number) => result.evaluations.filter((one) => one.group === group).length;
  expect([count(0), count(1), count(2)]).toEqual([34, 34, 34]);
  expect(result.evaluations[0]).toMatchObject({ stage: 'inUse', setting: inUse });
  expect(result.best.setting.passes).toBe(3);
  // One by one every pass of every try would read each of the images.
  const passes = result.evaluations.reduce((sum, { setting }) => sum + setting.passes, 0);
  expect(result.encodes).toEqual({ done: 0, oneByOne: 20 * passes });
  expect(progress.filter(({ evaluation }) => evaluation)).toHaveLength(result.evaluations.length);
  expect(progress.at(-1)).toMatchObject({ done: progress.at(-1)!.total });
});

test('an exhaustive search ends at the best pair', async () => {
  const { best } = await runTuning({ ...input, strategy: 'exhaustive' }, { signal });
  expect([best.setting.layers, best.setting.heads]).toEqual([[7], [9]]);
});

test('annealing comes closer to the best than the first tries did', async () => {
  const { evaluations, best } = await runTuning({ ...input, strategy: 'annealing' }, { signal });
  const start = evaluations.filter(({ group }) => group === 1).slice(0, 5);
  expect(best.reward).toBeGreaterThan(Math.max(...start.map(({ reward }) => reward)));
});

test('passes and drops are tried on the finalists when they may change', async () => {
  const { evaluations, best } = await runTuning(
    { ...input, axes: { ...axes, passes: true, drop: true } },
    { signal },
  );
  const finals = evaluations.filter(({ stage }) => stage === 'passes');
  expect(new Set(finals.map(({ setting }) => setting.passes))).toEqual(new Set([2, 3, 4, 6]));
  expect(new Set(finals.map(({ setting }) => setting.drop)).size).toBe(4);
  // Two finalists, each with the most passes first.
  expect(finals).toHaveLength(2 * 4 * 4);
  expect(finals.slice(0, 4).map(({ setting }) => setting.passes)).toEqual([6, 4, 3, 2]);
  expect(best.setting.passes).toBe(6);
});

test('tries are numbered from 1, told image by image, and as many as was said beforehand', async () => {
  const progress: TuneProgress[] = [];
  const blocks: number[] = [];
  const told: Evaluator = {
    ...evaluator(),
    evaluate(settings, { signal: asked, onImage }) {
      blocks.push(settings.length);
      onImage?.(1);
      onImage?.(20);
      return evaluator().evaluate(settings, { signal: asked });
    },
  };
  const { evaluations } = await runTuning(
    { ...input, evaluator: told, axes: { ...axes, passes: true, drop: true } },
    { signal, onProgress: (one) => progress.push(one) },
  );
  expect(evaluations.map(({ number }) => number)).toEqual(evaluations.map((_, at) => at + 1));
  expect(new Set(progress.map(({ total }) => total))).toEqual(new Set([evaluations.length]));
  expect(progress.slice(0, 5).map(({ stage, done }) => [stage, done])).toEqual([
    ['Image 1 of 20', 0],
    ['Image 2 of 20', 0],
    ['Image 20 of 20', 0],
    ['Image 20 of 20', 1],
    ['Image 1 of 20', 1],
  ]);
  // Where a search does not wait for rewards, twelve settings share the reading of an image.
  const groups = [12, 12, 10];
  expect(blocks).toEqual([1, ...groups, ...groups, ...groups, 16, 16]);
});

test('annealing waits for each reward', async () => {
  const blocks: number[] = [];
  const told: Evaluator = {
    ...evaluator(),
    evaluate(settings, control) {
      blocks.push(settings.length);
      return evaluator().evaluate(settings, control);
    },
  };
  await runTuning({ ...input, evaluator: told, strategy: 'annealing' }, { signal });
  expect(new Set(blocks)).toEqual(new Set([1]));
});

test('each group draws from a generator of its own, by which it can be repeated', async () => {
  const heads = async (seed: number, group: number) => {
    const { evaluations } = await runTuning({ ...input, seed }, { signal });
    return evaluations.filter((one) => one.group === group).map(({ setting }) => setting.heads);
  };
  // The first two groups hold four layers each, so that their points have the same numbers.
  const second = await heads(3, 1);
  expect(second).not.toEqual(await heads(3, 0));
  expect(second).toEqual(await heads(3 + 7919, 0));
});

test('the rewards of layers and heads are told as means, of what was not tried as null', async () => {
  const byThreshold: Evaluator = {
    ...evaluator(),
    evaluate: async (settings) =>
      settings.map((setting) => ({
        reward: (setting.layers[0] ?? 0) + 10 * (setting.heads[0] ?? 5) + setting.threshold,
        published: 1,
        tokenContrast: 0.5,
        meanIou: null,
      })),
  };
  const small = { ...input, evaluator: byThreshold, model: { layers: 3, heads: 2 } };
  const { grid, groups, worst, best } = await runTuning(
    { ...small, axes: { ...axes, threshold: true }, strategy: 'exhaustive' },
    { signal },
  );
  // Thresholds from 0.05 to 0.5.
  const mean = 0.275;
  expect(grid.map((row) => row.map((one) => one && Number(one.toFixed(9))))).toEqual([
    [mean, 10 + mean, 50 + mean],
    [1 + mean, 11 + mean, 51 + mean],
    [null, null, null],
  ]);
  expect(groups).toEqual([[0], [1]]);
  expect([worst.reward, best.reward]).toEqual([0.05, 51.5]);
  // A fixed set of several layers or heads belongs to no cell.
  const fixed = (more: Partial<TuneSetting>, axis: Partial<TuneAxes>) =>
    runTuning({ ...small, inUse: { ...inUse, ...more }, axes: { ...axes, ...axis } }, { signal });
  const flat = [...(await fixed({ layers: [0, 1] }, { layer: false })).grid];
  expect(flat.flat().every((one) => one === null)).toBe(true);
  const several = await fixed({ heads: [0, 1] }, { head: false });
  expect(several.grid.flat().every((one) => one === null)).toBe(true);
});

test('the rank correlation says whether the reward orders tries as mIoU does', async () => {
  const agreeing = await runTuning(
    { ...input, evaluator: evaluator((setting) => quality(setting) ** 3) },
    { signal },
  );
  const opposed = await runTuning(
    { ...input, evaluator: evaluator((setting) => -quality(setting)) },
    { signal },
  );
  expect(agreeing.rankCorrelation).toBeCloseTo(1, 6);
  expect(opposed.rankCorrelation).toBeCloseTo(-1, 6);
});

test('a method without layers has one group, no finalists, and something must be left to change', async () => {
  const values = { 'naclip.nearness': 5, 'masks.contrast': 40 };
  const now: TuneSetting = { ...inUse, layers: [], heads: [], passes: 1, values };
  const nearness = { name: 'naclip.nearness', label: 'Nearness', tries: [1, 2, 5, 8], inUse: 5 };
  const byNearness: Evaluator = {
    ...evaluator(),
    evaluate: async (settings) =>
      settings.map((setting) => ({
        reward: -Math.abs(Number(setting.values!['naclip.nearness']) - 2),
        published: 1,
        tokenContrast: 0.5,
        meanIou: null,
      })),
  };
  const search = { ...input, evaluator: byNearness, model: { layers: 0, heads: 0 }, inUse: now };
  const found = await runTuning({ ...search, parameters: [nearness] }, { signal });
  expect(found.best.setting.values).toEqual({ 'naclip.nearness': 2, 'masks.contrast': 40 });
  expect(found.evaluations.map(({ stage }) => stage)).toEqual(['inUse', ...Array(4).fill('group')]);
  // Of equal ones the earlier is put forward: what is in use is as good as the best try here.
  const same = await runTuning(
    { ...search, inUse: { ...now, values: found.best.setting.values! }, parameters: [nearness] },
    { signal },
  );
  expect([same.best.stage, same.best.number]).toEqual(['inUse', 1]);
  await expect(runTuning({ ...search, parameters: [] }, { signal })).rejects.toThrow(
    'Nothing may change',
  );
});

test('a setting of a method is put into the project with its method', () => {
  const values = { 'naclip.nearness': 2, 'masks.contrast': 60 };
  const params = withSetting(
    { preset: 'default', engine: 'naclip', overrides: { 'masks.pamr': false } },
    { ...inUse, layers: [], heads: [], values },
  );
  expect(params).toEqual({
    preset: 'default',
    engine: 'naclip',
    overrides: { 'masks.pamr': false, ...values },
  });
});

test('a setting in the parameters overrides them and is valid for the pipeline', () => {
  const params = withSetting(
    { preset: 'default', overrides: { 'masks.crf': false, 'masks.blur': 0.01 } },
    { ...inUse, drop: 0.02 },
  );
  const { explain, masks } = resolveParams('default', {}, params.overrides);
  expect(explain).toMatchObject({ layers: [0, 1], heads: [], passes: 3, dropFraction: 0.02 });
  expect(masks).toMatchObject({ crf: false, blur: 0.05, threshold: 0.15 });
});
