// Appends inputs, constants, weights, nodes and outputs to a graph, and returns the values they make. The
// operators' rules (models/ops) give the shapes; this file only writes them down.
import { Buffer } from 'node:buffer';
import type { ConstantData, Graph } from './graph.ts';
import { exactName, freshName } from './names.ts';
import type { Attributes, Node } from './node.ts';
import type { Dtype, Shape, Value, ValueType } from './value.ts';

/** Adds a graph input. */
export function input(graph: Graph, name: string, dtype: Dtype, shape: Shape): Value {
  const value = { name: exactName(graph, name), dtype, shape };
  graph.inputs.push(value);
  return value;
}

/** Makes `value` a graph output called `name`. */
export function output(graph: Graph, name: string, value: Value): void {
  const [named] = append(graph, 'Identity', { inputs: [value], types: [value], outputName: name });
  graph.outputs.push(named as Value);
}

/** Adds a constant whose bytes lie in a weight file; the name stays the tensor's own. */
export function weight(
  graph: Graph,
  name: string,
  type: ValueType,
  data: Extract<ConstantData, { kind: 'external' }>,
): Value {
  const known = graph.pool.get(`weight ${name}`);
  if (known) return known;
  const value = { name: exactName(graph, name), dtype: type.dtype, shape: type.shape };
  graph.constants.push({ value, data });
  graph.pool.set(`weight ${name}`, value);
  return value;
}

/** A constant of floats; equal ones are one. Scalar when no shape is given. */
export function floats(
  graph: Graph,
  values: readonly number[],
  shape: readonly number[] = [],
): Value {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  return constant(graph, { dtype: 'F32', shape }, bytes, values);
}

/** A constant of 64-bit whole numbers, as shapes and axes are given; a vector by default. */
export function longs(
  graph: Graph,
  values: readonly number[],
  shape: readonly number[] = [values.length],
): Value {
  const bytes = new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);
  return constant(graph, { dtype: 'I64', shape }, bytes, values);
}

function constant(
  graph: Graph,
  { dtype, shape }: ValueType,
  bytes: Uint8Array,
  values: readonly number[],
): Value {
  const key = `${dtype} ${shape.join()} ${Buffer.from(bytes).toString('base64')}`;
  const known = graph.pool.get(key);
  if (known) return known;
  const text = values.length <= 4 ? values.join('_') : `${values.length}_values`;
  const name = exactOrFresh(graph, `const/${dtype}_${text}`);
  const value = { name, dtype, shape };
  graph.constants.push({ value, data: { kind: 'inline', bytes } });
  graph.pool.set(key, value);
  return value;
}

// Several scopes share a constant, so its name has no scope.
function exactOrFresh(graph: Graph, base: string): string {
  let name = base;
  for (let count = 2; graph.names.has(name); count++) name = `${base}.${count}`;
  return exactName(graph, name);
}

interface NodeParts {
  readonly inputs: readonly (Value | null)[];
  /** Types of the outputs, from the operator's rule. */
  readonly types: readonly ValueType[];
  /** Default: none. */
  readonly attributes?: Attributes;
  /** Default: ai.onnx. */
  readonly domain?: string | undefined;
  /** Default: derived from the operator's name. */
  readonly outputName?: string;
}

/** Appends a node; gives its outputs. */
export function append(graph: Graph, op: string, parts: NodeParts): Value[] {
  const { inputs, types, attributes = {}, domain = '', outputName } = parts;
  const name = freshName(graph, op);
  const outputs = types.map(({ dtype, shape }, index) => ({
    name:
      outputName === undefined ? freshName(graph, `${op}:${index}`) : exactName(graph, outputName),
    dtype,
    shape,
  }));
  const node: Node = { name, op, domain, inputs, outputs, attributes };
  graph.nodes.push(node);
  for (const value of outputs) graph.producers.set(value, node);
  return [...outputs];
}

/** Asks `node` for one more output, such as the statistics that a gradient needs. */
export function furtherOutput(graph: Graph, node: Node, type: ValueType): Value {
  const value = {
    name: exactOrFresh(graph, `${node.name}:${node.outputs.length}`),
    dtype: type.dtype,
    shape: type.shape,
  };
  node.outputs.push(value);
  graph.producers.set(value, node);
  return value;
}
