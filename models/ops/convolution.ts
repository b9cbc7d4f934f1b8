// Convolutions of images. No gradient passes the towers that use them, so they have no gradient rule.
import type { Graph } from '../ir/graph.ts';
import { intAttribute, intsAttribute } from '../ir/node.ts';
import type { Dim, Value } from '../ir/value.ts';
import { apply, required, type OpCall, type Rules } from './rule.ts';

/** The weights of a convolution; no bias: nothing is added. */
export interface ConvWeights {
  /** [D, C/groups, side, side] */
  readonly kernel: Value;
  readonly bias: Value | null;
}

/** Stride, padding and groups of a convolution, the same along both axes. */
export interface ConvOptions {
  /** Default 1. */
  readonly stride?: number;
  /** Zeros around the image. Default 0. */
  readonly padding?: number;
  /** Groups of channels that do not see each other; as many as channels: depthwise. Default 1. */
  readonly groups?: number;
}

/** [B,C,H,W] to [B,D,H',W']. */
export function conv(
  graph: Graph,
  x: Value,
  { kernel, bias }: ConvWeights,
  { stride = 1, padding = 0, groups = 1 }: ConvOptions = {},
): Value {
  const sides = kernel.shape.slice(2) as readonly number[];
  return apply(graph, CONVOLUTION, 'Conv', {
    inputs: bias ? [x, kernel, bias] : [x, kernel],
    attributes: {
      kernel_shape: { ints: sides },
      strides: { ints: [stride, stride] },
      ...(padding === 0 ? {} : { pads: { ints: [padding, padding, padding, padding] } }),
      ...(groups === 1 ? {} : { group: { int: groups } }),
    },
  });
}

/** Convolution with stride = kernel side and no padding: [B,C,H,W] to [B,D,H/side,W/side]. */
export function patchConv(graph: Graph, pixels: Value, weights: ConvWeights): Value {
  return conv(graph, pixels, weights, { stride: weights.kernel.shape[2] as number });
}

export const CONVOLUTION: Rules = {
  Conv: {
    infer: (call) => {
      const [x, kernel] = [required(call, 0), required(call, 1)];
      if (x.shape.length !== 4 || kernel.shape.length !== 4) throw new Error('both need four axes');
      const groups = intAttribute(call, 'group', 1);
      const [channels, depth, filters] = [x.shape[1], kernel.shape[1], kernel.shape[0] as Dim];
      if (typeof depth !== 'number' || channels !== depth * groups)
        throw new Error('the channels differ');
      if (typeof filters !== 'number' || filters % groups !== 0)
        throw new Error(`the filters do not fall into ${groups} groups`);
      const sides = intsAttribute(call, 'kernel_shape') ?? [];
      if (kernel.shape[2] !== sides[0] || kernel.shape[3] !== sides[1])
        throw new Error('the kernel has other sides');
      return [
        {
          dtype: x.dtype,
          shape: [x.shape[0] as Dim, filters, reached(call, x, 0), reached(call, x, 1)],
        },
      ];
    },
  },
};

// Steps that a kernel takes along one axis of the image.
function reached(call: OpCall, x: Value, axis: 0 | 1): Dim {
  const dim = x.shape[2 + axis] as Dim;
  const side = intsAttribute(call, 'kernel_shape')?.[axis] ?? 1;
  const stride = intsAttribute(call, 'strides')?.[axis] ?? 1;
  const pads = intsAttribute(call, 'pads') ?? [0, 0, 0, 0];
  const padding = (pads[axis] ?? 0) + (pads[axis + 2] ?? 0);
  if (typeof dim === 'number') {
    const steps = Math.floor((dim + padding - side) / stride) + 1;
    if (steps < 1) throw new Error('the kernel is larger than the image');
    return steps;
  }
  if (stride === side && padding === 0) return `${dim}/${side}`;
  throw new Error(`the side ${dim} must be a number unless the image is cut into patches`);
}
