// Linear layers and layer normalisation, by the names of their weights in the checkpoint.
import type { Value } from '../ir/value.ts';
import { gemm } from '../ops/linalg.ts';
import { layerNorm } from '../ops/normalization.ts';
import { weightValue, type Network } from '../weights.ts';

/** x·Wᵀ + b, [rows, in] to [rows, width]; weights lie as [out, in], so nothing is transposed. */
export function linear(net: Network, name: string, x: Value, width: number): Value {
  const inner = x.shape[1] as number;
  const matrix = weightValue(net, `${name}.weight`, [width, inner]);
  const bias = weightValue(net, `${name}.bias`, [width]);
  return gemm(net.graph, x, matrix, { addend: bias, transB: true });
}

/** x·Wᵀ without a bias. */
export function projection(net: Network, name: string, x: Value, width: number): Value {
  const matrix = weightValue(net, `${name}.weight`, [width, x.shape[1] as number]);
  return gemm(net.graph, x, matrix, { transB: true });
}

/** Layer normalisation over the last axis with the gain and bias stored under `name`. */
export function normalise(net: Network, name: string, x: Value, epsilon: number): Value {
  const width = x.shape.at(-1) as number;
  const gain = weightValue(net, `${name}.weight`, [width]);
  const bias = weightValue(net, `${name}.bias`, [width]);
  return layerNorm(net.graph, x, { gain, bias, epsilon });
}
