// Softmax and layer normalisation over the last axis.
import { furtherOutput } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import type { Value, ValueType } from '../ir/value.ts';
import { mul, sub } from './elementwise.ts';
import { reduceMean } from './reduction.ts';
import { reduceSum } from './broadcast.ts';
import { apply, required, type Pullback, type Rules } from './rule.ts';
import { unbroadcast } from './broadcast.ts';

/** Softmax over the last axis. */
export function softmax(graph: Graph, x: Value): Value {
  return apply(graph, NORMALIZATION, 'Softmax', {
    inputs: [x],
    attributes: { axis: { int: -1 } },
  });
}

/** Layer normalisation over the last axis with gain and bias. */
export function layerNorm(
  graph: Graph,
  x: Value,
  { gain, bias, epsilon }: { readonly gain: Value; readonly bias: Value; readonly epsilon: number },
): Value {
  return apply(graph, NORMALIZATION, 'LayerNormalization', {
    inputs: [x, gain, bias],
    attributes: { axis: { int: -1 }, epsilon: { float: epsilon } },
  });
}

export const NORMALIZATION: Rules = {
  Softmax: {
    infer: (call) => [{ dtype: required(call, 0).dtype, shape: required(call, 0).shape }],
    // y * (g - sum(g * y))
    vjp: ({ graph, gradient, node }) => {
      const y = node.outputs[0] as Value;
      const sum = reduceSum(graph, mul(graph, gradient, y), [y.shape.length - 1]);
      return [mul(graph, y, sub(graph, gradient, sum))];
    },
  },
  LayerNormalization: {
    infer: (call) => {
      const x = required(call, 0);
      const width = x.shape.at(-1);
      for (const index of [1, 2])
        if (required(call, index).shape.join() !== String(width))
          throw new Error(`gain and bias need shape [${width}]`);
      return [{ dtype: x.dtype, shape: x.shape }];
    },
    vjp: layerNormPullback,
  },
};

// With n the normalised input, r = 1 / sqrt(variance + epsilon) and h = g * gain:
// dx = r * (h - mean(h) - n * mean(h * n)); dgain = sum(g * n); dbias = sum(g).
function layerNormPullback(pullback: Pullback): (Value | null)[] {
  const { graph, gradient, node, wanted } = pullback;
  const [x, gain, bias] = [required(node, 0), required(node, 1), required(node, 2)];
  const last = x.shape.length - 1;
  const statistics: ValueType = { dtype: 'F32', shape: [...x.shape.slice(0, -1), 1] };
  const mean = node.outputs[1] ?? furtherOutput(graph, node, statistics);
  const inverseDeviation = node.outputs[2] ?? furtherOutput(graph, node, statistics);
  const normalised = mul(graph, sub(graph, x, mean), inverseDeviation);
  const toX = () => {
    const h = mul(graph, gradient, gain);
    const along = mul(graph, normalised, reduceMean(graph, mul(graph, h, normalised), [last]));
    const centred = sub(graph, h, reduceMean(graph, h, [last]));
    return mul(graph, inverseDeviation, sub(graph, centred, along));
  };
  return [
    wanted[0] ? toX() : null,
    wanted[1] ? unbroadcast(graph, mul(graph, gradient, normalised), gain.shape) : null,
    wanted[2] ? unbroadcast(graph, gradient, bias.shape) : null,
  ];
}
