// Operators that work element by element, with NumPy's broadcasting where they take two inputs.
import { floats } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { broadcast } from '../ir/shapes.ts';
import type { Dtype, Value } from '../ir/value.ts';
import { apply, required, type OpCall, type OpRule, type Pullback, type Rules } from './rule.ts';
import { unbroadcast } from './broadcast.ts';

export const add = (graph: Graph, a: Value, b: Value) => binary(graph, 'Add', a, b);
export const sub = (graph: Graph, a: Value, b: Value) => binary(graph, 'Sub', a, b);
export const mul = (graph: Graph, a: Value, b: Value) => binary(graph, 'Mul', a, b);
export const div = (graph: Graph, a: Value, b: Value) => binary(graph, 'Div', a, b);
export const neg = (graph: Graph, x: Value) => unary(graph, 'Neg', x);
export const exp = (graph: Graph, x: Value) => unary(graph, 'Exp', x);
export const sqrt = (graph: Graph, x: Value) => unary(graph, 'Sqrt', x);
/** The error function. */
export const erf = (graph: Graph, x: Value) => unary(graph, 'Erf', x);
export const tanh = (graph: Graph, x: Value) => unary(graph, 'Tanh', x);
export const sigmoid = (graph: Graph, x: Value) => unary(graph, 'Sigmoid', x);
export const relu = (graph: Graph, x: Value) => unary(graph, 'Relu', x);
/** Exact GELU, x times the normal distribution function of x (fused kernel of onnxruntime). */
export const gelu = (graph: Graph, x: Value) => unary(graph, 'Gelu', x);

/** x times sigmoid(1.702 x), CLIP's activation (fused kernel of onnxruntime). */
export function quickGelu(graph: Graph, x: Value): Value {
  return apply(graph, ELEMENTWISE, 'QuickGelu', {
    inputs: [x],
    attributes: { alpha: { float: QUICK_GELU } },
  });
}

/** `x` times a number. */
export function scale(graph: Graph, x: Value, factor: number): Value {
  return mul(graph, x, floats(graph, [factor]));
}

/** `x` in another dtype; itself when it has that dtype already. */
export function cast(graph: Graph, x: Value, to: Dtype): Value {
  if (x.dtype === to) return x;
  return apply(graph, ELEMENTWISE, 'Cast', {
    inputs: [x],
    attributes: { to: { int: ONNX_DTYPE[to] } },
  });
}

/** Element type numbers of ONNX (TensorProto.DataType). */
export const ONNX_DTYPE: Readonly<Record<Dtype, number>> = {
  F32: 1,
  U8: 2,
  I8: 3,
  I16: 5,
  I32: 6,
  I64: 7,
  BOOL: 9,
  F16: 10,
  F64: 11,
  BF16: 16,
};

const QUICK_GELU = 1.702;
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
const ONE_OVER_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

export const ELEMENTWISE: Rules = {
  Add: binaryRule(
    ({ gradient }) => gradient,
    ({ gradient }) => gradient,
  ),
  Sub: binaryRule(
    ({ gradient }) => gradient,
    ({ graph, gradient }) => neg(graph, gradient),
  ),
  Mul: binaryRule(
    ({ graph, gradient, node }) => mul(graph, gradient, required(node, 1)),
    ({ graph, gradient, node }) => mul(graph, gradient, required(node, 0)),
  ),
  Div: binaryRule(
    ({ graph, gradient, node }) => div(graph, gradient, required(node, 1)),
    ({ graph, gradient, node }) =>
      neg(graph, div(graph, mul(graph, gradient, result(node)), required(node, 1))),
  ),
  Neg: unaryRule(({ graph, gradient }) => neg(graph, gradient)),
  Exp: unaryRule(({ graph, gradient, node }) => mul(graph, gradient, result(node))),
  Sqrt: unaryRule(({ graph, gradient, node }) =>
    scale(graph, div(graph, gradient, result(node)), 0.5),
  ),
  Erf: unaryRule(({ graph, gradient, node }) => {
    const x = required(node, 0);
    const bell = exp(graph, neg(graph, mul(graph, x, x)));
    return mul(graph, gradient, scale(graph, bell, TWO_OVER_SQRT_PI));
  }),
  Tanh: unaryRule(({ graph, gradient, node }) => {
    const y = result(node);
    return mul(graph, gradient, sub(graph, floats(graph, [1]), mul(graph, y, y)));
  }),
  Sigmoid: unaryRule(({ graph, gradient, node }) => {
    const y = result(node);
    return mul(graph, gradient, mul(graph, y, sub(graph, floats(graph, [1]), y)));
  }),
  Relu: unaryRule(({ graph, gradient, node }) => {
    const positive = apply(graph, ELEMENTWISE, 'Greater', {
      inputs: [required(node, 0), floats(graph, [0])],
      attributes: {},
    });
    return mul(graph, gradient, cast(graph, positive, 'F32'));
  }),
  // d(x F(x)) = F(x) + x f(x), F and f the normal distribution function and density.
  Gelu: {
    domain: 'com.microsoft',
    ...unaryRule(({ graph, gradient, node }) => {
      const x = required(node, 0);
      const half = scale(graph, erf(graph, scale(graph, x, Math.SQRT1_2)), 0.5);
      const distribution = add(graph, half, floats(graph, [0.5]));
      const bell = exp(graph, scale(graph, mul(graph, x, x), -0.5));
      const slope = scale(graph, mul(graph, x, bell), ONE_OVER_SQRT_TWO_PI);
      return mul(graph, gradient, add(graph, distribution, slope));
    }),
  },
  // d(x s(ax)) = s(ax) + a x s(ax) (1 - s(ax)), s the logistic function.
  QuickGelu: {
    domain: 'com.microsoft',
    ...unaryRule(({ graph, gradient, node }) => {
      const x = required(node, 0);
      const gate = sigmoid(graph, scale(graph, x, QUICK_GELU));
      const fall = sub(graph, floats(graph, [1]), gate);
      const slope = mul(graph, scale(graph, x, QUICK_GELU), mul(graph, gate, fall));
      return mul(graph, gradient, add(graph, gate, slope));
    }),
  },
  Greater: { infer: (call) => [{ ...binaryType(call), dtype: 'BOOL' }] },
  Cast: {
    infer: (call) => {
      const { shape } = required(call, 0);
      const to = call.attributes['to'];
      const named = Object.entries(ONNX_DTYPE).find(
        ([, number]) => to && 'int' in to && number === to.int,
      );
      if (!named) throw new Error('attribute to names no element type');
      return [{ dtype: named[0] as Dtype, shape }];
    },
    vjp: ({ graph, gradient, node }) => [cast(graph, gradient, required(node, 0).dtype)],
  },
  Identity: {
    infer: (call) => [required(call, 0)],
    vjp: ({ gradient }) => [gradient],
  },
};

function binary(graph: Graph, op: string, a: Value, b: Value): Value {
  return apply(graph, ELEMENTWISE, op, { inputs: [a, b], attributes: {} });
}

function unary(graph: Graph, op: string, x: Value): Value {
  return apply(graph, ELEMENTWISE, op, { inputs: [x], attributes: {} });
}

function binaryType(call: OpCall) {
  const [a, b] = [required(call, 0), required(call, 1)];
  if (a.dtype !== b.dtype) throw new Error('the two dtypes differ');
  const shape = broadcast(a.shape, b.shape);
  if (!shape) throw new Error('the two shapes do not broadcast');
  return { dtype: a.dtype, shape };
}

function binaryRule(
  first: (pullback: Pullback) => Value,
  second: (pullback: Pullback) => Value,
): OpRule {
  return {
    infer: (call) => [binaryType(call)],
    vjp: (pullback) =>
      [first, second].map((side, index) =>
        pullback.wanted[index]
          ? unbroadcast(pullback.graph, side(pullback), required(pullback.node, index).shape)
          : null,
      ),
  };
}

function unaryRule(vjp: (pullback: Pullback) => Value): OpRule {
  return {
    infer: (call) => [{ dtype: required(call, 0).dtype, shape: required(call, 0).shape }],
    vjp: (pullback) => [vjp(pullback)],
  };
}

const result = (node: Pullback['node']): Value => node.outputs[0] as Value;
