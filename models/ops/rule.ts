// The rule of an operator: how the shapes of its outputs follow, and how a gradient passes back. Build
// function, shape rule and gradient rule of an operator are in one file.
import { append } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import type { Attributes, Node } from '../ir/node.ts';
import { typeText, type Shape, type Value, type ValueType } from '../ir/value.ts';

/** One use of an operator before it becomes a node. */
export interface OpCall {
  readonly inputs: readonly (Value | null)[];
  readonly attributes: Attributes;
  /** Shape the builder asks for, where inputs alone do not tell it (Reshape, Expand, Slice). */
  readonly asked?: Shape;
}

/** Arguments of a gradient rule. */
export interface Pullback {
  readonly graph: Graph;
  readonly node: Node;
  /** Gradient of the scalar with respect to the node's first output; same shape as it. */
  readonly gradient: Value;
  /** Which inputs need a gradient; the others may stay null. */
  readonly wanted: readonly boolean[];
}

export interface OpRule {
  /** '' when not given. */
  readonly domain?: string;
  /** Types of the outputs; throws when the inputs do not fit. */
  readonly infer: (call: OpCall) => readonly ValueType[];
  /** Gradient per input, null where none was wanted. Absent: the operator cannot be differentiated. */
  readonly vjp?: (pullback: Pullback) => readonly (Value | null)[];
}

export type Rules = Readonly<Record<string, OpRule>>;

/** Appends the operator `op` of `rules`; a misfit names operator, scope and input types. */
export function apply(graph: Graph, rules: Rules, op: string, call: OpCall): Value {
  const rule = rules[op];
  if (!rule) throw new Error(`no rule for the operator ${op}`);
  let types: readonly ValueType[];
  try {
    types = rule.infer(call);
  } catch (error) {
    const given = call.inputs.map((value) => (value ? typeText(value) : '-')).join(', ');
    const why = error instanceof Error ? error.message : String(error);
    const where = graph.scope.join('/') || graph.name;
    throw new Error(`${op}(${given}) in ${where}: ${why}`, { cause: error });
  }
  const { inputs, attributes } = call;
  return append(graph, op, { inputs, types, attributes, domain: rule.domain })[0] as Value;
}

/** The input at `index`, which the operator always has. */
export function required(call: Pick<OpCall, 'inputs'>, index: number): Value {
  const value = call.inputs[index];
  if (!value) throw new Error(`input ${index} is missing`);
  return value;
}
