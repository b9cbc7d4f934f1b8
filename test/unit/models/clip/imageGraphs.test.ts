// CLIP's image graphs that read inside of the last blocks: which blocks run fused, and what each output is made of.
import { describe, expect, test } from 'vitest';
import type { ClipNumbers } from '../../../../models/clip/config.ts';
import { denseGraph } from '../../../../models/clip/dense.ts';
import { shareGraph, trunkGraph } from '../../../../models/clip/trunk.ts';
import type { Graph } from '../../../../models/ir/graph.ts';
import type { Value } from '../../../../models/ir/value.ts';
import { addLinear, addNorm, indexOf, type Shapes } from '../../../helpers/fixtures/bertShapes.ts';

const [WIDTH, OUT, PATCH] = [16, 12, 4];

function model(layers: number) {
  const shapes: Shapes = new Map();
  const name = 'vision_model';
  shapes.set(`${name}.embeddings.class_embedding`, [WIDTH]);
  shapes.set(`${name}.embeddings.patch_embedding.weight`, [WIDTH, 3, PATCH, PATCH]);
  addNorm(shapes, `${name}.pre_layrnorm`, WIDTH);
  addNorm(shapes, `${name}.post_layernorm`, WIDTH);
  for (let layer = 0; layer < layers; layer++) {
    const block = `${name}.encoder.layers.${layer}`;
    for (const part of ['q_proj', 'k_proj', 'v_proj', 'out_proj'])
      addLinear(shapes, `${block}.self_attn.${part}`, WIDTH, WIDTH);
    addNorm(shapes, `${block}.layer_norm1`, WIDTH);
    addNorm(shapes, `${block}.layer_norm2`, WIDTH);
    addLinear(shapes, `${block}.mlp.fc1`, 4 * WIDTH, WIDTH);
    addLinear(shapes, `${block}.mlp.fc2`, WIDTH, 4 * WIDTH);
  }
  shapes.set('visual_projection.weight', [OUT, WIDTH]);
  const tower = {
    layers,
    width: WIDTH,
    heads: 4,
    mlpWidth: 4 * WIDTH,
    epsilon: 1e-5,
    activation: 'quick_gelu',
  };
  const numbers = { patch: PATCH, embeddingWidth: OUT, vision: tower } as unknown as ClipNumbers;
  return [numbers, indexOf(shapes)] as const;
}

/** How often an operator stands in a graph. */
const times = (graph: Graph, operator: string) =>
  graph.nodes.filter(({ op }) => op === operator).length;

/** Layers whose weights a graph takes. */
const layersOf = (graph: Graph) => [
  ...new Set(
    graph.constants.flatMap(({ value }) =>
      (/layers\.(\d+)\./.exec(value.name) ?? []).slice(1).map(Number),
    ),
  ),
];

/** The norm that made an output, by the name of its gain. */
function normOf(graph: Graph, name: string): string | undefined {
  const producer = graph.producers.get(graph.outputs.find((one) => one.name === name)!)!;
  const norm = graph.producers.get(producer.inputs[0]!);
  return norm?.inputs[1]?.name;
}

/** The one number that a value is multiplied by. */
function factors(graph: Graph): number[] {
  const numbers = new Map<Value, number>();
  for (const { value, data } of graph.constants)
    if (data.kind === 'inline' && value.dtype === 'F32' && value.shape.length === 0)
      numbers.set(value, new Float32Array(data.bytes.slice().buffer)[0]!);
  return graph.nodes.flatMap(({ op, inputs }) =>
    op === 'Mul' ? inputs.flatMap((one) => numbers.get(one!) ?? []) : [],
  );
}

describe('the trunk', () => {
  test.each([
    [10, 8],
    [8, 8],
    [3, 3],
  ])('of %d layers reads the attention of the last %d, as their mean', (layers, read) => {
    const graph = trunkGraph(...model(layers));
    expect(times(graph, 'Softmax')).toBe(read);
    expect(times(graph, 'MultiHeadAttention')).toBe(layers - read);
    expect(layersOf(graph)).toEqual(Array.from({ length: layers }, (_, layer) => layer));
    expect(factors(graph)).toContain(Math.fround(1 / read));
    expect(normOf(graph, 'activations')).toBe(
      `vision_model.encoder.layers.${layers - 1}.layer_norm1.weight`,
    );
    expect(graph.outputs.map(({ name }) => name)).toEqual([
      'before_last',
      'activations',
      'features',
      'attention',
      'spread',
    ]);
  });
});

test('the share of a vector goes through the last block alone', () => {
  const graph = shareGraph(...model(5));
  expect(layersOf(graph)).toEqual([4]);
  expect(graph.outputs.map(({ name }) => name)).toEqual(['gradient', 'map']);
});

describe('patches as vectors', () => {
  test.each(['naclip', 'kk', 'csa', 'vanilla', 'nonly'] as const)(
    'by %s: all blocks but the last are fused, and a head’s width scales its scores',
    (strategy) => {
      const graph = denseGraph(...model(3), { strategy, arch: 'vanilla' });
      expect(times(graph, 'MultiHeadAttention')).toBe(2);
      expect(layersOf(graph)).toEqual([0, 1, 2]);
      expect(factors(graph)).toContain(0.5);
      const nearness = strategy === 'naclip' || strategy === 'nonly';
      expect(graph.inputs.map(({ name }) => name)).toEqual([
        'pixel_values',
        'position',
        ...(nearness ? ['omega'] : []),
      ]);
    },
  );

  test('a reduced last block ends with what it listened to', () => {
    const whole = denseGraph(...model(3), { strategy: 'kk', arch: 'vanilla' });
    const reduced = denseGraph(...model(3), { strategy: 'kk', arch: 'reduced' });
    const mlps = (graph: Graph) =>
      graph.constants.filter(({ value }) => /layers\.2\.mlp/.test(value.name)).length;
    expect([mlps(whole), mlps(reduced)]).toEqual([4, 0]);
  });
});
