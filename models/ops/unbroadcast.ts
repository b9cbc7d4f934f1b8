// The one helper that undoes broadcasting in gradients: what was repeated forward is summed backward.
import { broadcastAxes, sameShape } from '../ir/shapes.ts';
import type { Graph } from '../ir/graph.ts';
import type { Shape, Value } from '../ir/value.ts';
import { reshape } from './movement.ts';
import { reduceSum } from './reduction.ts';

/** Sums `gradient` down to `shape`, from which it was broadcast. */
export function unbroadcast(graph: Graph, gradient: Value, shape: Shape): Value {
  if (sameShape(gradient.shape, shape)) return gradient;
  const { lacking, repeated } = broadcastAxes(shape, gradient.shape);
  const axes = [...Array.from({ length: lacking }, (_, axis) => axis), ...repeated];
  const summed = axes.length === 0 ? gradient : reduceSum(graph, gradient, axes);
  return lacking === 0 ? summed : reshape(graph, summed, shape);
}
