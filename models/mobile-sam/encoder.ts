// MobileSAM's image encoder: a stem and a stage of convolutions, then three stages of windowed
// attention with a convolution in each block, then the neck that all families share.
import type { WeightIndex } from '../family.ts';
import { input, longs, output } from '../ir/builder.ts';
import { createGraph, type Graph } from '../ir/graph.ts';
import { within } from '../ir/names.ts';
import type { Value } from '../ir/value.ts';
import { cellMap, cellRows, fromWindows, intoWindows, windowCount } from '../layers/cells.ts';
import { linear, normalise } from '../layers/linear.ts';
import { attention, mergeHeads } from '../ops/attention.ts';
import { reshape } from '../ops/broadcast.ts';
import { add, gelu } from '../ops/elementwise.ts';
import { elementAt, gather, swapLast, transpose } from '../ops/movement.ts';
import { neck } from '../sam/encoder.ts';
import { weightValue, type Network } from '../weights.ts';
import { STAGES, STEM, type MobileSamNumbers, type MobileStage } from './config.ts';
import { convBn } from './convBn.ts';

const EPSILON = 1e-5;
/** How much wider a block is inside. */
const RATIO = 4;

/** pixel_values [1,3,S,S] -> image_embeddings [1,C,g,g]. */
export function mobileEncodeGraph(numbers: MobileSamNumbers, weights: WeightIndex): Graph {
  const { side, grid, stages, stemWidth, decoder } = numbers;
  const graph = createGraph('encode');
  const net = { graph, weights };
  const pixels = input(graph, 'pixel_values', 'F32', [1, 3, side, side]);
  let map = within(graph, 'stem', () => {
    const step = { side: 3, stride: 2 } as const;
    const half = convBn(net, `${STEM}0`, pixels, { width: stemWidth, ...step });
    const width = (stages[0] as MobileStage).width;
    return convBn(net, `${STEM}2`, gelu(graph, half), { width, ...step });
  });
  stages.forEach((stage, at) => {
    map = within(graph, `stage.${at}`, () => {
      for (let block = 0; block < stage.blocks; block++)
        map = within(graph, `block.${block}`, () => {
          const name = `${STAGES}${at}.blocks.${block}`;
          return stage.attention
            ? windowBlock(net, name, map, stage)
            : convBlock(net, name, map, stage.width);
        });
      const next = stages[at + 1];
      return next
        ? within(graph, 'down', () => merged(net, at, map, { from: stage, to: next }))
        : map;
    });
  });
  const rows = cellRows(graph, map);
  const embedded = within(graph, 'neck', () => neck(net, rows, grid, decoder.width));
  output(graph, 'image_embeddings', embedded);
  return graph;
}

// The activation comes behind the sum.
function convBlock(net: Network, name: string, map: Value, width: number): Value {
  const { graph } = net;
  const wide = { width: RATIO * width, side: 1 } as const;
  const widened = gelu(graph, convBn(net, `${name}.conv1`, map, wide));
  const deep = { width: RATIO * width, side: 3, depthwise: true } as const;
  const mixed = gelu(graph, convBn(net, `${name}.conv2`, widened, deep));
  const narrow = convBn(net, `${name}.conv3`, mixed, { width, side: 1 });
  return gelu(graph, add(graph, map, narrow));
}

// Merges cells: to the next stage's width, and to its grid where that is smaller.
function merged(
  net: Network,
  at: number,
  map: Value,
  { from, to }: { readonly from: MobileStage; readonly to: MobileStage },
): Value {
  const { graph } = net;
  const { width, grid } = to;
  const name = `${STAGES}${at}.downsample`;
  const widened = gelu(graph, convBn(net, `${name}.conv1`, map, { width, side: 1 }));
  const deep = { width, side: 3, depthwise: true, stride: from.grid / grid } as const;
  const mixed = gelu(graph, convBn(net, `${name}.conv2`, widened, deep));
  return convBn(net, `${name}.conv3`, mixed, { width, side: 1 });
}

function windowBlock(net: Network, name: string, map: Value, stage: MobileStage): Value {
  const { graph } = net;
  const { width, grid } = stage;
  const rows = cellRows(graph, map);
  const attended = add(graph, rows, windowAttention(net, `${name}.attn`, rows, stage));
  const shape = { width, side: 3, depthwise: true } as const;
  const local = convBn(net, `${name}.local_conv`, cellMap(graph, attended, grid), shape);
  const mixed = cellRows(graph, local);
  const normed = normalise(net, `${name}.mlp.norm`, mixed, EPSILON);
  const inner = gelu(graph, linear(net, `${name}.mlp.fc1`, normed, RATIO * width));
  const sum = add(graph, mixed, linear(net, `${name}.mlp.fc2`, inner, width));
  return cellMap(graph, sum, grid);
}

// The zeros of half-filled windows come before the norm here: they become its bias.
function windowAttention(
  net: Network,
  name: string,
  rows: Value,
  { width, grid, attention: numbers }: MobileStage,
): Value {
  const { graph } = net;
  const { heads, window: side } = numbers ?? { heads: 1, window: grid };
  const windows = { grid, side };
  const [count, cells, depth] = [windowCount(windows), side * side, width / heads];
  const cut = intoWindows(graph, rows, windows);
  const normed = normalise(net, `${name}.norm`, cut, EPSILON);
  const packed = linear(net, `${name}.qkv`, normed, 3 * width);
  const split = reshape(graph, packed, [count, cells, heads, 3, depth]);
  const part = (at: number) => {
    const one = reshape(graph, elementAt(graph, split, 3, at), [count, cells, heads, depth]);
    return transpose(graph, one, [0, 2, 1, 3]);
  };
  const { context } = attention(graph, {
    queries: part(0),
    keysTurned: swapLast(graph, part(1)),
    values: part(2),
    mask: distanceBias(net, `${name}.attention_biases`, heads, side),
  });
  const mixed = linear(net, `${name}.proj`, mergeHeads(graph, context), width);
  return fromWindows(graph, mixed, windows);
}

/** [1, heads, cells, cells] from a bias per head and distance; down times the side plus across. */
function distanceBias(net: Network, name: string, heads: number, side: number): Value {
  const { graph } = net;
  const cells = side * side;
  const table = weightValue(net, name, [heads, cells]);
  const distances = Array.from({ length: cells * cells }, (_, pair) => {
    const [query, key] = [Math.floor(pair / cells), pair % cells];
    const down = Math.abs(Math.floor(query / side) - Math.floor(key / side));
    return down * side + Math.abs((query % side) - (key % side));
  });
  const looked = gather(graph, swapLast(graph, table), longs(graph, distances, [cells, cells]));
  return reshape(graph, transpose(graph, looked, [2, 0, 1]), [1, heads, cells, cells]);
}
