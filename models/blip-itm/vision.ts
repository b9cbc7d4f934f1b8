// The image encoder: a pre-norm vision transformer without a backward pass, and behind it the keys
// and values of every cross-attention, which depend on the image alone (method.md 4.3, 5).
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { fusedAttention } from '../ops/attention.ts';
import { add, gelu } from '../ops/elementwise.ts';
import { gemm, patchConv } from '../ops/linalg.ts';
import { concat, reshape, transpose } from '../ops/movement.ts';
import { weightRows, weightValue } from '../weights.ts';
import type { BlipNumbers } from './config.ts';
import { linear, normalise } from './linear.ts';
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
export function visionGraph(numbers: BlipNumbers, weights: WeightIndex): Graph {
  const { vision } = numbers;
  const graph = createGraph('vision');
  const pixels = input(graph, 'pixel_values', 'F32', [1, 3, 'height', 'width']);
  const position = input(graph, 'position', 'F32', [IMAGE_TOKENS, vision.width]);
  let x = within(graph, 'embeddings', () =>
    add(graph, patchTokens(graph, numbers, weights, pixels), position),
  );
  for (let layer = 0; layer < vision.layers; layer++)
    x = within(graph, `layer.${layer}`, () => block(graph, numbers, weights, layer, x));
  const embeds = normalise(graph, weights, 'vision_model.post_layernorm', x, vision.epsilon);
  output(graph, 'image_embeds', reshape(graph, embeds, [1, IMAGE_TOKENS, vision.width]));
  for (let layer = 0; layer < numbers.text.layers; layer++)
    within(graph, `cross.${layer}`, () => keysAndValues(graph, numbers, weights, layer, embeds));
  return graph;
}

/** Class token and patches as rows, [1+N, D]. */
function patchTokens(
  graph: Graph,
  { vision, patch }: BlipNumbers,
  weights: WeightIndex,
  pixels: Value,
): Value {
  const kernel = weightValue(graph, weights, PATCH_KERNEL, [vision.width, 3, patch, patch]);
  const bias = weightValue(graph, weights, PATCH_BIAS, [vision.width]);
  const map = patchConv(graph, pixels, kernel, bias, patch);
  const patches = `${map.shape[2]}*${map.shape[3]}`;
  const rows = transpose(graph, reshape(graph, map, [vision.width, patches]), [1, 0]);
  const classToken = reshape(
    graph,
    weightValue(graph, weights, CLASS_TOKEN, [1, 1, vision.width]),
    [1, vision.width],
  );
  return concat(graph, [classToken, rows], 0, IMAGE_TOKENS);
}

function block(
  graph: Graph,
  { vision }: BlipNumbers,
  weights: WeightIndex,
  layer: number,
  x: Value,
): Value {
  const name = (part: string) => visionLayer(layer, part);
  const norm = normalise(graph, weights, name('layer_norm1'), x, vision.epsilon);
  // One tensor holds queries, keys and values: three runs of rows (method.md 10.1).
  const parts = [0, 1, 2].map((part) => {
    const rows = [part * vision.width, (part + 1) * vision.width] as const;
    const shape = [3 * vision.width, vision.width];
    const matrix = weightRows(graph, weights, name('self_attn.qkv.weight'), shape, rows);
    const bias = weightRows(graph, weights, name('self_attn.qkv.bias'), shape.slice(0, 1), rows);
    const projected = gemm(graph, norm, matrix, bias, { transB: true });
    return reshape(graph, projected, [1, IMAGE_TOKENS, vision.width]);
  }) as [Value, Value, Value];
  const mixed = reshape(graph, fusedAttention(graph, ...parts, vision.heads), x.shape);
  const attended = add(
    graph,
    x,
    linear(graph, weights, name('self_attn.projection'), mixed, vision.width),
  );
  const again = normalise(graph, weights, name('layer_norm2'), attended, vision.epsilon);
  const inner = gelu(graph, linear(graph, weights, name('mlp.fc1'), again, vision.mlpWidth));
  return add(graph, attended, linear(graph, weights, name('mlp.fc2'), inner, vision.width));
}

function keysAndValues(
  graph: Graph,
  { text }: BlipNumbers,
  weights: WeightIndex,
  layer: number,
  embeds: Value,
): void {
  const split = [1, IMAGE_TOKENS, text.heads, text.width / text.heads];
  const project = (part: string) => {
    const name = textLayer(layer, `crossattention.self.${part}`);
    return reshape(graph, linear(graph, weights, name, embeds, text.width), split);
  };
  output(graph, keyName(layer), transpose(graph, project('key'), [0, 2, 3, 1]));
  output(graph, valueName(layer), transpose(graph, project('value'), [0, 2, 1, 3]));
}
