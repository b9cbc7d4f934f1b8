// The passes of a run over a made-up model: what is hidden, kept, summed, reported, cancelled.
import { describe, expect, test } from 'vitest';
import {
  classMaps,
  sumOfPasses,
} from '../../../../../../electron/inference/pipeline/planes/classMaps.ts';
import type { ExplainParams } from '../../../../../../electron/link/params.ts';
import { resolveParams } from '../../../../../../electron/link/presets.ts';
import { explainImage } from '../../../../../../electron/inference/pipeline/explain/run.ts';
import type {
  ExplainOptions,
  ExplainProgress,
} from '../../../../../../electron/inference/pipeline/runOptions.ts';
import { fakeItmModel, type FakeOptions } from '../../../../../helpers/standIns/fakeItmModel.ts';
import { ENC, wordPiece } from '../../../../../helpers/fixtures/tokenizers.ts';

const SIDE = 24;
const image = {
  width: 30,
  height: 20,
  rgb: Uint8Array.from({ length: 30 * 20 * 3 }, (_, at) => (at * 7) % 256),
};
const prompts = [
  { id: 5, name: 'dog' },
  { id: 2, name: 'traffic light' },
];

function params(own: Partial<ExplainParams> = {}, preset: 'reference' | 'paper' = 'reference') {
  const { explain } = resolveParams(preset);
  return { ...explain, inputSide: SIDE, layers: [1], heads: [0], dropCount: 3, ...own };
}

async function run(
  own: Partial<ExplainParams> = {},
  given: { fake?: FakeOptions; options?: ExplainOptions; preset?: 'reference' | 'paper' } = {},
) {
  const model = fakeItmModel(given.fake);
  const pack = { model, tokenizer: wordPiece() };
  const result = await explainImage(
    pack,
    image,
    { prompts, params: params(own, given.preset) },
    given.options,
  );
  return { model, result };
}

describe('passes', () => {
  test('hide more patches each time, none twice, and keep the grid', async () => {
    const { result } = await run({ passes: 4, excludeDropped: true });
    expect(result.passes.map((pass) => pass.dropped.length)).toEqual([0, 3, 6, 9]);
    for (const { dropped } of result.passes) expect(new Set(dropped).size).toBe(dropped.length);
    expect([result.rows, result.columns]).toEqual([6, 6]);
    expect(result.passes[3]?.dropped.subarray(0, 6)).toEqual(result.passes[2]?.dropped);
  });

  test('give hidden patches no salience in any token', async () => {
    const { result } = await run({ passes: 3, excludeDropped: true });
    for (const { dropped, tokenMaps } of result.passes)
      for (const map of tokenMaps)
        for (let row = 0; row * 36 < map.length; row++)
          for (const patch of dropped) expect(map[row * 36 + patch]).toBe(0);
    // The made-up model does answer at hidden patches, so the zeros are the pipeline's.
    const before = result.passes[0]?.tokenMaps[0] ?? new Float32Array(0);
    expect(before.every((value) => value > 0)).toBe(true);
  });

  test('show the model the mean colour where patches are hidden, and only there', async () => {
    const { model, result } = await run({ passes: 2 });
    const [first, second] = model.encoded as [Float32Array, Float32Array];
    const hidden = new Set(result.passes[1]?.dropped);
    for (let at = 0; at < first.length; at++) {
      const y = Math.floor(at / SIDE) % SIDE;
      const patch = Math.floor(y / 4) * 6 + Math.floor((at % SIDE) / 4);
      expect(second[at]).toBe(hidden.has(patch) ? 0 : first[at]);
    }
  });

  test('can hide with black or with a blurred copy instead', async () => {
    const black = await run({ passes: 2, dropFill: 'black' });
    const patch = black.result.passes[1]?.dropped[0] ?? 0;
    const at = Math.floor(patch / 6) * 4 * SIDE + (patch % 6) * 4;
    expect(black.model.encoded[1]?.[at]).toBe(-2);
    const blur = await run({ passes: 2, dropFill: 'blur' });
    const shown = blur.model.encoded[1]?.[at] as number;
    expect(shown).not.toBe(blur.model.encoded[0]?.[at]);
    expect(Math.abs(shown)).toBeLessThan(2);
  });

  test('of one pass give pass 0 alone', async () => {
    const { result } = await run({ passes: 1 });
    expect(Float32Array.from(sumOfPasses(result, { firstPassWeight: 2 })[0] ?? [])).toEqual(
      result.passes[0]?.tokenMaps[0],
    );
  });

  test.each([
    ['reference', 2, 5],
    ['paper', 1, 4],
  ] as const)(
    'without drops add up to the %s multiple of pass 0',
    async (preset, weight, times) => {
      const none = { passes: 4, dropRule: 'count', dropCount: 0 } as const;
      const { result } = await run(none, { preset });
      expect(resolveParams(preset).masks.firstPassWeight).toBe(weight);
      const sum = sumOfPasses(result, { firstPassWeight: weight })[0] ?? [];
      const once = result.passes[0]?.tokenMaps[0] ?? new Float32Array(0);
      once.forEach((value, at) => expect(sum[at]).toBeCloseTo(times * value, 5));
    },
  );

  test('count with the weights of a list, and a weight of zero leaves a pass out', async () => {
    const { result } = await run({ passes: 3 });
    const weights = { firstPassWeight: 2, passWeights: [0, 0.5] };
    const sum = sumOfPasses(result, weights)[0] ?? [];
    const [, b, c] = result.passes.map((pass) => pass.tokenMaps[0]?.[40] ?? NaN);
    expect(sum[40]).toBeCloseTo(0.5 * (b as number) + (c as number), 6);
  });

  test('are summed up to any pass for the inspector', async () => {
    const { result } = await run({ passes: 3 });
    const upToTwo = sumOfPasses(result, { firstPassWeight: 2 }, 2)[0] ?? [];
    const [a, b] = result.passes.map((pass) => pass.tokenMaps[0]?.[40] ?? NaN);
    expect(upToTwo[40]).toBeCloseTo(2 * (a as number) + (b as number), 6);
  });
});

describe('captions of a run', () => {
  test('joint: one sentence, a z per pass', async () => {
    const { result } = await run({ passes: 2 });
    expect(result.captions.map(({ text }) => text)).toEqual(['A picture of dog trafficlight']);
    expect(result.passes.map(({ z }) => z.length)).toEqual([1, 1]);
    expect(result.captions[0]?.ids[0]).toBe(ENC);
  });

  test('per class: all sentences in one batch, class maps in the order of the classes', async () => {
    const { model, result } = await run({ captions: 'perClass', passes: 1, joinWords: false });
    expect(model.batches.map(({ batch }) => batch)).toEqual([2]);
    const { maps, classes } = classMaps(result, {
      firstPassWeight: 2,
      synonyms: 'max',
      lastClass: 'mean',
    });
    expect(classes).toBe(2);
    const light = result.passes[0]?.tokenMaps[1] ?? new Float32Array(0);
    const { start = 0 } = result.captions[1]?.spans[0] ?? {};
    expect(maps[36]).toBeCloseTo(
      ((light[start * 36] ?? NaN) + (light[(start + 1) * 36] ?? NaN)) / 2,
      6,
    );
  });

  test('of many words run in batches of bounded size', async () => {
    const many = Array.from({ length: 70 }, (_, i) => ({
      id: i + 1,
      name: `dog${'s'.repeat(i % 50)}${i}`,
    }));
    const model = fakeItmModel({ info: { maxTokens: 400 } });
    const pack = { model, tokenizer: wordPiece() };
    const own = params({ captions: 'perClass', passes: 1, joinWords: false });
    const result = await explainImage(pack, image, { prompts: many, params: own });
    expect(model.batches.map(({ batch }) => batch)).toEqual([32, 32, 6]);
    const { tokenMaps, z, match } = result.passes[0]!;
    expect(tokenMaps.length).toBe(70);
    // As the stand-in answers each caption, whichever batch it was in.
    const logits = result.captions.map(({ ids }) => Math.sin(ids.reduce((sum, id) => sum + id, 0)));
    expect(Array.from(z)).toEqual(logits.map(Math.fround));
    for (const [at, logit] of logits.entries())
      expect(match[at]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 6);
  });
});

describe('matches', () => {
  test('are reported before the first pass and kept per class', async () => {
    const seen: ExplainProgress[] = [];
    const { result } = await run(
      { passes: 2 },
      {
        fake: { logit: (ids) => (ids.length > 5 ? 3 : -3) },
        options: { onProgress: (progress) => seen.push(progress) },
      },
    );
    expect(seen.map(({ stage }) => stage)).toEqual([
      'preprocess',
      'encode',
      'match',
      'classes',
      'pass',
      'pass',
    ]);
    // [ENC] a picture of dog [SEP] has six tokens, trafficlight two pieces more.
    expect(result.classes.map(({ match }) => match! > 0.9)).toEqual([true, true]);
  });

  test('of one caption per class come from the first pass, without asking twice', async () => {
    const seen: string[] = [];
    const runs: string[] = [];
    const { result } = await run(
      { passes: 2, captions: 'perClass' },
      {
        fake: { logit: (ids) => ids.length - 7, beforeRun: (kind) => void runs.push(kind) },
        options: { onProgress: ({ stage }) => seen.push(stage) },
      },
    );
    expect(seen).toEqual(['preprocess', 'encode', 'pass', 'classes', 'pass']);
    expect(runs).toEqual(['encode', 'explain', 'encode', 'explain']);
    expect(result.classes.map(({ match }) => match)).toEqual([...(result.passes[0]?.match ?? [])]);
    expect(new Set(result.classes.map(({ match }) => match)).size).toBe(2);
  });

  test('below the threshold leave a class out of the captions when selection asks for it', async () => {
    const fake = { logit: (ids: readonly number[]) => (ids.length > 6 ? 3 : -3) };
    const { result } = await run({ selection: 'match', matchThreshold: 0.5 }, { fake });
    expect(result.classes.map(({ name, asked }) => [name, asked])).toEqual([
      ['dog', false],
      ['traffic light', true],
    ]);
    expect(result.captions.map(({ text }) => text)).toEqual(['A picture of trafficlight']);
  });

  test('that leave no class give a run without passes', async () => {
    const { result, model } = await run({ selection: 'match' }, { fake: { logit: () => -9 } });
    expect([result.captions, result.passes]).toEqual([[], []]);
    expect(model.open).toBe(0);
  });
});

describe('an empty list of classes', () => {
  test('runs no model at all', async () => {
    const model = fakeItmModel();
    const result = await explainImage({ model, tokenizer: wordPiece() }, image, {
      prompts: [],
      params: params(),
    });
    expect([model.encoded.length, result.classes, result.passes]).toEqual([0, [], []]);
  });
});

describe('cancelling', () => {
  test.each([
    ['encode', 1],
    ['encode', 3],
    ['match', 1],
    ['explain', 2],
  ] as const)('during %s number %i stops before the next model run', async (kind, nth) => {
    const reason = new Error('no longer wanted');
    const controller = new AbortController();
    let runs = 0;
    let seen = 0;
    const fake = fakeItmModel({
      beforeRun: (one) => {
        runs++;
        if (one === kind && ++seen === nth) controller.abort(reason);
        else if (controller.signal.aborted) throw new Error('ran after the abort');
      },
    });
    const promise = explainImage(
      { model: fake, tokenizer: wordPiece() },
      image,
      { prompts, params: params() },
      { signal: controller.signal },
    );
    await expect(promise).rejects.toBe(reason);
    expect(runs).toBeLessThan(8);
    expect(fake.open).toBe(0);
  });

  test('works through a polled flag too', async () => {
    let left = 3;
    const promise = run({}, { options: { cancelled: () => left-- <= 0 } });
    await expect(promise).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('leaves no features behind when the model fails', async () => {
    let explains = 0;
    const model = fakeItmModel({
      beforeRun: (kind) => {
        if (kind === 'explain' && ++explains === 2) throw new Error('device lost');
      },
    });
    const promise = explainImage({ model, tokenizer: wordPiece() }, image, {
      prompts,
      params: params(),
    });
    await expect(promise).rejects.toThrow('device lost');
    expect(model.open).toBe(0);
  });
});

describe('features of an earlier run', () => {
  test('are used for pass 0 and left to their owner', async () => {
    const model = fakeItmModel();
    const features = await model.encodeImage(new Float32Array(3 * SIDE * SIDE), SIDE, SIDE);
    await explainImage(
      { model, tokenizer: wordPiece() },
      image,
      { prompts, params: params({ passes: 2 }) },
      {
        features,
      },
    );
    expect([model.encoded.length, model.open]).toEqual([2, 1]);
  });
});

describe('parameters that the model cannot follow', () => {
  test.each([
    [{ layers: [3] }, /layer 1 to 3 of this model, found 4/],
    [{ heads: [2] }, /head 1 to 2 of this model, found 3/],
    [{ inputSide: 26 }, /multiple of the patch \(4 pixels\), found 26; try 28/],
  ])('%j are refused before anything runs', async (own, message) => {
    const model = fakeItmModel();
    const promise = explainImage({ model, tokenizer: wordPiece() }, image, {
      prompts,
      params: params(own),
    });
    await expect(promise).rejects.toThrow(message);
    expect(model.encoded).toEqual([]);
  });

  test('the last layer is allowed but warned of', async () => {
    const { result } = await run({ layers: [2] });
    expect(result.warnings).toEqual([expect.stringMatching(/layer 3 is the last/)]);
  });
});

describe('letterbox', () => {
  test('cuts the grid to the image instead of squeezing it', async () => {
    const { result } = await run({ aspect: 'letterbox' });
    expect([result.inputWidth, result.inputHeight, result.rows, result.columns]).toEqual([
      24, 16, 4, 6,
    ]);
  });
});
