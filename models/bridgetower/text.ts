// The text tower, the cross-modal layers in which both streams read each other, and the match head;
// the gradient goes through both streams above the asked layer (method.md 5, "Other encoders").
import type { WeightIndex } from '../family.ts';
import { input, longs, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Dim, Value } from '../ir/value.ts';
import {
  crossAttention,
  feedForward,
  keysAndValues,
  selfAttention,
  type BertStream,
} from '../layers/bert.ts';
import { explainOutputs } from '../layers/gradCam.ts';
import { linear, normalise } from '../layers/linear.ts';
import { paddingScores } from '../layers/mask.ts';
import { differsFrom, runningSum } from '../ops/counting.ts';
import { add, cast, mul, tanh } from '../ops/elementwise.ts';
import { concat, expand, gather, reshape, slice } from '../ops/movement.ts';
import { storedWeight, weightRows } from '../weights.ts';
import { splitIndex, type BridgeTowerNumbers } from './config.ts';
import {
  ITM_SCORE,
  STREAM_TYPES,
  TEXT_EMBEDDING_NORM,
  TEXT_TOKEN_TYPES,
  TOKEN_POSITIONS,
  WORD_TABLE,
  crossLayer,
  firstNorm,
  linkNorm,
  pooler,
  textLayer,
  transform,
  type Stream,
} from './names.ts';
import { IMAGE_TOKENS, bridgeName } from './vision.ts';

const BATCH = 'batch';
const TOKENS = 'tokens';

/** bridge_<layer>, input_ids, attention_mask -> itm_logits [B,2]. */
export function matchGraph(numbers: BridgeTowerNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('match');
  forward(graph, numbers, weights);
  return graph;
}

/**
 * The same inputs -> itm_logits, attention_<layer> and gradient_<layer> [B,H,T,1+N]: text queries on
 * image keys of the cross-modal text layers `layers` (0-based).
 */
export function explainGraph(
  numbers: BridgeTowerNumbers,
  weights: WeightIndex,
  layers: readonly number[],
): Graph {
  const graph = createGraph('explain');
  const { logits, attentions } = forward(graph, numbers, weights);
  explainOutputs(graph, logits, attentions, layers);
  return graph;
}

function forward(graph: Graph, numbers: BridgeTowerNumbers, weights: WeightIndex) {
  const { cross } = numbers;
  const ids = input(graph, 'input_ids', 'I64', [BATCH, TOKENS]);
  const tokenMask = input(graph, 'attention_mask', 'I64', [BATCH, TOKENS]);
  const bridges = Array.from({ length: cross.layers }, (_, layer) =>
    input(graph, bridgeName(layer), 'F32', [1, IMAGE_TOKENS, cross.width]),
  );
  const mask = within(graph, 'mask', () => paddingScores(graph, tokenMask));
  const towerText = textTower(graph, numbers, weights, ids, mask);
  const stream = (tokens: Dim): BertStream => ({ graph, weights, ...cross, batch: BATCH, tokens });
  const streams = { text: stream(TOKENS), image: stream(IMAGE_TOKENS) };
  const attentions: Value[] = [];
  let text: Value | null = null;
  let image: Value | null = null;
  bridges.forEach((bridge, layer) =>
    within(graph, `cross.${layer}`, () => {
      const marked = markedText(graph, numbers, weights, towerText[layer] as Value);
      const textIn = linked(graph, numbers, weights, 'text', layer, marked, text);
      const imageRows = perCaption(graph, bridge, cross.width);
      const imageIn = image
        ? linked(graph, numbers, weights, 'image', layer, imageRows, image)
        : imageRows;
      const asked = crossBlock(
        streams.text,
        'text',
        layer,
        textIn,
        mask,
        streams.image,
        imageIn,
        null,
      );
      image = crossBlock(
        streams.image,
        'image',
        layer,
        imageIn,
        null,
        streams.text,
        textIn,
        mask,
      ).x;
      text = asked.x;
      attentions.push(asked.probabilities);
    }),
  );
  const logits = within(graph, 'itm_score', () => {
    const pooled = [
      poolFirst(streams.text, 'text', text as unknown as Value),
      poolFirst(streams.image, 'image', image as unknown as Value),
    ];
    return linear(graph, weights, ITM_SCORE, concat(graph, pooled, 1), 2);
  });
  output(graph, 'itm_logits', logits);
  return { logits, attentions };
}

/** Outputs of the text tower's last layers as rows [B*T, width], one per cross-modal layer. */
function textTower(
  graph: Graph,
  numbers: BridgeTowerNumbers,
  weights: WeightIndex,
  ids: Value,
  mask: Value,
): Value[] {
  const stream: BertStream = { graph, weights, ...numbers.text, batch: BATCH, tokens: TOKENS };
  let x = within(graph, 'embeddings', () => embed(graph, numbers, weights, ids));
  const outputs: Value[] = [];
  for (let layer = 0; layer < numbers.text.layers; layer++) {
    x = within(graph, `layer.${layer}`, () => {
      const self = selfAttention(stream, textLayer(layer, 'attention'), x, mask);
      return feedForward(stream, textLayer(layer), self);
    });
    if (layer + 1 >= splitIndex(numbers)) outputs.push(x);
  }
  return outputs;
}

/** Words, types and positions, normalised. Positions count the tokens that are no padding. */
function embed(
  graph: Graph,
  { text, vocabSize, padToken, positions }: BridgeTowerNumbers,
  weights: WeightIndex,
  ids: Value,
): Value {
  const look = (name: string, rows: number, at: Value) =>
    cast(graph, gather(graph, storedWeight(graph, weights, name, [rows, text.width]), at), 'F32');
  const present = differsFrom(graph, ids, padToken);
  const counted = mul(graph, runningSum(graph, present, 1), present);
  const places = add(graph, counted, longs(graph, [padToken], []));
  const type = weightRows(graph, weights, TEXT_TOKEN_TYPES, [1, text.width], [0, 1]);
  const words = add(graph, look(WORD_TABLE, vocabSize, ids), type);
  const sum = add(graph, words, look(TOKEN_POSITIONS, positions, places));
  const rows = reshape(graph, sum, [`${BATCH}*${TOKENS}`, text.width]);
  return normalise(graph, weights, TEXT_EMBEDDING_NORM, rows, text.epsilon);
}

/** Projected to the cross-modal width and marked as text. */
function markedText(
  graph: Graph,
  { cross }: BridgeTowerNumbers,
  weights: WeightIndex,
  rows: Value,
): Value {
  const mark = weightRows(graph, weights, STREAM_TYPES, [2, cross.width], [0, 1]);
  return add(graph, linear(graph, weights, transform('text'), rows, cross.width), mark);
}

/** A tower's rows joined to the stream so far; without one, normalised alone. */
function linked(
  graph: Graph,
  { linkEpsilon }: BridgeTowerNumbers,
  weights: WeightIndex,
  name: Stream,
  layer: number,
  tower: Value,
  stream: Value | null,
): Value {
  return stream
    ? normalise(graph, weights, linkNorm(name, layer - 1), add(graph, tower, stream), linkEpsilon)
    : normalise(graph, weights, firstNorm(name), tower, linkEpsilon);
}

/** An image's rows, repeated for every caption: [1, S, width] to [B*S, width]. */
function perCaption(graph: Graph, image: Value, width: number): Value {
  const repeated = expand(graph, image, [BATCH, IMAGE_TOKENS, width]);
  return reshape(graph, repeated, [`${BATCH}*${IMAGE_TOKENS}`, width]);
}

function crossBlock(
  stream: BertStream,
  name: Stream,
  layer: number,
  x: Value,
  mask: Value | null,
  other: BertStream,
  read: Value,
  readMask: Value | null,
) {
  return within(stream.graph, name, () => {
    const self = selfAttention(stream, crossLayer(name, layer, 'attention'), x, mask);
    const cross = crossLayer(name, layer, 'crossattention');
    const given = keysAndValues(other, cross, read);
    const asked = crossAttention(stream, cross, self, given, readMask);
    return {
      x: feedForward(stream, crossLayer(name, layer), asked.x),
      probabilities: asked.probabilities,
    };
  });
}

/** tanh of the projected first row of each caption, [B, width]. */
function poolFirst(stream: BertStream, name: Stream, rows: Value): Value {
  const { graph, weights, width, batch, tokens } = stream;
  const split = reshape(graph, rows, [batch, tokens, width]);
  const first = reshape(graph, slice(graph, split, 1, 0, 1), [batch, width]);
  return tanh(graph, linear(graph, weights, pooler(name), first, width));
}
