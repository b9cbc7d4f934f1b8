// CLIP's patches as vectors beside its texts: the last block reads by keys and nearness instead of by
// queries (NACLIP), or in one of the ways that it is compared with.
import type { LastBlock, Strategy, WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { linear, normalise, projection } from '../layers/linear.ts';
import { mergeHeads } from '../ops/attention.ts';
import { reduceSum } from '../ops/broadcast.ts';
import { add, mul, scale, sqrt } from '../ops/elementwise.ts';
import { matmul } from '../ops/linalg.ts';
import { slice, swapLast } from '../ops/movement.ts';
import { softmax } from '../ops/normalization.ts';
import { reduceMean } from '../ops/reduction.ts';
import type { ClipNumbers } from './config.ts';
import { VISION_LAST_NORM, VISUAL_PROJECTION } from './names.ts';
import {
  IMAGE_TOKENS,
  imageBlock,
  imageBlocks,
  imageHeads,
  imageRows,
  mlpHalf,
  unitRows,
  withoutHeads,
  type ImagePlace,
} from './tower.ts';

/** Strategies that take the input `omega` [1+N,1+N]. */
const usesNearness = ({ strategy }: LastBlock): boolean =>
  strategy === 'naclip' || strategy === 'nonly';

/**
 * pixel_values, position [1+N,D], and omega where the strategy has it -> tokens [1+N,P] as projected,
 * patches [N,P] of length 1, attention [1+N,1+N] of the last block, the mean of its heads.
 */
export function denseGraph(numbers: ClipNumbers, weights: WeightIndex, block: LastBlock): Graph {
  const graph = createGraph('dense');
  const place = { graph, weights, numbers };
  const { vision, embeddingWidth } = numbers;
  const last = vision.layers - 1;
  const before = imageBlocks(place, imageRows(place), last);
  const near = usesNearness(block)
    ? input(graph, 'omega', 'F32', [IMAGE_TOKENS, IMAGE_TOKENS])
    : null;
  const made = within(graph, `layer.${last}`, () => lastBlock(place, before, block, near));
  const normed = normalise(place, VISION_LAST_NORM, made.rows, vision.epsilon);
  const tokens = projection(place, VISUAL_PROJECTION, normed, embeddingWidth);
  output(graph, 'tokens', tokens);
  output(graph, 'patches', unitRows(graph, slice(graph, tokens, 0, { start: 1 })));
  output(graph, 'attention', withoutHeads(graph, reduceMean(graph, made.attention, [1])));
  return graph;
}

function lastBlock(place: ImagePlace, before: Value, block: LastBlock, near: Value | null) {
  const { graph, numbers } = place;
  const { width, epsilon, layers } = numbers.vision;
  const parts = imageBlock(place, layers - 1);
  const rows = normalise(place, parts.norm1, before, epsilon);
  const heads = (part: 'q' | 'k' | 'v') => imageHeads(place, parts.project(part, rows));
  const attention = within(graph, 'attention', () =>
    attentionOf(graph, { queries: heads('q'), keys: heads('k') }, block.strategy, near),
  );
  const mixed = mergeHeads(graph, matmul(graph, attention, heads('v')));
  const out = linear(place, parts.out, mixed, width);
  if (block.arch === 'reduced') return { attention, rows: out };
  return { attention, rows: mlpHalf(place, parts, add(graph, before, out)) };
}

interface Reading {
  /** [1, heads, 1+N, d], as are the keys. */
  readonly queries: Value;
  readonly keys: Value;
}

function attentionOf(
  graph: Graph,
  { queries, keys }: Reading,
  strategy: Strategy,
  near: Value | null,
): Value {
  const factor = 1 / Math.sqrt(keys.shape[3] as number);
  const scores = (left: Value, right: Value) =>
    matmul(graph, scale(graph, left, factor), swapLast(graph, right));
  switch (strategy) {
    case 'naclip':
      return softmax(graph, add(graph, scores(keys, keys), near as Value));
    case 'kk':
      return softmax(graph, scores(keys, keys));
    case 'csa':
      return add(
        graph,
        softmax(graph, scores(queries, queries)),
        softmax(graph, scores(keys, keys)),
      );
    case 'vanilla':
      return softmax(graph, scores(queries, keys));
    case 'nonly': {
      // The mean of all products of a query's and a key's length is the product of the means.
      const [ofQueries, ofKeys] = [queries, keys].map((rows) =>
        reduceMean(graph, sqrt(graph, reduceSum(graph, mul(graph, rows, rows), [3])), [2]),
      ) as [Value, Value];
      const size = scale(graph, reduceMean(graph, mul(graph, ofQueries, ofKeys), [1]), factor);
      return softmax(graph, mul(graph, near as Value, size));
    }
  }
}
