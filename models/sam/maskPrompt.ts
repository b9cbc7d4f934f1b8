// A mask as a prompt: its logits, at the decoder's resolution, as something to add to the image's cells.
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { normalise } from '../layers/linear.ts';
import { patchConv } from '../ops/convolution.ts';
import { gelu } from '../ops/elementwise.ts';
import { transpose } from '../ops/movement.ts';
import { weightValue } from '../weights.ts';
import type { DecoderNumbers } from './decoderNumbers.ts';
import { MASK_EMBED } from './names.ts';

/** mask [P,1,4g,4g], logits -> dense [P,C,g,g]. */
export function maskPromptGraph(
  { width, maskChannels, promptEpsilon }: DecoderNumbers,
  weights: WeightIndex,
  grid: number,
): Graph {
  const graph = createGraph('mask_prompt');
  const net = { graph, weights };
  const mask = input(graph, 'mask', 'F32', ['prompts', 1, 4 * grid, 4 * grid]);
  const shrunk = (x: Value, part: string, channels: number, side: number) => {
    const shape = [channels, x.shape[1] as number, side, side];
    const kernel = weightValue(net, `${MASK_EMBED}${part}.weight`, shape);
    const bias = weightValue(net, `${MASK_EMBED}${part}.bias`, [channels]);
    return patchConv(graph, x, { kernel, bias });
  };
  const activated = (x: Value, part: string) => {
    const last = transpose(graph, x, [0, 2, 3, 1]);
    const normed = normalise(net, `${MASK_EMBED}${part}`, last, promptEpsilon);
    return transpose(graph, gelu(graph, normed), [0, 3, 1, 2]);
  };
  const half = within(graph, 'half', () =>
    activated(shrunk(mask, 'conv1', maskChannels / 4, 2), 'layer_norm1'),
  );
  const quarter = within(graph, 'quarter', () =>
    activated(shrunk(half, 'conv2', maskChannels, 2), 'layer_norm2'),
  );
  output(graph, 'dense', shrunk(quarter, 'conv3', width, 1));
  return graph;
}
