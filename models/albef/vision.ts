// The image encoder, a pre-norm vision transformer without a backward pass, and behind it the keys and
// values of the cross-attention in the upper text layers (families-2 2.5).
import type { WeightIndex } from '../family.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { imageEmbedsOutput, imageReadOutputs } from '../layers/imageReads.ts';
import { vitRows, type VitNames } from '../layers/vit.ts';
import { gelu } from '../ops/elementwise.ts';
import type { AlbefNumbers } from './config.ts';
import {
  CLASS_TOKEN,
  PATCH_BIAS,
  PATCH_KERNEL,
  VISION_NORM,
  textLayer,
  visionBlock,
} from './names.ts';

/**
 * pixel_values [1,3,height,width], position [1+N,D] -> image_embeds [1,1+N,D], key_<layer>,
 * value_<layer>; layers count the text layers with cross-attention. Any height and width.
 */
export function visionGraph(numbers: AlbefNumbers, weights: WeightIndex): Graph {
  const { vision, text, patch, fusionLayer } = numbers;
  const net = { graph: createGraph('vision'), weights };
  const names: VitNames = {
    classToken: { name: CLASS_TOKEN, shape: [1, 1, vision.width] },
    kernel: PATCH_KERNEL,
    kernelBias: PATCH_BIAS,
    firstNorm: null,
    lastNorm: VISION_NORM,
    block: (layer) => ({
      norm1: visionBlock(layer, 'norm1'),
      norm2: visionBlock(layer, 'norm2'),
      packedWeight: visionBlock(layer, 'attn.qkv.weight'),
      packedBias: visionBlock(layer, 'attn.qkv.bias'),
      out: visionBlock(layer, 'attn.proj'),
      mlpIn: visionBlock(layer, 'mlp.fc1'),
      mlpOut: visionBlock(layer, 'mlp.fc2'),
    }),
  };
  const embeds = vitRows(net, { names, tower: vision, patch, activation: gelu });
  imageEmbedsOutput(net.graph, embeds);
  const crosses = Array.from({ length: text.layers - fusionLayer }, (_, layer) =>
    textLayer(fusionLayer + layer, 'crossattention'),
  );
  imageReadOutputs({ ...net, ...text }, crosses, embeds);
  return net.graph;
}
