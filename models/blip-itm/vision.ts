// The image encoder: a pre-norm vision transformer without a backward pass, and behind it the keys
// and values of every cross-attention, which depend on the image alone (method.md 4.3, 5).
import type { WeightIndex } from '../family.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { imageEmbedsOutput, imageReadOutputs } from '../layers/imageReads.ts';
import { vitRows, type VitNames } from '../layers/vit.ts';
import { gelu } from '../ops/elementwise.ts';
import type { BlipNumbers } from './config.ts';
import { CLASS_TOKEN, PATCH_BIAS, PATCH_KERNEL, textLayer, visionLayer } from './names.ts';

/**
 * pixel_values [1,3,height,width], position [1+N,D] ->
 * image_embeds [1,1+N,D], key_<layer>, value_<layer>; any height and width.
 */
export function visionGraph({ vision, text, patch }: BlipNumbers, weights: WeightIndex): Graph {
  const net = { graph: createGraph('vision'), weights };
  const names: VitNames = {
    classToken: { name: CLASS_TOKEN, shape: [1, 1, vision.width] },
    kernel: PATCH_KERNEL,
    kernelBias: PATCH_BIAS,
    firstNorm: null,
    lastNorm: 'vision_model.post_layernorm',
    block: (layer) => ({
      norm1: visionLayer(layer, 'layer_norm1'),
      norm2: visionLayer(layer, 'layer_norm2'),
      packedWeight: visionLayer(layer, 'self_attn.qkv.weight'),
      packedBias: visionLayer(layer, 'self_attn.qkv.bias'),
      out: visionLayer(layer, 'self_attn.projection'),
      mlpIn: visionLayer(layer, 'mlp.fc1'),
      mlpOut: visionLayer(layer, 'mlp.fc2'),
    }),
  };
  const embeds = vitRows(net, { names, tower: vision, patch, activation: gelu });
  imageEmbedsOutput(net.graph, embeds);
  const crosses = Array.from({ length: text.layers }, (_, layer) =>
    textLayer(layer, 'crossattention'),
  );
  imageReadOutputs({ ...net, ...text }, crosses, embeds);
  return net.graph;
}
