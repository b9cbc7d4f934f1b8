// How far what was found on one patch spreads to others: the attention between patches made doubly
// stochastic, symmetric, and taken twice (CLIP-ES).
import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/value.ts';
import { reduceSum } from '../ops/broadcast.ts';
import { add, div, scale } from '../ops/elementwise.ts';
import { matmul } from '../ops/linalg.ts';
import { swapLast } from '../ops/movement.ts';

/** Rounds of dividing by the sums of columns, then of rows. */
const BALANCING_ROUNDS = 3;

/** Attention [N,N], rows are those that listen, to the spread [N,N]. */
export function spreading(graph: Graph, attention: Value): Value {
  let balanced = attention;
  for (let round = 0; round < BALANCING_ROUNDS; round++) {
    balanced = div(graph, balanced, reduceSum(graph, balanced, [0]));
    balanced = div(graph, balanced, reduceSum(graph, balanced, [1]));
  }
  const both = scale(graph, add(graph, balanced, swapLast(graph, balanced)), 0.5);
  return matmul(graph, both, both);
}
