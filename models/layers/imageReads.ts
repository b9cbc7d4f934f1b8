// Keys and values of an image for each cross-attention. They depend on the image alone, so the image graph
// computes them once for all captions.
import type { Tower } from '../configFields.ts';
import { input, output } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import { product } from '../ir/shapes.ts';
import type { Dim, Value } from '../ir/value.ts';
import { expand, reshape } from '../ops/broadcast.ts';
import { keysAndValues, type BertStream, type KeysAndValues } from './bert.ts';

/** Side of the image token axis, 1 + N. */
export const IMAGE_TOKENS = 'image_tokens';

/** Names of the keys [1, heads, d, 1+N] and values [1, heads, 1+N, d] of a cross-attention. */
const keyName = (layer: number) => `key_${layer}`;
const valueName = (layer: number) => `value_${layer}`;

/** Adds the output image_embeds [1,1+N,D]. */
export function imageEmbedsOutput(graph: Graph, embeds: Value): void {
  const width = embeds.shape[1] as number;
  output(graph, 'image_embeds', reshape(graph, embeds, [1, IMAGE_TOKENS, width]));
}

/** An image's rows, repeated for every caption: [1,1+N,width] to [B*(1+N), width]. */
export function perCaption(graph: Graph, image: Value, batch: Dim): Value {
  const width = image.shape[2] as number;
  const repeated = expand(graph, image, [batch, IMAGE_TOKENS, width]);
  return reshape(graph, repeated, [product([batch, IMAGE_TOKENS]), width]);
}

/** Adds the outputs key_<layer>, value_<layer> of the cross-attentions `names`, from rows [1+N,D]. */
export function imageReadOutputs(
  stream: Omit<BertStream, 'batch' | 'tokens'>,
  names: readonly string[],
  embeds: Value,
): void {
  const { graph } = stream;
  names.forEach((name, layer) =>
    within(graph, `cross.${layer}`, () => {
      const read = keysAndValues({ ...stream, batch: 1, tokens: IMAGE_TOKENS }, name, embeds);
      output(graph, keyName(layer), read.keysTurned);
      output(graph, valueName(layer), read.values);
    }),
  );
}

/** Adds the inputs key_<layer>, value_<layer> of one cross-attention. */
export function imageReadInputs(graph: Graph, tower: Tower, layer: number): KeysAndValues {
  const { heads } = tower;
  const width = tower.width / heads;
  return {
    keysTurned: input(graph, keyName(layer), 'F32', [1, heads, width, IMAGE_TOKENS]),
    values: input(graph, valueName(layer), 'F32', [1, heads, IMAGE_TOKENS, width]),
  };
}
