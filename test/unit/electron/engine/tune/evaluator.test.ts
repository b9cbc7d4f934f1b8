// Tries on images: what is asked of the model, what is known already, and what results are put together from.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TuneSetting } from '../../../../../electron/api/tuning.ts';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { openCache } from '../../../../../electron/engine/files/cacheFolder.ts';
import {
  createEvaluator,
  type EvaluatorInput,
  type TuneSubject,
} from '../../../../../electron/engine/tune/evaluator.ts';
import { readScores, scoreKey } from '../../../../../electron/engine/tune/scoreCache.ts';
import type { OperationInput } from '../../../../../electron/link/operations.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';

const inUse: TuneSetting = {
  layers: [0, 1],
  heads: [],
  threshold: 0.15,
  blur: 0.05,
  passes: 3,
  drop: null,
};
const signal = new AbortController().signal;
const quality = ({ layers }: TuneSetting) => 1 - Math.abs(layers[0]! - 7) / 20;

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

const CUP = 1 as CategoryId;
const pack = { id: 'p', folder: '', provider: 'cpu', threads: 0, precision: 'f32' } as never;
const asked = (name: string) => ({
  categoryId: CUP,
  name,
  prompt: '',
  synonyms: [],
  threshold: null,
  kind: 'thing' as const,
});
/** The left half of 4 x 2 pixels, column-major. */
const truth = {
  width: 4,
  height: 2,
  rest: 'background' as const,
  masks: [{ categoryId: CUP, mask: { width: 4, height: 2, counts: Uint32Array.of(0, 4, 4) } }],
};
const subject = (hash: string, more: Partial<TuneSubject> = {}): TuneSubject => ({
  path: `${hash}.png`,
  hash,
  classes: [asked('cup')],
  truth: null,
  ...more,
});
/** Image a has one pair, image b three. */
const RESULTS: Record<string, { pairs: number; reward: number; contrast: number }> = {
  'a.png': { pairs: 1, reward: 0.9, contrast: 0.2 },
  'b.png': { pairs: 3, reward: 1.5, contrast: 0.6 },
};

function evaluated(subjects: readonly TuneSubject[], more: Partial<EvaluatorInput> = {}) {
  const requests: OperationInput<'tune.score'>[] = [];
  const link = {
    request: async (_operation: string, input: OperationInput<'tune.score'>) => {
      requests.push(input);
      const { pairs, reward, contrast } = RESULTS[input.imagePath]!;
      const grid =
        input.gridSide === null ? null : { labels: Uint8Array.of(1, 0), width: 2, height: 1 };
      return {
        scores: input.settings.map(() => ({
          pairs,
          reward,
          published: reward / 2,
          tokenContrast: contrast,
          grid,
        })),
        categoryIds: [CUP],
        contrast: [[contrast, 1]],
        encodes: 2,
      };
    },
  };
  const cache = openCache(folder, 1e8);
  const evaluator = createEvaluator(
    { link: link as never, cache },
    {
      subjects,
      pack,
      packHash: 'p',
      clip: null,
      clipHash: null,
      names: [],
      params: resolveParams('default'),
      ...more,
    },
  );
  return { evaluator, requests };
}

test('rewards are means over pairs of image and class, token contrast over images', async () => {
  const done: number[] = [];
  const { evaluator } = evaluated([subject('a'), subject('b')]);
  expect([evaluator.contrast(), evaluator.encodes()]).toEqual([[], 0]);
  const [result] = await evaluator.evaluate([inUse], { signal, onImage: (one) => done.push(one) });
  expect(result!.reward).toBeCloseTo(2.4 / 4, 12);
  expect(result!.published).toBeCloseTo(1.2 / 4, 12);
  expect(result!.tokenContrast).toBeCloseTo(0.4, 12);
  expect(result!.meanIou).toBeNull();
  expect(done).toEqual([1, 2]);
  expect(evaluator.contrast()).toEqual([[expect.closeTo(0.4, 12), 1]]);
  expect(evaluator.encodes()).toBe(4);
});

test('masks are asked for where the truth is known, and are not counted twice', async () => {
  const { evaluator, requests } = evaluated([subject('a', { truth }), subject('b')]);
  const results = await evaluator.evaluate([inUse], { signal });
  expect(results[0]!.meanIou).toBe(1);
  await evaluator.evaluate([inUse], { signal });
  // Images are asked for at the same time.
  expect(requests.map(({ imagePath, gridSide }) => `${imagePath} ${gridSide}`).sort()).toEqual([
    'a.png 160',
    'b.png null',
  ]);
  // Another search knows the rewards, but no mask: those may have been corrected since.
  const again = evaluated([subject('a', { truth }), subject('b')]);
  expect((await again.evaluator.evaluate([inUse], { signal }))[0]!.meanIou).toBe(1);
  expect(again.requests.map(({ imagePath }) => imagePath)).toEqual(['a.png']);
});

test('names that an image lacks are its negatives where a CLIP judges, twenty at most', async () => {
  const names = ['cup', ...Array.from({ length: 25 }, (_, at) => `class ${at}`)];
  const others = async (clip: EvaluatorInput['clip']) => {
    const { evaluator, requests } = evaluated([subject('a')], { clip, names, judge: clip });
    await evaluator.evaluate([inUse], { signal });
    return requests[0]!;
  };
  const alone = await others(null);
  expect([alone.others, 'judge' in alone]).toEqual([[], false]);
  const judged = await others(pack);
  expect(judged.others).toEqual(names.slice(1, 21));
  expect(judged.judge).toEqual(pack);
});

test('a search that is stopped begins no further image', async () => {
  const stop = new AbortController();
  const all = ['a', 'b', 'a', 'b', 'a'].map((hash, at) => subject(hash, { hash: `${hash}${at}` }));
  const { evaluator, requests } = evaluated(all);
  const onImage = () => stop.abort(new Error('stopped'));
  await expect(evaluator.evaluate([inUse], { signal: stop.signal, onImage })).rejects.toThrow(
    'stopped',
  );
  expect(requests.length).toBeLessThan(all.length);
});
