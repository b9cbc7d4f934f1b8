// The parts of a BERT block (post-norm: each part is added to what it read, then normalised), as
// BLIP's text encoder and BridgeTower's text and cross-modal layers have them. Plain operators, so
// that every part can be differentiated. Rows are [batch*tokens, width].
import { within } from '../ir/names.ts';
import type { Dim, Value } from '../ir/value.ts';
import { attention, fusedAttention, mergeHeads, splitHeads } from '../ops/attention.ts';
import { add, gelu } from '../ops/elementwise.ts';
import { swapLast } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';
import type { Network } from '../weights.ts';
import { linear, normalise } from './linear.ts';

/** What all parts of one token stream share. */
export interface BertStream extends Network {
  readonly batch: Dim;
  readonly tokens: Dim;
  readonly width: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly epsilon: number;
  /** Projections of the rows to queries, keys and values; by default the rows times the weights. */
  readonly project?: (name: string, rows: Value) => Value;
}

/** What attention reads: keys [B or 1, heads, d, S], values [B or 1, heads, S, d]. */
export interface KeysAndValues {
  readonly keysTurned: Value;
  readonly values: Value;
}

/** Keys and values, and what is added to the scores (null: nothing). */
interface Masked extends KeysAndValues {
  readonly mask: Value | null;
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
    return attend(stream, name, x, { ...read, mask }).x;
  });
}

/** Self-attention without a mask, on one fused kernel: for graphs without a gradient. */
export function fusedSelfAttention(stream: BertStream, name: string, x: Value): Value {
  const { graph, batch, tokens, width } = stream;
  return within(graph, 'attention', () => {
    const [q, k, v] = ['query', 'key', 'value'].map((part) =>
      reshape(graph, linear(stream, `${name}.self.${part}`, x, width), [batch, tokens, width]),
    ) as [Value, Value, Value];
    const mixed = reshape(graph, fusedAttention(graph, { q, k, v }, stream), x.shape);
    return close(stream, `${name}.output`, mixed, x);
  });
}

/** Cross-attention under `name`; also gives its probabilities [B, heads, T, S]. */
export function crossAttention(
  stream: BertStream,
  name: string,
  x: Value,
  read: Masked,
): { readonly x: Value; readonly probabilities: Value } {
  return within(stream.graph, 'crossattention', () => attend(stream, name, x, read));
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
  const { graph, mlpWidth } = stream;
  return within(graph, 'feed-forward', () => {
    const inner = linear(stream, `${name}.intermediate.dense`, x, mlpWidth);
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
  const seen = { ...read.image, mask: read.seen };
  const cross = crossAttention(stream, `${name}.crossattention`, self, seen);
  return { x: feedForward(stream, name, cross.x), probabilities: cross.probabilities };
}

function attend(stream: BertStream, name: string, x: Value, read: Masked) {
  const { graph } = stream;
  const queries = heads(stream, `${name}.self.query`, x);
  const { context, probabilities } = attention(graph, { queries, ...read });
  return { x: close(stream, `${name}.output`, mergeHeads(graph, context), x), probabilities };
}

function heads(stream: BertStream, name: string, rows: Value): Value {
  const projected = stream.project?.(name, rows) ?? linear(stream, name, rows, stream.width);
  return splitHeads(stream.graph, projected, stream);
}

function close(stream: BertStream, name: string, rows: Value, residual: Value): Value {
  const { graph, width, epsilon } = stream;
  const sum = add(graph, linear(stream, `${name}.dense`, rows, width), residual);
  return normalise(stream, `${name}.LayerNorm`, sum, epsilon);
}
