// Numbers of CLIP configs: exports leave out what is as in the first published model, and a number that the
// weights do not have is told.
import { expect, test } from 'vitest';
import { clipNumbers } from '../../../../models/clip/config.ts';
import type { TensorRef, WeightIndex } from '../../../../models/family.ts';

interface Sizes {
  readonly patch: number;
  readonly grid: number;
  readonly vision: number;
  readonly text: number;
  readonly layers: number;
}

const BASE_32: Sizes = { patch: 32, grid: 7, vision: 768, text: 512, layers: 12 };

/** Shapes alone: no number is read from the bytes. */
function weightsOf({ patch, grid, vision, text, layers }: Sizes): WeightIndex {
  const shapes: Record<string, readonly number[]> = {
    'vision_model.embeddings.patch_embedding.weight': [vision, 3, patch, patch],
    'vision_model.embeddings.position_embedding.weight': [1 + grid * grid, vision],
    'text_model.embeddings.token_embedding.weight': [49_408, text],
    'text_model.embeddings.position_embedding.weight': [77, text],
    'visual_projection.weight': [text, vision],
  };
  for (const tower of ['vision_model', 'text_model'])
    shapes[`${tower}.encoder.layers.${layers - 1}.layer_norm1.weight`] = [1];
  return new Map(
    Object.entries(shapes).map(([name, shape]): [string, TensorRef] => [
      name,
      { name, dtype: 'F32', shape, file: 'model.safetensors', offset: 0, length: 0 },
    ]),
  );
}

test('a config that says nothing is the first published model', () => {
  const weights = weightsOf(BASE_32);
  for (const config of [
    {},
    { text_config: {}, vision_config: {} },
    { vision_config: { patch_size: 32 } },
  ]) {
    const { vision, text, patch, grid, endToken } = clipNumbers(config, weights);
    expect([patch, grid, endToken]).toEqual([32, 7, null]);
    expect(vision).toMatchObject({ width: 768, layers: 12, heads: 12, mlpWidth: 3072 });
    expect(text).toMatchObject({ width: 512, layers: 12, heads: 8, mlpWidth: 2048 });
  }
});

test('fields that differ are stated, and the others still hold', () => {
  const weights = weightsOf({ ...BASE_32, patch: 16, grid: 14 });
  const { patch, vision } = clipNumbers({ vision_config: { patch_size: 16 } }, weights);
  expect([patch, vision.heads]).toEqual([16, 12]);
});

test('a field that is left out and not as in that model is named with what the weights have', () => {
  const weights = weightsOf({ ...BASE_32, patch: 16, grid: 14 });
  expect(() => clipNumbers({}, weights)).toThrow(/vision_config\.patch_size.*16/);
  const large = weightsOf({ ...BASE_32, vision: 1024, layers: 24 });
  expect(() => clipNumbers({}, large)).toThrow(/vision_config\.hidden_size.*1024/);
});
