// Matrix products.
import type { Graph } from '../ir/graph.ts';
import { intAttribute } from '../ir/node.ts';
import { broadcast } from '../ir/shapes.ts';
import type { Dim, Value } from '../ir/value.ts';
import { swapLast } from './movement.ts';
import { apply, required, type Pullback, type Rules } from './rule.ts';
import { unbroadcast } from './broadcast.ts';

/** A·B over the last two axes; the axes before them broadcast. */
export function matmul(graph: Graph, a: Value, b: Value): Value {
  return apply(graph, LINALG, 'MatMul', { inputs: [a, b], attributes: {} });
}

/** What is added to the product of a Gemm, and which factors are read transposed. */
export interface GemmOptions {
  /** Broadcasts to the product. */
  readonly addend?: Value | null;
  readonly transA?: boolean;
  readonly transB?: boolean;
}

/** A·B + addend for matrices. */
export function gemm(
  graph: Graph,
  a: Value,
  b: Value,
  { addend, transA = false, transB = false }: GemmOptions = {},
): Value {
  return apply(graph, LINALG, 'Gemm', {
    inputs: addend ? [a, b, addend] : [a, b],
    attributes: {
      ...(transA ? { transA: { int: 1 } } : {}),
      ...(transB ? { transB: { int: 1 } } : {}),
    },
  });
}

export const LINALG: Rules = {
  MatMul: {
    infer: (call) => {
      const [a, b] = [required(call, 0), required(call, 1)];
      if (a.dtype !== b.dtype) throw new Error('the two dtypes differ');
      if (a.shape.length < 2 || b.shape.length < 2) throw new Error('both need two axes');
      if (a.shape.at(-1) !== b.shape.at(-2)) throw new Error('the inner sides differ');
      const front = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
      if (!front) throw new Error('the leading axes do not broadcast');
      return [{ dtype: a.dtype, shape: [...front, a.shape.at(-2) as Dim, b.shape.at(-1) as Dim] }];
    },
    vjp: ({ graph, gradient, node, wanted }) => {
      const [a, b] = [required(node, 0), required(node, 1)];
      return [
        wanted[0] ? unbroadcast(graph, matmul(graph, gradient, swapLast(graph, b)), a.shape) : null,
        wanted[1] ? unbroadcast(graph, matmul(graph, swapLast(graph, a), gradient), b.shape) : null,
      ];
    },
  },
  Gemm: {
    infer: (call) => {
      const [a, b] = [required(call, 0), required(call, 1)];
      if (a.shape.length !== 2 || b.shape.length !== 2) throw new Error('both need two axes');
      if (a.dtype !== b.dtype) throw new Error('the two dtypes differ');
      const [rows, inner] = turned(a, intAttribute(call, 'transA'));
      const [inner2, columns] = turned(b, intAttribute(call, 'transB'));
      if (inner !== inner2) throw new Error('the inner sides differ');
      const c = call.inputs[2];
      if (c && broadcast(c.shape, [rows, columns])?.join() !== [rows, columns].join())
        throw new Error('the addend does not broadcast to the product');
      return [{ dtype: a.dtype, shape: [rows, columns] }];
    },
    vjp: gemmPullback,
  },
};

function turned(matrix: Value, transposed: number): readonly [Dim, Dim] {
  const [first, second] = matrix.shape as readonly [Dim, Dim];
  return transposed ? [second, first] : [first, second];
}

function gemmPullback({ graph, gradient, node, wanted }: Pullback): (Value | null)[] {
  const [a, b, c] = [required(node, 0), required(node, 1), node.inputs[2]];
  const transA = intAttribute(node, 'transA') === 1;
  const transB = intAttribute(node, 'transB') === 1;
  const toA = () =>
    transA
      ? gemm(graph, b, gradient, { transA: transB, transB: true })
      : gemm(graph, gradient, b, { transB: !transB });
  const toB = () =>
    transB
      ? gemm(graph, gradient, a, { transA: true, transB: transA })
      : gemm(graph, a, gradient, { transA: !transA });
  return [
    wanted[0] ? toA() : null,
    wanted[1] ? toB() : null,
    wanted[2] && c ? unbroadcast(graph, gradient, c.shape) : null,
  ];
}
