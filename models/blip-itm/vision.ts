// The image encoder: a pre-norm vision transformer without a backward pass, and behind it the keys
// and values of every cross-attention, which depend on the image alone (method.md 4.3, 5).
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import { keysAndValues, type BertStream } from '../layers/bert.ts';
import { normalise } from '../layers/linear.ts';
import {
  packedProjections,
  patchRows,
  preNormBlock,
  type PreNormTower,
} from '../layers/preNorm.ts';
import { add, gelu } from '../ops/elementwise.ts';
import { reshape } from '../ops/broadcast.ts';
import { weightValue } from '../weights.ts';
import type { BlipNumbers } from './config.ts';
import { CLASS_TOKEN, PATCH_BIAS, PATCH_KERNEL, textLayer, visionLayer } from './names.ts';

/** Side of the image token axis, 1 + N. */
export const IMAGE_TOKENS = 'image_tokens';

/** Names of the keys [1, heads, d, 1+N] and values [1, heads, 1+N, d] of a text layer. */
export const keyName = (layer: number) => `key_${layer}`;
export const valueName = (layer: number) => `value_${layer}`;

/**
 * pixel_values [1,3,height,width], position [1+N,D] ->
 * image_embeds [1,1+N,D], key_<layer>, value_<layer>; any height and width.
 */
export function visionGraph({ vision, text, patch }: BlipNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('vision');
  const pixels = input(graph, 'pixel_values', 'F32', [1, 3, 'height', 'width']);
  const position = input(graph, 'position', 'F32', [IMAGE_TOKENS, vision.width]);
  let x = within(graph, 'embeddings', () => {
    const kernel = weightValue(graph, weights, PATCH_KERNEL, [vision.width, 3, patch, patch]);
    const bias = weightValue(graph, weights, PATCH_BIAS, [vision.width]);
    const classToken = weightValue(graph, weights, CLASS_TOKEN, [1, 1, vision.width]);
    const rows = patchRows(graph, pixels, { kernel, bias, classToken }, IMAGE_TOKENS);
    return add(graph, rows, position);
  });
  const tower: PreNormTower = {
    graph,
    weights,
    ...vision,
    batch: 1,
    tokens: IMAGE_TOKENS,
    activation: gelu,
  };
  for (let layer = 0; layer < vision.layers; layer++) {
    const name = (part: string) => visionLayer(layer, part);
    const names = {
      norm1: name('layer_norm1'),
      norm2: name('layer_norm2'),
      out: name('self_attn.projection'),
      mlpIn: name('mlp.fc1'),
      mlpOut: name('mlp.fc2'),
    };
    const [packed, offset] = [name('self_attn.qkv.weight'), name('self_attn.qkv.bias')];
    x = within(graph, `layer.${layer}`, () =>
      preNormBlock(tower, names, x, (rows) => packedProjections(tower, packed, offset, rows)),
    );
  }
  const embeds = normalise(graph, weights, 'vision_model.post_layernorm', x, vision.epsilon);
  output(graph, 'image_embeds', reshape(graph, embeds, [1, IMAGE_TOKENS, vision.width]));
  const stream: BertStream = { graph, weights, ...text, batch: 1, tokens: IMAGE_TOKENS };
  for (let layer = 0; layer < text.layers; layer++)
    within(graph, `cross.${layer}`, () => {
      const read = keysAndValues(stream, textLayer(layer, 'crossattention'), embeds);
      output(graph, keyName(layer), read.keysTurned);
      output(graph, valueName(layer), read.values);
    });
  return graph;
}
