// A vision graph with 8-bit weights for the processor: the large matrices of the blocks become whole
// numbers with one scale per output, everything else stays as it is (design: performance.md 2).
import type { Constant, Graph } from '../ir/graph.ts';
import { createGraph } from '../ir/graph.ts';
import { intAttribute, type Node } from '../ir/node.ts';
import type { Dtype, Value } from '../ir/value.ts';

/** Matrices with a shorter side are not worth it. */
const SMALLEST_SIDE = 32;
const ALIGNMENT = 64;
const SMALLEST_SCALE = 1e-30;

/** What a stretch of the new weight file is made of. */
export type Int8Piece =
  | {
      readonly kind: 'copy';
      readonly constant: Constant;
      readonly offset: number;
    }
  | {
      /** [out, in] floats to [in, out] whole numbers, then `out` F32 scales. */
      readonly kind: 'matrix';
      readonly constant: Constant;
      readonly rows: number;
      readonly columns: number;
      readonly offset: number;
      readonly scaleOffset: number;
    };

export interface Int8Form {
  readonly graph: Graph;
  readonly pieces: readonly Int8Piece[];
  /** Of the new weight file. */
  readonly bytes: number;
  /** Matrices that became whole numbers. */
  readonly matrices: number;
}

/**
 * The graph over a new weight file called `file`, and what belongs into it. Where the layout is
 * decided nothing is read, so the same graph always gives the same bytes.
 */
export function int8Form(graph: Graph, file: string): Int8Form {
  const external = new Map<Value, Constant>();
  for (const constant of graph.constants)
    if (constant.data.kind === 'external') external.set(constant.value, constant);
  const stored = (value: Value | null | undefined): Constant | undefined => {
    if (!value) return undefined;
    const maker = graph.producers.get(value);
    return external.get(maker?.op === 'Cast' ? (maker.inputs[0] as Value) : value);
  };
  const readers = new Map<Value, number>();
  for (const node of graph.nodes)
    for (const value of node.inputs) if (value) readers.set(value, (readers.get(value) ?? 0) + 1);

  const out = createGraph(graph.name);
  for (const name of graph.names) out.names.add(name);
  out.inputs.push(...graph.inputs);
  out.outputs.push(...graph.outputs);
  const pieces: Int8Piece[] = [];
  let at = 0;
  const place = (bytes: number) => {
    const offset = at;
    at = Math.ceil((at + bytes) / ALIGNMENT) * ALIGNMENT;
    return offset;
  };
  const constantOf = (
    name: string,
    dtype: Dtype,
    shape: number[],
    offset: number,
    bytes: number,
  ) => {
    const value: Value = { name, dtype, shape };
    out.names.add(name);
    out.constants.push({ value, data: { kind: 'external', file, offset, length: bytes } });
    return value;
  };

  const replaced = new Set<Value>();
  const nodes = graph.nodes.map((node): Node => {
    const constant = stored(node.inputs[1]);
    if (!constant || !isLarge(node, constant)) return node;
    // A matrix that something else reads as well would have to stay beside its copy.
    if (readers.get(node.inputs[1] as Value) !== 1 || readers.get(constant.value) !== 1)
      return node;
    const [rows, columns] = constant.value.shape as [number, number];
    const { name } = constant.value;
    const offset = place(rows * columns);
    const scaleOffset = place(4 * rows);
    pieces.push({ kind: 'matrix', constant, rows, columns, offset, scaleOffset });
    replaced.add(constant.value).add(node.inputs[1] as Value);
    const matrix = constantOf(`${name}/I8`, 'I8', [columns, rows], offset, rows * columns);
    const scale = constantOf(`${name}/scale`, 'F32', [rows], scaleOffset, 4 * rows);
    return {
      ...node,
      op: 'DynamicQuantizeMatMul',
      domain: 'com.microsoft',
      inputs: [node.inputs[0] as Value, matrix, scale, null, node.inputs[2] ?? null],
      attributes: {},
    };
  });
  for (const constant of graph.constants) {
    const { value, data } = constant;
    if (replaced.has(value)) continue;
    if (data.kind === 'inline') {
      out.constants.push(constant);
      continue;
    }
    const offset = place(data.length);
    pieces.push({ kind: 'copy', constant, offset });
    out.constants.push({ value, data: { kind: 'external', file, offset, length: data.length } });
  }
  for (const node of nodes) {
    // The Cast that brought a stored matrix to F32 has nobody left to read it.
    if (node.op === 'Cast' && replaced.has(node.outputs[0] as Value)) continue;
    out.nodes.push(node);
    for (const value of node.outputs) out.producers.set(value, node);
  }
  return {
    graph: out,
    pieces,
    bytes: at,
    matrices: pieces.filter((p) => p.kind === 'matrix').length,
  };
}

// Keys and values for the text side ("cross.") stay exact: they cost little, and the maps are read
// off the attention that they make.
function isLarge(node: Node, { value }: Constant): boolean {
  return (
    node.op === 'Gemm' &&
    intAttribute(node, 'transB') === 1 &&
    intAttribute(node, 'transA') === 0 &&
    !node.name.startsWith('cross.') &&
    value.shape.length === 2 &&
    value.shape.every((side) => typeof side === 'number' && side >= SMALLEST_SIDE)
  );
}

/** Whole numbers [in, out] and scales [out] of a matrix [out, in]: round(w / scale), |q| <= 127. */
export function quantiseRows(
  matrix: Float32Array,
  rows: number,
  columns: number,
): { readonly values: Int8Array; readonly scales: Float32Array } {
  const values = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns;
    let largest = 0;
    for (let i = 0; i < columns; i += 1)
      largest = Math.max(largest, Math.abs(matrix[start + i] as number));
    const scale = Math.fround(largest / 127);
    // A row this small is nothing but rounding, and its scale would lose digits.
    if (scale < SMALLEST_SCALE) continue;
    scales[row] = scale;
    for (let i = 0; i < columns; i += 1)
      values[i * rows + row] = Math.round((matrix[start + i] as number) / scale);
  }
  return { values, scales };
}
