// The graph: nodes in the order they run, inputs, outputs, and constants that lie inside the graph
// or point into a weight file. It grows by appending; it knows no operator.
import type { Node } from './node.ts';
import type { Value } from './value.ts';

/** Where a constant's bytes are (little endian, row-major). */
export type ConstantData =
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'external';
      /** Relative to the pack folder, forward slashes. */
      readonly file: string;
      readonly offset: number;
      /** Bytes. */
      readonly length: number;
    };

export interface Constant {
  readonly value: Value;
  readonly data: ConstantData;
}

export interface Graph {
  readonly name: string;
  readonly inputs: Value[];
  readonly outputs: Value[];
  readonly constants: Constant[];
  readonly nodes: Node[];
  /** The node that makes each value; inputs and constants have none. */
  readonly producers: Map<Value, Node>;
  /** Every name in use, of values and of nodes. */
  readonly names: Set<string>;
  /** Prefix of new names: the module path, e.g. ['text', 'layer.3']. */
  readonly scope: string[];
  /** Small constants by content: equal ones stand in the graph once. */
  readonly pool: Map<string, Value>;
}

/** An empty graph. */
export function createGraph(name: string): Graph {
  return {
    name,
    inputs: [],
    outputs: [],
    constants: [],
    nodes: [],
    producers: new Map(),
    names: new Set(),
    scope: [],
    pool: new Map(),
  };
}
