// A node: one operator applied to values. As in ONNX, whole numbers and floats are different attributes.
import type { Value } from './value.ts';

/** ONNX tells whole numbers from floats, so does this. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly text: string };

export type Attributes = Readonly<Record<string, Attribute>>;

export interface Node {
  readonly name: string;
  /** Operator type, e.g. 'Gemm'. */
  readonly op: string;
  /** '' for ai.onnx, 'com.microsoft' for onnxruntime's own. */
  readonly domain: string;
  /** null stands for an optional input that is not given. */
  readonly inputs: readonly (Value | null)[];
  /** A gradient may ask for an operator's further outputs later; nothing else changes a node. */
  readonly outputs: Value[];
  readonly attributes: Attributes;
}

/** Whole-number attribute, or its default. */
export function intAttribute(node: Pick<Node, 'attributes'>, name: string, otherwise = 0): number {
  const attribute = node.attributes[name];
  return attribute && 'int' in attribute ? attribute.int : otherwise;
}

/** List attribute, or null when it is not given. */
export function intsAttribute(
  node: Pick<Node, 'attributes'>,
  name: string,
): readonly number[] | null {
  const attribute = node.attributes[name];
  return attribute && 'ints' in attribute ? attribute.ints : null;
}
