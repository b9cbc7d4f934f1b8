// What Segment Anything makes of configs and weights that lie, of both layouts, and of its relatives.
import { describe, expect, test } from 'vitest';
import { ModelError } from '../../../../models/errors.ts';
import { segmentFamilyOf } from '../../../../models/families.ts';
import type { TensorRef, WeightIndex } from '../../../../models/family.ts';
import { samNumbers } from '../../../../models/sam/config.ts';
import { encodeGraph } from '../../../../models/sam/encoder.ts';
import { sam } from '../../../../models/sam/family.ts';
import { byTransformersName } from '../../../../models/sam/names.ts';
import { samShapes, TINY_SAM } from '../../../helpers/fixtures/samCheckpoint.ts';

const indexOf = (shapes: Iterable<readonly [string, readonly number[]]>): WeightIndex =>
  new Map(
    [...shapes].map(([name, shape]) => {
      const length = 4 * shape.reduce((product, side) => product * side, 1);
      const ref: TensorRef = {
        name,
        dtype: 'F32',
        shape,
        file: 'model.safetensors',
        offset: 0,
        length,
      };
      return [name, ref];
    }),
  );
const weights = indexOf(samShapes(TINY_SAM));
const without = (name: string): WeightIndex =>
  new Map([...weights].filter(([other]) => other !== name));
const changed = (name: string, shape: readonly number[]): WeightIndex =>
  new Map([...weights, ...indexOf([[name, shape]])]);

function failure(work: () => unknown): ModelError {
  try {
    work();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Names in Meta's files by transformers' names. */
const META: readonly (readonly [RegExp, string])[] = [
  [/^vision_encoder\.patch_embed\.projection/, 'image_encoder.patch_embed.proj'],
  [/^vision_encoder\.pos_embed/, 'image_encoder.pos_embed'],
  [/^vision_encoder\.layers\.(\d)\.layer_norm/, 'image_encoder.blocks.$1.norm'],
  [/^vision_encoder\.layers/, 'image_encoder.blocks'],
  [/^vision_encoder\.neck\.conv1/, 'image_encoder.neck.0'],
  [/^vision_encoder\.neck\.layer_norm1/, 'image_encoder.neck.1'],
  [/^vision_encoder\.neck\.conv2/, 'image_encoder.neck.2'],
  [/^vision_encoder\.neck\.layer_norm2/, 'image_encoder.neck.3'],
  [/^shared_image_embedding.*/, 'prompt_encoder.pe_layer.positional_encoding_gaussian_matrix'],
  [/\.point_embed\./, '.point_embeddings.'],
  [/mask_embed\.conv1/, 'mask_downscaling.0'],
  [/mask_embed\.layer_norm1/, 'mask_downscaling.1'],
  [/mask_embed\.conv2/, 'mask_downscaling.3'],
  [/mask_embed\.layer_norm2/, 'mask_downscaling.4'],
  [/mask_embed\.conv3/, 'mask_downscaling.6'],
  [/layer_norm_final_attn/, 'norm_final_attn'],
  [/^(mask_decoder\.transformer\.layers\.\d)\.layer_norm/, '$1.norm'],
  [/upscale_conv1/, 'output_upscaling.0'],
  [/upscale_layer_norm/, 'output_upscaling.1'],
  [/upscale_conv2/, 'output_upscaling.3'],
  [/^(mask_decoder\.(?:out|iou_p).*)\.layers\.0\./, '$1.layers.1.'],
  [/\.proj_in\./, '.layers.0.'],
  [/\.proj_out\./, '.layers.2.'],
];

function metaName(name: string): string {
  for (const [pattern, replacement] of META)
    if (pattern.test(name)) return name.replace(pattern, replacement);
  return name;
}

describe('a checkpoint', () => {
  test("in Meta's names has the same tensors, and its own epsilon in the decoder", () => {
    const renamed = new Map([...weights].map(([name, ref]) => [metaName(name), ref]));
    const changedNames = [...renamed.keys()].filter((name) => !weights.has(name));
    expect(changedNames.length).toBeGreaterThan(60);
    const { named, layout } = byTransformersName(renamed);
    expect(layout).toBe('meta');
    const fourier = 'prompt_encoder.shared_embedding.positional_embedding';
    const expected = [...weights.keys()].map((name) =>
      name.startsWith('shared_image_embedding') ? fourier : name,
    );
    expect([...named.keys()].sort()).toEqual(expected.sort());
    for (const [name, ref] of named)
      if (name !== fourier) expect(ref, name).toBe(weights.get(name));
    const epsilons = [renamed, weights].map((index) => {
      const read = samNumbers(null, byTransformersName(index));
      return read.decoder.epsilon;
    });
    expect(epsilons).toEqual([1e-5, 1e-6]);
    expect(segmentFamilyOf(renamed)).toBe(sam);
  });

  test('may name every tensor with "module." in front', () => {
    const wrapped = new Map([...weights].map(([name, ref]) => [`module.${name}`, ref]));
    expect(sam.facts(null, wrapped)).toEqual(sam.facts(null, weights));
  });

  test('tells heads, window and global layers by the shapes of its tables', () => {
    const { vision, grid, patch } = samNumbers(null, byTransformersName(weights));
    expect({ ...vision, global: [...vision.global] }).toEqual({
      width: 12,
      layers: 2,
      heads: 2,
      mlpWidth: 20,
      window: 3,
      global: [1],
      epsilon: 1e-6,
    });
    expect([grid, patch]).toEqual([4, 4]);
  });

  test.each([
    ['mask_decoder.transformer.layers.1.cross_attn_token_to_image.v_proj.bias', '[16]'],
    ['vision_encoder.layers.0.attn.qkv.weight', '[36, 12]'],
    ['prompt_encoder.not_a_point_embed.weight', '[1, 32]'],
    ['prompt_encoder.mask_embed.conv3.bias', '[32]'],
  ])('lacking %s names it with its shape', (tensor, shape) => {
    expect(failure(() => sam.facts(null, without(tensor)))).toMatchObject({
      code: 'MODEL_TENSOR_MISSING',
      tensor,
      expected: `the tensor with shape ${shape}`,
    });
  });

  test.each<[string, string, readonly number[], RegExp]>([
    ['a table of an even number of rows', 'vision_encoder.layers.0.attn.rel_pos_h', [4, 6], /odd/],
    [
      'heads that do not fill the width',
      'vision_encoder.layers.0.attn.rel_pos_h',
      [5, 5],
      /divides/,
    ],
    ['a position table that is no square', 'vision_encoder.pos_embed', [1, 4, 5, 12], /4 by 5/],
    ['another kernel', 'vision_encoder.neck.conv2.weight', [32, 32, 1, 1], /\[32, 32, 3, 3\]/],
  ])('with %s is refused', (_, name, shape, message) => {
    const error = failure(() => sam.facts(null, changed(name, shape)));
    expect(error.code).toBe('MODEL_TENSOR_SHAPE');
    expect(error.message).toMatch(message);
  });
});

describe('a config', () => {
  test('may leave out everything, and may carry keys of other models', () => {
    const noise = { intermediate_size: 6144, projection_dim: 512, dropout: 0 };
    expect(sam.facts({ vision_config: noise }, weights)).toEqual(sam.facts(null, weights));
  });

  test.each<[string, unknown, RegExp]>([
    ['width', { vision_config: { hidden_size: 768 } }, /vision_config\.hidden_size = 12/],
    ['inner width', { vision_config: { mlp_dim: 48 } }, /vision_config\.mlp_dim = 20/],
    ['heads', { vision_config: { num_attention_heads: 4 } }, /num_attention_heads = 2/],
    ['image size', { vision_config: { image_size: 1024 } }, /vision_config\.image_size = 16/],
    ['window', { vision_config: { window_size: 14 } }, /vision_config\.window_size = 3/],
    ['tables', { vision_config: { use_rel_pos: false } }, /vision_config\.use_rel_pos/],
    ['masks', { mask_decoder_config: { num_multimask_outputs: 1 } }, /num_multimask_outputs = 3/],
    [
      'decoder heads',
      { mask_decoder_config: { num_attention_heads: 5 } },
      /divisor of the width 16/,
    ],
    ['mask channels', { prompt_encoder_config: { mask_input_channels: 16 } }, /channels = 8/],
    ['form', 'sam', /the config/],
  ])('that lies about its %s is refused by field', (_, config, message) => {
    const error = failure(() => sam.facts(config, weights));
    expect(error.code).toBe('MODEL_CONFIG_INVALID');
    expect(error.message).toMatch(message);
  });
});

describe('relatives', () => {
  test.each([
    ['SAM-HQ', 'mask_decoder.hf_token.weight'],
    ['adapters', 'image_encoder.blocks.0.Adapter.channel.0.weight'],
    ['SAM 2', 'image_encoder.trunk.pos_embed'],
  ])('%s is refused by name', (name, tensor) => {
    const error = failure(() => segmentFamilyOf(changed(tensor, [1, 32])));
    expect(error.code).toBe('MODEL_FAMILY_UNKNOWN');
    expect(error.found).toContain(name);
    expect(error.fix).toMatch(/SlimSAM or MobileSAM/);
  });

  test('an encoder alone, and a model of another kind, say so', () => {
    const encoder = new Map([...weights].filter(([name]) => name.startsWith('vision_encoder')));
    expect(failure(() => segmentFamilyOf(encoder)).found).toContain('without its mask decoder');
    const other = failure(() => segmentFamilyOf(indexOf([['itm_head.weight', [2, 4]]])));
    expect(other.message).toMatch(/sam, mobile-sam.*1 tensors of another kind/);
  });
});

test('on another grid than the stored one places are mixed, and every cell has one', () => {
  const numbers = samNumbers(null, byTransformersName(weights));
  for (const grid of [3, 4, 6]) {
    const graph = encodeGraph(numbers, byTransformersName(weights).named, grid);
    expect(graph.inputs[0]!.shape).toEqual([1, 3, 4 * grid, 4 * grid]);
    expect(graph.outputs[0]!.shape).toEqual([1, TINY_SAM.promptWidth, grid, grid]);
  }
});
