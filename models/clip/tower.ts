// CLIP's towers in pieces: what an image starts from, blocks on fused kernels, and the parts of a block
// for graphs that read inside one.
import { input } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Dim, Value } from '../ir/value.ts';
import { linear, normalise } from '../layers/linear.ts';
import { patchRows, preNormBlock, type BlockNames, type PreNormTower } from '../layers/preNorm.ts';
import { splitHeads } from '../ops/attention.ts';
import { reshape, reduceSum } from '../ops/broadcast.ts';
import { add, div, gelu, mul, quickGelu, sqrt } from '../ops/elementwise.ts';
import { weightValue, type Network } from '../weights.ts';
import type { ClipNumbers, ClipTower } from './config.ts';
import { CLASS_TOKEN, PATCH_KERNEL, VISION_FIRST_NORM, VISION_LAYERS } from './names.ts';

export const IMAGE_TOKENS = 'image_tokens';

/** What every part of an image graph is built from. */
export interface ImagePlace extends Network {
  readonly numbers: ClipNumbers;
}

/** The blocks `from` up to but without `to` of a tower. */
export interface Blocks {
  /** Of the names of its layers' weights. */
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
  readonly batch: Dim;
  readonly tokens: Dim;
  readonly causal: boolean;
}

/** Where a block's weights are, and its projections. */
export interface BlockParts extends BlockNames {
  project(part: 'q' | 'k' | 'v', rows: Value): Value;
}

/** Names and projections of a layer whose weights begin with `prefix`. */
function blockParts(net: Network, prefix: string, layer: number, width: number): BlockParts {
  const name = (part: string) => `${prefix}${layer}.${part}`;
  return {
    norm1: name('layer_norm1'),
    norm2: name('layer_norm2'),
    out: name('self_attn.out_proj'),
    mlpIn: name('mlp.fc1'),
    mlpOut: name('mlp.fc2'),
    project: (part, rows) => linear(net, name(`self_attn.${part}_proj`), rows, width),
  };
}

/** Rows through blocks on fused kernels. */
export function fusedBlocks(
  net: Network,
  numbers: ClipTower,
  embedded: Value,
  { prefix, from, to, batch, tokens, causal }: Blocks,
): Value {
  const activation = activationOf(numbers);
  const tower: PreNormTower = { ...net, ...numbers, activation, batch, tokens, causal };
  let x = embedded;
  for (let layer = from; layer < to; layer++) {
    const parts = blockParts(net, prefix, layer, numbers.width);
    x = within(net.graph, `layer.${layer}`, () =>
      preNormBlock(tower, parts, x, (rows) => [
        parts.project('q', rows),
        parts.project('k', rows),
        parts.project('v', rows),
      ]),
    );
  }
  return x;
}

/** Adds the inputs pixel_values [1,3,height,width] and position [1+N,D]; gives the first block's rows. */
export function imageRows(place: ImagePlace): Value {
  const { graph } = place;
  const { vision, patch } = place.numbers;
  const pixels = input(graph, 'pixel_values', 'F32', [1, 3, 'height', 'width']);
  const position = input(graph, 'position', 'F32', [IMAGE_TOKENS, vision.width]);
  return within(graph, 'embeddings', () => {
    const kernel = weightValue(place, PATCH_KERNEL, [vision.width, 3, patch, patch]);
    const classToken = weightValue(place, CLASS_TOKEN, [vision.width]);
    const rows = patchRows(graph, pixels, { kernel, bias: null, classToken }, IMAGE_TOKENS);
    return normalise(place, VISION_FIRST_NORM, add(graph, rows, position), vision.epsilon);
  });
}

/** Image rows through the first `to` blocks. */
export function imageBlocks(place: ImagePlace, rows: Value, to: number): Value {
  const blocks = { prefix: VISION_LAYERS, from: 0, to, batch: 1, tokens: IMAGE_TOKENS };
  return fusedBlocks(place, place.numbers.vision, rows, { ...blocks, causal: false });
}

/** Names and projections of an image layer. */
export const imageBlock = (place: ImagePlace, layer: number): BlockParts =>
  blockParts(place, VISION_LAYERS, layer, place.numbers.vision.width);

/** Image rows [1+N, D] as [1, heads, 1+N, d]. */
export const imageHeads = ({ graph, numbers }: ImagePlace, rows: Value): Value =>
  splitHeads(graph, rows, { batch: 1, tokens: IMAGE_TOKENS, heads: numbers.vision.heads });

/** A block's second half: rows plus what the MLP makes of them. */
export function mlpHalf(place: ImagePlace, parts: BlockParts, rows: Value): Value {
  const { graph, numbers } = place;
  const { width, mlpWidth, epsilon } = numbers.vision;
  return within(graph, 'mlp', () => {
    const normed = normalise(place, parts.norm2, rows, epsilon);
    const inner = linear(place, parts.mlpIn, normed, mlpWidth);
    const active = activationOf(numbers.vision)(graph, inner);
    return add(graph, rows, linear(place, parts.mlpOut, active, width));
  });
}

/** Rows divided by their lengths. */
export function unitRows(graph: Graph, rows: Value): Value {
  return div(graph, rows, sqrt(graph, reduceSum(graph, mul(graph, rows, rows), [1])));
}

/** The pixels of the mean, a [1,heads,T,T] tensor's heads dropped: [T,T]. */
export function withoutHeads(graph: Graph, mean: Value): Value {
  return reshape(graph, mean, mean.shape.slice(-2));
}

const activationOf = ({ activation }: ClipTower) => (activation === 'gelu' ? gelu : quickGelu);
