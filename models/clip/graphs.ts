// CLIP's two towers, forward only: an image's and a text's vector in one space (method.md 10.3).
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Dim, Value } from '../ir/value.ts';
import { linear, normalise, projection } from '../layers/linear.ts';
import { patchRows, preNormBlock, type PreNormTower } from '../layers/preNorm.ts';
import { add, div, gelu, mul, quickGelu, sqrt } from '../ops/elementwise.ts';
import { firstOf, gather, slice } from '../ops/movement.ts';
import { reshape } from '../ops/broadcast.ts';
import { reduceSum } from '../ops/broadcast.ts';
import { weightValue } from '../weights.ts';
import type { ClipNumbers, ClipTower } from './config.ts';
import {
  CLASS_TOKEN,
  PATCH_KERNEL,
  TEXT_LAST_NORM,
  TEXT_LAYERS,
  TEXT_PROJECTION,
  TOKEN_POSITIONS,
  VISION_FIRST_NORM,
  VISION_LAST_NORM,
  VISION_LAYERS,
  VISUAL_PROJECTION,
  WORD_TABLE,
} from './names.ts';

const IMAGE_TOKENS = 'image_tokens';
const BATCH = 'batch';
const TOKENS = 'tokens';

/** pixel_values [1,3,height,width], position [1+N,D] -> image_features, image_embeds [1,P]. */
export function imageGraph(numbers: ClipNumbers, weights: WeightIndex): Graph {
  const { vision, patch } = numbers;
  const graph = createGraph('image');
  const pixels = input(graph, 'pixel_values', 'F32', [1, 3, 'height', 'width']);
  const position = input(graph, 'position', 'F32', [IMAGE_TOKENS, vision.width]);
  const embedded = within(graph, 'embeddings', () => {
    const kernel = weightValue(graph, weights, PATCH_KERNEL, [vision.width, 3, patch, patch]);
    const classToken = weightValue(graph, weights, CLASS_TOKEN, [vision.width]);
    const rows = patchRows(graph, pixels, { kernel, bias: null, classToken }, IMAGE_TOKENS);
    const placed = add(graph, rows, position);
    return normalise(graph, weights, VISION_FIRST_NORM, placed, vision.epsilon);
  });
  const x = blocks(graph, weights, vision, {
    prefix: VISION_LAYERS,
    embedded,
    batch: 1,
    tokens: IMAGE_TOKENS,
    causal: false,
  });
  const first = slice(graph, x, 0, 0, 1);
  const pooled = normalise(graph, weights, VISION_LAST_NORM, first, vision.epsilon);
  const features = projection(graph, weights, VISUAL_PROJECTION, pooled, numbers.embeddingWidth);
  outputs(graph, 'image', features);
  return graph;
}

/** input_ids [B,T], end_rows [B] -> text_features, text_embeds [B,P]. */
export function textGraph(numbers: ClipNumbers, weights: WeightIndex): Graph {
  const { text, vocabSize, maxTokens } = numbers;
  const graph = createGraph('text');
  const ids = input(graph, 'input_ids', 'I64', [BATCH, TOKENS]);
  const ends = input(graph, 'end_rows', 'I64', [BATCH]);
  const embedded = within(graph, 'embeddings', () => {
    const table = weightValue(graph, weights, WORD_TABLE, [vocabSize, text.width]);
    const words = gather(graph, table, ids);
    const positions = weightValue(graph, weights, TOKEN_POSITIONS, [maxTokens, text.width]);
    const sum = add(graph, words, firstOf(graph, positions, 0, TOKENS));
    return reshape(graph, sum, [`${BATCH}*${TOKENS}`, text.width]);
  });
  // Causal: what stands behind a text's end, padding above all, cannot change its vector.
  const x = blocks(graph, weights, text, {
    prefix: TEXT_LAYERS,
    embedded,
    batch: BATCH,
    tokens: TOKENS,
    causal: true,
  });
  const pooled = normalise(graph, weights, TEXT_LAST_NORM, gather(graph, x, ends), text.epsilon);
  outputs(
    graph,
    'text',
    projection(graph, weights, TEXT_PROJECTION, pooled, numbers.embeddingWidth),
  );
  return graph;
}

interface Rows {
  /** Of the names of its layers' weights. */
  readonly prefix: string;
  readonly embedded: Value;
  readonly batch: Dim;
  readonly tokens: Dim;
  readonly causal: boolean;
}

function blocks(
  graph: Graph,
  weights: WeightIndex,
  numbers: ClipTower,
  { prefix, embedded, batch, tokens, causal }: Rows,
): Value {
  const activation = numbers.activation === 'gelu' ? gelu : quickGelu;
  const tower: PreNormTower = { graph, weights, ...numbers, activation, batch, tokens, causal };
  let x = embedded;
  for (let layer = 0; layer < numbers.layers; layer++) {
    const name = (part: string) => `${prefix}${layer}.${part}`;
    const names = {
      norm1: name('layer_norm1'),
      norm2: name('layer_norm2'),
      out: name('self_attn.out_proj'),
      mlpIn: name('mlp.fc1'),
      mlpOut: name('mlp.fc2'),
    };
    const project = (part: string, rows: Value) =>
      linear(graph, weights, name(`self_attn.${part}_proj`), rows, numbers.width);
    x = within(graph, `layer.${layer}`, () =>
      preNormBlock(tower, names, x, (rows) => [
        project('q', rows),
        project('k', rows),
        project('v', rows),
      ]),
    );
  }
  return x;
}

function outputs(graph: Graph, kind: 'image' | 'text', features: Value): void {
  output(graph, `${kind}_features`, features);
  const length = sqrt(graph, reduceSum(graph, mul(graph, features, features), [1]));
  output(graph, `${kind}_embeds`, div(graph, features, length));
}
