// mPLUG on tiny random checkpoints, with and without a layer that joins the streams: layouts, which layers
// run, what reaches which rows, and what it makes of configs and weights that lie.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenBatch } from '../../../../electron/inference/model.ts';
import { loadItmModel } from '../../../../electron/inference/session/itmModel.ts';
import { FAMILIES, familyOf } from '../../../../models/families.ts';
import type { WeightIndex } from '../../../../models/family.ts';
import { mplug } from '../../../../models/mplug/family.ts';
import { readWeights } from '../../../../models/packs/building/weightFiles.ts';
import { type Shapes, writeRandomSafetensors } from '../../../helpers/fixtures/bertShapes.ts';
import {
  mplugConfig,
  mplugShapes,
  pretrainedMplugShapes,
  writeMplugTorch,
} from '../../../helpers/fixtures/mplugCheckpoint.ts';
import { largestGradient } from '../../../helpers/fixtures/explained.ts';
import { modelFailure } from '../../../helpers/fixtures/modelFailure.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

const prefixed = (shapes: Shapes): Shapes =>
  new Map([...shapes].map(([name, shape]) => [`model.${name}`, shape]));
const LAYOUTS: Record<string, (path: string) => void | Promise<void>> = {
  'base.safetensors': (path) => writeRandomSafetensors(path, mplugShapes('base')),
  'base.pth': (path) => writeMplugTorch(path, pretrainedMplugShapes('base'), 'module'),
  'large.safetensors': (path) => writeRandomSafetensors(path, mplugShapes('large')),
  'large.pth': (path) => writeMplugTorch(path, pretrainedMplugShapes('large'), 'model'),
  'pytorch_model.bin': (path) => writeMplugTorch(path, prefixed(mplugShapes('large'))),
};
let folder: TemporaryFolder;
const indexes = new Map<string, WeightIndex>();
const weightsOf = (name: string) => indexes.get(name) as WeightIndex;

beforeAll(async () => {
  folder = await temporaryFolder();
  for (const [name, write] of Object.entries(LAYOUTS)) {
    const path = join(folder.path, name);
    await write(path);
    indexes.set(name, await readWeights(path, name));
  }
});
afterAll(() => folder[Symbol.asyncDispose]());

const image = Float32Array.from({ length: 3 * 16 * 24 }, (_, i) => Math.sin(i * 0.37));
const captionsOf = (rows: readonly (readonly number[])[]): TokenBatch => {
  const length = Math.max(...rows.map((row) => row.length));
  const padded = rows.map((row) => [...row, ...Array<number>(length - row.length).fill(0)]);
  return {
    batch: rows.length,
    length,
    inputIds: BigInt64Array.from(padded.flat(), BigInt),
    attentionMask: BigInt64Array.from(padded.flat(), (id) => (id === 0 ? 0n : 1n)),
  };
};
const LONG = [3, 5, 6, 7, 8];
const SHORT = [3, 9];

async function answers(
  name: string,
  config: unknown,
  rows: readonly (readonly number[])[] = [LONG, SHORT],
) {
  const model = await loadItmModel({ folder: folder.path, weights: weightsOf(name), config });
  try {
    const features = await model.encodeImage(image, 16, 24);
    const captions = captionsOf(rows);
    const layers = Array.from({ length: model.info.layers }, (_, layer) => layer);
    const explained = await model.explain(features, captions, layers);
    const match = await model.match(features, captions);
    return { ...explained, match };
  } finally {
    await model.dispose();
  }
}

describe('a checkpoint', () => {
  test.each(Object.keys(LAYOUTS))('%s is recognised whatever the order of families', (name) => {
    expect(familyOf(weightsOf(name))).toBe(mplug);
    expect(FAMILIES.filter((family) => family.recognises(weightsOf(name)))).toEqual([mplug]);
  });

  test('is not recognised by its patches alone, nor by its joint layers alone', () => {
    const whole = weightsOf('base.safetensors');
    const without = (part: string) =>
      new Map([...whole].filter(([name]) => !name.includes(part))) as unknown as WeightIndex;
    expect(mplug.recognises(without('no such part'))).toBe(true);
    expect(mplug.recognises(without('crossattention'))).toBe(false);
    expect(mplug.recognises(without('visual_encoder'))).toBe(false);
  });

  test.each([
    // The fourth joins the streams.
    ['base', [1, 2, 3, 5, 6], 64],
    ['large', [1, 2, 3, 4, 5, 6], 128],
  ] as const)('of %s size explains its layers %j of six', (size, layers, imageWidth) => {
    const facts = {
      patch: 8,
      nativeSide: 16,
      layers: layers.length,
      taps: layers.map((layer) => `fusion layer ${layer} of 6`),
      imageWidth,
      maxTokens: 20,
      vocabSize: 30,
      firstToken: null,
      endsWithSeparator: false,
      defaults: { layers: [3], heads: 'mean', inputSide: 16 },
      positionTable: { shape: [5, imageWidth] },
    };
    const weights = weightsOf(`${size}.pth`);
    expect(mplug.facts(mplugConfig(size), weights)).toMatchObject({ ...facts, heads: 2 });
    // Without a config the size tells which layers join the streams.
    expect(mplug.facts(null, weights)).toMatchObject({ ...facts, heads: 1 });
  });

  test('gives the same answers to the last bit in every layout', async () => {
    for (const size of ['base', 'large'] as const) {
      const plain = await answers(`${size}.safetensors`, mplugConfig(size));
      const others = size === 'base' ? ['base.pth'] : ['large.pth', 'pytorch_model.bin'];
      for (const name of others) {
        const other = await answers(name, mplugConfig(size));
        expect(other.itmLogits, name).toEqual(plain.itmLogits);
        expect(other.gradient, name).toEqual(plain.gradient);
      }
      plain.match.forEach((value, at) => expect(plain.itmLogits[at]).toBeCloseTo(value, 5));
    }
  });

  test('lacking its match head names the missing tensor', () => {
    const without = new Map(
      [...weightsOf('base.pth')].filter(([name]) => name !== 'itm_head.weight'),
    );
    expect(familyOf(without)).toBe(mplug);
    expect(modelFailure(() => mplug.facts(null, without))).toMatchObject({
      code: 'MODEL_TENSOR_MISSING',
      tensor: 'itm_head.weight',
    });
  });
});

describe('the layers that join the streams', () => {
  test('are none with a stride of all layers or more, and without a stride', async () => {
    const none = await answers('base.safetensors', { ...mplugConfig('base'), stride_layer: 6 });
    const { stride_layer: _, ...bare } = mplugConfig('base');
    for (const config of [{ ...bare, stride_layer: 100 }, bare])
      expect((await answers('base.safetensors', config)).gradient).toEqual(none.gradient);
    const joined = await answers('base.safetensors', mplugConfig('base'));
    expect(joined.itmLogits).not.toEqual(none.itmLogits);
  });

  test('read no padding, and mix no captions', async () => {
    const both = await answers('base.safetensors', mplugConfig('base'));
    const alone = await answers('base.safetensors', mplugConfig('base'), [SHORT]);
    expect(both.itmLogits[2]).toBeCloseTo(alone.itmLogits[0] as number, 5);
    expect(both.itmLogits[3]).toBeCloseTo(alone.itmLogits[1] as number, 5);
    for (let layer = 0; layer < 4; layer++) {
      expect(largestGradient(both, layer, 1, 1), `layer ${layer}`).toBeGreaterThan(0);
      expect(largestGradient(both, layer, 1, 2), `layer ${layer}`).toBe(0);
    }
    // The last layer is a cross layer, whose words nothing reads.
    expect(largestGradient(both, 4, 0, 0)).toBeGreaterThan(0);
    expect(largestGradient(both, 4, 0, 1)).toBe(0);
  });

  test('leave the words of the cross layer before them a gradient when they come last', async () => {
    const config = { ...mplugConfig('base'), fusion_layers: 4 };
    const last = await answers('base.safetensors', config);
    expect(last.shape[0]).toBe(3);
    expect(largestGradient(last, 2, 0, 1)).toBeGreaterThan(0);
  });
});

describe('a config', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['more stored layers', { num_hidden_layers: 12 }, /num_hidden_layers = 7/],
    ['more text layers', { text_encoder_layers: 6 }, /text_encoder_layers = 1/],
    ['heads of five', { num_attention_heads: 5 }, /num_attention_heads = a divisor/],
    ['a stride of nothing', { stride_layer: 0 }, /stride_layer/],
    ['another image width', { encoder_width: 128 }, /encoder_width = 64/],
  ])('that states %s is refused by field', (_, edit, message) => {
    const config = { ...mplugConfig('base'), ...edit };
    const error = modelFailure(() => mplug.facts(config, weightsOf('base.pth')));
    expect(error).toMatchObject({ code: 'MODEL_CONFIG_INVALID', file: 'config.json' });
    expect(error.message).toMatch(message);
  });
});
