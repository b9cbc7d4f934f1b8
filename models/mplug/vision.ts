// The image tower, CLIP's with its last normalisation over every token, and what the fusion encoder takes
// of it: the vectors at the width of the text, and keys and values of the first cross layers
// (families-2 3.5, 3.6).
import type { WeightIndex } from '../family.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import { imageEmbedsOutput, imageReadOutputs } from '../layers/imageReads.ts';
import { linear, normalise } from '../layers/linear.ts';
import { vitRows, type VitNames } from '../layers/vit.ts';
import { quickGelu } from '../ops/elementwise.ts';
import { crossesBeforeJoint, type MplugNumbers } from './config.ts';
import {
  CLASS_TOKEN,
  FIRST_NORM,
  IMAGE_PROJECTION,
  IMAGE_PROJECTION_NORM,
  LAST_NORM,
  PATCH_KERNEL,
  fusionLayer,
  visionBlock,
} from './names.ts';

const PROJECTION_EPSILON = 1e-12;

/**
 * pixel_values [1,3,height,width], position [1+N,D] -> image_embeds [1,1+N,width of the text],
 * key_<layer>, value_<layer> of the cross layers before the first joint one; any height and width.
 */
export function visionGraph(numbers: MplugNumbers, weights: WeightIndex): Graph {
  const { vision, text, patch, projected, firstFusion } = numbers;
  const net = { graph: createGraph('vision'), weights };
  const names: VitNames = {
    classToken: { name: CLASS_TOKEN, shape: [vision.width] },
    kernel: PATCH_KERNEL,
    kernelBias: null,
    firstNorm: FIRST_NORM,
    lastNorm: LAST_NORM,
    block: (layer) => ({
      norm1: visionBlock(layer, 'ln_1'),
      norm2: visionBlock(layer, 'ln_2'),
      packedWeight: visionBlock(layer, 'attn.in_proj_weight'),
      packedBias: visionBlock(layer, 'attn.in_proj_bias'),
      out: visionBlock(layer, 'attn.out_proj'),
      mlpIn: visionBlock(layer, 'mlp.c_fc'),
      mlpOut: visionBlock(layer, 'mlp.c_proj'),
    }),
  };
  const rows = vitRows(net, { names, tower: vision, patch, activation: quickGelu });
  const embeds = projected
    ? within(net.graph, 'projection', () => {
        const narrow = linear(net, IMAGE_PROJECTION, rows, text.width);
        return normalise(net, IMAGE_PROJECTION_NORM, narrow, PROJECTION_EPSILON);
      })
    : rows;
  imageEmbedsOutput(net.graph, embeds);
  const crosses = Array.from({ length: crossesBeforeJoint(numbers) }, (_, layer) =>
    fusionLayer(firstFusion + layer, 'crossattention'),
  );
  imageReadOutputs({ ...net, ...text }, crosses, embeds);
  return net.graph;
}
