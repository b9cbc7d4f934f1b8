// What CLIP as RNN reads of an image once: the last block's input, where patches listen to each other,
// and the image's vector as the sum of its patches.
import { gradient } from '../autodiff/gradient.ts';
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { linear, normalise, projection } from '../layers/linear.ts';
import { attention, mergeHeads } from '../ops/attention.ts';
import { reduceSum } from '../ops/broadcast.ts';
import { add, mul, relu, scale, sub } from '../ops/elementwise.ts';
import { matmul } from '../ops/linalg.ts';
import { elementAt, slice, swapLast } from '../ops/movement.ts';
import { reduceMean } from '../ops/reduction.ts';
import type { ClipNumbers } from './config.ts';
import { VISION_LAST_NORM, VISUAL_PROJECTION } from './names.ts';
import { spreading } from './spread.ts';
import {
  IMAGE_TOKENS,
  imageBlock,
  imageBlocks,
  imageHeads,
  imageRows,
  mlpHalf,
  withoutHeads,
  type ImagePlace,
} from './tower.ts';

/** Blocks, counted from the last, whose attention says which patches belong together. */
const ATTENTION_BLOCKS = 8;

/**
 * pixel_values, position [1+N,D] -> before_last [1+N,D], activations [1+N,D] (its first norm), features
 * [1,P], attention [N,N] (mean of the heads of the last blocks), spread [N,N] made of it.
 */
export function trunkGraph(numbers: ClipNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('trunk');
  const place = { graph, weights, numbers };
  const { layers } = numbers.vision;
  const read = Math.min(ATTENTION_BLOCKS, layers);
  let x = imageBlocks(place, imageRows(place), layers - read);
  let before = x;
  let sum: Value | null = null;
  for (let layer = layers - read; layer < layers; layer++) {
    before = x;
    const made = within(graph, `layer.${layer}`, () => {
      const listened = listening(place, layer, normed(place, layer, x));
      return {
        probabilities: listened.probabilities,
        rows: throughBlock(place, layer, x, listened.out),
      };
    });
    const mean = reduceMean(graph, made.probabilities, [1]);
    sum = sum ? add(graph, sum, mean) : mean;
    x = made.rows;
  }
  output(graph, 'before_last', before);
  output(graph, 'activations', normed(place, layers - 1, before));
  output(graph, 'features', patchFeatures(place, x));
  const all = withoutHeads(graph, scale(graph, sum as Value, 1 / read));
  const patches = slice(graph, slice(graph, all, 0, { start: 1 }), 1, { start: 1 });
  output(graph, 'attention', patches);
  output(graph, 'spread', spreading(graph, patches));
  return graph;
}

/**
 * before_last [1+N,D], start [1,P] -> map [N,1]: where the last block's input moves the image's vector
 * along `start`, not below 0; gradient [1+N,D] of that with respect to the first norm's output. What
 * stood before the block counts as constant, as published.
 */
export function shareGraph(numbers: ClipNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('share');
  const place = { graph, weights, numbers };
  const { width, layers } = numbers.vision;
  const before = input(graph, 'before_last', 'F32', [IMAGE_TOKENS, width]);
  const start = input(graph, 'start', 'F32', [1, numbers.embeddingWidth]);
  const last = layers - 1;
  const activations = normed(place, last, before);
  const rows = throughBlock(place, last, before, listening(place, last, activations).out);
  const along = reduceSum(graph, mul(graph, patchFeatures(place, rows), start), [0, 1]);
  const [slope] = gradient(graph, along, [activations]) as [Value];
  output(graph, 'gradient', slope);
  const patchesOf = (value: Value) => slice(graph, value, 0, { start: 1 });
  const channels = reduceMean(graph, patchesOf(slope), [0]);
  const map = matmul(graph, patchesOf(activations), swapLast(graph, channels));
  output(graph, 'map', relu(graph, map));
  return graph;
}

function normed(place: ImagePlace, layer: number, rows: Value): Value {
  const { norm1 } = imageBlock(place, layer);
  return normalise(place, norm1, rows, place.numbers.vision.epsilon);
}

// Attention in plain operators: its probabilities are read, and a gradient passes it.
function listening(place: ImagePlace, layer: number, rows: Value) {
  const { graph, numbers } = place;
  const parts = imageBlock(place, layer);
  const heads = (part: 'q' | 'k' | 'v') => imageHeads(place, parts.project(part, rows));
  const { probabilities, context } = attention(graph, {
    queries: heads('q'),
    keysTurned: swapLast(graph, heads('k')),
    values: heads('v'),
    mask: null,
  });
  const mixed = mergeHeads(graph, context);
  return { probabilities, out: linear(place, parts.out, mixed, numbers.vision.width) };
}

const throughBlock = (place: ImagePlace, layer: number, before: Value, out: Value): Value =>
  mlpHalf(place, imageBlock(place, layer), add(place.graph, before, out));

/**
 * [1,P]: the sum of the patches behind the last norm, projected. The published program takes the mean,
 * of which only the direction counts. The class token is taken off again: a part of a side whose length
 * is known at run time only has no gradient rule.
 */
function patchFeatures(place: ImagePlace, rows: Value): Value {
  const { graph, numbers } = place;
  const all = normalise(place, VISION_LAST_NORM, rows, numbers.vision.epsilon);
  const patches = sub(graph, reduceSum(graph, all, [0]), elementAt(graph, all, 0, 0));
  return projection(place, VISUAL_PROJECTION, patches, numbers.embeddingWidth);
}
