// Converts a vision graph to 8-bit weights for the processor: the large matrices of the blocks become whole
// numbers with one scale per output, everything else stays (design: performance.md 2).
import { createGraph, type Constant, type ConstantData, type Graph } from '../ir/graph.ts';
import { intAttribute, type Node } from '../ir/node.ts';
import type { Value } from '../ir/value.ts';

/** Shortest side of a matrix that is converted. */
const SMALLEST_SIDE = 32;
const ALIGNMENT = 64;
/** About 8e-31. */
const SMALLEST_SCALE = 2 ** -100;

/** Source of one run of bytes of the new weight file. */
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
}

/**
 * The graph over a new weight file called `file`, and what belongs into it. Where the layout is
 * decided nothing is read, so the same graph always gives the same bytes.
 */
export function int8Form(graph: Graph, file: string): Int8Form {
  const out = createGraph(graph.name);
  for (const name of graph.names) out.names.add(name);
  out.inputs.push(...graph.inputs);
  out.outputs.push(...graph.outputs);
  const matrices = largeMatrices(graph);
  const form = { out, layout: fileLayout(file), pieces: [] as Int8Piece[] };
  const replaced = new Set<Value>();
  const nodes = graph.nodes.map((node) => {
    const constant = matrices.get(node);
    if (!constant) return node;
    replaced.add(constant.value).add(node.inputs[1] as Value);
    return quantised(form, node, constant);
  });
  for (const constant of graph.constants) if (!replaced.has(constant.value)) keep(form, constant);
  for (const node of nodes) {
    // The Cast of the stored matrix to F32 has no reader left.
    if (node.op === 'Cast' && replaced.has(node.outputs[0] as Value)) continue;
    out.nodes.push(node);
    for (const value of node.outputs) out.producers.set(value, node);
  }
  return {
    graph: out,
    pieces: form.pieces,
    bytes: form.layout.bytes(),
  };
}

/** What is being made. */
interface Making {
  readonly out: Graph;
  readonly layout: FileLayout;
  readonly pieces: Int8Piece[];
}

interface FileLayout {
  /** The next `length` bytes of the file. */
  place(length: number): Extract<ConstantData, { kind: 'external' }>;
  /** Of all that was placed. */
  bytes(): number;
}

function fileLayout(file: string): FileLayout {
  let at = 0;
  return {
    place(length) {
      const offset = at;
      at = Math.ceil((at + length) / ALIGNMENT) * ALIGNMENT;
      return { kind: 'external', file, offset, length };
    },
    bytes: () => at,
  };
}

/** Nodes whose matrix is converted, and where its floats are. */
function largeMatrices(graph: Graph): Map<Node, Constant> {
  const external = new Map<Value, Constant>();
  for (const constant of graph.constants)
    if (constant.data.kind === 'external') external.set(constant.value, constant);
  const readers = new Map<Value, number>();
  for (const node of graph.nodes)
    for (const value of node.inputs) if (value) readers.set(value, (readers.get(value) ?? 0) + 1);
  const large = new Map<Node, Constant>();
  for (const node of graph.nodes) {
    const factor = node.inputs[1];
    if (!factor) continue;
    const maker = graph.producers.get(factor);
    const constant = external.get(maker?.op === 'Cast' ? (maker.inputs[0] as Value) : factor);
    if (!constant || !isLarge(node, constant)) continue;
    // A matrix that something else reads as well would have to stay beside its copy.
    if (readers.get(factor) === 1 && readers.get(constant.value) === 1) large.set(node, constant);
  }
  return large;
}

/** The node with its matrix as whole numbers. */
function quantised({ out, layout, pieces }: Making, node: Node, constant: Constant): Node {
  const [rows, columns] = constant.value.shape as [number, number];
  const { name } = constant.value;
  const numbers = layout.place(rows * columns);
  const scales = layout.place(4 * rows);
  pieces.push({
    kind: 'matrix',
    constant,
    rows,
    columns,
    offset: numbers.offset,
    scaleOffset: scales.offset,
  });
  const added = (value: Value, data: ConstantData): Value => {
    out.names.add(value.name);
    out.constants.push({ value, data });
    return value;
  };
  const matrix = added({ name: `${name}/I8`, dtype: 'I8', shape: [columns, rows] }, numbers);
  const scale = added({ name: `${name}/scale`, dtype: 'F32', shape: [rows] }, scales);
  return {
    ...node,
    op: 'DynamicQuantizeMatMul',
    domain: 'com.microsoft',
    inputs: [node.inputs[0] as Value, matrix, scale, null, node.inputs[2] ?? null],
    attributes: {},
  };
}

/** A constant as it is; one from a file gets a place in the new file. */
function keep({ out, layout, pieces }: Making, constant: Constant): void {
  const { value, data } = constant;
  if (data.kind === 'inline') {
    out.constants.push(constant);
    return;
  }
  const kept = layout.place(data.length);
  pieces.push({ kind: 'copy', constant, offset: kept.offset });
  out.constants.push({ value, data: kept });
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
    // A row this small is rounding error, and its scale would lose digits.
    if (scale < SMALLEST_SCALE) continue;
    scales[row] = scale;
    for (let i = 0; i < columns; i += 1)
      values[i * rows + row] = Math.round((matrix[start + i] as number) / scale);
  }
  return { values, scales };
}
