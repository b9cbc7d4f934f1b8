// Operators that move elements without computing: reshape, transpose, slice, concatenate, look up.
import { floats, longs } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { intAttribute, intsAttribute } from '../ir/node.ts';
import { frontAxis, sameShape } from '../ir/shapes.ts';
import type { Dim, Shape, Value } from '../ir/value.ts';
import { dimMinus, dimVector, sideMinus, sumOfDims } from './dims.ts';
import { apply, required, type Pullback, type Rules } from './rule.ts';

// End of a slice that runs to the end of its axis.
const TO_END = Number.MAX_SAFE_INTEGER;

/** Axis `k` of the result is axis `perm[k]` of `x`. */
export function transpose(graph: Graph, x: Value, perm: readonly number[]): Value {
  return apply(graph, MOVEMENT, 'Transpose', {
    inputs: [x],
    attributes: { perm: { ints: perm } },
  });
}

/** Transposes the last two axes. */
export function swapLast(graph: Graph, x: Value): Value {
  const perm = x.shape.map((_, axis) => axis);
  const last = perm.length - 1;
  [perm[last - 1], perm[last]] = [last, last - 1];
  return transpose(graph, x, perm);
}

/** A part of one axis; numbers below 0 are counted from the back, and then `side` is needed. */
interface SliceRange {
  /** Default 0. */
  readonly start?: number;
  /** End of the slice, exclusive. Default: the end of the axis. */
  readonly end?: number;
  /** Names a side that is open. */
  readonly side?: Dim;
}

/** Part of one axis. */
export function slice(
  graph: Graph,
  x: Value,
  axis: number,
  { start = 0, end = TO_END, side }: SliceRange,
): Value {
  return apply(graph, MOVEMENT, 'Slice', {
    inputs: [x, longs(graph, [start]), longs(graph, [end]), longs(graph, [axis])],
    attributes: {},
    asked: x.shape.map((dim, at) => (at === axis ? (side ?? sliceLength(dim, start, end)) : dim)),
  });
}

// The caller guarantees that a symbolic axis is long enough.
function sliceLength(dim: Dim, start: number, end: number): Dim {
  if (typeof dim === 'number') return Math.max(0, Math.min(end, dim) - start);
  if (end !== TO_END) return end - start;
  return start === 0 ? dim : `${dim}-${start}`;
}

/** The element `at` of one axis, which stays with the length 1. */
export function elementAt(graph: Graph, x: Value, axis: number, at: number): Value {
  return slice(graph, x, axis, { start: at, end: at + 1 });
}

/** The first `size` elements of one axis, `size` a side of some graph input. */
export function firstOf(graph: Graph, x: Value, axis: number, size: Dim): Value {
  return elementsBehind(graph, x, axis, { before: 0, size });
}

/** The `size` elements of one axis that stand behind the first `before`, sides of graph inputs. */
export function elementsBehind(
  graph: Graph,
  x: Value,
  axis: number,
  { before, size }: { readonly before: Dim; readonly size: Dim },
): Value {
  const bounds = [before, sumOfDims(before, size)].map((bound) => dimVector(graph, [bound]));
  return apply(graph, MOVEMENT, 'Slice', {
    inputs: [x, ...bounds, longs(graph, [axis])],
    attributes: {},
    asked: x.shape.map((dim, at) => (at === axis ? size : dim)),
  });
}

/** Joins along `axis`; `size` names the joined side where it is no sum of numbers. */
export function concat(graph: Graph, parts: readonly Value[], axis: number, size?: Dim): Value {
  return apply(graph, MOVEMENT, 'Concat', {
    inputs: parts,
    attributes: { axis: { int: axis } },
    ...(size === undefined
      ? {}
      : { asked: (parts[0] as Value).shape.map((dim, at) => (at === axis ? size : dim)) }),
  });
}

/** `x` with zeros behind it along every axis, up to `shape`. */
export function padTo(graph: Graph, x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  const missing = shape.map((side, axis) => side - (x.shape[axis] as number));
  if (missing.some((count) => !(count >= 0)))
    throw new Error(`[${x.shape.join(', ')}] cannot be padded to [${shape.join(', ')}]`);
  const pads = longs(graph, [...shape.map(() => 0), ...missing]);
  return apply(graph, MOVEMENT, 'Pad', {
    inputs: [x, pads, floats(graph, [0])],
    attributes: {},
    asked: shape,
  });
}

/** `x` [n,height,width] with its border repeated `border` times around it. */
export function padEdges(graph: Graph, x: Value, border: number): Value {
  return apply(graph, MOVEMENT, 'Pad', {
    inputs: [x, longs(graph, [0, border, border, 0, border, border])],
    attributes: { mode: { text: 'edge' } },
    asked: x.shape.map((dim, axis) => (axis === 0 ? dim : sumOfDims(dim, 2 * border))),
  });
}

/** Rows of `table` by `indices` (I64), along axis 0. */
export function gather(graph: Graph, table: Value, indices: Value): Value {
  return apply(graph, MOVEMENT, 'Gather', {
    inputs: [table, indices],
    attributes: { axis: { int: 0 } },
  });
}

export const MOVEMENT: Rules = {
  Transpose: {
    infer: (call) => {
      const x = required(call, 0);
      const perm = intsAttribute(call, 'perm') ?? [];
      if ([...perm].sort((a, b) => a - b).join() !== x.shape.map((_, axis) => axis).join())
        throw new Error(`perm [${perm}] does not name every axis once`);
      return [{ dtype: x.dtype, shape: perm.map((axis) => x.shape[axis] as Dim) }];
    },
    vjp: ({ graph, gradient, node }) => {
      const perm = intsAttribute(node, 'perm') ?? [];
      return [
        transpose(
          graph,
          gradient,
          perm.map((_, axis) => perm.indexOf(axis)),
        ),
      ];
    },
  },
  Slice: {
    infer: (call) => {
      const x = required(call, 0);
      const shape = call.asked ?? [];
      const changed = shape.filter((dim, axis) => dim !== x.shape[axis]);
      if (shape.length !== x.shape.length || changed.length > 1)
        throw new Error(`a slice of one axis does not give [${shape.join(', ')}]`);
      if (changed.some((dim) => typeof dim === 'number' && dim < 1))
        throw new Error('the slice is empty');
      return [{ dtype: x.dtype, shape }];
    },
    vjp: (pullback) => [slicePullback(pullback)],
  },
  Pad: { infer: (call) => [{ dtype: required(call, 0).dtype, shape: call.asked ?? [] }] },
  Concat: {
    infer: (call) => {
      const first = required(call, 0);
      const axis = frontAxis(intAttribute(call, 'axis'), first.shape.length);
      let sum: Dim | undefined = 0;
      for (const part of call.inputs) {
        if (!part || part.dtype !== first.dtype) throw new Error('the dtypes differ');
        const side = part.shape[axis];
        const rest = (shape: Shape) => shape.filter((_, at) => at !== axis);
        if (!sameShape(rest(part.shape), rest(first.shape)))
          throw new Error(`the shapes differ beside axis ${axis}`);
        sum = typeof sum === 'number' && typeof side === 'number' ? sum + side : undefined;
      }
      const side = sum ?? call.asked?.[axis];
      if (side === undefined) throw new Error('the joined side needs a name');
      return [
        { dtype: first.dtype, shape: first.shape.map((dim, at) => (at === axis ? side : dim)) },
      ];
    },
    vjp: ({ graph, gradient, node, wanted }) => {
      const axis = frontAxis(intAttribute(node, 'axis'), gradient.shape.length);
      let before: Dim = 0;
      return node.inputs.map((part, index) => {
        const size = part?.shape[axis] ?? 0;
        const [start, end]: readonly [Dim, Dim] = [before, sumOfDims(before, size)];
        before = end;
        if (!wanted[index] || !part) return null;
        const last = index === node.inputs.length - 1;
        if (typeof start === 'number' && (last || typeof end === 'number'))
          return slice(graph, gradient, axis, {
            start,
            side: size,
            ...(last ? {} : { end: end as number }),
          });
        return elementsBehind(graph, gradient, axis, { before: start, size });
      });
    },
  },
  Gather: {
    infer: (call) => {
      const [table, indices] = [required(call, 0), required(call, 1)];
      if (indices.dtype !== 'I64' && indices.dtype !== 'I32')
        throw new Error('indices are whole numbers');
      return [{ dtype: table.dtype, shape: [...indices.shape, ...table.shape.slice(1)] }];
    },
  },
};

// Pads the gradient with zeros before and after the slice.
function slicePullback({ graph, gradient, node }: Pullback): Value {
  const x = required(node, 0);
  const [from, to] = [required(node, 1), required(node, 2)];
  const [start, end, axis] = [1, 2, 3].map((index) => soleLong(graph, required(node, index)));
  if (axis === undefined) throw new Error('a slice along an axis unknown until run time');
  const front = start === undefined ? from : longs(graph, [start]);
  const behind =
    end === undefined ? sideMinus(graph, x, axis, to) : zerosBehind(graph, x, axis, end);
  const zeros = (count: number) =>
    count === 0 ? [] : [longs(graph, Array<number>(count).fill(0))];
  const others = x.shape.length - 1;
  return apply(graph, MOVEMENT, 'Pad', {
    inputs: [
      gradient,
      joinLongs(graph, [...zeros(axis), front, ...zeros(others), behind, ...zeros(others - axis)]),
      floats(graph, [0]),
    ],
    attributes: {},
    asked: x.shape,
  });
}

// Elements of the axis after the known `end`.
function zerosBehind(graph: Graph, x: Value, axis: number, end: number): Value {
  const dim = x.shape[axis] as Dim;
  if (typeof dim === 'number') return longs(graph, [dim - Math.min(end, dim)]);
  return end === TO_END ? longs(graph, [0]) : dimMinus(graph, dim, end);
}

function joinLongs(graph: Graph, parts: readonly Value[]): Value {
  return parts.length === 1 ? (parts[0] as Value) : concat(graph, parts, 0);
}

function soleLong(graph: Graph, value: Value): number | undefined {
  const data = graph.constants.find((constant) => constant.value === value)?.data;
  if (data?.kind !== 'inline' || data.bytes.length !== 8) return undefined;
  return Number(new DataView(data.bytes.buffer, data.bytes.byteOffset).getBigInt64(0, true));
}
