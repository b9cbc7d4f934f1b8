// Padding masks as numbers that are added to attention scores.
import { floats } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import type { Dim, Value } from '../ir/value.ts';
import { cast, scale, sub } from '../ops/elementwise.ts';
import { reshape } from '../ops/broadcast.ts';

// Added to the scores of padded keys; the softmax of it is exactly 0 in F32.
const PADDING_SCORE = 10_000;

/** [B,1,1,T] from a mask [B,T] of ones and zeros (I64): 0 for tokens, very negative for padding. */
export function paddingScores(graph: Graph, mask: Value): Value {
  const [batch, tokens] = mask.shape as readonly [Dim, Dim];
  const present = reshape(graph, cast(graph, mask, 'F32'), [batch, 1, 1, tokens]);
  return scale(graph, sub(graph, present, floats(graph, [1])), PADDING_SCORE);
}
