// Reshape, Expand, and sums over repeated axes. The gradient of each is another of them (a repeated value is
// summed backward), so they are in one file.
import { append, longs } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { broadcast, broadcastAxes, frontAxis, product, sameShape } from '../ir/shapes.ts';
import type { Shape, Value } from '../ir/value.ts';
import { dimVector } from './dims.ts';
import { apply, required, type Rules } from './rule.ts';

/** Same elements in another shape, row-major. */
export function reshape(graph: Graph, x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  return apply(graph, BROADCAST, 'Reshape', {
    inputs: [x, reshapeTarget(graph, x.shape, shape)],
    attributes: {},
    asked: shape,
  });
}

// 0 copies a side and -1 fills in one, so that most reshapes need no sizes at run time.
function reshapeTarget(graph: Graph, from: Shape, to: Shape): Value {
  const target = to.map((dim, axis) =>
    typeof dim === 'number' ? dim : dim === from[axis] ? 0 : -1,
  );
  return target.filter((dim) => dim === -1).length <= 1
    ? longs(graph, target)
    : dimVector(graph, to);
}

/** Repeats `x` to `shape`, to which it broadcasts. */
export function expand(graph: Graph, x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  return apply(graph, BROADCAST, 'Expand', {
    inputs: [x, dimVector(graph, shape)],
    attributes: {},
    asked: shape,
  });
}

/**
 * `x` repeated to `shape` where a side of `x` is a symbol: the caller promises that it is 1 or the
 * side asked for when the graph runs. No gradient passes.
 */
export function expandOpen(graph: Graph, x: Value, shape: Shape): Value {
  const type = { dtype: x.dtype, shape };
  return append(graph, 'Expand', {
    inputs: [x, dimVector(graph, shape)],
    types: [type],
  })[0] as Value;
}

/** Sum over `axes`, which stay with side 1. */
export function reduceSum(graph: Graph, x: Value, axes: readonly number[]): Value {
  return apply(graph, BROADCAST, 'ReduceSum', {
    inputs: [x, longs(graph, axes)],
    attributes: { keepdims: { int: 1 } },
    asked: kept(x.shape, axes),
  });
}

/** Sums `gradient` down to `shape`, from which it was broadcast. */
export function unbroadcast(graph: Graph, gradient: Value, shape: Shape): Value {
  if (sameShape(gradient.shape, shape)) return gradient;
  const { lacking, repeated } = broadcastAxes(shape, gradient.shape);
  const axes = [...Array.from({ length: lacking }, (_, axis) => axis), ...repeated];
  const summed = axes.length === 0 ? gradient : reduceSum(graph, gradient, axes);
  return lacking === 0 ? summed : reshape(graph, summed, shape);
}

export const BROADCAST: Rules = {
  Reshape: {
    infer: (call) => {
      const x = required(call, 0);
      const shape = call.asked ?? [];
      if (product(x.shape) !== product(shape))
        throw new Error(`[${shape.join(', ')}] has another number of elements`);
      return [{ dtype: x.dtype, shape }];
    },
    vjp: ({ graph, gradient, node }) => [reshape(graph, gradient, required(node, 0).shape)],
  },
  Expand: {
    infer: (call) => {
      const x = required(call, 0);
      const shape = call.asked ?? [];
      const reached = broadcast(x.shape, shape);
      if (!reached || !sameShape(reached, shape))
        throw new Error(`does not broadcast to [${shape.join(', ')}]`);
      return [{ dtype: x.dtype, shape }];
    },
    vjp: ({ graph, gradient, node }) => {
      const { shape } = required(node, 0);
      if (!broadcast(shape, gradient.shape))
        throw new Error('sides that are known only at run time have no gradient rule');
      return [unbroadcast(graph, gradient, shape)];
    },
  },
  ReduceSum: {
    infer: (call) => [{ dtype: required(call, 0).dtype, shape: call.asked ?? [] }],
    vjp: ({ graph, gradient, node }) => [expand(graph, gradient, required(node, 0).shape)],
  },
};

/** `shape` with side 1 on `axes`, which count from the back where they are negative. */
export function kept(shape: Shape, axes: readonly number[]): Shape {
  const reduced = new Set(axes.map((axis) => frontAxis(axis, shape.length)));
  return shape.map((dim, axis) => (reduced.has(axis) ? 1 : dim));
}
