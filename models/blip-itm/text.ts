// The text encoder with cross-attention to the image, the match head, and the gradient of the match
// logit with respect to the cross-attention of the asked layers (method.md 4.3, 4.4, 5).
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import {
  crossAttention,
  feedForward,
  selfAttention,
  type BertStream,
  type KeysAndValues,
} from '../layers/bert.ts';
import { explainOutputs } from '../layers/gradCam.ts';
import { linear, normalise } from '../layers/linear.ts';
import { paddingScores } from '../layers/mask.ts';
import { add } from '../ops/elementwise.ts';
import { firstOf, gather, slice } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';
import { weightValue } from '../weights.ts';
import type { BlipNumbers } from './config.ts';
import { TOKEN_POSITIONS, WORD_TABLE, textLayer } from './names.ts';
import { IMAGE_TOKENS, keyName, valueName } from './vision.ts';

const BATCH = 'batch';
const TOKENS = 'tokens';

/** key_<layer>, value_<layer>, input_ids, attention_mask -> itm_logits [B,2]. */
export function matchGraph(numbers: BlipNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('match');
  forward(graph, numbers, weights);
  return graph;
}

/** The same and image_mask [B,1+N] -> itm_logits: a caption sees only the image tokens marked 1. */
export function maskedMatchGraph(numbers: BlipNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('masked match');
  const imageMask = input(graph, 'image_mask', 'I64', [BATCH, IMAGE_TOKENS]);
  forward(graph, numbers, weights, imageMask);
  return graph;
}

/**
 * The same inputs -> itm_logits, attention_<layer> and gradient_<layer> [B,H,T,1+N] for each of
 * `layers` (0-based): probabilities after softmax, and the gradient of sum over B of logit 1.
 */
export function explainGraph(
  numbers: BlipNumbers,
  weights: WeightIndex,
  layers: readonly number[],
): Graph {
  const graph = createGraph('explain');
  const { logits, attentions } = forward(graph, numbers, weights);
  explainOutputs(graph, logits, attentions, layers);
  return graph;
}

function forward(
  graph: Graph,
  numbers: BlipNumbers,
  weights: WeightIndex,
  imageMask: Value | null = null,
) {
  const { text } = numbers;
  const ids = input(graph, 'input_ids', 'I64', [BATCH, TOKENS]);
  const tokenMask = input(graph, 'attention_mask', 'I64', [BATCH, TOKENS]);
  const images = Array.from({ length: text.layers }, (_, layer): KeysAndValues => {
    const width = text.width / text.heads;
    return {
      keysTurned: input(graph, keyName(layer), 'F32', [1, text.heads, width, IMAGE_TOKENS]),
      values: input(graph, valueName(layer), 'F32', [1, text.heads, IMAGE_TOKENS, width]),
    };
  });
  const stream: BertStream = { graph, weights, ...text, batch: BATCH, tokens: TOKENS };
  // Bidirectional, though the config calls the encoder a decoder: only padding is masked.
  const mask = within(graph, 'mask', () => paddingScores(graph, tokenMask));
  const seen = imageMask && within(graph, 'image mask', () => paddingScores(graph, imageMask));
  let x = within(graph, 'embeddings', () => embed(graph, numbers, weights, ids));
  const attentions = images.map((image, layer) =>
    within(graph, `layer.${layer}`, () => {
      const self = selfAttention(stream, textLayer(layer, 'attention'), x, mask);
      const name = textLayer(layer, 'crossattention');
      const cross = crossAttention(stream, name, self, { ...image, mask: seen });
      x = feedForward(stream, textLayer(layer), cross.x);
      return cross.probabilities;
    }),
  );
  const logits = within(graph, 'itm_head', () => {
    const rows = reshape(graph, x, [BATCH, TOKENS, text.width]);
    const first = reshape(graph, slice(graph, rows, 1, 0, 1), [BATCH, text.width]);
    return linear(graph, weights, 'itm_head', first, 2);
  });
  output(graph, 'itm_logits', logits);
  return { logits, attentions };
}

/** Words and positions, normalised, as rows [B*T, width]. */
function embed(graph: Graph, numbers: BlipNumbers, weights: WeightIndex, ids: Value): Value {
  const { text, vocabSize, maxTokens } = numbers;
  const table = weightValue(graph, weights, WORD_TABLE, [vocabSize, text.width]);
  const words = gather(graph, table, ids);
  const positions = weightValue(graph, weights, TOKEN_POSITIONS, [maxTokens, text.width]);
  const sum = add(graph, words, firstOf(graph, positions, 0, TOKENS));
  const rows = reshape(graph, sum, [`${BATCH}*${TOKENS}`, text.width]);
  return normalise(graph, weights, 'text_encoder.embeddings.LayerNorm', rows, text.epsilon);
}
