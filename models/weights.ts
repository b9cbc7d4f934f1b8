// Weights of a checkpoint as constants of a graph. Each is checked against the shape that the
// architecture asks for, and brought to F32 by a Cast that onnxruntime folds while it loads.
import { ModelError } from './errors.ts';
import type { TensorRef, WeightIndex } from './family.ts';
import { weight } from './ir/builder.ts';
import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/value.ts';
import { cast } from './ops/elementwise.ts';
import { byteLength } from './safetensors/header.ts';

/** A graph being built and the checkpoint whose weights it takes. */
export interface Network {
  readonly graph: Graph;
  readonly weights: WeightIndex;
}

const FLOATS: readonly TensorRef['dtype'][] = ['F32', 'F16', 'BF16', 'F64'];

/** The tensor, checked; `shape` in the order of the file ([out, in] for linear layers). */
export function tensorOf(weights: WeightIndex, name: string, shape: readonly number[]): TensorRef {
  const ref = weights.get(name);
  const wanted = `shape [${shape.join(', ')}]`;
  if (!ref)
    throw new ModelError('MODEL_TENSOR_MISSING', {
      ...someFile(weights),
      tensor: name,
      expected: `the tensor with ${wanted}`,
      found: 'no such tensor',
      fix: 'The checkpoint is incomplete or of another kind: get the whole model again',
    });
  if (ref.shape.join() !== shape.join())
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      file: ref.file,
      tensor: name,
      expected: wanted,
      found: `[${ref.shape.join(', ')}]`,
      fix: 'config.json and weights do not belong together, or the config is wrong',
    });
  if (!FLOATS.includes(ref.dtype))
    throw new ModelError('MODEL_TENSOR_DTYPE', {
      file: ref.file,
      tensor: name,
      expected: `floats (${FLOATS.join(', ')})`,
      found: ref.dtype,
    });
  if (ref.length !== byteLength(ref.shape, ref.dtype))
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file: ref.file,
      tensor: name,
      expected: `${byteLength(ref.shape, ref.dtype)} bytes`,
      found: `${ref.length} bytes`,
    });
  return ref;
}

/** The tensor as an F32 value of the graph. */
export function weightValue(net: Network, name: string, shape: readonly number[]): Value {
  const ref = tensorOf(net.weights, name, shape);
  // Also tables of which few rows are read: not every graphics card can look into F16.
  return cast(net.graph, place(net.graph, ref, { name, shape, skip: 0 }), 'F32');
}

/** Rows start..end of a tensor as an F32 value, without reading or copying the others. */
export function weightRows(
  { graph, weights }: Network,
  name: string,
  wanted: { readonly shape: readonly number[]; readonly range: readonly [number, number] },
): Value {
  const { shape, range } = wanted;
  const [start, end] = range;
  const ref = tensorOf(weights, name, shape);
  const part = [end - start, ...shape.slice(1)];
  const rowBytes = ref.length / (shape[0] as number);
  const stored = place(graph, ref, {
    name: `${name}[${start}:${end}]`,
    shape: part,
    skip: start * rowBytes,
  });
  return cast(graph, stored, 'F32');
}

/** `skip`: bytes of the tensor before what is wanted. */
function place(
  graph: Graph,
  ref: TensorRef,
  part: { readonly name: string; readonly shape: readonly number[]; readonly skip: number },
): Value {
  const { name, shape, skip } = part;
  const { dtype, file, offset } = ref;
  const length = byteLength(shape, dtype) as number;
  return weight(
    graph,
    name,
    { dtype, shape },
    { kind: 'external', file, offset: offset + skip, length },
  );
}

function someFile(weights: WeightIndex): { file?: string } {
  const first = weights.values().next().value;
  return first ? { file: first.file } : {};
}
