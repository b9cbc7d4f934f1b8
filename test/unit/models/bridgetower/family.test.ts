// BridgeTower on a tiny random checkpoint: facts, padding, both streams in the gradient, and what it
// makes of configs and weights that lie.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenBatch } from '../../../../electron/inference/model.ts';
import { loadItmModel, type OrtItmModel } from '../../../../electron/inference/session/itmModel.ts';
import { bridgeTower } from '../../../../models/bridgetower/family.ts';
import { ModelError } from '../../../../models/errors.ts';
import { familyOf } from '../../../../models/families.ts';
import type { TensorRef, WeightIndex } from '../../../../models/family.ts';
import {
  bridgeTowerConfig,
  writeBridgeTower,
} from '../../../helpers/fixtures/bridgeTowerCheckpoint.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

let folder: TemporaryFolder;
let weights: WeightIndex;
let model: OrtItmModel;

beforeAll(async () => {
  folder = await temporaryFolder();
  weights = await writeBridgeTower(folder.path);
  model = await loadItmModel({ folder: folder.path, weights, config: bridgeTowerConfig() });
});
afterAll(async () => {
  await model.dispose();
  await folder[Symbol.asyncDispose]();
});

const image = (height: number, width: number) =>
  Float32Array.from({ length: 3 * height * width }, (_, i) => Math.sin(i * 0.37));
const captions = (ids: readonly (readonly bigint[])[]): TokenBatch => {
  const length = Math.max(...ids.map((one) => one.length));
  const padded = ids.map((one) => [...one, ...Array<bigint>(length - one.length).fill(1n)]);
  return {
    batch: ids.length,
    length,
    inputIds: BigInt64Array.from(padded.flat()),
    attentionMask: BigInt64Array.from(padded.flat(), (id) => (id === 1n ? 0n : 1n)),
  };
};
const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? NaN))), 0);

describe('a BridgeTower', () => {
  test('is recognised by its tensor names, and tells its facts', () => {
    expect(familyOf(weights)).toBe(bridgeTower);
    expect(bridgeTower.facts(bridgeTowerConfig(), weights)).toMatchObject({
      patch: 8,
      nativeSide: 16,
      layers: 2,
      heads: 3,
      imageWidth: 64,
      maxTokens: 12,
      vocabSize: 30,
      firstToken: null,
    });
  });

  test('gives a caption in a batch what it gives it alone, at any size of image', async () => {
    const features = await model.encodeImage(image(16, 24), 16, 24);
    const [short, long] = [
      [0n, 5n, 2n],
      [0n, 7n, 8n, 9n, 2n],
    ] as const;
    const both = await model.explain(features, captions([short, long]), [0]);
    const alone = await model.explain(features, captions([long]), [0]);
    expect(both.shape).toEqual([1, 2, 3, 5, 7]);
    const half = both.gradient.length / 2;
    expect(largestDifference(both.gradient.subarray(half), alone.gradient)).toBeLessThan(1e-6);
    expect(largestDifference(both.itmLogits.subarray(2), alone.itmLogits)).toBeLessThan(1e-6);
    const match = await model.match(features, captions([short, long]));
    expect(largestDifference(match, both.itmLogits)).toBeLessThan(1e-6);
  });

  test('explains words of every layer but the last', async () => {
    const features = await model.encodeImage(image(16, 16), 16, 16);
    const { gradient, shape } = await model.explain(features, captions([[0n, 5n, 6n, 2n]]), [0, 1]);
    const [, , heads, tokens, keys] = shape;
    const words = (layer: number) => {
      let largest = 0;
      for (let head = 0; head < heads; head++) {
        const from = ((layer * heads + head) * tokens + 1) * keys;
        for (const value of gradient.subarray(from, from + (tokens - 1) * keys))
          largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    };
    expect(words(1)).toBe(0);
    expect(words(0)).toBeGreaterThan(0);
  });
});

describe('a BridgeTower that does not fit', () => {
  type Config = ReturnType<typeof bridgeTowerConfig>;
  const failure = (edit: (config: Config) => void, index: WeightIndex = weights): ModelError => {
    const config = bridgeTowerConfig();
    edit(config);
    try {
      bridgeTower.facts(config, index);
    } catch (error) {
      if (error instanceof ModelError) return error;
      throw error;
    }
    throw new Error('nothing was refused');
  };

  test.each<[string, (config: Config) => unknown, RegExp]>([
    ['more cross-modal layers', (c) => (c.num_hidden_layers = 5), /num_hidden_layers = 2/],
    ['another width', (c) => (c.hidden_size = 24), /hidden_size = 12/],
    ['another link', (c) => (c.link_tower_type = 'interpolate'), /link_tower_type = "add"/],
    [
      'unshared projections',
      (c) => (c.share_cross_modal_transformer_layers = false),
      /share_cross/,
    ],
    ['heads of five', (c) => (c.text_config['num_attention_heads'] = 5), /num_attention_heads/],
    ['padding behind the table', (c) => (c.text_config['pad_token_id'] = 13), /pad_token_id/],
    ['no patch', (c) => delete c.vision_config['patch_size'], /vision_config\.patch_size/],
  ])('by %s in its config is refused by field', (_, edit, message) => {
    const error = failure((config) => void edit(config));
    expect(error.code).toBe('MODEL_CONFIG_INVALID');
    expect(error.message).toMatch(message);
  });

  test('by a missing or misshapen tensor is refused by its name', () => {
    const name = 'bridgetower.cross_modal_image_link_tower.0.LayerNorm.weight';
    const without = new Map([...weights].filter(([other]) => other !== name));
    expect(failure(() => {}, without)).toMatchObject({
      code: 'MODEL_TENSOR_MISSING',
      tensor: name,
    });
    const bent = new Map(weights).set(name, { ...(weights.get(name) as TensorRef), shape: [6, 2] });
    expect(failure(() => {}, bent)).toMatchObject({ code: 'MODEL_TENSOR_SHAPE', tensor: name });
  });
});
