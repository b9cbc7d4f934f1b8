// CLIP's two towers, forward only: an image's and a text's vector in one space (method.md 10.3).
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { normalise, projection } from '../layers/linear.ts';
import { reshape } from '../ops/broadcast.ts';
import { add } from '../ops/elementwise.ts';
import { elementAt, firstOf, gather } from '../ops/movement.ts';
import { weightValue } from '../weights.ts';
import type { ClipNumbers } from './config.ts';
import {
  TEXT_LAST_NORM,
  TEXT_LAYERS,
  TEXT_PROJECTION,
  TOKEN_POSITIONS,
  VISION_LAST_NORM,
  VISUAL_PROJECTION,
  WORD_TABLE,
} from './names.ts';
import { fusedBlocks, imageBlocks, imageRows, unitRows } from './tower.ts';

const BATCH = 'batch';
const TOKENS = 'tokens';

/**
 * pixel_values [1,3,height,width], position [1+N,D] -> image_features, image_embeds [1,P]. With
 * `blocks` the tower ends behind that many of its blocks.
 */
export function imageGraph(
  numbers: ClipNumbers,
  weights: WeightIndex,
  blocks = numbers.vision.layers,
): Graph {
  const { vision } = numbers;
  const graph = createGraph('image');
  const place = { graph, weights, numbers };
  const x = imageBlocks(place, imageRows(place), blocks);
  const first = elementAt(graph, x, 0, 0);
  const pooled = normalise(place, VISION_LAST_NORM, first, vision.epsilon);
  const features = projection(place, VISUAL_PROJECTION, pooled, numbers.embeddingWidth);
  outputs(graph, 'image', features);
  return graph;
}

/** input_ids [B,T], end_rows [B] -> text_features, text_embeds [B,P]. */
export function textGraph(numbers: ClipNumbers, weights: WeightIndex): Graph {
  const { text, vocabSize, maxTokens } = numbers;
  const graph = createGraph('text');
  const net = { graph, weights };
  const ids = input(graph, 'input_ids', 'I64', [BATCH, TOKENS]);
  const ends = input(graph, 'end_rows', 'I64', [BATCH]);
  const embedded = within(graph, 'embeddings', () => {
    const table = weightValue(net, WORD_TABLE, [vocabSize, text.width]);
    const words = gather(graph, table, ids);
    const positions = weightValue(net, TOKEN_POSITIONS, [maxTokens, text.width]);
    const sum = add(graph, words, firstOf(graph, positions, 0, TOKENS));
    return reshape(graph, sum, [`${BATCH}*${TOKENS}`, text.width]);
  });
  // Causal: what stands behind a text's end, padding above all, cannot change its vector.
  const x = fusedBlocks(net, text, embedded, {
    prefix: TEXT_LAYERS,
    from: 0,
    to: text.layers,
    batch: BATCH,
    tokens: TOKENS,
    causal: true,
  });
  const pooled = normalise(net, TEXT_LAST_NORM, gather(graph, x, ends), text.epsilon);
  outputs(graph, 'text', projection(net, TEXT_PROJECTION, pooled, numbers.embeddingWidth));
  return graph;
}

function outputs(graph: Graph, kind: 'image' | 'text', features: Value): void {
  output(graph, `${kind}_features`, features);
  output(graph, `${kind}_embeds`, unitRows(graph, features));
}
