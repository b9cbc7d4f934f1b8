// The two layers that every tower is made of, by the name their weights have in the checkpoint.
import type { WeightIndex } from '../family.ts';
import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/value.ts';
import { gemm } from '../ops/linalg.ts';
import { layerNorm } from '../ops/normalization.ts';
import { weightValue } from '../weights.ts';

/** x·Wᵀ + b, [rows, in] to [rows, width]; weights lie as [out, in], so nothing is transposed. */
export function linear(
  graph: Graph,
  weights: WeightIndex,
  name: string,
  x: Value,
  width: number,
): Value {
  const inner = x.shape[1] as number;
  const matrix = weightValue(graph, weights, `${name}.weight`, [width, inner]);
  const bias = weightValue(graph, weights, `${name}.bias`, [width]);
  return gemm(graph, x, matrix, bias, { transB: true });
}

/** x·Wᵀ without a bias. */
export function projection(
  graph: Graph,
  weights: WeightIndex,
  name: string,
  x: Value,
  width: number,
): Value {
  const matrix = weightValue(graph, weights, `${name}.weight`, [width, x.shape[1] as number]);
  return gemm(graph, x, matrix, null, { transB: true });
}

/** Layer normalisation over the last axis with the gain and bias stored under `name`. */
export function normalise(
  graph: Graph,
  weights: WeightIndex,
  name: string,
  x: Value,
  epsilon: number,
): Value {
  const width = x.shape.at(-1) as number;
  const gain = weightValue(graph, weights, `${name}.weight`, [width]);
  const bias = weightValue(graph, weights, `${name}.bias`, [width]);
  return layerNorm(graph, x, gain, bias, epsilon);
}
