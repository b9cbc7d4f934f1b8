// Writes a graph as ONNX bytes. Small constants are inside; weights stay in their files and are referred to by
// file, offset and length. The same graph gives the same bytes.
import protobuf from 'protobufjs';
import type { GraphBytes } from '../family.ts';
import { checkGraph } from '../ir/check.ts';
import type { Constant, Graph } from '../ir/graph.ts';
import type { Attribute, Node } from '../ir/node.ts';
import type { Value } from '../ir/value.ts';
import { ONNX_DTYPE } from '../ops/elementwise.ts';
import { ATTRIBUTE_TYPE, EXTERNAL, ONNX_SCHEMA } from './schema.ts';

/** Operator set of ai.onnx: 17 has LayerNormalization and is read by every execution provider. */
const OPSET = 17;
/** File format version that belongs to operator set 17. */
const IR_VERSION = 8;

const ModelProto = protobuf.Root.fromJSON(ONNX_SCHEMA).lookupType('onnx.ModelProto');

/** ONNX ModelProto bytes of a checked graph. */
export function writeOnnx(graph: Graph): Uint8Array<ArrayBuffer> {
  checkGraph(graph);
  const model = {
    irVersion: IR_VERSION,
    producerName: 'salience',
    graph: {
      name: graph.name,
      node: graph.nodes.map(nodeProto),
      initializer: graph.constants.map(tensorProto),
      input: graph.inputs.map(valueInfo),
      output: graph.outputs.map(valueInfo),
    },
    opsetImport: [
      { domain: '', version: OPSET },
      { domain: 'com.microsoft', version: 1 },
    ],
  };
  // A copy: protobufjs returns a view of a shared pool, and the runtime takes the whole buffer behind a view.
  return new Uint8Array(ModelProto.encode(ModelProto.fromObject(model)).finish());
}

/** ONNX bytes with the input and output names that a session needs. */
export function graphBytes(graph: Graph): GraphBytes {
  return {
    onnx: writeOnnx(graph),
    inputs: graph.inputs.map(({ name }) => name),
    outputs: graph.outputs.map(({ name }) => name),
  };
}

function nodeProto(node: Node) {
  return {
    input: node.inputs.map((value) => value?.name ?? ''),
    output: node.outputs.map((value) => value.name),
    name: node.name,
    opType: node.op,
    attribute: Object.entries(node.attributes).map(([name, attribute]) =>
      attributeProto(name, attribute),
    ),
    ...(node.domain === '' ? {} : { domain: node.domain }),
  };
}

function attributeProto(name: string, attribute: Attribute) {
  if ('int' in attribute) return { name, type: ATTRIBUTE_TYPE.int, i: attribute.int };
  if ('float' in attribute) return { name, type: ATTRIBUTE_TYPE.float, f: attribute.float };
  if ('ints' in attribute) return { name, type: ATTRIBUTE_TYPE.ints, ints: [...attribute.ints] };
  return { name, type: ATTRIBUTE_TYPE.text, s: new TextEncoder().encode(attribute.text) };
}

function tensorProto({ value, data }: Constant) {
  const head = {
    dims: value.shape.map((dim) => {
      if (typeof dim === 'number') return dim;
      throw new Error(`the constant ${value.name} has a side of unknown size, ${dim}`);
    }),
    dataType: ONNX_DTYPE[value.dtype],
    name: value.name,
  };
  if (data.kind === 'inline') return { ...head, rawData: data.bytes };
  return {
    ...head,
    externalData: [
      { key: 'location', value: data.file },
      { key: 'offset', value: String(data.offset) },
      { key: 'length', value: String(data.length) },
    ],
    dataLocation: EXTERNAL,
  };
}

function valueInfo(value: Value) {
  const dim = value.shape.map((side) =>
    typeof side === 'number' ? { dimValue: side } : { dimParam: side },
  );
  return {
    name: value.name,
    type: { tensorType: { elemType: ONNX_DTYPE[value.dtype], shape: { dim } } },
  };
}
