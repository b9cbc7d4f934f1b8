// The parts of a BERT block (post-norm: each part is added to what it read, then normalised), as
// BLIP's text encoder and BridgeTower's text and cross-modal layers have them. Plain operators, so
// that every part can be differentiated. Rows are [batch*tokens, width].
import type { WeightIndex } from '../family.ts';
import type { Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Dim, Value } from '../ir/value.ts';
import { attention, fusedAttention, mergeHeads, splitHeads } from '../ops/attention.ts';
import { add, gelu } from '../ops/elementwise.ts';
import { swapLast } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';
import { linear, normalise } from './linear.ts';

/** What all parts of a stream of tokens have in common. */
export interface BertStream {
  readonly graph: Graph;
  readonly weights: WeightIndex;
  readonly batch: Dim;
  readonly tokens: Dim;
  readonly width: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly epsilon: number;
  /** Queries, keys and values of rows; left out, the rows times the weights. */
  readonly project?: (name: string, rows: Value) => Value;
}

/** What cross-attention reads: keys [B or 1, heads, d, S], values [B or 1, heads, S, d]. */
export interface KeysAndValues {
  readonly keysTurned: Value;
  readonly values: Value;
}

/** Self-attention under `name` (".self.query", ".output.dense", ...); `mask` is added to scores. */
export function selfAttention(
  stream: BertStream,
  name: string,
  x: Value,
  mask: Value | null,
): Value {
  return within(stream.graph, 'attention', () => {
    const read = keysAndValues(stream, name, x);
    return attend(stream, name, x, read, mask).x;
  });
}

/** The same without a mask on one fused kernel, for where no gradient passes. */
export function fusedSelfAttention(stream: BertStream, name: string, x: Value): Value {
  const { graph, weights, batch, tokens, width } = stream;
  return within(graph, 'attention', () => {
    const [q, k, v] = ['query', 'key', 'value'].map((part) =>
      reshape(graph, linear(graph, weights, `${name}.self.${part}`, x, width), [
        batch,
        tokens,
        width,
      ]),
    ) as [Value, Value, Value];
    const mixed = reshape(graph, fusedAttention(graph, q, k, v, stream.heads), x.shape);
    return close(stream, `${name}.output`, mixed, x);
  });
}

/** Cross-attention under `name`; also gives its probabilities [B, heads, T, S]. */
export function crossAttention(
  stream: BertStream,
  name: string,
  x: Value,
  read: KeysAndValues,
  mask: Value | null,
): { readonly x: Value; readonly probabilities: Value } {
  return within(stream.graph, 'crossattention', () => attend(stream, name, x, read, mask));
}

/** Keys and values of the attention under `name`, from the rows of the stream that is read. */
export function keysAndValues(stream: BertStream, name: string, rows: Value): KeysAndValues {
  const { graph } = stream;
  return {
    keysTurned: swapLast(graph, heads(stream, `${name}.self.key`, rows)),
    values: heads(stream, `${name}.self.value`, rows),
  };
}

/** The feed-forward part of the layer `name`. */
export function feedForward(stream: BertStream, name: string, x: Value): Value {
  const { graph, weights, mlpWidth } = stream;
  return within(graph, 'feed-forward', () => {
    const inner = linear(graph, weights, `${name}.intermediate.dense`, x, mlpWidth);
    return close(stream, `${name}.output`, gelu(graph, inner), x);
  });
}

/** A layer of self-attention and feed-forward part. */
export function bertLayer(stream: BertStream, name: string, x: Value, mask: Value): Value {
  return feedForward(stream, name, selfAttention(stream, `${name}.attention`, x, mask));
}

/** A layer that reads an image between the two; the image tokens' scores get `seen` added. */
export function readingLayer(
  stream: BertStream,
  name: string,
  x: Value,
  read: {
    readonly mask: Value;
    readonly image: KeysAndValues;
    readonly seen: Value | null;
  },
): { readonly x: Value; readonly probabilities: Value } {
  const self = selfAttention(stream, `${name}.attention`, x, read.mask);
  const cross = crossAttention(stream, `${name}.crossattention`, self, read.image, read.seen);
  return { x: feedForward(stream, name, cross.x), probabilities: cross.probabilities };
}

function attend(
  stream: BertStream,
  name: string,
  x: Value,
  read: KeysAndValues,
  mask: Value | null,
) {
  const { graph } = stream;
  const queries = heads(stream, `${name}.self.query`, x);
  const { context, probabilities } = attention(graph, { queries, ...read, mask });
  return { x: close(stream, `${name}.output`, mergeHeads(graph, context), x), probabilities };
}

function heads(stream: BertStream, name: string, rows: Value): Value {
  const { graph, weights, width, batch, tokens, project } = stream;
  const projected = project?.(name, rows) ?? linear(graph, weights, name, rows, width);
  return splitHeads(graph, projected, batch, tokens, stream.heads);
}

function close(stream: BertStream, name: string, rows: Value, residual: Value): Value {
  const { graph, weights, width, epsilon } = stream;
  const sum = add(graph, linear(graph, weights, `${name}.dense`, rows, width), residual);
  return normalise(graph, weights, `${name}.LayerNorm`, sum, epsilon);
}
