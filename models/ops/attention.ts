// Multi-head attention in two forms: one fused kernel where no gradient is needed, and plain
// operators, whose softmax can be read and differentiated.
import type { Graph } from '../ir/graph.ts';
import { product } from '../ir/shapes.ts';
import type { Dim, Value } from '../ir/value.ts';
import { add, scale } from './elementwise.ts';
import { matmul } from './linalg.ts';
import { transpose } from './movement.ts';
import { reshape } from './broadcast.ts';
import { softmax } from './normalization.ts';
import { apply, required, type Rules } from './rule.ts';

/** Queries and keys of one width, values of any. */
export interface QueriesKeysValues {
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
}

interface FusedAttentionOptions {
  readonly heads: number;
  /** A token reads only itself and those before it. Default false. */
  readonly causal?: boolean;
  /** Factor of the scores. Default 1/sqrt(d). */
  readonly scale?: number;
}

/** Fused attention; q [B, T, heads*d], k [B, S, heads*d], v [B, S, heads*e] to [B, T, heads*e]. */
export function fusedAttention(
  graph: Graph,
  { q, k, v }: QueriesKeysValues,
  { heads, causal = false, scale: factor }: FusedAttentionOptions,
): Value {
  return apply(graph, ATTENTION, 'MultiHeadAttention', {
    inputs: [q, k, v],
    attributes: {
      num_heads: { int: heads },
      ...(causal ? { unidirectional: { int: 1 } } : {}),
      ...(factor === undefined ? {} : { scale: { float: factor } }),
    },
  });
}

interface HeadsOf {
  readonly batch: Dim;
  readonly tokens: Dim;
  readonly heads: number;
}

/** [B*T, heads*d] to [B, heads, T, d]. */
export function splitHeads(graph: Graph, x: Value, { batch, tokens, heads }: HeadsOf): Value {
  const width = x.shape[1] as number;
  const split = reshape(graph, x, [batch, tokens, heads, width / heads]);
  return transpose(graph, split, [0, 2, 1, 3]);
}

/** [B, heads, T, d] back to [B*T, heads*d]. */
export function mergeHeads(graph: Graph, x: Value): Value {
  const [batch, heads, tokens, width] = x.shape as readonly [Dim, number, Dim, number];
  const merged = transpose(graph, x, [0, 2, 1, 3]);
  return reshape(graph, merged, [product([batch, tokens]), heads * width]);
}

/** Inputs of plain attention; `keysTurned` [B or 1, heads, d, S], `mask` is added to the scores. */
export interface AttentionParts {
  /** [B, heads, T, d] */
  readonly queries: Value;
  readonly keysTurned: Value;
  /** [B or 1, heads, S, d] */
  readonly values: Value;
  readonly mask: Value | null;
}

/** Attention in plain operators: context [B, heads, T, d] and probabilities [B, heads, T, S]. */
export function attention(graph: Graph, parts: AttentionParts) {
  const { queries, keysTurned, values, mask } = parts;
  const width = queries.shape[3] as number;
  // Scaling the queries touches T*d numbers, scaling the scores T*S.
  const scaled = scale(graph, queries, 1 / Math.sqrt(width));
  const scores = matmul(graph, scaled, keysTurned);
  const probabilities = softmax(graph, mask ? add(graph, scores, mask) : scores);
  return { probabilities, context: matmul(graph, probabilities, values) };
}

export const ATTENTION: Rules = {
  MultiHeadAttention: {
    domain: 'com.microsoft',
    infer: (call) => {
      const [q, k, v] = [required(call, 0), required(call, 1), required(call, 2)];
      if ([q, k, v].some((value) => value.shape.length !== 3))
        throw new Error('queries, keys and values need three axes');
      if (q.shape[2] !== k.shape[2]) throw new Error('queries and keys differ in width');
      if (k.shape[1] !== v.shape[1]) throw new Error('keys and values differ in number');
      return [{ dtype: q.dtype, shape: [q.shape[0] as Dim, q.shape[1] as Dim, v.shape[2] as Dim] }];
    },
  },
};
