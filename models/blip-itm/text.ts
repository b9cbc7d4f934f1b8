// The text encoder with cross-attention to the image in every layer, and the match head (method.md 4.3).
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import type { TextPass } from '../itmGraphs.ts';
import { readingLayer } from '../layers/bert.ts';
import { captionInputs, matchOutput } from '../layers/caption.ts';
import { imageReadInputs } from '../layers/imageReads.ts';
import type { Network } from '../weights.ts';
import type { BlipNumbers } from './config.ts';
import { TOKEN_POSITIONS, WORD_TABLE, textLayer } from './names.ts';

/**
 * key_<layer>, value_<layer>, input_ids, attention_mask -> itm_logits [B,2]. Bidirectional, though the
 * config calls the encoder a decoder: only padding is masked.
 */
export function textPass(
  net: Network,
  { text, vocabSize, maxTokens }: BlipNumbers,
  seen: Value | null,
): TextPass {
  const { graph } = net;
  const { stream, rows, mask } = captionInputs(net, text, {
    words: WORD_TABLE,
    vocabSize,
    positions: TOKEN_POSITIONS,
    maxTokens,
    types: null,
    norm: 'text_encoder.embeddings.LayerNorm',
  });
  let x = rows;
  const attentions = Array.from({ length: text.layers }, (_, layer) => {
    const image = imageReadInputs(graph, text, layer);
    const read = within(graph, `layer.${layer}`, () =>
      readingLayer(stream, textLayer(layer), x, { mask, image, seen }),
    );
    x = read.x;
    return read.probabilities;
  });
  return { logits: matchOutput(stream, 'itm_head', x), attentions };
}
