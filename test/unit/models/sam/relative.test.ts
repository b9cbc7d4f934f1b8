// Attention with relative positions, against its definition worked out number by number.
import { describe, expect, test } from 'vitest';
import { input, output } from '../../../../models/ir/builder.ts';
import { createGraph } from '../../../../models/ir/graph.ts';
import { fromWindows, interpolation, intoWindows } from '../../../../models/layers/cells.ts';
import { relativeAttention } from '../../../../models/sam/relative.ts';
import { randomFrom } from '../../../helpers/random.ts';
import { f32, runnable } from '../../../helpers/runGraph.ts';

const next = randomFrom(17);
const numbers = (count: number) => Array.from({ length: count }, () => 2 * next() - 1);

test('scores are q·k/sqrt(d) and the unscaled q times both tables', async () => {
  const [count, side, heads, width] = [2, 3, 2, 4];
  const [cells, all] = [side * side, heads * width];
  const [q, k, v] = [0, 1, 2].map(() => numbers(count * cells * all)) as [
    number[],
    number[],
    number[],
  ];
  const tables = [0, 1].map(() => numbers(side * side * width)) as [number[], number[]];
  const graph = createGraph('relative');
  const value = (name: string, shape: number[]) => input(graph, name, 'F32', shape);
  const rows = [count * cells, all];
  const made = relativeAttention(
    graph,
    [value('q', rows), value('k', rows), value('v', rows)],
    { count, side, heads },
    [value('down', [side, side, width]), value('across', [side, side, width])],
  );
  output(graph, 'y', made);
  const session = await runnable(graph);
  const { y } = await session.run({
    q: f32(q, rows),
    k: f32(k, rows),
    v: f32(v, rows),
    down: f32(tables[0], [side, side, width]),
    across: f32(tables[1], [side, side, width]),
  });
  await session.dispose();
  const dot = (a: number[], at: number, b: number[], from: number) =>
    Array.from({ length: width }, (_, d) => (a[at + d] ?? NaN) * (b[from + d] ?? NaN)).reduce(
      (sum, one) => sum + one,
      0,
    );
  const pair = (query: number, key: number) => (query * side + key) * width;
  for (let window = 0; window < count; window++)
    for (let head = 0; head < heads; head++)
      for (let cell = 0; cell < cells; cell++) {
        const place = (at: number) => (window * cells + at) * all + head * width;
        const weights = Array.from({ length: cells }, (_, key) =>
          Math.exp(
            dot(q, place(cell), k, place(key)) / Math.sqrt(width) +
              dot(
                q,
                place(cell),
                tables[0],
                pair(Math.floor(cell / side), Math.floor(key / side)),
              ) +
              dot(q, place(cell), tables[1], pair(cell % side, key % side)),
          ),
        );
        const sum = weights.reduce((total, one) => total + one, 0);
        for (let d = 0; d < width; d++) {
          const want = weights.reduce(
            (total, weight, key) => total + (weight / sum) * (v[place(key) + d] ?? NaN),
            0,
          );
          expect(y?.data[place(cell) + d]).toBeCloseTo(want, 5);
        }
      }
});

describe('windows', () => {
  test('are row-major, filled with zeros at the bottom and right, and go back', async () => {
    const graph = createGraph('windows');
    const x = input(graph, 'x', 'F32', [16, 1]);
    const cut = intoWindows(graph, x, { grid: 4, side: 3 });
    output(graph, 'cut', cut);
    output(graph, 'back', fromWindows(graph, cut, { grid: 4, side: 3 }));
    const session = await runnable(graph);
    const cells = Array.from({ length: 16 }, (_, at) => at + 1);
    const made = await session.run({ x: f32(cells, [16, 1]) });
    await session.dispose();
    expect([...(made['cut']?.data ?? [])]).toEqual([
      ...[1, 2, 3, 5, 6, 7, 9, 10, 11],
      ...[4, 0, 0, 8, 0, 0, 12, 0, 0],
      ...[13, 14, 15, 0, 0, 0, 0, 0, 0],
      ...[16, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect([...(made['back']?.data ?? [])]).toEqual(cells);
  });

  test('of the whole grid change nothing', () => {
    const graph = createGraph('whole');
    const x = input(graph, 'x', 'F32', [16, 2]);
    expect(intoWindows(graph, x, { grid: 4, side: 4 })).toBe(x);
  });
});

test('interpolation has half-pixel centres and clamped edges', async () => {
  const graph = createGraph('interpolation');
  output(graph, 'up', interpolation(graph, 2, 4));
  output(graph, 'same', interpolation(graph, 3, 3));
  const session = await runnable(graph);
  const made = await session.run({});
  await session.dispose();
  expect([...(made['up']?.data ?? [])]).toEqual([1, 0, 0.75, 0.25, 0.25, 0.75, 0, 1]);
  expect([...(made['same']?.data ?? [])]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
});
