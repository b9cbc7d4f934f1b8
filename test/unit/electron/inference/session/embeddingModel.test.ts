// A loaded CLIP: unit vectors, ends of texts, and calls that cannot work.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  loadEmbeddingModel,
  type OrtEmbeddingModel,
} from '../../../../../electron/inference/session/embeddingModel.ts';
import type { TokenBatch } from '../../../../../electron/inference/model.ts';
import { ModelError } from '../../../../../models/errors.ts';
import { EMBEDDING_FAMILIES } from '../../../../../models/families.ts';
import type { WeightIndex } from '../../../../../models/family.ts';
import { readSafetensorsIndex } from '../../../../../models/safetensors/reader.ts';

const folder = resolve(import.meta.dirname, '../../../../fixtures/goldens/clip/case_a');
const config = () => JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
let weights: WeightIndex;
let model: OrtEmbeddingModel;

beforeAll(async () => {
  weights = await readSafetensorsIndex(join(folder, 'model.safetensors'));
  model = await loadEmbeddingModel({ folder, weights, config: config() });
});
afterAll(() => model.dispose());

const texts = (...rows: readonly (readonly number[])[]): TokenBatch => ({
  batch: rows.length,
  length: rows[0]?.length ?? 0,
  inputIds: BigInt64Array.from(rows.flat().map(BigInt)),
  attentionMask: new BigInt64Array(rows.flat().length).fill(1n),
});
const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? NaN))), 0);

test('is recognised by its tensor names', () => {
  expect(EMBEDDING_FAMILIES.filter((family) => family.recognises(weights))).toHaveLength(1);
});

test('vectors have length 1, whatever the size of the image', async () => {
  const image = Float32Array.from({ length: 3 * 32 * 64 }, (_, i) => Math.sin(i));
  const vector = await model.embedImage(image, 32, 64);
  expect(vector).toHaveLength(model.info.embeddingWidth);
  expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
});

test('what stands behind the end of a text does not change its vector', async () => {
  const [clean, cluttered] = [texts([98, 4, 5, 99, 99, 99]), texts([98, 4, 5, 99, 7, 8])];
  const difference = largestDifference(
    await model.embedTexts(clean),
    await model.embedTexts(cluttered),
  );
  expect(difference).toBeLessThan(1e-6);
});

test('each text of a batch has its own end', async () => {
  const rows = [
    [98, 4, 5, 99, 7, 8],
    [98, 6, 99, 4, 4, 4],
    [98, 1, 2, 3, 4, 99],
  ];
  const together = await model.embedTexts(texts(...rows));
  const width = together.length / rows.length;
  for (const [at, row] of rows.entries())
    expect(
      largestDifference(
        await model.embedTexts(texts(row)),
        together.slice(at * width, (at + 1) * width),
      ),
    ).toBeLessThan(1e-5);
});

test('a text ends at its first named end token where the config names one', async () => {
  const named = config();
  named.text_config.eos_token_id = 5;
  const other = await loadEmbeddingModel({ folder, weights, config: named });
  const early = await other.embedTexts(texts([98, 4, 5, 60, 99]));
  const same = await other.embedTexts(texts([98, 4, 5, 99, 5]));
  expect(largestDifference(early, same)).toBeLessThan(1e-6);
  await expect(other.embedTexts(texts([98, 4, 99]))).rejects.toThrow('no end token 5');
  await other.dispose();
});

test('ids and lengths that the model does not have are refused', async () => {
  await expect(model.embedTexts(texts([98, 100, 99]))).rejects.toThrow(/token 100 is outside/);
  await expect(model.embedTexts(texts(Array<number>(21).fill(99)))).rejects.toThrow(
    /1 to 20 tokens/,
  );
});

test('a config that lies is refused by field', async () => {
  const wide = config();
  wide.vision_config.hidden_size = 64;
  const load = loadEmbeddingModel({ folder, weights, config: wide });
  await expect(load).rejects.toThrow(ModelError);
  await expect(load).rejects.toThrow(/vision_config\.hidden_size = 32/);
});
