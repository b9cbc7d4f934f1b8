// MobileSAM's encoder as a graph: every weight in its place, where cells are merged, and which bias a pair of cells has.
import { describe, expect, test } from 'vitest';
import { intsAttribute } from '../../../../models/ir/node.ts';
import type { MobileSamNumbers } from '../../../../models/mobile-sam/config.ts';
import { mobileEncodeGraph } from '../../../../models/mobile-sam/encoder.ts';
import { NECK } from '../../../../models/sam/names.ts';
import { addLinear, addNorm, indexOf, type Shapes } from '../../../helpers/fixtures/bertShapes.ts';

const [STEM, OUT] = [4, 6];
const STAGES = [
  { width: 8, blocks: 2, grid: 12, attention: null },
  { width: 10, blocks: 1, grid: 6, attention: { heads: 2, window: 3 } },
  { width: 12, blocks: 2, grid: 3, attention: { heads: 3, window: 2 } },
  { width: 14, blocks: 1, grid: 3, attention: { heads: 1, window: 3 } },
] as const;
const numbers = {
  side: 48,
  grid: 3,
  stemWidth: STEM,
  stages: STAGES,
  decoder: { width: OUT },
} as unknown as MobileSamNumbers;

function shapesOf(): Shapes {
  const shapes: Shapes = new Map();
  const conv = (name: string, width: number, from: number, side: number) => {
    shapes.set(`${name}.c.weight`, [width, from, side, side]);
    for (const part of ['weight', 'bias', 'running_mean', 'running_var'])
      shapes.set(`${name}.bn.${part}`, [width]);
  };
  conv('image_encoder.patch_embed.seq.0', STEM, 3, 3);
  conv('image_encoder.patch_embed.seq.2', STAGES[0].width, STEM, 3);
  STAGES.forEach(({ width, blocks, attention }, stage) => {
    const before = `image_encoder.layers.${stage}`;
    for (let block = 0; block < blocks; block++) {
      const name = `${before}.blocks.${block}`;
      if (!attention) {
        conv(`${name}.conv1`, 4 * width, width, 1);
        conv(`${name}.conv2`, 4 * width, 1, 3);
        conv(`${name}.conv3`, width, 4 * width, 1);
        continue;
      }
      addNorm(shapes, `${name}.attn.norm`, width);
      addLinear(shapes, `${name}.attn.qkv`, 3 * width, width);
      addLinear(shapes, `${name}.attn.proj`, width, width);
      shapes.set(`${name}.attn.attention_biases`, [attention.heads, attention.window ** 2]);
      conv(`${name}.local_conv`, width, 1, 3);
      addNorm(shapes, `${name}.mlp.norm`, width);
      addLinear(shapes, `${name}.mlp.fc1`, 4 * width, width);
      addLinear(shapes, `${name}.mlp.fc2`, width, 4 * width);
    }
    const next = STAGES[stage + 1];
    if (!next) return;
    conv(`${before}.downsample.conv1`, next.width, width, 1);
    conv(`${before}.downsample.conv2`, next.width, 1, 3);
    conv(`${before}.downsample.conv3`, next.width, next.width, 1);
  });
  shapes.set(`${NECK}conv1.weight`, [OUT, STAGES[3].width, 1, 1]);
  addNorm(shapes, `${NECK}layer_norm1`, OUT);
  shapes.set(`${NECK}conv2.weight`, [OUT, OUT, 3, 3]);
  addNorm(shapes, `${NECK}layer_norm2`, OUT);
  return shapes;
}

const weights = indexOf(shapesOf());

describe('the graph of the encoder', () => {
  const graph = mobileEncodeGraph(numbers, weights);

  test('takes a square image, gives cells of the decoder’s width, and needs every weight', () => {
    expect(graph.inputs.map(({ shape }) => shape)).toEqual([[1, 3, 48, 48]]);
    expect(graph.outputs.map(({ name, shape }) => [name, shape])).toEqual([
      ['image_embeddings', [1, OUT, 3, 3]],
    ]);
    const taken = new Set(
      graph.constants.flatMap(({ data, value }) => (data.kind === 'external' ? [value.name] : [])),
    );
    expect(taken.size).toBe(weights.size);
  });

  test('halves the map twice in the stem and between stages, but not before the last one', () => {
    const halving = graph.nodes.flatMap(({ op, name, attributes }) =>
      op === 'Conv' && intsAttribute({ attributes }, 'strides')?.[0] === 2 ? [name] : [],
    );
    expect(halving).toEqual([
      'stem/Conv',
      'stem/Conv.2',
      'stage.0/down/Conv.2',
      'stage.1/down/Conv.2',
    ]);
  });

  test('biases a pair of cells by their distance down and across', () => {
    const tables = graph.nodes.flatMap(({ op, inputs }) => {
      const table = graph.constants.find(({ value }) => value === inputs[1]);
      return op === 'Gather' && table?.data.kind === 'inline' && table.value.shape.length === 2
        ? [[...new BigInt64Array(table.data.bytes.slice().buffer)].map(Number)]
        : [];
    });
    const distances = (side: number) =>
      Array.from({ length: side ** 2 }, (_, query) =>
        Array.from({ length: side ** 2 }, (_one, key) => {
          const [from, to] = [query, key].map((at) => ({ x: at % side, y: Math.floor(at / side) }));
          return Math.abs(from!.y - to!.y) * side + Math.abs(from!.x - to!.x);
        }),
      ).flat();
    expect(tables).toEqual([3, 2, 2, 3].map(distances));
  });
});
