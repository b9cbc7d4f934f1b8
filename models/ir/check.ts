// Structural check of a finished graph: every input is made before it is read, names are unique,
// outputs exist. The operators' own rules have checked shapes already.
import type { Graph } from './graph.ts';
import type { Value } from './value.ts';

/** Throws an error with the graph and the node if the graph cannot run. */
export function checkGraph(graph: Graph): void {
  const made = new Set<Value>();
  const names = new Set<string>();
  const fail = (what: string): never => {
    throw new Error(`graph ${graph.name}: ${what}`);
  };
  const make = (value: Value, maker: string) => {
    if (names.has(value.name)) fail(`${maker} makes ${value.name} a second time`);
    names.add(value.name);
    made.add(value);
  };
  for (const value of graph.inputs) make(value, 'an input');
  for (const { value } of graph.constants) make(value, 'a constant');
  for (const node of graph.nodes) {
    for (const value of node.inputs)
      if (value && !made.has(value)) fail(`${node.name} reads ${value.name} before it is made`);
    for (const value of node.outputs) make(value, node.name);
  }
  if (graph.outputs.length === 0) fail('it has no output');
  for (const value of graph.outputs)
    if (!made.has(value)) fail(`the output ${value.name} is made by no node`);
}
