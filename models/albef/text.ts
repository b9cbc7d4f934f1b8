// The text encoder, whose upper layers read the image, and the match head (families-2 2.5).
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import type { TextPass } from '../itmGraphs.ts';
import { bertLayer, readingLayer } from '../layers/bert.ts';
import { captionInputs, matchOutput } from '../layers/caption.ts';
import { imageReadInputs } from '../layers/imageReads.ts';
import type { Network } from '../weights.ts';
import type { AlbefNumbers } from './config.ts';
import {
  ITM_HEAD,
  TEXT_NORM,
  TOKEN_POSITIONS,
  TOKEN_TYPES,
  WORD_TABLE,
  textLayer,
} from './names.ts';

/**
 * key_<layer>, value_<layer>, input_ids, attention_mask -> itm_logits [B,2]; layers count those with
 * cross-attention from 0.
 */
export function textPass(net: Network, numbers: AlbefNumbers, seen: Value | null): TextPass {
  const { graph } = net;
  const { text, fusionLayer, tokenTypes, vocabSize, maxTokens } = numbers;
  const { stream, rows, mask } = captionInputs(net, text, {
    words: WORD_TABLE,
    vocabSize,
    positions: TOKEN_POSITIONS,
    maxTokens,
    types: tokenTypes === 0 ? null : { name: TOKEN_TYPES, rows: tokenTypes },
    norm: TEXT_NORM,
  });
  let x = rows;
  const attentions: Value[] = [];
  for (let layer = 0; layer < text.layers; layer++)
    x = within(graph, `layer.${layer}`, () => {
      const name = textLayer(layer);
      if (layer < fusionLayer) return bertLayer(stream, name, x, mask);
      const image = imageReadInputs(graph, text, layer - fusionLayer);
      const read = readingLayer(stream, name, x, { mask, image, seen });
      attentions.push(read.probabilities);
      return read.x;
    });
  return { logits: matchOutput(stream, ITM_HEAD, x), attentions };
}
