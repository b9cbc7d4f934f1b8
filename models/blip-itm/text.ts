// The text encoder with cross-attention to the image, the match head, and the gradient of the match
// logit with respect to the cross-attention of the asked layers (method.md 4.3, 4.4, 5).
import { gradient } from '../autodiff/gradient.ts';
import type { WeightIndex } from '../family.ts';
import { floats, input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { attention, mergeHeads, splitHeads } from '../ops/attention.ts';
import { add, cast, gelu, scale, sub } from '../ops/elementwise.ts';
import { firstOf, gather, reshape, slice, swapLast } from '../ops/movement.ts';
import { reduceSum } from '../ops/reduction.ts';
import { storedWeight } from '../weights.ts';
import type { BlipNumbers } from './config.ts';
import { linear, normalise } from './linear.ts';
import { TOKEN_POSITIONS, WORD_TABLE, textLayer } from './names.ts';
import { IMAGE_TOKENS, keyName, valueName } from './vision.ts';

const BATCH = 'batch';
const TOKENS = 'tokens';
// Added to the scores of padded keys; the softmax of it is exactly 0 in F32.
const PADDING_SCORE = 10_000;

interface TextPass {
  readonly graph: Graph;
  readonly numbers: BlipNumbers;
  readonly weights: WeightIndex;
  /** [B,1,1,T]: 0 for tokens, very negative for padding. */
  readonly mask: Value;
}

/** key_<layer>, value_<layer>, input_ids, attention_mask -> itm_logits [B,2]. */
export function matchGraph(numbers: BlipNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('match');
  forward(graph, numbers, weights);
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
  const match = reduceSum(graph, slice(graph, logits, 1, 1, 2), [0, 1]);
  const asked = layers.map((layer) => {
    const probabilities = attentions[layer];
    if (!probabilities)
      throw new RangeError(
        `layer ${layer} is asked for, the text encoder has ${attentions.length}`,
      );
    return { layer, probabilities };
  });
  const gradients = gradient(
    graph,
    match,
    asked.map(({ probabilities }) => probabilities),
  );
  asked.forEach(({ layer, probabilities }, index) => {
    output(graph, `attention_${layer}`, probabilities);
    output(graph, `gradient_${layer}`, gradients[index] as Value);
  });
  return graph;
}

function forward(graph: Graph, numbers: BlipNumbers, weights: WeightIndex) {
  const { text } = numbers;
  const ids = input(graph, 'input_ids', 'I64', [BATCH, TOKENS]);
  const tokenMask = input(graph, 'attention_mask', 'I64', [BATCH, TOKENS]);
  const images = Array.from({ length: text.layers }, (_, layer) => {
    const width = text.width / text.heads;
    return {
      keysTurned: input(graph, keyName(layer), 'F32', [1, text.heads, width, IMAGE_TOKENS]),
      values: input(graph, valueName(layer), 'F32', [1, text.heads, IMAGE_TOKENS, width]),
    };
  });
  const mask = within(graph, 'mask', () => {
    const present = reshape(graph, cast(graph, tokenMask, 'F32'), [BATCH, 1, 1, TOKENS]);
    return scale(graph, sub(graph, present, floats(graph, [1])), PADDING_SCORE);
  });
  const pass: TextPass = { graph, numbers, weights, mask };
  let x = within(graph, 'embeddings', () => embed(pass, ids));
  const attentions = images.map((image, layer) =>
    within(graph, `layer.${layer}`, () => {
      const done = block(pass, layer, x, image);
      x = done.x;
      return done.probabilities;
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
function embed({ graph, numbers, weights }: TextPass, ids: Value): Value {
  const { text, vocabSize, maxTokens } = numbers;
  const table = storedWeight(graph, weights, WORD_TABLE, [vocabSize, text.width]);
  const words = cast(graph, gather(graph, table, ids), 'F32');
  const positions = storedWeight(graph, weights, TOKEN_POSITIONS, [maxTokens, text.width]);
  const sum = add(graph, words, cast(graph, firstOf(graph, positions, 0, TOKENS), 'F32'));
  const norm = 'text_encoder.embeddings.LayerNorm';
  const rows = reshape(graph, sum, [`${BATCH}*${TOKENS}`, text.width]);
  return normalise(graph, weights, norm, rows, text.epsilon);
}

// Post-norm: self-attention, cross-attention, feed-forward, each added and normalised.
function block(
  pass: TextPass,
  layer: number,
  x: Value,
  image: { readonly keysTurned: Value; readonly values: Value },
) {
  const { graph, numbers, weights, mask } = pass;
  const { width, heads, mlpWidth, epsilon } = numbers.text;
  const name = (part: string) => textLayer(layer, part);
  const project = (part: string, rows: Value) =>
    splitHeads(graph, linear(graph, weights, name(part), rows, width), BATCH, TOKENS, heads);
  const close = (part: string, rows: Value, residual: Value) => {
    const dense = linear(graph, weights, name(`${part}.dense`), rows, width);
    return normalise(
      graph,
      weights,
      name(`${part}.LayerNorm`),
      add(graph, dense, residual),
      epsilon,
    );
  };
  const self = within(graph, 'attention', () => {
    const { context } = attention(graph, {
      queries: project('attention.self.query', x),
      keysTurned: swapLast(graph, project('attention.self.key', x)),
      values: project('attention.self.value', x),
      mask,
    });
    return close('attention.output', mergeHeads(graph, context), x);
  });
  return within(graph, 'crossattention', () => {
    const { context, probabilities } = attention(graph, {
      queries: project('crossattention.self.query', self),
      ...image,
      mask: null,
    });
    const cross = close('crossattention.output', mergeHeads(graph, context), self);
    const dense = linear(graph, weights, name('intermediate.dense'), cross, mlpWidth);
    return { x: close('output', gelu(graph, dense), cross), probabilities };
  });
}
