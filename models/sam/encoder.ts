// The image encoder: a pre-norm transformer over windows of cells, a few layers of it over the whole
// grid, and the neck that brings its cells to the width of prompts.
import type { WeightIndex } from '../family.ts';
import { input, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import {
  cellMap,
  cellRows,
  fromWindows,
  interpolation,
  intoWindows,
  windowCount,
} from '../layers/cells.ts';
import { linear, normalise } from '../layers/linear.ts';
import { packedProjections } from '../layers/preNorm.ts';
import { reshape } from '../ops/broadcast.ts';
import { conv, patchConv } from '../ops/convolution.ts';
import { add, gelu } from '../ops/elementwise.ts';
import { gemm, matmul } from '../ops/linalg.ts';
import { weightValue, type Network } from '../weights.ts';
import type { SamNumbers } from './config.ts';
import { NECK, PATCH_BIAS, PATCH_KERNEL, POSITION_TABLE, visionLayer } from './names.ts';
import { relativeAttention, relativeTable } from './relative.ts';

/** Epsilon of the neck's norms, in every layout. */
const NECK_EPSILON = 1e-6;

/** pixel_values [1,3,S,S] -> image_embeddings [1,C,g,g] for a grid of `grid` cells a side. */
export function encodeGraph(
  numbers: SamNumbers,
  weights: WeightIndex,
  grid: number = numbers.grid,
): Graph {
  const { patch, vision, decoder } = numbers;
  const graph = createGraph('encode');
  const net = { graph, weights };
  const side = patch * grid;
  const pixels = input(graph, 'pixel_values', 'F32', [1, 3, side, side]);
  let x = within(graph, 'embeddings', () => {
    const shape = [vision.width, 3, patch, patch];
    const kernel = weightValue(net, PATCH_KERNEL, shape);
    const bias = weightValue(net, PATCH_BIAS, [vision.width]);
    const rows = cellRows(graph, patchConv(graph, pixels, { kernel, bias }));
    return add(graph, rows, positionRows(net, numbers, grid));
  });
  for (let layer = 0; layer < vision.layers; layer++)
    x = within(graph, `layer.${layer}`, () => block(net, numbers, { layer, grid, x }));
  const embedded = within(graph, 'neck', () => neck(net, x, grid, decoder.width));
  output(graph, 'image_embeddings', embedded);
  return graph;
}

function block(
  net: Network,
  { vision }: SamNumbers,
  { layer, grid, x }: { readonly layer: number; readonly grid: number; readonly x: Value },
): Value {
  const { graph } = net;
  const { width, heads, mlpWidth, epsilon } = vision;
  const name = (part: string) => visionLayer(layer, part);
  const attended = within(graph, 'attention', () => {
    const side = vision.global.has(layer) ? grid : vision.window;
    const windows = { grid, side };
    // The zeros of half-filled windows come behind the norm, and take part as keys and values.
    const normed = normalise(net, name('layer_norm1'), x, epsilon);
    const rows = intoWindows(graph, normed, windows);
    const [packed, offset] = [name('attn.qkv.weight'), name('attn.qkv.bias')];
    const parts = packedProjections({ ...net, width }, packed, offset, rows);
    const tables = [
      relativeTable(net, name('attn.rel_pos_h'), side),
      relativeTable(net, name('attn.rel_pos_w'), side),
    ] as const;
    const shape = { count: windowCount(windows), side, heads };
    const mixed = fromWindows(graph, relativeAttention(graph, parts, shape, tables), windows);
    return add(graph, x, linear(net, name('attn.proj'), mixed, width));
  });
  return within(graph, 'mlp', () => {
    const rows = normalise(net, name('layer_norm2'), attended, epsilon);
    const inner = gelu(graph, linear(net, name('mlp.lin1'), rows, mlpWidth));
    return add(graph, attended, linear(net, name('mlp.lin2'), inner, width));
  });
}

/** Rows [g*g, width] through the neck, which every encoder of this family ends with. */
export function neck(net: Network, x: Value, grid: number, width: number): Value {
  const { graph } = net;
  const from = x.shape[1] as number;
  const first = weightValue(net, `${NECK}conv1.weight`, [width, from, 1, 1]);
  const narrow = gemm(graph, x, reshape(graph, first, [width, from]), { transB: true });
  const normed = normalise(net, `${NECK}layer_norm1`, narrow, NECK_EPSILON);
  const kernel = weightValue(net, `${NECK}conv2.weight`, [width, width, 3, 3]);
  const mixed = conv(graph, cellMap(graph, normed, grid), { kernel, bias: null }, { padding: 1 });
  const last = normalise(net, `${NECK}layer_norm2`, cellRows(graph, mixed), NECK_EPSILON);
  return cellMap(graph, last, grid);
}

// Bilinear where the grid is another than the table's.
function positionRows(
  net: Network,
  { grid: stored, vision: { width } }: SamNumbers,
  grid: number,
): Value {
  const { graph } = net;
  const table = weightValue(net, POSITION_TABLE, [1, stored, stored, width]);
  if (grid === stored) return reshape(graph, table, [grid * grid, width]);
  const matrix = interpolation(graph, stored, grid);
  const down = matmul(graph, matrix, reshape(graph, table, [stored, stored * width]));
  const along = matmul(graph, matrix, reshape(graph, down, [grid, stored, width]));
  return reshape(graph, along, [grid * grid, width]);
}
