// A search around a made-up judge: groups, finalists, what is put forward, going on after a stop.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TuneAxes, TuneProgress, TuneSetting } from '../../../../../electron/api/tuning.ts';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { openCache } from '../../../../../electron/engine/files/cacheFolder.ts';
import { createEvaluator, type Evaluator } from '../../../../../electron/engine/tune/evaluator.ts';
import { rankCorrelation, ranks } from '../../../../../electron/engine/tune/rankCorrelation.ts';
import { runTuning } from '../../../../../electron/engine/tune/runTuning.ts';
import { readScores, scoreKey } from '../../../../../electron/engine/tune/scoreCache.ts';
import { truthScores } from '../../../../../electron/engine/tune/truth.ts';
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
  expect(best.setting.passes).toBe(6);
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

test('equal values share their rank, and nothing is said without spread', () => {
  expect(ranks([5, 1, 5])).toEqual([1.5, 0, 1.5]);
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
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

test('mIoU of a grid against masks: perfect is 1, half of an object is less', () => {
  const id = 7 as CategoryId;
  const truth = {
    width: 4,
    height: 2,
    // Column-major: the left half.
    masks: [{ categoryId: id, mask: { width: 4, height: 2, counts: Uint32Array.of(0, 4, 4) } }],
    rest: 'background' as const,
  };
  const scores = truthScores([id]);
  scores.add('right', truth, { labels: Uint8Array.of(1, 0), width: 2, height: 1 }, [id]);
  scores.add('half', truth, { labels: Uint8Array.of(1, 0, 0, 0), width: 4, height: 1 }, [id]);
  expect(scores.meanIou('right')).toBe(1);
  expect(scores.meanIou('half')).toBeCloseTo((0.5 + 4 / 6) / 2, 6);
  expect(scores.meanIou('never')).toBeNull();
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tune-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('tries that were made are not made again, also after the program was closed', async () => {
  const asked: TuneSetting[] = [];
  const link = {
    request: async (_operation: string, { settings }: { settings: readonly TuneSetting[] }) => {
      asked.push(...settings);
      return {
        scores: settings.map((setting) => ({
          pairs: 2,
          reward: quality(setting),
          published: 1,
          tokenContrast: 0.5,
          grid: null,
        })),
        categoryIds: [1],
        contrast: [[0.5]],
        encodes: 1,
      };
    },
  };
  const settings = [inUse, { ...inUse, layers: [3] }];
  const fresh = () =>
    createEvaluator(
      { link: link as never, cache: openCache(folder, 1e8) },
      {
        subjects: [{ path: 'a.png', hash: 'a', classes: [], truth: null }],
        pack: { id: 'p', folder: '', provider: 'cpu', threads: 0, precision: 'f32' },
        packHash: 'p',
        clip: null,
        clipHash: null,
        params: resolveParams('default'),
        names: [],
      },
    );
  const first = await fresh().evaluate(settings, { signal });
  const second = await fresh().evaluate([...settings, { ...inUse, blur: 0 }], { signal });
  expect(asked).toHaveLength(3);
  expect(second.slice(0, 2)).toEqual(first);
});

test('a damaged file of kept scores counts as empty', async () => {
  const cache = openCache(folder, 1e8);
  const key = scoreKey(['x']);
  const path = await cache.write(key, '.tune', Buffer.from('{"scores":'));
  expect(await readScores(cache, key)).toEqual({ contrast: [], scores: {} });
  await writeFile(path, '{"contrast":[],"scores":{"s":{"pairs":1}}}');
  expect(await readScores(cache, key)).toEqual({ contrast: [], scores: {} });
});
