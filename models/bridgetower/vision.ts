// The image tower (CLIP's, without a backward pass), and what each cross-modal layer reads of it:
// the output of one of the tower's last layers, normalised, projected, marked as image.
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { IMAGE_TOKENS, imageEmbedsOutput } from '../layers/imageReads.ts';
import { linear, normalise } from '../layers/linear.ts';
import {
  packedProjections,
  patchRows,
  preNormBlock,
  type PreNormTower,
} from '../layers/preNorm.ts';
import { add, quickGelu } from '../ops/elementwise.ts';
import { reshape } from '../ops/broadcast.ts';
import { weightRows, weightValue, type Network } from '../weights.ts';
import { splitIndex, type BridgeTowerNumbers } from './config.ts';
import {
  CLASS_TOKEN,
  PATCH_KERNEL,
  STREAM_TYPES,
  firstNorm,
  transform,
  visionBlock,
  visualPart,
} from './names.ts';

/** What cross-modal layer `layer` reads of the image, [1, 1+N, width of the cross-modal part]. */
export const bridgeName = (layer: number) => `bridge_${layer}`;

/**
 * pixel_values [1,3,height,width], position [1+N,D] ->
 * image_embeds [1,1+N,D], bridge_<layer>; any height and width.
 */
export function visionGraph(numbers: BridgeTowerNumbers, weights: WeightIndex): Graph {
  const { vision, cross, patch, linkEpsilon } = numbers;
  const graph = createGraph('vision');
  const net = { graph, weights };
  const pixels = input(graph, 'pixel_values', 'F32', [1, 3, 'height', 'width']);
  const position = input(graph, 'position', 'F32', [IMAGE_TOKENS, vision.width]);
  let x = within(graph, 'embeddings', () => {
    const kernel = weightValue(net, PATCH_KERNEL, [vision.width, 3, patch, patch]);
    const classToken = weightValue(net, CLASS_TOKEN, [vision.width]);
    const rows = patchRows(graph, pixels, { kernel, bias: null, classToken }, IMAGE_TOKENS);
    const placed = add(graph, rows, position);
    return normalise(net, visualPart('ln_pre'), placed, vision.epsilon);
  });
  const tower: PreNormTower = {
    ...net,
    ...vision,
    batch: 1,
    tokens: IMAGE_TOKENS,
    activation: quickGelu,
  };
  for (let layer = 0; layer < vision.layers; layer++) {
    const name = (part: string) => visionBlock(layer, part);
    const names = {
      norm1: name('ln_1'),
      norm2: name('ln_2'),
      out: name('attn.out_proj'),
      mlpIn: name('mlp.c_fc'),
      mlpOut: name('mlp.c_proj'),
    };
    const [packed, offset] = [name('attn.in_proj_weight'), name('attn.in_proj_bias')];
    x = within(graph, `layer.${layer}`, () =>
      preNormBlock(tower, names, x, (rows) => packedProjections(tower, packed, offset, rows)),
    );
    const bridge = layer + 1 - splitIndex(numbers);
    if (bridge < 0) continue;
    const embeds = normalise(net, visualPart('ln_post'), x, vision.epsilon);
    const projected = within(graph, `bridge.${bridge}`, () =>
      bridgeRows(net, embeds, cross.width, bridge === 0 ? linkEpsilon : null),
    );
    output(graph, bridgeName(bridge), reshape(graph, projected, [1, IMAGE_TOKENS, cross.width]));
    if (layer === vision.layers - 1) imageEmbedsOutput(graph, embeds);
  }
  return graph;
}

/** Projected and marked as image; the first bridge is normalised, the others are by their links. */
function bridgeRows(net: Network, embeds: Value, width: number, epsilon: number | null): Value {
  const mark = weightRows(net, STREAM_TYPES, { shape: [2, width], range: [1, 2] });
  const marked = add(net.graph, linear(net, transform('image'), embeds, width), mark);
  return epsilon === null ? marked : normalise(net, firstNorm('image'), marked, epsilon);
}
