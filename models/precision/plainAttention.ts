// Replaces fused attention with plain operators. The fused kernel of onnxruntime 1.30 is wrong on WebGPU from
// about 32 keys on (measured: up to 11 % of the largest value, on cards without subgroups of its width); plain
// products and softmax are right to 1e-6.
import { createGraph, type Graph } from '../ir/graph.ts';
import { intAttribute, type Node } from '../ir/node.ts';
import type { Dim, Value } from '../ir/value.ts';
import { attention } from '../ops/attention.ts';
import { transpose } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';

/** Rewrites every MultiHeadAttention; throws for causal ones, which no image encoder has. */
export function plainAttention(graph: Graph): Graph {
  const plain = createGraph(graph.name);
  for (const name of graph.names) plain.names.add(name);
  plain.inputs.push(...graph.inputs);
  plain.constants.push(...graph.constants);
  const values = new Map<Value, Value>();
  const of = (value: Value) => values.get(value) ?? value;
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((value) => value && of(value));
    if (node.op === 'MultiHeadAttention') {
      values.set(node.outputs[0] as Value, writtenOut(plain, node, inputs));
      continue;
    }
    const copy: Node = { ...node, inputs };
    plain.nodes.push(copy);
    for (const value of node.outputs) plain.producers.set(value, copy);
  }
  plain.outputs.push(...graph.outputs.map(of));
  return plain;
}

function writtenOut(graph: Graph, node: Node, inputs: readonly (Value | null)[]): Value {
  const [q, k, v] = inputs as [Value, Value, Value];
  if (inputs.length !== 3 || intAttribute(node, 'unidirectional') === 1)
    throw new Error(`${node.name}: only plain queries, keys and values can be written out`);
  const heads = intAttribute(node, 'num_heads');
  graph.scope.push(node.name);
  try {
    const split = (x: Value, order: readonly number[]) => {
      const [batch, tokens, width] = x.shape as readonly [Dim, Dim, number];
      return transpose(graph, reshape(graph, x, [batch, tokens, heads, width / heads]), order);
    };
    const { context } = attention(graph, {
      queries: split(q, [0, 2, 1, 3]),
      keysTurned: split(k, [0, 2, 3, 1]),
      values: split(v, [0, 2, 1, 3]),
      mask: null,
    });
    const [batch, tokens] = q.shape as readonly [Dim, Dim, number];
    const merged = transpose(graph, context, [0, 2, 1, 3]);
    return reshape(graph, merged, [batch, tokens, v.shape[2] as number]);
  } finally {
    graph.scope.pop();
  }
}
