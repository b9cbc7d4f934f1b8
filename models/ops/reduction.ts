// Sums and means over axes. Reduced axes always stay, with side 1, so that results broadcast back.
import type { Graph } from '../ir/graph.ts';
import { intsAttribute } from '../ir/node.ts';
import { frontAxis } from '../ir/shapes.ts';
import type { Value } from '../ir/value.ts';
import { scale } from './elementwise.ts';
import { apply, required, type Rules } from './rule.ts';
import { expand, kept } from './broadcast.ts';

/** Mean over `axes`, which stay with side 1. */
export function reduceMean(graph: Graph, x: Value, axes: readonly number[]): Value {
  return apply(graph, REDUCTION, 'ReduceMean', {
    inputs: [x],
    attributes: { axes: { ints: axes }, keepdims: { int: 1 } },
  });
}

export const REDUCTION: Rules = {
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
