// Match probabilities and class suggestions over a made-up model.
import { describe, expect, test } from 'vitest';
import {
  probability,
  suggestClasses,
} from '../../../../../../electron/inference/pipeline/explain/match.ts';
import { resolveParams } from '../../../../../../electron/link/presets.ts';
import { VOCABULARY } from '../../../../../helpers/fixtures/tokenizers.ts';
import { wordPiece } from '../../../../../helpers/fixtures/tokenizers.ts';
import { fakePhoto } from '../../../../../helpers/standIns/fakeRun.ts';
import { fakeItmModel } from '../../../../../helpers/standIns/fakeItmModel.ts';

const params = { ...resolveParams('default').explain, inputSide: 24 };
const cat = VOCABULARY.indexOf('cat');
const zebra = VOCABULARY.indexOf('zebra');
const logit = (ids: readonly number[]) => (ids.includes(cat) ? 2 : ids.includes(zebra) ? 1 : -4);

describe('the match probability', () => {
  test('is the softmax of the two logits, and NaN is an error', () => {
    expect(probability(Float32Array.of(1, 1, 0, 3), 1)).toBeCloseTo(1 / (1 + Math.exp(-3)), 7);
    expect(probability(Float32Array.of(500, -500), 0)).toBe(0);
    expect(() => probability(Float32Array.of(NaN, 1), 0)).toThrow(/found NaN/);
  });
});

describe('suggestions', () => {
  test('are the names at or above the threshold, best first, from one look at the image', async () => {
    const model = fakeItmModel({ logit });
    const names = ['zebra', 'dog', 'cat', 'traffic light'];
    const found = await suggestClasses(
      { model, tokenizer: wordPiece() },
      { image: fakePhoto(9, 9), names },
      params,
    );
    expect(found.map(({ name }) => name)).toEqual(['cat', 'zebra']);
    expect(found[0]?.match).toBeGreaterThan(0.5);
    expect([model.encoded.length, model.open]).toEqual([1, 0]);
  });

  test('have the threshold itself, and are asked for 32 at a time', async () => {
    const suggest = async (names: readonly string[], threshold?: number) => {
      const asked: number[] = [];
      const fake = fakeItmModel({ logit: () => 0 });
      const match: typeof fake.match = (features, tokens) => {
        asked.push(tokens.batch);
        return fake.match(features, tokens);
      };
      const model = { ...fake, match };
      const found = await suggestClasses(
        { model, tokenizer: wordPiece() },
        { image: fakePhoto(9, 9), names },
        params,
        threshold === undefined ? {} : { threshold },
      );
      return [found.length, asked];
    };
    const names = Array.from({ length: 33 }, (_, at) => `dog${at}`);
    expect(await suggest(names.slice(0, 1))).toEqual([1, [1]]);
    expect(await suggest(names.slice(0, 1), 0.51)).toEqual([0, [1]]);
    expect(await suggest(names.slice(0, 32))).toEqual([32, [32]]);
    expect(await suggest(names)).toEqual([33, [32, 1]]);
  });

  test('of a model that answers for fewer captions than it was asked are refused', async () => {
    const model = { ...fakeItmModel(), match: () => Promise.resolve(new Float32Array(3)) };
    const found = suggestClasses(
      { model, tokenizer: wordPiece() },
      { image: fakePhoto(9, 9), names: ['cat', 'dog'] },
      params,
    );
    await expect(found).rejects.toThrow(/expected 4 match logits for 2 captions, found 3/);
  });

  test('of no names need no model', async () => {
    const model = fakeItmModel();
    const found = await suggestClasses(
      { model, tokenizer: wordPiece() },
      { image: fakePhoto(9, 9), names: [] },
      params,
    );
    expect([found, model.encoded.length]).toEqual([[], 0]);
  });

  test('stop when cancelled and leave nothing behind', async () => {
    const controller = new AbortController();
    const model = fakeItmModel({ logit, beforeRun: () => controller.abort(new Error('enough')) });
    const names = Array.from({ length: 200 }, (_, i) => `dog${i}`);
    const found = suggestClasses(
      { model, tokenizer: wordPiece() },
      { image: fakePhoto(9, 9), names },
      params,
      {
        signal: controller.signal,
      },
    );
    await expect(found).rejects.toThrow('enough');
    expect(model.open).toBe(0);
  });
});
