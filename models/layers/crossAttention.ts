// Attention between a few tokens and the many cells of an image. A head's projection of the cells is
// linear, so it is taken to the tokens' side: no cell is projected, and what the cells are multiplied
// with has one row for each head and token (56 for one click) in place of twice the inner width.
import type { Graph } from '../ir/graph.ts';
import { product } from '../ir/shapes.ts';
import type { Dim, Value } from '../ir/value.ts';
import { reshape } from '../ops/broadcast.ts';
import { add, scale } from '../ops/elementwise.ts';
import { matmul } from '../ops/linalg.ts';
import { swapLast, transpose } from '../ops/movement.ts';
import { softmax } from '../ops/normalization.ts';
import { weightValue, type Network } from '../weights.ts';

/** One attention by the name of its weights. */
export interface CrossAttention extends Network {
  readonly numbers: {
    readonly width: number;
    /** Of all heads together. */
    readonly crossWidth: number;
    readonly heads: number;
  };
  readonly name: string;
}

/** Tokens or cells as they are, and the same with their places added. */
export interface Placed {
  readonly plain: Value;
  readonly placed: Value;
}

type Projection = 'q_proj' | 'k_proj' | 'v_proj';

/** What placed tokens [P,T,C] read of cells [P,N,C]: [P,T,C]. */
export function readCells(attention: CrossAttention, tokens: Value, cells: Placed): Value {
  const { graph, numbers } = attention;
  const { heads, width, crossWidth } = numbers;
  // The keys' bias adds the same to all cells of a row, which the softmax takes out again.
  const queries = scaled(attention, byHeads(attention, 'q_proj', tokens));
  const asked = rows(graph, matmul(graph, queries, matrixOf(attention, 'k_proj')));
  const scores = matmul(graph, asked, swapLast(graph, cells.placed));
  const seen = matmul(graph, softmax(graph, scores), cells.plain);
  const [batch, , count] = queries.shape as readonly [Dim, Dim, Dim, Dim];
  const apart = reshape(graph, seen, [batch, heads, count, width]);
  const values = matmul(graph, apart, swapLast(graph, matrixOf(attention, 'v_proj')));
  const merged = transpose(graph, values, [0, 2, 1, 3]);
  // A row's shares add up to 1, so the values' bias comes through whole.
  const biased = add(
    graph,
    reshape(graph, merged, [batch, count, crossWidth]),
    biasOf(attention, 'v_proj'),
  );
  const mixed = matmul(graph, biased, outMatrix(attention));
  return add(graph, mixed, weightOf(attention, 'out_proj.bias', [width]));
}

/** What placed cells [P,N,C] read of tokens [P,T,C]: [P,N,C]. */
export function readTokens(attention: CrossAttention, cells: Value, tokens: Placed): Value {
  const { graph, numbers } = attention;
  const { heads, width, crossWidth } = numbers;
  const inner = crossWidth / heads;
  const keys = scaled(attention, byHeads(attention, 'k_proj', tokens.placed));
  const asked = rows(graph, matmul(graph, keys, matrixOf(attention, 'q_proj')));
  const column = reshape(graph, biasOf(attention, 'q_proj'), [heads, inner, 1]);
  const always = swapLast(graph, rows(graph, matmul(graph, keys, column)));
  const scores = add(graph, matmul(graph, cells, swapLast(graph, asked)), always);
  const [batch, count, together] = scores.shape as readonly [Dim, Dim, Dim];
  const apart = reshape(graph, scores, [batch, count, heads, keys.shape[2] as Dim]);
  const shares = reshape(graph, softmax(graph, apart), [batch, count, together]);
  const values = byHeads(attention, 'v_proj', tokens.plain);
  const turned = reshape(graph, outMatrix(attention), [heads, inner, width]);
  // Each head's shares add up to 1: its part of the bias is given to the tokens, not to every cell.
  const part = scale(graph, weightOf(attention, 'out_proj.bias', [width]), 1 / heads);
  const said = add(graph, matmul(graph, values, turned), part);
  return matmul(graph, shares, rows(graph, said));
}

/** Tokens [P,T,C] projected: [P,heads,T,d]. */
function byHeads(attention: CrossAttention, part: Projection, tokens: Value): Value {
  const { graph, numbers } = attention;
  const { heads, width, crossWidth } = numbers;
  const [batch, count] = tokens.shape as readonly [Dim, Dim, Dim];
  const matrix = weightOf(attention, `${part}.weight`, [crossWidth, width]);
  const made = matmul(graph, tokens, swapLast(graph, matrix));
  const biased = add(graph, made, biasOf(attention, part));
  const split = reshape(graph, biased, [batch, count, heads, crossWidth / heads]);
  return transpose(graph, split, [0, 2, 1, 3]);
}

const scaled = ({ graph, numbers }: CrossAttention, x: Value): Value =>
  scale(graph, x, 1 / Math.sqrt(numbers.crossWidth / numbers.heads));

/** [P,heads,T,n] as [P,heads*T,n]. */
function rows(graph: Graph, x: Value): Value {
  const [batch, heads, count, width] = x.shape as readonly [Dim, Dim, Dim, Dim];
  return reshape(graph, x, [batch, product([heads, count]), width]);
}

function weightOf(attention: CrossAttention, part: string, shape: number[]): Value {
  return weightValue(attention, `${attention.name}.${part}`, shape);
}

/** A projection's weights by heads: [heads,d,C]. */
function matrixOf(attention: CrossAttention, part: Projection): Value {
  const { heads, width, crossWidth } = attention.numbers;
  const matrix = weightOf(attention, `${part}.weight`, [crossWidth, width]);
  return reshape(attention.graph, matrix, [heads, crossWidth / heads, width]);
}

const biasOf = (attention: CrossAttention, part: Projection): Value =>
  weightOf(attention, `${part}.bias`, [attention.numbers.crossWidth]);

/** The way back from the heads: [heads*d,C]. */
function outMatrix(attention: CrossAttention): Value {
  const { width, crossWidth } = attention.numbers;
  return swapLast(attention.graph, weightOf(attention, 'out_proj.weight', [width, crossWidth]));
}
