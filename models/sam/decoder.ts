// The mask decoder: prompt tokens and the image's cells read each other, then four small networks and
// the enlarged image make four masks, and one more network says how good it believes each to be.
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import { product } from '../ir/shapes.ts';
import type { Dim, Value } from '../ir/value.ts';
import { normalise } from '../layers/linear.ts';
import { fusedAttention } from '../ops/attention.ts';
import { expand, expandOpen, reshape } from '../ops/broadcast.ts';
import { add, gelu, relu } from '../ops/elementwise.ts';
import { gemm, matmul } from '../ops/linalg.ts';
import { concat, elementAt, swapLast, transpose } from '../ops/movement.ts';
import { weightValue, type Network } from '../weights.ts';
import { readCells, readTokens } from '../layers/crossAttention.ts';
import type { DecoderNumbers } from './decoderNumbers.ts';
import {
  decoderLayer,
  FINAL_ATTENTION,
  IOU_HEAD,
  IOU_TOKEN,
  MASK_TOKENS,
  maskHead,
} from './names.ts';

const PROMPTS = 'prompts';
const LAST_NORM = 'mask_decoder.transformer.layer_norm_final_attn';
/** Epsilons that are the same in every layout and that no config states. */
const LAST_EPSILON = 1e-5;
const UPSCALE_EPSILON = 1e-6;

/** State that all parts of one decode share. */
interface Decode extends Network {
  readonly numbers: DecoderNumbers;
  /** Tokens as they came in, and the cells' places: added wherever something is looked for. */
  readonly places: { readonly tokens: Value; readonly image: Value };
}

/** Both sides of the decoder: tokens [P,T,C] and cells [P,g*g,C]. */
interface Sides {
  readonly tokens: Value;
  readonly image: Value;
}

/**
 * image_embeddings [1,C,g,g], positions [1,C,g,g], tokens [P,K,C] with K from 0, dense [1 or P, C,
 * 1 or g, 1 or g] -> masks [P,4,4g,4g] as logits, iou [P,4].
 */
export function decodeGraph(numbers: DecoderNumbers, weights: WeightIndex, grid: number): Graph {
  const { width, layers, masks } = numbers;
  const graph = createGraph('decode');
  const embeddings = input(graph, 'image_embeddings', 'F32', [1, width, grid, grid]);
  const positions = input(graph, 'positions', 'F32', [1, width, grid, grid]);
  const prompts = input(graph, 'tokens', 'F32', [PROMPTS, 'prompt_tokens', width]);
  const dense = input(graph, 'dense', 'F32', ['masks', width, 'mask_rows', 'mask_columns']);
  const spread = expandOpen(graph, dense, [PROMPTS, width, grid, grid]);
  const net = { graph, weights };
  const iouToken = weightValue(net, IOU_TOKEN, [1, width]);
  const maskTokens = weightValue(net, MASK_TOKENS, [masks, width]);
  const own = reshape(graph, concat(graph, [iouToken, maskTokens], 0), [1, 1 + masks, width]);
  const repeated = expand(graph, own, [PROMPTS, 1 + masks, width]);
  const tokens = concat(graph, [repeated, prompts], 1, 'all_tokens');
  const places = { tokens, image: cells(graph, positions) };
  const decode: Decode = { ...net, numbers, places };
  let sides: Sides = { tokens, image: cells(graph, add(graph, embeddings, spread)) };
  for (let layer = 0; layer < layers; layer++)
    sides = within(graph, `layer.${layer}`, () => exchange(decode, layer, sides));
  const read = within(graph, 'last', () => {
    const cells = { plain: sides.image, placed: add(graph, sides.image, places.image) };
    const looking = { ...decode, name: FINAL_ATTENTION };
    const attended = readCells(looking, add(graph, sides.tokens, tokens), cells);
    return normalise(net, LAST_NORM, add(graph, sides.tokens, attended), LAST_EPSILON);
  });
  outputs(decode, read, sides.image, grid);
  return graph;
}

// One layer: tokens among themselves, tokens read the image, the image reads the tokens.
function exchange(decode: Decode, layer: number, { tokens, image }: Sides): Sides {
  const { graph, numbers, places } = decode;
  const name = (part: string) => decoderLayer(layer, part);
  const norm = (number: number, x: Value) =>
    normalise(decode, name(`layer_norm${number}`), x, numbers.epsilon);
  const placed = layer === 0 ? tokens : add(graph, tokens, places.tokens);
  const among = selfAttention(decode, name('self_attn'), placed, tokens);
  // The first layer replaces the tokens; later ones add to them.
  const first = norm(1, layer === 0 ? among : add(graph, tokens, among));
  const cells = { plain: image, placed: add(graph, image, places.image) };
  const looking = { ...decode, name: name('cross_attn_token_to_image') };
  const looked = readCells(looking, add(graph, first, places.tokens), cells);
  const second = norm(2, add(graph, first, looked));
  const inner = relu(graph, dense(decode, name('mlp.lin1'), second, numbers.mlpWidth));
  const third = norm(3, add(graph, second, dense(decode, name('mlp.lin2'), inner, numbers.width)));
  const answering = { ...decode, name: name('cross_attn_image_to_token') };
  const said = { plain: third, placed: add(graph, third, places.tokens) };
  const answered = readTokens(answering, cells.placed, said);
  return { tokens: third, image: norm(4, add(graph, image, answered)) };
}

function selfAttention(decode: Decode, name: string, placed: Value, tokens: Value): Value {
  const { graph, numbers } = decode;
  const q = dense(decode, `${name}.q_proj`, placed, numbers.width);
  const k = dense(decode, `${name}.k_proj`, placed, numbers.width);
  const v = dense(decode, `${name}.v_proj`, tokens, numbers.width);
  const mixed = fusedAttention(graph, { q, k, v }, numbers);
  return dense(decode, `${name}.out_proj`, mixed, numbers.width);
}

function outputs(decode: Decode, tokens: Value, image: Value, grid: number): void {
  const { graph, numbers } = decode;
  const { width, masks } = numbers;
  const token = (at: number) => elementAt(graph, tokens, 1, at);
  const large = within(graph, 'upscale', () => upscaled(decode, image, grid));
  const vectors = Array.from({ length: masks }, (_, mask) =>
    within(graph, `mask.${mask}`, () =>
      head(decode, maskHead(mask), token(1 + mask), {
        inner: width,
        layers: numbers.maskHeadInner,
        width: width / 8,
      }),
    ),
  );
  const logits = matmul(graph, large, swapLast(graph, concat(graph, vectors, 1)));
  const nested = reshape(graph, logits, [PROMPTS, grid, grid, 2, 2, 2, 2, masks]);
  const map = transpose(graph, nested, [0, 7, 1, 3, 5, 2, 4, 6]);
  output(graph, 'masks', reshape(graph, map, [PROMPTS, masks, 4 * grid, 4 * grid]));
  const iou = within(graph, 'iou', () =>
    head(decode, IOU_HEAD, token(0), {
      inner: numbers.iouWidth,
      layers: numbers.iouHeadInner,
      width: masks,
    }),
  );
  output(graph, 'iou', reshape(graph, iou, [PROMPTS, masks]));
}

function head(
  decode: Decode,
  name: string,
  x: Value,
  {
    inner,
    layers,
    width,
  }: { readonly inner: number; readonly layers: number; readonly width: number },
): Value {
  const { graph } = decode;
  let hidden = relu(graph, dense(decode, `${name}.proj_in`, x, inner));
  for (let layer = 0; layer < layers; layer++)
    hidden = relu(graph, dense(decode, `${name}.layers.${layer}`, hidden, inner));
  return dense(decode, `${name}.proj_out`, hidden, width);
}

/**
 * Cells [P,g*g,C], each made four by four: [P, 16*g*g, C/8]. The sixteen of a cell stay together, two
 * by two within two by two, so that nothing as large as this has to be moved.
 */
function upscaled(decode: Decode, image: Value, grid: number): Value {
  const { graph, numbers } = decode;
  const { width } = numbers;
  const cells = grid * grid;
  const wide = doubled(decode, 'mask_decoder.upscale_conv1', image, width / 4);
  const twice = reshape(graph, wide, [PROMPTS, 4 * cells, width / 4]);
  const name = 'mask_decoder.upscale_layer_norm';
  const normed = gelu(graph, normalise(decode, name, twice, UPSCALE_EPSILON));
  const wider = gelu(graph, doubled(decode, 'mask_decoder.upscale_conv2', normed, width / 8));
  return reshape(graph, wider, [PROMPTS, 16 * cells, width / 8]);
}

// A transposed convolution whose kernel is as wide as its stride overlaps nowhere: each cell becomes
// two by two cells by a product of its own. [P, n, C] to [P, n, 2*2*channels].
function doubled(decode: Decode, name: string, x: Value, channels: number): Value {
  const { graph } = decode;
  const [, count, from] = x.shape as readonly [Dim, number, number];
  const kernel = weightValue(decode, `${name}.weight`, [from, channels, 2, 2]);
  const bias = weightValue(decode, `${name}.bias`, [channels]);
  const turned = transpose(graph, kernel, [0, 2, 3, 1]);
  const matrix = reshape(graph, turned, [from, 4 * channels]);
  const four = reshape(graph, expand(graph, bias, [4, channels]), [4 * channels]);
  const rows = reshape(graph, x, [product([PROMPTS, count]), from]);
  return reshape(graph, gemm(graph, rows, matrix, { addend: four }), [
    PROMPTS,
    count,
    4 * channels,
  ]);
}

/** x·Wᵀ + b over the last axis of [P, rows, in]. */
function dense(decode: Decode, name: string, x: Value, width: number): Value {
  const { graph } = decode;
  const [, rows, inner] = x.shape as readonly [Dim, Dim, number];
  const matrix = weightValue(decode, `${name}.weight`, [width, inner]);
  const bias = weightValue(decode, `${name}.bias`, [width]);
  if (typeof rows === 'number') {
    const flat = reshape(graph, x, [product([PROMPTS, rows]), inner]);
    const made = gemm(graph, flat, matrix, { addend: bias, transB: true });
    return reshape(graph, made, [PROMPTS, rows, width]);
  }
  // The number of tokens is no side of any input; the turned weights are made once, on loading.
  return add(graph, matmul(graph, x, swapLast(graph, matrix)), bias);
}

/** A map [B,C,g,g] as cells [B,g*g,C]. */
function cells(graph: Graph, map: Value): Value {
  const [batch, width, rows, columns] = map.shape as readonly [Dim, number, number, number];
  return transpose(graph, reshape(graph, map, [batch, width, rows * columns]), [0, 2, 1]);
}
