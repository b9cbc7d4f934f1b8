// Operators on whole numbers, for token positions. No gradient passes them.
import { longs } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { broadcast } from '../ir/shapes.ts';
import type { Value } from '../ir/value.ts';
import { cast } from './elementwise.ts';
import { apply, required, type Rules } from './rule.ts';

/** 1 where `x` (I64) is not `number`, else 0. */
export function differsFrom(graph: Graph, x: Value, number: number): Value {
  const equal = apply(graph, COUNTING, 'Equal', {
    inputs: [x, longs(graph, [number], [])],
    attributes: {},
  });
  return cast(graph, apply(graph, COUNTING, 'Not', { inputs: [equal], attributes: {} }), 'I64');
}

/** Sums of the elements up to and including each one, along `axis`. */
export function runningSum(graph: Graph, x: Value, axis: number): Value {
  return apply(graph, COUNTING, 'CumSum', {
    inputs: [x, longs(graph, [axis], [])],
    attributes: {},
  });
}

export const COUNTING: Rules = {
  Equal: {
    infer: (call) => {
      const [a, b] = [required(call, 0), required(call, 1)];
      const shape = broadcast(a.shape, b.shape);
      if (!shape || a.dtype !== b.dtype) throw new Error('the two do not fit');
      return [{ dtype: 'BOOL', shape }];
    },
  },
  Not: { infer: (call) => [required(call, 0)] },
  CumSum: { infer: (call) => [required(call, 0)] },
};
