// The text encoder, and the fusion encoder behind it: cross layers, in which the text reads the image, and
// joint layers, in which both read both (families-2 3.6). The image changes in joint layers only.
import { floats, input } from '../ir/builder.ts';
import { within } from '../ir/names.ts';
import { product } from '../ir/shapes.ts';
import type { Dim, Value } from '../ir/value.ts';
import type { TextPass } from '../itmGraphs.ts';
import {
  bertLayer,
  keysAndValues,
  readingLayer,
  type BertStream,
  type KeysAndValues,
} from '../layers/bert.ts';
import { linear } from '../layers/linear.ts';
import { captionInputs, matchOutput, type Captions } from '../layers/caption.ts';
import { IMAGE_TOKENS, imageReadInputs, perCaption } from '../layers/imageReads.ts';
import { expand, reshape } from '../ops/broadcast.ts';
import { sumOfDims } from '../ops/dims.ts';
import { add } from '../ops/elementwise.ts';
import { concat, elementsBehind } from '../ops/movement.ts';
import type { Network } from '../weights.ts';
import { crossesBeforeJoint, type MplugNumbers } from './config.ts';
import {
  ITM_HEAD,
  TEXT_NORM,
  TOKEN_POSITIONS,
  TOKEN_TYPES,
  WORD_TABLE,
  fusionLayer,
  textLayer,
} from './names.ts';

/** Rows of both streams, [B*(1+N), width] and [B*T, width]. */
interface Streams {
  readonly image: Value;
  readonly text: Value;
}

/**
 * key_<layer>, value_<layer>, image_embeds where there are joint layers, input_ids, attention_mask ->
 * itm_logits [B,2]; layers count the cross layers from 0.
 */
export function textPass(net: Network, numbers: MplugNumbers, seen: Value | null): TextPass {
  const { graph } = net;
  const { text, fusion, firstFusion, tokenTypes, vocabSize, maxTokens } = numbers;
  const captions = captionInputs(net, text, {
    words: WORD_TABLE,
    vocabSize,
    positions: TOKEN_POSITIONS,
    maxTokens,
    types: tokenTypes === 0 ? null : { name: TOKEN_TYPES, rows: tokenTypes },
    norm: TEXT_NORM,
  });
  const { stream, mask } = captions;
  let x = captions.rows;
  for (let layer = 0; layer < text.layers; layer++)
    x = within(graph, `text.${layer}`, () => bertLayer(stream, textLayer(layer), x, mask));
  const imageStream: BertStream = { ...stream, tokens: IMAGE_TOKENS };
  const attentions: Value[] = [];
  const given = Array.from({ length: crossesBeforeJoint(numbers) }, (_, layer) =>
    imageReadInputs(graph, text, layer),
  );
  let image = fusion.includes('joint')
    ? perCaption(
        graph,
        input(graph, 'image_embeds', 'F32', [1, IMAGE_TOKENS, text.width]),
        stream.batch,
      )
    : null;
  fusion.forEach((kind, at) =>
    within(graph, `fusion.${at}`, () => {
      const name = fusionLayer(firstFusion + at);
      if (kind === 'joint' && image !== null) {
        ({ image, text: x } = jointLayer(captions, name, { image, text: x }, seen));
        return;
      }
      const read: KeysAndValues =
        given[at] ?? keysAndValues(imageStream, `${name}.crossattention`, image as Value);
      const cross = readingLayer(stream, name, x, { mask, image: read, seen });
      attentions.push(cross.probabilities);
      x = cross.x;
    }),
  );
  return { logits: matchOutput(stream, ITM_HEAD, x), attentions };
}

/** A BERT layer over the image's rows followed by the text's. The image's result is added to its rows. */
function jointLayer(
  { stream, mask }: Captions,
  name: string,
  { image, text }: Streams,
  seen: Value | null,
): Streams {
  const { graph, batch, tokens, width } = stream;
  const all = sumOfDims(IMAGE_TOKENS, tokens);
  const split = (rows: Value, count: Dim) => reshape(graph, rows, [batch, count, width]);
  const flat = (rows: Value, count: Dim) => reshape(graph, rows, [product([batch, count]), width]);
  const join = (rows: Streams) => {
    const parts = [split(rows.image, IMAGE_TOKENS), split(rows.text, tokens)];
    return flat(concat(graph, parts, 1, all), all);
  };
  // Projects the rows of each stream separately: before the first joint layer the image depends on no
  // attention, so its rows need no gradient. At 384 px text and gradient of the base model cost 25 % of vision
  // instead of 28 %.
  const project = (part: string) => {
    const projected = (rows: Value) => linear(stream, part, rows, width);
    return join({ image: projected(image), text: projected(text) });
  };
  const open = seen ?? expand(graph, floats(graph, [0]), [batch, 1, 1, IMAGE_TOKENS]);
  const masks = concat(graph, [open, mask], 3, all);
  const mixed = bertLayer({ ...stream, tokens: all, project }, name, join({ image, text }), masks);
  const part = (before: Dim, size: Dim) =>
    flat(elementsBehind(graph, split(mixed, all), 1, { before, size }), size);
  return {
    image: add(graph, image, part(0, IMAGE_TOKENS)),
    text: part(IMAGE_TOKENS, tokens),
  };
}
