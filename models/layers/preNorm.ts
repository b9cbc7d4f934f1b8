// Pre-norm transformers without a backward pass, on fused kernels, and the patches they start from.
// BLIP's and BridgeTower's image towers and both of CLIP's differ in names and settings only.
import type { Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Dim, Value } from '../ir/value.ts';
import { fusedAttention } from '../ops/attention.ts';
import { add } from '../ops/elementwise.ts';
import { patchConv, type ConvWeights } from '../ops/convolution.ts';
import { gemm } from '../ops/linalg.ts';
import { concat, transpose } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';
import { weightRows, type Network } from '../weights.ts';
import { linear, normalise } from './linear.ts';

/** What all blocks of a tower have in common; rows are [batch*tokens, width]. */
export interface PreNormTower extends Network {
  readonly batch: Dim;
  readonly tokens: Dim;
  readonly width: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly epsilon: number;
  readonly activation: (graph: Graph, x: Value) => Value;
  /** Tokens read only themselves and those before them. Default false. */
  readonly causal?: boolean;
}

/** Where a block's weights are, without ".weight" and ".bias". */
export interface BlockNames {
  readonly norm1: string;
  readonly norm2: string;
  /** Attention's output projection. */
  readonly out: string;
  readonly mlpIn: string;
  readonly mlpOut: string;
}

interface PatchWeights extends ConvWeights {
  readonly classToken: Value;
}

/** Class token and patches as rows: pixels [1,3,H,W] to [1+N, width]; `tokens` names 1+N. */
export function patchRows(graph: Graph, pixels: Value, weights: PatchWeights, tokens: Dim): Value {
  const width = weights.kernel.shape[0] as number;
  const map = patchConv(graph, pixels, weights);
  const patches = `${map.shape[2]}*${map.shape[3]}`;
  const rows = transpose(graph, reshape(graph, map, [width, patches]), [1, 0]);
  return concat(graph, [reshape(graph, weights.classToken, [1, width]), rows], 0, tokens);
}

/** Queries, keys and values, each [rows, width], from one packed tensor [3*width, width]: runs of its rows. */
export function packedProjections(
  net: Network & { readonly width: number },
  weight: string,
  bias: string,
  rows: Value,
): readonly [Value, Value, Value] {
  const { width } = net;
  const shape = [3 * width, width];
  return [0, 1, 2].map((part) => {
    const range = [part * width, (part + 1) * width] as const;
    const matrix = weightRows(net, weight, { shape, range });
    const offset = weightRows(net, bias, { shape: [3 * width], range });
    return gemm(net.graph, rows, matrix, { addend: offset, transB: true });
  }) as [Value, Value, Value];
}

/** One block on rows [batch*tokens, width]; `project` makes queries, keys and values. */
export function preNormBlock(
  tower: PreNormTower,
  names: BlockNames,
  x: Value,
  project: (rows: Value) => readonly [Value, Value, Value],
): Value {
  const { graph, batch, tokens, width, mlpWidth, epsilon } = tower;
  const attended = within(graph, 'attention', () => {
    const parts = project(normalise(tower, names.norm1, x, epsilon));
    const [q, k, v] = parts.map((rows) => reshape(graph, rows, [batch, tokens, width])) as [
      Value,
      Value,
      Value,
    ];
    const mixed = reshape(graph, fusedAttention(graph, { q, k, v }, tower), x.shape);
    return add(graph, x, linear(tower, names.out, mixed, width));
  });
  return within(graph, 'mlp', () => {
    const rows = normalise(tower, names.norm2, attended, epsilon);
    const inner = tower.activation(graph, linear(tower, names.mlpIn, rows, mlpWidth));
    return add(graph, attended, linear(tower, names.mlpOut, inner, width));
  });
}
