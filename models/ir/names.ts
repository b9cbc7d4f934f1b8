// Names in a graph are module paths, so that errors of the runtime can be traced to the code. They depend on
// the order of building only: the same graph has the same names.
import type { Graph } from './graph.ts';

/** Reserves `base` under the present scope, numbered from 2 when it is taken. */
export function freshName(graph: Graph, base: string): string {
  const path = [...graph.scope, base].join('/');
  let name = path;
  for (let count = 2; graph.names.has(name); count++) name = `${path}.${count}`;
  graph.names.add(name);
  return name;
}

/** Reserves a name exactly as it is, for inputs, outputs and weights; throws when it is taken. */
export function exactName(graph: Graph, name: string): string {
  if (graph.names.has(name)) throw new Error(`graph ${graph.name}: the name ${name} is taken`);
  graph.names.add(name);
  return name;
}

/** Builds with `part` added to the scope. */
export function within<T>(graph: Graph, part: string, build: () => T): T {
  graph.scope.push(part);
  try {
    return build();
  } finally {
    graph.scope.pop();
  }
}
