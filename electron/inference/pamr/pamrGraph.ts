// Quick edges (PAMR) as a graph, for devices that run graphs: how alike each pixel's neighbours look, then steps in
// which every map takes its neighbours' values. pamr.ts does the same on the processor.
import { floats, input, output } from '../../../models/ir/builder.ts';
import { createGraph, type Graph } from '../../../models/ir/graph.ts';
import type { Dim, Value } from '../../../models/ir/value.ts';
import { add, div, mul, neg, relu, scale, sqrt, sub } from '../../../models/ops/elementwise.ts';
import { concat, elementAt, padEdges, slice, transpose } from '../../../models/ops/movement.ts';
import { softmax } from '../../../models/ops/normalization.ts';
import { reduceMean } from '../../../models/ops/reduction.ts';

/** Added to deviations: flat areas have none. */
const LEAST_DEVIATION = 1e-8;
/** Differences are counted in tenths of a deviation. */
const DEVIATIONS = 0.1;

/**
 * Inputs `image` [3,height,width] and `maps` [count,height,width], output `refined` like `maps`. `reach`: distances
 * of the neighbours in pixels, not empty; `steps` from 1.
 */
export function pamrGraph(reach: readonly number[], steps: number): Graph {
  const graph = createGraph('pamr');
  const sides: readonly Dim[] = ['height', 'width'];
  const image = input(graph, 'image', 'F32', [3, ...sides]);
  let maps = input(graph, 'maps', 'F32', ['count', ...sides]);
  const weights = weightsOf(graph, image, reach);
  for (let step = 0; step < steps; step++) {
    const near = neighbours(graph, maps, reach);
    maps = sumOf(
      graph,
      near.map((one, at) => mul(graph, one, weights[at] as Value)),
    );
  }
  output(graph, 'refined', maps);
  return graph;
}

/** [1,height,width] per neighbour: its share, all together 1. */
function weightsOf(graph: Graph, image: Value, reach: readonly number[]): Value[] {
  const apart = neighbours(graph, image, reach).map((one) => sub(graph, one, image));
  const squares = apart.map((one) => mul(graph, one, one));
  // The pixel itself counts once per distance; it differs from itself by nothing.
  const samples = 9 * reach.length;
  const mean = sumOf(graph, apart);
  const around = scale(graph, mul(graph, mean, mean), 1 / samples);
  const variance = scale(graph, sub(graph, sumOf(graph, squares), around), 1 / (samples - 1));
  const deviation = scale(graph, sqrt(graph, relu(graph, variance)), DEVIATIONS);
  const unit = add(graph, deviation, floats(graph, [LEAST_DEVIATION]));
  const alike = squares.map((one) =>
    neg(graph, reduceMean(graph, div(graph, sqrt(graph, one), unit), [0])),
  );
  const last = transpose(graph, concat(graph, alike, 0), [1, 2, 0]);
  const shares = transpose(graph, softmax(graph, last), [2, 0, 1]);
  return alike.map((_, at) => elementAt(graph, shares, 0, at));
}

/** `x` [n,height,width] moved by each distance in the eight directions, its border repeated. */
function neighbours(graph: Graph, x: Value, reach: readonly number[]): Value[] {
  const border = Math.max(...reach);
  const padded = padEdges(graph, x, border);
  const moved = (from: Value, axis: 1 | 2, by: number) => {
    // Counted from the back: the side is not known before the graph runs.
    const end = by === border ? {} : { end: by - border };
    return slice(graph, from, axis, { start: border + by, ...end, side: x.shape[axis] as Dim });
  };
  return reach.flatMap((distance) =>
    [-distance, 0, distance].flatMap((down) => {
      const rows = moved(padded, 1, down);
      const across = down === 0 ? [-distance, distance] : [-distance, 0, distance];
      return across.map((by) => moved(rows, 2, by));
    }),
  );
}

const sumOf = (graph: Graph, values: readonly Value[]): Value =>
  values.reduce((sum, one) => add(graph, sum, one));
