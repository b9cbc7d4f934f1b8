// The two ends of every BERT text graph: captions as rows of vectors, and the match logits that are
// read off each caption's first row.
import type { Tower } from '../configFields.ts';
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { add } from '../ops/elementwise.ts';
import { firstOf, gather, slice } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';
import { weightRows, weightValue } from '../weights.ts';
import type { BertStream } from './bert.ts';
import { IMAGE_TOKENS } from './imageReads.ts';
import { linear, normalise } from './linear.ts';
import { paddingScores } from './mask.ts';

const BATCH = 'batch';
const TOKENS = 'tokens';

/** Tables that captions are looked up in. */
export interface CaptionTables {
  readonly words: string;
  readonly vocabSize: number;
  readonly positions: string;
  readonly maxTokens: number;
  /** Its row 0 is added to every token; null: the checkpoint has no such table. */
  readonly types: { readonly name: string; readonly rows: number } | null;
  readonly norm: string;
}

/** The captions of a text graph. */
export interface Captions {
  readonly stream: BertStream;
  /** Rows [B*T, width]. */
  readonly rows: Value;
  /** Added to the scores of tokens as keys: padding is never read. */
  readonly mask: Value;
}

/** Adds the inputs input_ids and attention_mask [B,T]; gives the embedded captions. */
export function captionInputs(
  graph: Graph,
  weights: WeightIndex,
  tower: Tower,
  tables: CaptionTables,
): Captions {
  const ids = input(graph, 'input_ids', 'I64', [BATCH, TOKENS]);
  const tokenMask = input(graph, 'attention_mask', 'I64', [BATCH, TOKENS]);
  const stream: BertStream = { graph, weights, ...tower, batch: BATCH, tokens: TOKENS };
  const mask = within(graph, 'mask', () => paddingScores(graph, tokenMask));
  const rows = within(graph, 'embeddings', () => embed(stream, tables, ids));
  return { stream, rows, mask };
}

/** Adds the input image_mask [B,1+N]; gives what is added to the scores of image tokens as keys. */
export function imageMaskInput(graph: Graph): Value {
  const marks = input(graph, 'image_mask', 'I64', [BATCH, IMAGE_TOKENS]);
  return within(graph, 'image mask', () => paddingScores(graph, marks));
}

/** Adds the output itm_logits [B,2], from the rows [B*T, width] behind the last layer. */
export function matchOutput({ graph, weights, width }: BertStream, head: string, x: Value): Value {
  const logits = within(graph, head, () => {
    const rows = reshape(graph, x, [BATCH, TOKENS, width]);
    const first = reshape(graph, slice(graph, rows, 1, 0, 1), [BATCH, width]);
    return linear(graph, weights, head, first, 2);
  });
  output(graph, 'itm_logits', logits);
  return logits;
}

/** Words, token type and positions, normalised. */
function embed({ graph, weights, width, epsilon }: BertStream, tables: CaptionTables, ids: Value) {
  const { types } = tables;
  const table = weightValue(graph, weights, tables.words, [tables.vocabSize, width]);
  const words = gather(graph, table, ids);
  const typed = types
    ? add(graph, words, weightRows(graph, weights, types.name, [types.rows, width], [0, 1]))
    : words;
  const positions = weightValue(graph, weights, tables.positions, [tables.maxTokens, width]);
  const sum = add(graph, typed, firstOf(graph, positions, 0, TOKENS));
  const rows = reshape(graph, sum, [`${BATCH}*${TOKENS}`, width]);
  return normalise(graph, weights, tables.norm, rows, epsilon);
}
