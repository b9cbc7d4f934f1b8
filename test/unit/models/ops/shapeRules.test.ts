// Shape rules: what each operator makes of its inputs' shapes agrees with what onnxruntime makes,
// and what does not fit is refused with operator, place and types.
import { describe, expect, test } from 'vitest';
import { input, longs, output } from '../../../../models/ir/builder.ts';
import { createGraph, type Graph } from '../../../../models/ir/graph.ts';
import { within } from '../../../../models/ir/names.ts';
import type { Dim, Value } from '../../../../models/ir/value.ts';
import { fusedAttention, mergeHeads, splitHeads } from '../../../../models/ops/attention.ts';
import { add, cast } from '../../../../models/ops/elementwise.ts';
import { conv, patchConv, type ConvOptions } from '../../../../models/ops/convolution.ts';
import { gemm, matmul } from '../../../../models/ops/linalg.ts';
import {
  concat,
  elementAt,
  elementsBehind,
  firstOf,
  gather,
  padTo,
  slice,
  transpose,
} from '../../../../models/ops/movement.ts';
import { expand, expandOpen, reshape } from '../../../../models/ops/broadcast.ts';
import { layerNorm, softmax } from '../../../../models/ops/normalization.ts';
import { reduceMean } from '../../../../models/ops/reduction.ts';
import { reduceSum } from '../../../../models/ops/broadcast.ts';
import { f32, runnable } from '../../../helpers/drivers/runGraph.ts';

type Build = (graph: Graph, inputs: readonly Value[]) => Value;

/** Shapes with symbols: a side given as ['batch', 2] is the symbol and its size in this run. */
type Side = number | readonly [string, number];

async function shapes(sides: readonly (readonly Side[])[], build: Build) {
  const graph = createGraph('shapes');
  const inputs = sides.map((shape, index) =>
    input(
      graph,
      `x${index}`,
      'F32',
      shape.map((side): Dim => (typeof side === 'number' ? side : side[0])),
    ),
  );
  const y = build(graph, inputs);
  output(graph, 'y', y);
  const run = await runnable(graph);
  const feeds = sides.map((shape, index) => {
    const sizes = shape.map((side) => (typeof side === 'number' ? side : side[1]));
    const count = sizes.reduce((product, side) => product * side, 1);
    return [`x${index}`, f32(Array<number>(count).fill(0.5), sizes)] as const;
  });
  const made = await run.run(Object.fromEntries(feeds));
  await run.dispose();
  return { told: y.shape, made: made['y']?.shape };
}

const B = ['batch', 2] as const;
const T = ['tokens', 5] as const;
const RULES: readonly (readonly [string, readonly (readonly Side[])[], Build, readonly Dim[]])[] = [
  [
    'Add broadcasts',
    [
      [B, 1, 4],
      [3, 1],
    ],
    (g, [a, b]) => add(g, a as Value, b as Value),
    ['batch', 3, 4],
  ],
  [
    'MatMul broadcasts the front',
    [
      [B, 3, T, 4],
      [1, 3, 4, 6],
    ],
    (g, [a, b]) => matmul(g, a as Value, b as Value),
    ['batch', 3, 'tokens', 6],
  ],
  [
    'Gemm transposes',
    [[T, 4], [6, 4], [6]],
    (g, [a, b, c]) => gemm(g, a as Value, b as Value, { addend: c as Value, transB: true }),
    ['tokens', 6],
  ],
  [
    'Conv cuts patches',
    [[1, 3, 8, 12], [7, 3, 4, 4], [7]],
    (g, [x, k, b]) => patchConv(g, x as Value, { kernel: k as Value, bias: b as Value }),
    [1, 7, 2, 3],
  ],
  [
    'Conv with padding keeps the sides',
    [
      [B, 3, 8, 12],
      [7, 3, 3, 3],
    ],
    (g, [x, k]) => conv(g, x as Value, { kernel: k as Value, bias: null }, { padding: 1 }),
    ['batch', 7, 8, 12],
  ],
  [
    'Conv steps by its stride, also over odd sides',
    [
      [1, 3, 9, 12],
      [7, 3, 3, 3],
    ],
    (g, [x, k]) =>
      conv(g, x as Value, { kernel: k as Value, bias: null }, { padding: 1, stride: 2 }),
    [1, 7, 5, 6],
  ],
  [
    'Conv in groups',
    [
      [1, 6, 5, 5],
      [6, 1, 3, 3],
    ],
    (g, [x, k]) => conv(g, x as Value, { kernel: k as Value, bias: null }, { groups: 6 }),
    [1, 6, 3, 3],
  ],
  ['Pad fills up behind', [[3, 4, 2]], (g, [x]) => padTo(g, x as Value, [5, 4, 3]), [5, 4, 3]],
  [
    'Expand of sides that may be 1',
    [
      [['masks', 1], 3, ['rows', 1]],
      [B, 3, 5],
    ],
    (g, [a, b]) => add(g, expandOpen(g, a as Value, ['batch', 3, 5]), b as Value),
    ['batch', 3, 5],
  ],
  [
    'Reshape merges symbols',
    [[B, T, 4]],
    (g, [x]) => reshape(g, x as Value, ['batch*tokens', 4]),
    ['batch*tokens', 4],
  ],
  [
    'Reshape splits what it merged',
    [[B, T, 4]],
    (g, [x]) => reshape(g, reshape(g, x as Value, ['batch*tokens', 4]), ['batch', 'tokens', 2, 2]),
    ['batch', 'tokens', 2, 2],
  ],
  [
    'heads split and merge',
    [[B, T, 6]],
    (g, [x]) =>
      mergeHeads(
        g,
        splitHeads(g, reshape(g, x as Value, ['batch*tokens', 6]), {
          batch: 'batch',
          tokens: 'tokens',
          heads: 3,
        }),
      ),
    ['batch*tokens', 6],
  ],
  [
    'Transpose permutes',
    [[B, T, 4]],
    (g, [x]) => transpose(g, x as Value, [2, 0, 1]),
    [4, 'batch', 'tokens'],
  ],
  ['Slice cuts', [[B, 6]], (g, [x]) => slice(g, x as Value, 1, { start: 2 }), ['batch', 4]],
  [
    'Slice of a symbol from its second place on',
    [[T, 6]],
    (g, [x]) => slice(g, x as Value, 0, { start: 1, end: 3 }),
    [2, 6],
  ],
  ['Slice of a symbol', [[T, 6]], (g, [x]) => elementAt(g, x as Value, 0, 0), [1, 6]],
  [
    'the first of a table',
    [
      [9, 6],
      [T, 6],
    ],
    (g, [x, y]) => add(g, firstOf(g, x as Value, 0, 'tokens'), y as Value),
    ['tokens', 6],
  ],
  [
    'what stands behind the first',
    [
      [9, 6],
      [T, 6],
      [B, 6],
    ],
    (g, [x]) => elementsBehind(g, x as Value, 0, { before: 'tokens', size: 'batch' }),
    ['batch', 6],
  ],
  [
    'Concat adds sides',
    [
      [B, 2],
      [B, 3],
    ],
    (g, [a, b]) => concat(g, [a as Value, b as Value], 1),
    ['batch', 5],
  ],
  [
    'Concat names an unknown side',
    [
      [1, 4],
      [T, 4],
    ],
    (g, [a, b]) => concat(g, [a as Value, b as Value], 0, 'all'),
    ['all', 4],
  ],
  [
    'Gather looks up rows',
    [[9, 6]],
    (g, [x]) => gather(g, x as Value, longs(g, [1, 1, 8, 0], [2, 2])),
    [2, 2, 6],
  ],
  [
    'Expand repeats',
    [
      [1, 4],
      [B, 4],
    ],
    (g, [a, b]) => add(g, expand(g, a as Value, ['batch', 4]), b as Value),
    ['batch', 4],
  ],
  [
    'ReduceSum keeps axes',
    [[B, T, 4]],
    (g, [x]) => reduceSum(g, x as Value, [0, 2]),
    [1, 'tokens', 1],
  ],
  ['ReduceMean keeps axes', [[B, 4]], (g, [x]) => reduceMean(g, x as Value, [1]), ['batch', 1]],
  ['Softmax', [[B, T]], (g, [x]) => softmax(g, x as Value), ['batch', 'tokens']],
  [
    'LayerNormalization',
    [[T, 4], [4], [4]],
    (g, [x, a, b]) =>
      layerNorm(g, x as Value, { gain: a as Value, bias: b as Value, epsilon: 1e-5 }),
    ['tokens', 4],
  ],
  [
    'MultiHeadAttention with values of another width',
    [
      [1, T, 8],
      [1, 3, 8],
      [1, 3, 6],
    ],
    (g, [q, k, v]) =>
      fusedAttention(g, { q: q as Value, k: k as Value, v: v as Value }, { heads: 2, scale: 1 }),
    [1, 'tokens', 6],
  ],
  [
    'MultiHeadAttention',
    [
      [1, T, 8],
      [1, 3, 8],
      [1, 3, 8],
    ],
    (g, [q, k, v]) =>
      fusedAttention(g, { q: q as Value, k: k as Value, v: v as Value }, { heads: 2 }),
    [1, 'tokens', 8],
  ],
];

describe('shape rules', () => {
  for (const [name, sides, build, told] of RULES)
    test(`${name}: the rule tells what onnxruntime makes`, async () => {
      const got = await shapes(sides, build);
      expect(got.told).toEqual(told);
      const sizes = new Map<Dim, number>(
        [...sides.flat()].filter((side) => typeof side !== 'number'),
      );
      const size = (dim: Dim): number =>
        typeof dim === 'number'
          ? dim
          : dim === 'all'
            ? 6
            : dim.split('*').reduce((product, part) => product * (sizes.get(part) ?? NaN), 1);
      expect(got.made).toEqual(told.map(size));
    });
});

describe('what does not fit', () => {
  const graph = createGraph('misfit');
  const x = input(graph, 'x', 'F32', ['batch', 4]);
  const y = input(graph, 'y', 'F32', [3, 5]);
  const square = input(graph, 'square', 'F32', [4, 5]);
  const whole = input(graph, 'whole', 'I64', ['batch', 4]);
  const row = input(graph, 'row', 'F32', [4]);
  const cube = input(graph, 'cube', 'F32', [2, 3, 2]);
  const wide = input(graph, 'wide', 'F32', [2, 2, 3]);

  const convolved = (image: readonly Dim[], kernel: readonly number[], options?: ConvOptions) => {
    const own = createGraph('convolved');
    const weights = { kernel: input(own, 'k', 'F32', kernel), bias: null };
    return conv(own, input(own, 'x', 'F32', image), weights, options);
  };

  test('is refused with operator, place and types', () => {
    expect(() => within(graph, 'layer.2', () => matmul(graph, x, y))).toThrow(
      'MatMul(F32[batch, 4], F32[3, 5]) in layer.2: the inner sides differ',
    );
  });

  test.each<[string, () => Value]>([
    ['the two dtypes differ', () => add(graph, x, whole)],
    ['the two shapes do not broadcast', () => add(graph, x, y)],
    ['both need two axes', () => matmul(graph, row, square)],
    ['both need two axes', () => matmul(graph, square, row)],
    ['both need two axes', () => gemm(graph, row, square)],
    ['both need two axes', () => gemm(graph, square, row)],
    ['both need two axes', () => gemm(graph, cube, square)],
    ['the two dtypes differ', () => matmul(graph, whole, square)],
    ['the two dtypes differ', () => gemm(graph, x, whole)],
    ['the inner sides differ', () => gemm(graph, x, y)],
    ['the inner sides differ', () => gemm(graph, x, square, { transB: true })],
    [
      'the leading axes do not broadcast',
      () => matmul(graph, cube, reshape(graph, cube, [3, 2, 2])),
    ],
    ['need three axes', () => fusedAttention(graph, { q: cube, k: cube, v: square }, { heads: 1 })],
    ['differ in width', () => fusedAttention(graph, { q: wide, k: cube, v: cube }, { heads: 1 })],
    ['differ in number', () => fusedAttention(graph, { q: cube, k: cube, v: wide }, { heads: 1 })],
    ['another number of elements', () => reshape(graph, x, ['batch', 5])],
    ['does not name every axis once', () => transpose(graph, x, [0, 0])],
    ['the shapes differ beside axis 0', () => concat(graph, [x, y], 0)],
    ['needs a name', () => concat(graph, [x, x], 0)],
    ['indices are whole numbers', () => gather(graph, y, x)],
    ['does not broadcast to', () => expand(graph, y, [3, 6])],
    ['need shape [4]', () => layerNorm(graph, x, { gain: y, bias: y, epsilon: 1 })],
    ['the addend does not broadcast', () => gemm(graph, x, square, { addend: y })],
    [
      'the channels differ',
      () =>
        patchConv(graph, reshape(graph, y, [1, 3, 5, 1]), {
          kernel: reshape(graph, y, [3, 5, 1, 1]),
          bias: null,
        }),
    ],
    ['into 2 groups', () => convolved([1, 2, 5, 5], [3, 1, 3, 3], { groups: 2 })],
    ['the kernel is larger', () => convolved([1, 1, 2, 5], [1, 1, 3, 3])],
    ['the side rows must be a number', () => convolved([1, 1, 'rows', 5], [1, 1, 3, 3])],
    ['cannot be padded to [2, 5]', () => padTo(graph, y, [2, 5])],
    ['the slice is empty', () => elementAt(graph, y, 0, 3)],
    ['axis 2 is outside rank 2', () => reduceSum(graph, x, [2])],
  ])('%s', (message, build) => {
    expect(build).toThrow(message);
  });

  test('a cast to the same dtype adds nothing', () => {
    expect(cast(graph, x, 'F32')).toBe(x);
  });

  test('a side that no input has cannot become a shape at run time', () => {
    expect(() => expand(graph, x, ['planes', 'batch', 4])).toThrow('no input has the side planes');
  });
});
