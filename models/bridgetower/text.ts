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
import { concat, elementAt, gather } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';
import { weightValue, weightRows, type Network } from '../weights.ts';
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
  forward({ graph, weights }, numbers);
  return graph;
}

/** The same and image_mask [B,1+N] -> itm_logits: only the image tokens marked 1 are read. */
export function maskedMatchGraph(numbers: BridgeTowerNumbers, weights: WeightIndex): Graph {
  const graph = createGraph('masked match');
  const imageMask = input(graph, 'image_mask', 'I64', [BATCH, IMAGE_TOKENS]);
  forward({ graph, weights }, numbers, { imageMask });
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
  const lowestAsked = Math.min(...layers);
  const { logits, attentions } = forward({ graph, weights }, numbers, { lowestAsked });
  explainOutputs(graph, logits, attentions, layers);
  return graph;
}

interface ForwardOptions {
  /** The lowest layer that a gradient reaches, 0-based. Default: none is asked for. */
  readonly lowestAsked?: number;
  /** Image tokens to be read, [B,1+N]. Default: all. */
  readonly imageMask?: Value | null;
}

// What text layer k attends to first reaches the image stream in layer k + 1: no gradient passes the
// image layers up to the lowest one asked for.
function forward(
  net: Network,
  numbers: BridgeTowerNumbers,
  { lowestAsked = Infinity, imageMask = null }: ForwardOptions = {},
) {
  const { graph } = net;
  const { cross } = numbers;
  const ids = input(graph, 'input_ids', 'I64', [BATCH, TOKENS]);
  const tokenMask = input(graph, 'attention_mask', 'I64', [BATCH, TOKENS]);
  const bridges = Array.from({ length: cross.layers }, (_, layer) =>
    input(graph, bridgeName(layer), 'F32', [1, IMAGE_TOKENS, cross.width]),
  );
  const mask = within(graph, 'mask', () => paddingScores(graph, tokenMask));
  const seen = imageMask && within(graph, 'image mask', () => paddingScores(graph, imageMask));
  const towerText = textTower(net, numbers, ids, mask);
  const stream = (tokens: Dim): BertStream => ({ ...net, ...cross, batch: BATCH, tokens });
  const streams = { text: stream(TOKENS), image: stream(IMAGE_TOKENS) };
  const attentions: Value[] = [];
  let before: Streams | null = null;
  for (const [layer, bridge] of bridges.entries())
    before = within(graph, `cross.${layer}`, () => {
      const tower = {
        text: markedText(net, numbers, towerText[layer] as Value),
        image: perCaption(graph, bridge, BATCH),
      };
      const sides = linked(net, numbers, { layer, tower, before });
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
    return linear(net, ITM_SCORE, concat(graph, pooled, 1), 2);
  });
  output(graph, 'itm_logits', logits);
  return { logits, attentions };
}

/** Outputs of the text tower's last layers as rows [B*T, width], one per cross-modal layer. */
function textTower(net: Network, numbers: BridgeTowerNumbers, ids: Value, mask: Value): Value[] {
  const { graph } = net;
  const stream: BertStream = { ...net, ...numbers.text, batch: BATCH, tokens: TOKENS };
  let x = within(graph, 'embeddings', () => embed(net, numbers, ids));
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
  net: Network,
  { text, vocabSize, padToken, positions }: BridgeTowerNumbers,
  ids: Value,
): Value {
  const { graph } = net;
  const look = (name: string, rows: number, at: Value) =>
    gather(graph, weightValue(net, name, [rows, text.width]), at);
  const present = differsFrom(graph, ids, padToken);
  const counted = mul(graph, runningSum(graph, present, 1), present);
  const places = add(graph, counted, longs(graph, [padToken], []));
  const type = weightRows(net, TEXT_TOKEN_TYPES, {
    shape: [1, text.width],
    range: [0, 1],
  });
  const words = add(graph, look(WORD_TABLE, vocabSize, ids), type);
  const sum = add(graph, words, look(TOKEN_POSITIONS, positions, places));
  const rows = reshape(graph, sum, [`${BATCH}*${TOKENS}`, text.width]);
  return normalise(net, TEXT_EMBEDDING_NORM, rows, text.epsilon);
}

/** Projected to the cross-modal width and marked as text. */
function markedText(net: Network, { cross }: BridgeTowerNumbers, rows: Value): Value {
  const mark = weightRows(net, STREAM_TYPES, { shape: [2, cross.width], range: [0, 1] });
  return add(net.graph, linear(net, transform('text'), rows, cross.width), mark);
}

interface Link {
  /** Of the cross-modal layer that reads the joined rows. */
  readonly layer: number;
  readonly tower: Streams;
  /** Null: in front of the first layer. */
  readonly before: Streams | null;
}

/** The towers' rows joined to the streams so far; the first layer has the towers' alone. */
function linked(
  net: Network,
  { linkEpsilon }: BridgeTowerNumbers,
  { layer, tower, before }: Link,
): Streams {
  if (!before)
    // The image graph has normalised its own.
    return {
      text: normalise(net, firstNorm('text'), tower.text, linkEpsilon),
      image: tower.image,
    };
  const join = (name: Stream) => {
    const sum = add(net.graph, tower[name], before[name]);
    return normalise(net, linkNorm(name, layer - 1), sum, linkEpsilon);
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
    const asked = crossAttention(stream, cross, self, { ...read, mask: other.mask });
    return {
      rows: feedForward(stream, crossLayer(name, layer), asked.x),
      probabilities: asked.probabilities,
    };
  });
}

/** tanh of the projected first row of each caption, [B, width]. */
function poolFirst(stream: BertStream, name: Stream, rows: Value): Value {
  const { graph, width, batch, tokens } = stream;
  const split = reshape(graph, rows, [batch, tokens, width]);
  const first = reshape(graph, elementAt(graph, split, 1, 0), [batch, width]);
  return tanh(graph, linear(stream, pooler(name), first, width));
}
