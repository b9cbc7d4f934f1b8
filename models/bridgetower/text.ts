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
  fusedSelfAttention,
  keysAndValues,
  selfAttention,
  type BertStream,
} from '../layers/bert.ts';
import { explainOutputs } from '../layers/gradCam.ts';
import { IMAGE_TOKENS, perCaption } from '../layers/imageReads.ts';
import { linear, normalise } from '../layers/linear.ts';
import { paddingScores } from '../layers/mask.ts';
import { differsFrom, runningSum } from '../ops/counting.ts';
import { add, mul, tanh } from '../ops/elementwise.ts';
import { concat, gather, slice } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';
import { weightValue, weightRows } from '../weights.ts';
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
import { bridgeName } from './vision.ts';

const BATCH = 'batch';
const TOKENS = 'tokens';

/** Rows of both streams, [B*T, width] and [B*(1+N), width]. */
type Streams = Readonly<Record<Stream, Value>>;

/** One stream in a cross-modal layer. */
interface Side {
  readonly name: Stream;
  readonly stream: BertStream;
  readonly rows: Value;
  /** Added to the scores of those who read it. */
  readonly mask: Value | null;
}

/** bridge_<layer>, input_ids, attention_mask -> itm_logits [B,2]. */
export function matchGraph(numbers: BridgeTowerNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('match');
  forward(graph, numbers, weights, Infinity);
  return graph;
}

/** The same and image_mask [B,1+N] -> itm_logits: only the image tokens marked 1 are read. */
export function maskedMatchGraph(numbers: BridgeTowerNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('masked match');
  const imageMask = input(graph, 'image_mask', 'I64', [BATCH, IMAGE_TOKENS]);
  forward(graph, numbers, weights, Infinity, imageMask);
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
  const { logits, attentions } = forward(graph, numbers, weights, Math.min(...layers));
  explainOutputs(graph, logits, attentions, layers);
  return graph;
}

// What text layer k attends to first reaches the image stream in layer k + 1: no gradient passes the
// image layers up to the lowest one asked for.
function forward(
  graph: Graph,
  numbers: BridgeTowerNumbers,
  weights: WeightIndex,
  lowestAsked: number,
  imageMask: Value | null = null,
) {
  const { cross } = numbers;
  const ids = input(graph, 'input_ids', 'I64', [BATCH, TOKENS]);
  const tokenMask = input(graph, 'attention_mask', 'I64', [BATCH, TOKENS]);
  const bridges = Array.from({ length: cross.layers }, (_, layer) =>
    input(graph, bridgeName(layer), 'F32', [1, IMAGE_TOKENS, cross.width]),
  );
  const mask = within(graph, 'mask', () => paddingScores(graph, tokenMask));
  const seen = imageMask && within(graph, 'image mask', () => paddingScores(graph, imageMask));
  const towerText = textTower(graph, numbers, weights, ids, mask);
  const stream = (tokens: Dim): BertStream => ({ graph, weights, ...cross, batch: BATCH, tokens });
  const streams = { text: stream(TOKENS), image: stream(IMAGE_TOKENS) };
  const attentions: Value[] = [];
  let before: Streams | null = null;
  for (const [layer, bridge] of bridges.entries())
    before = within(graph, `cross.${layer}`, () => {
      const tower = {
        text: markedText(graph, numbers, weights, towerText[layer] as Value),
        image: perCaption(graph, bridge, BATCH),
      };
      const sides = linked(graph, numbers, weights, layer, tower, before);
      const text: Side = { name: 'text', stream: streams.text, rows: sides.text, mask };
      const image: Side = { name: 'image', stream: streams.image, rows: sides.image, mask: seen };
      const asked = crossBlock(layer, text, image, false);
      attentions.push(asked.probabilities);
      // The fused kernel takes no mask.
      const answered = crossBlock(layer, image, text, layer <= lowestAsked && seen === null);
      return { text: asked.rows, image: answered.rows };
    });
  const { text, image } = before as unknown as Streams;
  const logits = within(graph, 'itm_score', () => {
    const pooled = [
      poolFirst(streams.text, 'text', text),
      poolFirst(streams.image, 'image', image),
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
    gather(graph, weightValue(graph, weights, name, [rows, text.width]), at);
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

/** The towers' rows joined to the streams so far; the first layer has the towers' alone. */
function linked(
  graph: Graph,
  { linkEpsilon }: BridgeTowerNumbers,
  weights: WeightIndex,
  layer: number,
  tower: Streams,
  before: Streams | null,
): Streams {
  if (!before)
    // The image graph has normalised its own.
    return {
      text: normalise(graph, weights, firstNorm('text'), tower.text, linkEpsilon),
      image: tower.image,
    };
  const join = (name: Stream) => {
    const sum = add(graph, tower[name], before[name]);
    return normalise(graph, weights, linkNorm(name, layer - 1), sum, linkEpsilon);
  };
  return { text: join('text'), image: join('image') };
}

/** Layer `layer` of the stream `own`, which reads `other`; `fused`: no gradient passes its self-attention. */
function crossBlock(layer: number, own: Side, other: Side, fused: boolean) {
  const { name, stream, rows, mask } = own;
  return within(stream.graph, name, () => {
    const attention = crossLayer(name, layer, 'attention');
    const self = fused
      ? fusedSelfAttention(stream, attention, rows)
      : selfAttention(stream, attention, rows, mask);
    const cross = crossLayer(name, layer, 'crossattention');
    const read = keysAndValues(other.stream, cross, other.rows);
    const asked = crossAttention(stream, cross, self, read, other.mask);
    return {
      rows: feedForward(stream, crossLayer(name, layer), asked.x),
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
