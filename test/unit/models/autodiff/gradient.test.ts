// The gradient walk: only the needed path, honest refusals, totals where paths meet.
import { expect, test } from 'vitest';
import { gradient } from '../../../../models/autodiff/gradient.ts';
import { input, output } from '../../../../models/ir/builder.ts';
import { createGraph } from '../../../../models/ir/graph.ts';
import { within } from '../../../../models/ir/names.ts';
import { fusedAttention } from '../../../../models/ops/attention.ts';
import { add, exp, mul, neg, tanh } from '../../../../models/ops/elementwise.ts';
import { gemm } from '../../../../models/ops/linalg.ts';
import { layerNorm } from '../../../../models/ops/normalization.ts';
import { reduceSum } from '../../../../models/ops/broadcast.ts';
import { f32, runnable } from '../../../helpers/drivers/runGraph.ts';

test('gradients of all paths from a value to the scalar are added', async () => {
  const graph = createGraph('meeting');
  const x = input(graph, 'x', 'F32', [2]);
  const y = add(graph, mul(graph, x, x), neg(graph, x));
  const [dx] = gradient(graph, reduceSum(graph, mul(graph, y, x), [0]), [x]);
  output(graph, 'dx', dx as NonNullable<typeof dx>);
  const run = await runnable(graph);
  const { dx: got } = await run.run({ x: f32([3, -1], [2]) });
  // d(x^3 - x^2) = 3x^2 - 2x
  expect([...(got?.data ?? [])]).toEqual([21, 5]);
  await run.dispose();
});

test('nothing is emitted below the value asked for, nor beside its path', () => {
  const graph = createGraph('pruned');
  const x = input(graph, 'x', 'F32', [3, 3]);
  const low = within(graph, 'low', () => exp(graph, x));
  const middle = within(graph, 'middle', () => tanh(graph, low));
  const beside = within(graph, 'beside', () => exp(graph, x));
  const top = within(graph, 'top', () => gemm(graph, middle, beside));
  gradient(graph, reduceSum(graph, top, [0, 1]), [middle]);
  const emitted = graph.nodes.map(({ name }) => name).filter((name) => name.startsWith('gradient'));
  expect(emitted.some((name) => name.startsWith('gradient/top/'))).toBe(true);
  expect(emitted.filter((name) => /low|beside|middle/.test(name))).toEqual([]);
});

test('a normalisation gives its statistics only where a gradient needs them', () => {
  const graph = createGraph('statistics');
  const x = input(graph, 'x', 'F32', [2, 4]);
  const one = input(graph, 'one', 'F32', [4]);
  const first = layerNorm(graph, x, { gain: one, bias: one, epsilon: 1e-5 });
  const second = layerNorm(graph, first, { gain: one, bias: one, epsilon: 1e-5 });
  gradient(graph, reduceSum(graph, second, [0, 1]), [first]);
  const norms = graph.nodes.filter(({ op }) => op === 'LayerNormalization');
  expect(norms.map(({ outputs }) => outputs.length)).toEqual([1, 3]);
});

test('an operator without a rule is refused with its name, its node and the path to it', () => {
  const graph = createGraph('fused');
  const x = input(graph, 'x', 'F32', [1, 2, 4]);
  const inner = within(graph, 'layer.0', () => tanh(graph, x));
  const mixed = within(graph, 'layer.1', () =>
    fusedAttention(graph, { q: inner, k: inner, v: inner }, { heads: 2 }),
  );
  expect(() => gradient(graph, reduceSum(graph, mixed, [0, 1, 2]), [x])).toThrow(
    'graph fused: MultiHeadAttention cannot be differentiated (node layer.1/MultiHeadAttention, ' +
      'on the path x -> layer.0/Tanh:0 -> layer.1/MultiHeadAttention:0)',
  );
});

test('a scalar that does not depend on the value asked for is an error', () => {
  const graph = createGraph('apart');
  const x = input(graph, 'x', 'F32', [2]);
  const y = input(graph, 'y', 'F32', [2]);
  const scalar = reduceSum(graph, exp(graph, x), [0]);
  expect(() => gradient(graph, scalar, [exp(graph, y)])).toThrow('does not depend on Exp:0.2');
});

test('only a scalar can be differentiated', () => {
  const graph = createGraph('vector');
  const x = input(graph, 'x', 'F32', [2]);
  expect(() => gradient(graph, exp(graph, x), [x])).toThrow('F32[2] is no scalar');
});
