// Reverse-mode differentiation of a graph into the same graph: the gradient is ordinary nodes,
// emitted only for nodes on a path from what is asked for to the scalar.
import { floats } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Node } from '../ir/node.ts';
import { sameShape } from '../ir/shapes.ts';
import { typeText, type Value } from '../ir/value.ts';
import { add } from '../ops/elementwise.ts';
import { expand } from '../ops/broadcast.ts';
import { OPS } from '../ops/table.ts';

/**
 * Gradients of `scalar` (one element, F32) with respect to each of `wrt`, in their order and shapes.
 * Throws, naming operator, node and path, when an operator on the way cannot be differentiated.
 */
export function gradient(graph: Graph, scalar: Value, wrt: readonly Value[]): Value[] {
  if (scalar.shape.some((dim) => dim !== 1))
    throw new Error(`${scalar.name}: ${typeText(scalar)} is no scalar`);
  const forward = graph.nodes.slice(0, graph.nodes.indexOf(producerOf(graph, scalar)) + 1);
  const dependent = valuesFrom(forward, wrt);
  const gradients = new Map<Value, Value>();
  gradients.set(scalar, expand(graph, floats(graph, [1]), scalar.shape));
  for (const node of forward.toReversed()) pullBack(graph, node, dependent, gradients);
  return wrt.map((value) => {
    const found = gradients.get(value);
    if (!found)
      throw new Error(`graph ${graph.name}: ${scalar.name} does not depend on ${value.name}`);
    return found;
  });
}

// Values that change when one of `wrt` changes, themselves included.
function valuesFrom(nodes: readonly Node[], wrt: readonly Value[]): Set<Value> {
  const dependent = new Set(wrt);
  for (const node of nodes)
    if (node.inputs.some((value) => value && dependent.has(value)))
      for (const value of node.outputs) dependent.add(value);
  return dependent;
}

function pullBack(
  graph: Graph,
  node: Node,
  dependent: ReadonlySet<Value>,
  gradients: Map<Value, Value>,
): void {
  const wanted = node.inputs.map((value) => value !== null && dependent.has(value));
  const arrived = node.outputs.map((value) => gradients.get(value));
  if (!wanted.includes(true) || arrived.every((value) => !value)) return;
  const vjp = OPS[node.op]?.vjp;
  const from = arrived[0];
  if (!vjp || !from || arrived.slice(1).some(Boolean))
    throw new Error(
      `graph ${graph.name}: ${node.op} cannot be differentiated ` +
        `(node ${node.name}, on the path ${pathTo(graph, node, dependent)})`,
    );
  within(graph, 'gradient', () =>
    within(graph, node.name, () => {
      const parts = vjp({ graph, node, gradient: from, wanted });
      node.inputs.forEach((value, index) => {
        const part = parts[index];
        if (!value || !wanted[index] || !part) return;
        if (part.dtype !== value.dtype || !sameShape(part.shape, value.shape))
          throw new Error(
            `the gradient rule of ${node.op} gave ${typeText(part)} for ${typeText(value)} ` +
              `(node ${node.name})`,
          );
        const sum = gradients.get(value);
        gradients.set(value, sum ? add(graph, sum, part) : part);
      });
    }),
  );
}

// One way from what is differentiated to `node`, by the names of the values.
function pathTo(graph: Graph, node: Node, dependent: ReadonlySet<Value>): string {
  const path: string[] = [];
  for (let at: Node | undefined = node; at;) {
    const from: Value | undefined =
      at.inputs.find((value) => value && dependent.has(value)) ?? undefined;
    path.unshift((from ?? at.outputs[0])?.name ?? at.name);
    const before: Node | undefined = from && graph.producers.get(from);
    at = before?.inputs.some((value) => value && dependent.has(value)) ? before : undefined;
  }
  return [...path, node.outputs[0]?.name].join(' -> ');
}

function producerOf(graph: Graph, value: Value): Node {
  const node = graph.producers.get(value);
  if (!node) throw new Error(`graph ${graph.name}: ${value.name} is made by no node`);
  return node;
}
