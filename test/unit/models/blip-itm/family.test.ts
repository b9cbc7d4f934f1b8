// What BLIP makes of configs and weights that lie: one clear error with file, tensor, expectation.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blipItm } from '../../../../models/blip-itm/family.ts';
import { FAMILIES, familyById, familyOf } from '../../../../models/families.ts';
import type { TensorRef, WeightIndex } from '../../../../models/family.ts';
import { readSafetensorsIndex } from '../../../../models/safetensors/reader.ts';
import { BLIP_CASE, blipConfig } from '../../../helpers/blipCase.ts';
import { modelFailure } from '../../../helpers/modelFailure.ts';

const weights = await readSafetensorsIndex(join(BLIP_CASE, 'model.safetensors'));
const DENSE = 'text_encoder.encoder.layer.2.crossattention.self.value.weight';

const without = (name: string): WeightIndex =>
  new Map([...weights].filter(([other]) => other !== name));
const changed = (name: string, change: Partial<TensorRef>): WeightIndex =>
  new Map(weights).set(name, { ...(weights.get(name) as TensorRef), ...change });

type Config = ReturnType<typeof blipConfig>;
function edited(edit: (config: Config) => void): Config {
  const config = blipConfig();
  edit(config);
  return config;
}

describe('a checkpoint', () => {
  test('is recognised by its tensor names, and tells its facts', () => {
    expect(familyOf(weights)).toBe(blipItm);
    expect(blipItm.facts(blipConfig(), weights)).toMatchObject({
      patch: 16,
      nativeSide: 64,
      layers: 4,
      heads: 4,
      imageWidth: 32,
      maxTokens: 40,
      vocabSize: 140,
      firstToken: 139,
      positionTable: { shape: [1, 17, 32] },
    });
  });

  test('without its match head is none of the known families', () => {
    const error = modelFailure(() => familyOf(without('itm_head.weight')));
    expect(error.code).toBe('MODEL_FAMILY_UNKNOWN');
    expect(error.message).toContain('model.safetensors');
    expect(modelFailure(() => familyById('vilt')).message).toContain(FAMILIES[0]?.id);
  });

  test('without config takes heads of 64 and the original epsilons', () => {
    const wide = new Map<string, TensorRef>();
    for (const [name, ref] of weights)
      wide.set(name, {
        ...ref,
        shape: ref.shape.map((dim) => (dim === 32 ? 128 : dim === 96 ? 384 : dim)),
        length: 0,
      });
    const scaled = new Map(
      [...wide].map(([name, ref]) => [
        name,
        { ...ref, length: 4 * ref.shape.reduce((product, dim) => product * dim, 1) },
      ]),
    );
    expect(blipItm.facts(null, scaled)).toMatchObject({ heads: 2, imageWidth: 128 });
  });

  test('lacking a tensor names the tensor, the file and the shape it should have', () => {
    const error = modelFailure(() => blipItm.facts(blipConfig(), without(DENSE)));
    expect(error).toMatchObject({
      code: 'MODEL_TENSOR_MISSING',
      tensor: DENSE,
      file: 'model.safetensors',
      expected: 'the tensor with shape [32, 32]',
    });
  });

  test('with a hole in a middle layer is no shorter model', () => {
    const hole = 'vision_model.encoder.layers.1.self_attn.qkv.weight';
    expect(modelFailure(() => blipItm.facts(blipConfig(), without(hole))).tensor).toBe(hole);
  });

  test('without config needs a width that heads of 64 divide', () => {
    const error = modelFailure(() => blipItm.facts(null, weights));
    expect(error.message).toMatch(/num_attention_heads.*no multiple of 64.*no config\.json/);
  });

  test('with a tensor of another shape names both shapes', () => {
    const error = modelFailure(() =>
      blipItm.facts(blipConfig(), changed(DENSE, { shape: [16, 64] })),
    );
    expect(error).toMatchObject({
      code: 'MODEL_TENSOR_SHAPE',
      tensor: DENSE,
      expected: 'shape [32, 32]',
      found: '[16, 64]',
    });
  });

  test('with whole numbers where floats belong is refused', () => {
    const error = modelFailure(() => blipItm.facts(blipConfig(), changed(DENSE, { dtype: 'I32' })));
    expect(error).toMatchObject({ code: 'MODEL_TENSOR_DTYPE', tensor: DENSE, found: 'I32' });
  });

  test('with fewer bytes than its shape needs is refused', () => {
    const error = modelFailure(() => blipItm.facts(blipConfig(), changed(DENSE, { length: 12 })));
    expect(error).toMatchObject({ code: 'MODEL_FILE_DAMAGED', tensor: DENSE });
  });

  test('whose position table is no square grid is refused', () => {
    const name = 'vision_model.embeddings.position_embedding';
    const error = modelFailure(() =>
      blipItm.facts(blipConfig(), changed(name, { shape: [1, 16, 32] })),
    );
    expect(error).toMatchObject({ code: 'MODEL_TENSOR_SHAPE', tensor: name, found: '16 rows' });
  });

  test('with a table of no axes or of empty ones is refused', () => {
    const name = 'text_encoder.embeddings.word_embeddings.weight';
    for (const shape of [[], [0, 32]])
      expect(modelFailure(() => blipItm.facts(blipConfig(), changed(name, { shape }))).tensor).toBe(
        name,
      );
  });
});

describe('a config', () => {
  const LIES: readonly (readonly [string, (config: Config) => void, RegExp])[] = [
    [
      'more layers than the file',
      ({ text_config }) => (text_config['num_hidden_layers'] = 1e6),
      /text_config\.num_hidden_layers = 4, as the weights have it.*1000000/,
    ],
    [
      'another width',
      ({ vision_config }) => (vision_config['hidden_size'] = 64),
      /vision_config\.hidden_size = 32/,
    ],
    [
      'another image size',
      ({ vision_config }) => (vision_config['image_size'] = 384),
      /vision_config\.image_size = 64/,
    ],
    [
      'heads that do not divide the width',
      ({ text_config }) => (text_config['num_attention_heads'] = 5),
      /text_config\.num_attention_heads = a divisor of the width 32.*"?5/,
    ],
    [
      'a negative size',
      ({ vision_config }) => (vision_config['patch_size'] = -16),
      /vision_config\.patch_size/,
    ],
    [
      'a size that is text',
      ({ vision_config }) => (vision_config['patch_size'] = '16'),
      /vision_config\.patch_size/,
    ],
    [
      'a size without end',
      ({ vision_config }) => (vision_config['intermediate_size'] = 2 ** 60),
      /vision_config\.intermediate_size/,
    ],
    [
      'another activation',
      ({ text_config }) => (text_config['hidden_act'] = 'relu'),
      /text_config\.hidden_act = "gelu".*relu/,
    ],
    ['no text part', (config) => Reflect.deleteProperty(config, 'text_config'), /text_config/],
    [
      'an epsilon of nothing',
      ({ text_config }) => (text_config['layer_norm_eps'] = 0),
      /text_config\.layer_norm_eps/,
    ],
  ];
  for (const [what, edit, message] of LIES)
    test(`that states ${what} is refused by field`, () => {
      const error = modelFailure(() => blipItm.facts(edited(edit), weights));
      expect(error.code).toBe('MODEL_CONFIG_INVALID');
      expect(error.file).toBe('config.json');
      expect(error.message).toMatch(message);
    });

  test('without text heads says that the class default of 8 is wrong and 12 is usual', () => {
    const config = edited(({ text_config }) => delete text_config['num_attention_heads']);
    const error = modelFailure(() => blipItm.facts(config, weights));
    expect(error.message).toMatch(/text_config\.num_attention_heads/);
    expect(error.fix).toMatch(/12 for published BLIP models/);
  });

  test('with 8 text heads for a width of 768 is the known mistake of early files', () => {
    const config = edited(({ text_config }) => {
      text_config['num_attention_heads'] = 8;
      text_config['hidden_size'] = 768;
    });
    const large = new Map(
      [...weights].map(([name, ref]) => [
        name,
        name.startsWith('text_encoder')
          ? { ...ref, shape: ref.shape.map((dim) => (dim === 32 ? 768 : dim)) }
          : ref,
      ]),
    );
    const error = modelFailure(() => blipItm.facts(config, large));
    expect(error.message).toMatch(/text_config\.num_attention_heads = 12 for a text width of 768/);
  });

  test('that is no object is refused', () => {
    for (const config of ['blip', 7, [], true])
      expect(modelFailure(() => blipItm.facts(config, weights)).code).toBe('MODEL_CONFIG_INVALID');
  });
});
