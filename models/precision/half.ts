// Converts a graph to half precision, for devices that are faster with it: inputs, outputs and stored weights
// keep their types, everything between is F16.
import { createGraph, type Constant, type Graph } from '../ir/graph.ts';
import { freshName } from '../ir/names.ts';
import type { Node } from '../ir/node.ts';
import type { Dtype, Value } from '../ir/value.ts';
import { ONNX_DTYPE } from '../ops/elementwise.ts';

/** A gradient-free graph in F16; a Cast that is folded at load converts F32 weights. */
export function halfGraph(graph: Graph): Graph {
  const half = createGraph(graph.name);
  for (const name of graph.names) half.names.add(name);
  const values = new Map<Value, Value>();
  const of = (value: Value) => values.get(value) ?? value;

  const push = (node: Node) => {
    half.nodes.push(node);
    for (const value of node.outputs) half.producers.set(value, node);
  };
  const castTo = (x: Value, to: Dtype, output: Value) =>
    push({
      name: freshName(half, 'Cast'),
      op: 'Cast',
      domain: '',
      inputs: [x],
      outputs: [output],
      attributes: { to: { int: ONNX_DTYPE[to] } },
    });
  const halved = (value: Value): Value => {
    const made = { name: freshName(half, `${value.name}/F16`), dtype: 'F16', shape: value.shape };
    values.set(value, made as Value);
    return made as Value;
  };

  for (const value of graph.inputs) {
    half.inputs.push(value);
    if (value.dtype === 'F32') castTo(value, 'F16', halved(value));
  }
  for (const constant of graph.constants) {
    const { value, data } = constant;
    if (value.dtype !== 'F32') half.constants.push(constant);
    else if (data.kind === 'inline')
      half.constants.push({ value: halved(value), data: inHalf(data.bytes) });
    else {
      half.constants.push(constant);
      castTo(value, 'F16', halved(value));
    }
  }
  const outputs = new Set(graph.outputs);
  for (const node of graph.nodes) {
    const [x] = node.inputs;
    const [y] = node.outputs;
    if (node.op === 'Cast' && y?.dtype === 'F32' && x) {
      // Weights that are stored in F16 are used as they are.
      if (of(x).dtype === 'F16') values.set(y, of(x));
      else castTo(of(x), 'F16', halved(y));
      continue;
    }
    push({
      ...node,
      inputs: node.inputs.map((value) => value && of(value)),
      outputs: node.outputs.map((value) => (value.dtype === 'F32' ? halved(value) : value)),
    });
    for (const value of node.outputs)
      if (outputs.has(value) && value.dtype === 'F32') castTo(of(value), 'F32', value);
  }
  half.outputs.push(...graph.outputs);
  return half;
}

function inHalf(bytes: Uint8Array): Constant['data'] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Uint8Array(bytes.byteLength / 2);
  const target = new DataView(out.buffer);
  for (let i = 0; i < out.length / 2; i += 1)
    target.setUint16(2 * i, toHalf(view.getFloat32(4 * i, true)), true);
  return { kind: 'inline', bytes: out };
}

/** The nearest IEEE 754 binary16 bit pattern, ties to even. */
export function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | even(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  // Rounding up the fraction carries into the exponent, which is the next number.
  return sign | (((exponent + 14) << 10) + even((size / 2 ** exponent) * 1024));
}

function even(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}
