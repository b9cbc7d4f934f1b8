// Shapes as values: the vectors that Reshape, Expand and Slice read while the graph runs.
// A symbol's size is taken from the first graph input that has it as a side; a symbol may be a product
// of sums of others ("batch*image_tokens+tokens": a sum binds tighter).
import { append, longs } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import type { Dim, Value, ValueType } from '../ir/value.ts';

// An I64 vector of one element.
const ONE: readonly ValueType[] = [{ dtype: 'I64', shape: [1] }];

/** The sides as one I64 vector; a constant when no side is a symbol. */
export function dimVector(graph: Graph, dims: readonly Dim[]): Value {
  if (dims.every((dim) => typeof dim === 'number')) return longs(graph, dims);
  const parts: Value[] = [];
  let known: number[] = [];
  for (const dim of dims)
    if (typeof dim === 'number') known.push(dim);
    else {
      if (known.length > 0) parts.push(longs(graph, known));
      known = [];
      parts.push(symbolSize(graph, dim));
    }
  if (known.length > 0) parts.push(longs(graph, known));
  if (parts.length === 1) return parts[0] as Value;
  return pooled(graph, `dims ${dims.join()}`, () =>
    append(graph, 'Concat', {
      inputs: parts,
      types: [{ dtype: 'I64', shape: [dims.length] }],
      attributes: { axis: { int: 0 } },
    }),
  );
}

/** `dim - less` as an I64 vector of one element. */
export function dimMinus(graph: Graph, dim: Dim, less: number): Value {
  if (typeof dim === 'number') return longs(graph, [dim - less]);
  if (less === 0) return symbolSize(graph, dim);
  return pooled(graph, `dim ${dim} - ${less}`, () =>
    append(graph, 'Sub', { inputs: [symbolSize(graph, dim), longs(graph, [less])], types: ONE }),
  );
}

/** The side `axis` of `x` less a number known at run time, as an I64 vector of one element. */
export function sideMinus(graph: Graph, x: Value, axis: number, less: Value): Value {
  const [side] = sideOf(graph, x, axis);
  const [rest] = append(graph, 'Sub', { inputs: [side as Value, less], types: ONE });
  return rest as Value;
}

/** Both sides together. */
export function sumOfDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  return a === 0 ? b : b === 0 ? a : `${a}+${b}`;
}

function symbolSize(graph: Graph, symbol: string): Value {
  return pooled(graph, `dim ${symbol}`, () => {
    const [first, ...rest] = symbol.split('*');
    if (first !== undefined && rest.length > 0) {
      const factors = [factor(graph, first), symbolSize(graph, rest.join('*'))];
      return append(graph, 'Mul', { inputs: factors, types: ONE });
    }
    const [summand, ...others] = symbol.split('+');
    if (summand !== undefined && others.length > 0) {
      const summands = [factor(graph, summand), factor(graph, others.join('+'))];
      return append(graph, 'Add', { inputs: summands, types: ONE });
    }
    for (const value of graph.inputs) {
      const axis = value.shape.indexOf(symbol);
      if (axis >= 0) return sideOf(graph, value, axis);
    }
    throw new Error(`graph ${graph.name}: no input has the side ${symbol}`);
  });
}

function sideOf(graph: Graph, x: Value, axis: number): Value[] {
  const attributes = { start: { int: axis }, end: { int: axis + 1 } };
  return append(graph, 'Shape', { inputs: [x], types: ONE, attributes });
}

function factor(graph: Graph, part: string): Value {
  return /^\d+$/.test(part) ? longs(graph, [Number(part)]) : symbolSize(graph, part);
}

function pooled(graph: Graph, key: string, build: () => Value[] | Value): Value {
  const known = graph.pool.get(key);
  if (known) return known;
  const built = build();
  const value = (Array.isArray(built) ? built[0] : built) as Value;
  graph.pool.set(key, value);
  return value;
}
