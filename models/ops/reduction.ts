// Sums and means over axes. Reduced axes always stay, with side 1, so that results broadcast back.
import { longs } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { intsAttribute } from '../ir/node.ts';
import { frontAxis } from '../ir/shapes.ts';
import type { Shape, Value } from '../ir/value.ts';
import { scale } from './elementwise.ts';
import { expand } from './movement.ts';
import { apply, required, type Rules } from './rule.ts';

/** Sum over `axes`, which stay with side 1. */
export function reduceSum(graph: Graph, x: Value, axes: readonly number[]): Value {
  return apply(graph, REDUCTION, 'ReduceSum', {
    inputs: [x, longs(graph, axes)],
    attributes: { keepdims: { int: 1 } },
    asked: kept(x.shape, axes),
  });
}

/** Mean over `axes`, which stay with side 1. */
export function reduceMean(graph: Graph, x: Value, axes: readonly number[]): Value {
  return apply(graph, REDUCTION, 'ReduceMean', {
    inputs: [x],
    attributes: { axes: { ints: axes }, keepdims: { int: 1 } },
  });
}

export const REDUCTION: Rules = {
  ReduceSum: {
    infer: (call) => [{ dtype: required(call, 0).dtype, shape: call.asked ?? [] }],
    vjp: ({ graph, gradient, node }) => [expand(graph, gradient, required(node, 0).shape)],
  },
  // The axes are an attribute up to operator set 17 and an input from 18 on.
  ReduceMean: {
    infer: (call) => {
      const x = required(call, 0);
      return [{ dtype: x.dtype, shape: kept(x.shape, intsAttribute(call, 'axes') ?? []) }];
    },
    vjp: ({ graph, gradient, node }) => {
      const { shape } = required(node, 0);
      let count = 1;
      for (const axis of intsAttribute(node, 'axes') ?? []) {
        const dim = shape[frontAxis(axis, shape.length)];
        if (typeof dim !== 'number')
          throw new Error('a mean over an axis of unknown length has no gradient rule');
        count *= dim;
      }
      return [scale(graph, expand(graph, gradient, shape), 1 / count)];
    },
  },
};

function kept(shape: Shape, axes: readonly number[]): Shape {
  const reduced = new Set(axes.map((axis) => frontAxis(axis, shape.length)));
  return shape.map((dim, axis) => (reduced.has(axis) ? 1 : dim));
}
