// Folds a convolution and its batch normalisation into one convolution. The statistics are stored, so kernel
// and bias are constants; onnxruntime computes them in double precision while it loads.
import { floats } from '../ir/builder.ts';
import type { Value } from '../ir/value.ts';
import { reshape } from '../ops/broadcast.ts';
import { conv } from '../ops/convolution.ts';
import { add, cast, div, mul, sqrt, sub } from '../ops/elementwise.ts';
import { weightValue, type Network } from '../weights.ts';

const EPSILON = 1e-5;

export interface ConvBnShape {
  /** Channels of the result. */
  readonly width: number;
  /** Side of the kernel; half of it is the padding. */
  readonly side: 1 | 3;
  /** Default 1. */
  readonly stride?: number;
  /** Each channel has a kernel of its own. Default false. */
  readonly depthwise?: boolean;
}

/** A map [1,C,h,w] to [1,width,h',w'], with the weights `name`.c and `name`.bn. */
export function convBn(
  net: Network,
  name: string,
  x: Value,
  { width, side, stride = 1, depthwise = false }: ConvBnShape,
): Value {
  const { graph } = net;
  const depth = depthwise ? 1 : (x.shape[1] as number);
  const exact = (part: string, shape: readonly number[]) =>
    cast(graph, weightValue(net, `${name}.${part}`, shape), 'F64');
  const variance = exact('bn.running_var', [width]);
  const deviation = sqrt(graph, add(graph, variance, cast(graph, floats(graph, [EPSILON]), 'F64')));
  const factor = div(graph, exact('bn.weight', [width]), deviation);
  const kernel = exact('c.weight', [width, depth, side, side]);
  const scaled = mul(graph, kernel, reshape(graph, factor, [width, 1, 1, 1]));
  const shift = mul(graph, exact('bn.running_mean', [width]), factor);
  const bias = sub(graph, exact('bn.bias', [width]), shift);
  const joint = { kernel: cast(graph, scaled, 'F32'), bias: cast(graph, bias, 'F32') };
  const padding = (side - 1) / 2;
  return conv(graph, x, joint, { stride, padding, groups: depthwise ? width : 1 });
}
