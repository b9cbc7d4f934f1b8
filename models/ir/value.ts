// Values of a graph: a name, an element type and a shape whose sides may be symbols.
// A symbol ('tokens') is one side whose size is known only when the graph runs.

/** Element types that graphs use; the weight formats' names. */
export type Dtype = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';

/** A side: a number, or a symbol; products of symbols read 'batch*tokens'. */
export type Dim = number | string;

export type Shape = readonly Dim[];

/** What one node, input or constant gives. Unique by name within a graph. */
export interface Value {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: Shape;
}

/** Dtype and shape without a name: the result of a shape rule. */
export type ValueType = Pick<Value, 'dtype' | 'shape'>;

/** As people read it: F32[batch, 12, tokens]. */
export function typeText({ dtype, shape }: ValueType): string {
  return `${dtype}[${shape.join(', ')}]`;
}
