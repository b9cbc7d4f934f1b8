// ALBEF on tiny random checkpoints: one model in every published layout, its facts and defaults, the
// rows that no gradient reaches, and what it makes of configs and weights that lie.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenBatch } from '../../../../electron/inference/model.ts';
import { openPack } from '../../../../electron/inference/session/openPack.ts';
import { planCaptions } from '../../../../electron/inference/pipeline/tokenize/caption.ts';
import { loadItmModel, sourceOfPack } from '../../../../electron/inference/session/itmModel.ts';
import { albef } from '../../../../models/albef/family.ts';
import { blipItm } from '../../../../models/blip-itm/family.ts';
import { FAMILIES, familyOf } from '../../../../models/families.ts';
import type { WeightIndex } from '../../../../models/family.ts';
import { buildPack } from '../../../../models/packs/building/build.ts';
import { loadPack } from '../../../../models/packs/load.ts';
import { readWeights } from '../../../../models/packs/building/weightFiles.ts';
import {
  ALBEF_VOCABULARY,
  albefConfig,
  albefShapes,
  lavisShapes,
  pretrainedShapes,
  TINY_ALBEF,
  writeAlbefTorch,
} from '../../../helpers/fixtures/albefCheckpoint.ts';
import { indexOf, writeRandomSafetensors } from '../../../helpers/fixtures/bertShapes.ts';
import { blipShapes, originalNames, TINY_BLIP } from '../../../helpers/fixtures/blipCheckpoint.ts';
import { largestGradient } from '../../../helpers/fixtures/explained.ts';
import { modelFailure } from '../../../helpers/fixtures/modelFailure.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

const LAYOUTS: Record<string, (path: string) => void | Promise<void>> = {
  'fine-tuned.pth': (path) => writeAlbefTorch(path, albefShapes()),
  'retrieval.pth': (path) => writeAlbefTorch(path, albefShapes(), 'model'),
  'ALBEF.pth': (path) => writeAlbefTorch(path, pretrainedShapes(), 'model'),
  'model.safetensors': (path) => writeRandomSafetensors(path, albefShapes()),
  'lavis.pt': (path) => writeAlbefTorch(path, lavisShapes(), 'model'),
};
const CPU = { id: 'x', provider: 'cpu', threads: 1, precision: 'f32' } as const;
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

const load = (name: string, config: unknown = albefConfig()) =>
  loadItmModel({ folder: folder.path, weights: weightsOf(name), config });
const image = (side: number) =>
  Float32Array.from({ length: 3 * side * side }, (_, i) => Math.sin(i * 0.37));
const CAPTIONS: TokenBatch = {
  batch: 2,
  length: 5,
  inputIds: BigInt64Array.from([101n, 5n, 6n, 7n, 8n, 101n, 9n, 0n, 0n, 0n]),
  attentionMask: BigInt64Array.from([1n, 1n, 1n, 1n, 1n, 1n, 1n, 0n, 0n, 0n]),
};

async function answers(name: string, config?: unknown) {
  const model = await load(name, config);
  const features = await model.encodeImage(image(24), 24, 24);
  const explained = await model.explain(features, CAPTIONS, [0, 2]);
  await model.dispose();
  return explained;
}

describe('a checkpoint', () => {
  test.each(Object.keys(LAYOUTS))('%s is recognised whatever the order of families', (name) => {
    expect(familyOf(weightsOf(name))).toBe(albef);
    expect(FAMILIES.filter((family) => family.recognises(weightsOf(name)))).toEqual([albef]);
  });

  test("of BLIP in its original names, which are the same but for the layers' kind, is BLIP's", () => {
    const index = indexOf(originalNames(blipShapes(TINY_BLIP)));
    expect(FAMILIES.filter((family) => family.recognises(index))).toEqual([blipItm]);
  });

  test('is not known by a text side that never looks at the image', () => {
    const blind = new Map(
      [...weightsOf('fine-tuned.pth')].filter(([name]) => !name.includes('crossattention')),
    );
    expect(albef.recognises(blind)).toBe(false);
  });

  test('tells its facts and the choice of its own GradCAM', () => {
    expect(albef.facts(albefConfig(), weightsOf('ALBEF.pth'))).toMatchObject({
      patch: 8,
      nativeSide: 16,
      layers: 3,
      taps: ['text layer 3 of 5', 'text layer 4 of 5', 'text layer 5 of 5'],
      heads: 2,
      imageWidth: 64,
      maxTokens: 20,
      vocabSize: ALBEF_VOCABULARY,
      firstToken: null,
      endsWithSeparator: false,
      defaults: { layers: [2], heads: 'mean', inputSide: 16 },
      positionTable: { shape: [1, 5, 64] },
    });
    expect(albef.facts(null, weightsOf('lavis.pt'))).toMatchObject({
      endsWithSeparator: true,
      heads: 1,
    });
  });

  test('with six layers that read the image is explained at the third', () => {
    const shapes = albefShapes();
    for (const [name, shape] of [...shapes])
      for (const layer of [5, 6, 7])
        if (name.includes('layer.4.'))
          shapes.set(name.replace('layer.4.', `layer.${layer}.`), shape);
    expect(albef.facts(null, indexOf(shapes)).defaults.layers).toEqual([3]);
  });

  test('gives the same answers to the last bit in every layout', async () => {
    const plain = await answers('fine-tuned.pth');
    expect(Math.max(...plain.gradient)).toBeGreaterThan(0);
    for (const name of ['retrieval.pth', 'ALBEF.pth', 'model.safetensors']) {
      const other = await answers(name);
      expect(other.itmLogits, name).toEqual(plain.itmLogits);
      expect(other.gradient, name).toEqual(plain.gradient);
    }
  });

  test('adds the token type where it has the table, and goes without where it has none', async () => {
    const plain = await answers('fine-tuned.pth');
    const lavis = await answers('lavis.pt');
    expect(lavis.itmLogits).not.toEqual(plain.itmLogits);
  });

  test('lacking its match head names the missing tensor', () => {
    const without = new Map(
      [...weightsOf('fine-tuned.pth')].filter(([name]) => name !== 'itm_head.weight'),
    );
    expect(familyOf(without)).toBe(albef);
    expect(modelFailure(() => albef.facts(null, without))).toMatchObject({
      code: 'MODEL_TENSOR_MISSING',
      tensor: 'itm_head.weight',
      file: 'fine-tuned.pth',
    });
  });

  test('becomes a pack without a config, which says how it is used', async () => {
    const vocabulary = join(folder.path, 'vocab.txt');
    const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'a', 'picture', 'of', 'cat'];
    await writeFile(vocabulary, `${words.join('\n')}\n`);
    const { folder: out, manifest } = await buildPack({
      source: join(folder.path, 'ALBEF.pth'),
      tokenizer: vocabulary,
      out: join(folder.path, 'pack'),
    });
    expect(manifest).toMatchObject({
      kind: 'itm',
      family: 'albef',
      config: null,
      defaults: {
        layers: [2],
        heads: 'mean',
        prefix: 'A picture of',
        parameters: { 'pnp.inputSide': 16 },
      },
    });
    const model = await loadItmModel(sourceOfPack(await loadPack(out)), { threads: 1 });
    expect(model.info).toMatchObject({ family: 'albef', layers: 3, heads: 1 });
    await model.dispose();
  });

  test('alone gets the vocabulary that it was trained on', async () => {
    const place = join(folder.path, 'downloads');
    await mkdir(place);
    const source = join(place, 'alone.pth');
    await writeAlbefTorch(source, albefShapes({ ...TINY_ALBEF, vocabulary: 30_522 }));
    const out = join(folder.path, 'alone');
    const { manifest } = await buildPack({ source, out });
    expect(manifest.files.find(({ path }) => path === 'vocab.txt')).toEqual({
      path: 'vocab.txt',
      bytes: 231_508,
      // As published.
      sha256: '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3',
    });
    const pack = await openPack({ ...CPU, folder: out }, ['cpu']);
    const classes = ['cat', 'dog'].map((word, id) => ({ id, name: word, words: [word] }));
    const { captions } = planCaptions(pack.tokenizer, classes, {
      prefix: 'A picture of',
      maxClasses: 2,
      maxTokens: 20,
      captions: 'joint',
    });
    expect(captions[0]!.ids.map(Number)).toEqual([101, 1037, 3861, 1997, 4937, 3899]);
    await pack.model.dispose();
  });

  test('with other words than the shipped vocabulary has is asked for its own', async () => {
    const bare = join(folder.path, 'bare');
    await mkdir(bare);
    await copyFile(join(folder.path, 'ALBEF.pth'), join(bare, 'ALBEF.pth'));
    const building = buildPack({ source: bare, out: join(folder.path, 'without') });
    await expect(building).rejects.toMatchObject({
      code: 'MODEL_TOKENIZER_INVALID',
      message: expect.stringContaining('as a rule the vocab.txt of bert-base-uncased') as string,
    });
  });

  test.each([
    [undefined, '[CLS] a picture of cat'],
    [true, '[CLS] a picture of cat [SEP]'],
  ])('with separator %s in its pack asks %j', async (separator, pieces) => {
    const vocabulary = join(folder.path, 'vocab.txt');
    const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'a', 'picture', 'of', 'cat'];
    await writeFile(vocabulary, `${words.join('\n')}\n`);
    const out = join(folder.path, `ends-${separator}`);
    await buildPack({
      source: join(folder.path, 'ALBEF.pth'),
      tokenizer: vocabulary,
      out,
      words: separator === undefined ? {} : { separator },
    });
    const pack = await openPack({ ...CPU, folder: out }, ['cpu']);
    const { captions } = planCaptions(pack.tokenizer, [{ id: 1, name: 'cat', words: ['cat'] }], {
      prefix: 'a picture of',
      maxClasses: 1,
      maxTokens: 20,
      captions: 'joint',
    });
    expect(captions[0]!.ids.map((id) => words[id]).join(' ')).toBe(pieces);
    await pack.model.dispose();
  });
});

test('no gradient reaches padding, and in the last layer no word', async () => {
  const explained = await answers('fine-tuned.pth');
  expect(largestGradient(explained, 0, 0, 1)).toBeGreaterThan(0);
  expect(largestGradient(explained, 1, 0, 0)).toBeGreaterThan(0);
  expect(largestGradient(explained, 1, 0, 1)).toBe(0);
  expect(largestGradient(explained, 0, 1, 1)).toBeGreaterThan(0);
  expect(largestGradient(explained, 0, 1, 2)).toBe(0);
});

describe('a config', () => {
  test.each<[string, (config: Record<string, unknown>) => unknown, RegExp]>([
    ['another fusion layer', (c) => (c['fusion_layer'] = 3), /fusion_layer = 2.*found 3/],
    ['more layers', (c) => (c['num_hidden_layers'] = 6), /num_hidden_layers = 5/],
    ['heads of five', (c) => (c['num_attention_heads'] = 5), /num_attention_heads = a divisor/],
    ['no heads', (c) => delete c['num_attention_heads'], /num_attention_heads/],
    ['another image width', (c) => (c['encoder_width'] = 32), /encoder_width = 64/],
    ['more token types', (c) => (c['type_vocab_size'] = 3), /type_vocab_size = 2/],
    [
      'another image size',
      (c) => ((c['vision_config'] as Record<string, unknown>)['image_size'] = 384),
      /vision_config\.image_size = 16/,
    ],
  ])('that states %s is refused by field', (_, edit, message) => {
    const config = albefConfig();
    edit(config);
    const error = modelFailure(() => albef.facts(config, weightsOf('fine-tuned.pth')));
    expect(error).toMatchObject({ code: 'MODEL_CONFIG_INVALID', file: 'config.json' });
    expect(error.message).toMatch(message);
  });

  test("as the repository has it, without the image encoder's numbers, is enough", () => {
    const { vision_config: _, ...repository } = albefConfig();
    expect(albef.facts(repository, weightsOf('fine-tuned.pth'))).toMatchObject({ heads: 2 });
  });

  test('is needed where heads of 64 do not divide the width', () => {
    const shapes = [...albefShapes()].map(
      ([name, shape]) => [name, shape.map((side) => (side === 64 ? 48 : side))] as const,
    );
    const thin = indexOf(new Map(shapes));
    expect(modelFailure(() => albef.facts(null, thin)).message).toMatch(
      /width 48.*no multiple of 64/,
    );
  });
});
