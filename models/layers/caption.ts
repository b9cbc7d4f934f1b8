// The two ends of every BERT text graph: captions as rows of vectors, and the match logits that come from the
// first row of each caption.
import type { Tower } from '../configFields.ts';
import { input, output } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { add } from '../ops/elementwise.ts';
import { elementAt, firstOf, gather } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';
import { weightRows, weightValue, type Network } from '../weights.ts';
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
export function captionInputs(net: Network, tower: Tower, tables: CaptionTables): Captions {
  const { graph } = net;
  const ids = input(graph, 'input_ids', 'I64', [BATCH, TOKENS]);
  const tokenMask = input(graph, 'attention_mask', 'I64', [BATCH, TOKENS]);
  const stream: BertStream = { ...net, ...tower, batch: BATCH, tokens: TOKENS };
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
export function matchOutput(stream: BertStream, head: string, x: Value): Value {
  const { graph, width } = stream;
  const logits = within(graph, head, () => {
    const rows = reshape(graph, x, [BATCH, TOKENS, width]);
    const first = reshape(graph, elementAt(graph, rows, 1, 0), [BATCH, width]);
    return linear(stream, head, first, 2);
  });
  output(graph, 'itm_logits', logits);
  return logits;
}

/** Words, token type and positions, normalised. */
function embed(stream: BertStream, tables: CaptionTables, ids: Value) {
  const { graph, width, epsilon } = stream;
  const { types } = tables;
  const table = weightValue(stream, tables.words, [tables.vocabSize, width]);
  const words = gather(graph, table, ids);
  const typed = types
    ? add(
        graph,
        words,
        weightRows(stream, types.name, { shape: [types.rows, width], range: [0, 1] }),
      )
    : words;
  const positions = weightValue(stream, tables.positions, [tables.maxTokens, width]);
  const sum = add(graph, typed, firstOf(graph, positions, 0, TOKENS));
  const rows = reshape(graph, sum, [`${BATCH}*${TOKENS}`, width]);
  return normalise(stream, tables.norm, rows, epsilon);
}
