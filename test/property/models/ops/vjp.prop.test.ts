// Every gradient rule against finite differences of the operator itself, both run by onnxruntime,
// on random shapes with broadcasting, with sides given as numbers and as symbols.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gradient } from '../../../../models/autodiff/gradient.ts';
import { append, input, output } from '../../../../models/ir/builder.ts';
import { createGraph, type Graph } from '../../../../models/ir/graph.ts';
import type { Dim, Value } from '../../../../models/ir/value.ts';
import { attention } from '../../../../models/ops/attention.ts';
import * as elementwise from '../../../../models/ops/elementwise.ts';
import { gemm, matmul } from '../../../../models/ops/linalg.ts';
import { sumOfDims } from '../../../../models/ops/dims.ts';
import {
  concat,
  elementsBehind,
  firstOf,
  slice,
  transpose,
} from '../../../../models/ops/movement.ts';
import { expand, reshape } from '../../../../models/ops/broadcast.ts';
import { layerNorm, softmax } from '../../../../models/ops/normalization.ts';
import { reduceMean } from '../../../../models/ops/reduction.ts';
import { reduceSum } from '../../../../models/ops/broadcast.ts';
import { OPS } from '../../../../models/ops/table.ts';
import { f32, runnable, type RunnableGraph } from '../../../helpers/drivers/runGraph.ts';

type Shape = readonly number[];
type Range = readonly [number, number];

interface Case {
  readonly shapes: readonly Shape[];
  /** Values are drawn from these ranges, one per input; [-1, 1] when not given. */
  readonly ranges?: readonly Range[];
  /** Whether sides may be symbols. */
  readonly symbols: boolean;
  build(graph: Graph, inputs: readonly Value[]): Value;
}

const RUNS = 12;
const STEP = 0.05;
// A five-point stencil with this step on F32 values: rounding about 5e-6, truncation about 1e-5.
const TOLERANCE = 2e-3;

const side = fc.integer({ min: 1, max: 4 });
const shapeOf = (min: number, max: number) => fc.array(side, { minLength: min, maxLength: max });

/** Two shapes that broadcast with each other: either may lack leading axes or have sides of 1. */
const pair = fc
  .tuple(
    shapeOf(0, 3),
    fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
    fc.nat(2),
    fc.boolean(),
  )
  .map(([full, marks, lacking, turned]): [Shape, Shape] => {
    const a = full.map((dim, axis) => (marks[axis] === 1 ? 1 : dim));
    const b = full
      .map((dim, axis) => (marks[axis] === 2 ? 1 : dim))
      .slice(Math.min(lacking, full.length));
    return turned ? [b, a] : [a, b];
  });

type Binary = (graph: Graph, a: Value, b: Value) => Value;
const binary = (build: Binary, ranges?: readonly Range[]) =>
  fc.record({ shapes: pair, symbols: fc.boolean() }).map(({ shapes, symbols }): Case => ({
    shapes,
    symbols,
    ...(ranges ? { ranges } : {}),
    build: (graph, [a, b]) => build(graph, a as Value, b as Value),
  }));

type Unary = (graph: Graph, x: Value) => Value;
const unary = (
  build: Unary,
  range: Range = [-1.5, 1.5],
  rank: readonly [number, number] = [0, 3],
) =>
  fc.record({ shape: shapeOf(...rank), symbols: fc.boolean() }).map(({ shape, symbols }): Case => ({
    shapes: [shape],
    ranges: [range],
    symbols,
    build: (graph, [x]) => build(graph, x as Value),
  }));

const fixed = (shapes: readonly Shape[], build: Case['build'], symbols = false): Case => ({
  shapes,
  build,
  symbols,
});

function knownSlices(): fc.Arbitrary<Case> {
  return fc
    .record({
      shape: shapeOf(1, 3),
      axis: fc.nat(2),
      start: fc.nat(3),
      length: fc.option(fc.integer({ min: 1, max: 3 })),
      symbols: fc.boolean(),
    })
    .map(({ shape, axis, start, length, symbols }) => {
      const at = axis % shape.length;
      const from = start % (shape[at] as number);
      const end = length === null ? {} : { end: Math.min(from + length, shape[at] as number) };
      return fixed(
        [shape],
        (graph, [x]) => slice(graph, x as Value, at, { start: from, ...end }),
        symbols,
      );
    });
}

/** Cut at places that are sides of other inputs: the first of x, and what stands behind them. */
function runTimeSlices(): fc.Arbitrary<Case> {
  return fc
    .record({ before: side, size: side, rest: fc.nat(2), width: side, symbols: fc.boolean() })
    .map(({ before, size, rest, width, symbols }) =>
      fixed(
        [
          [before + size + rest, width],
          [before, 1],
          [size, 1],
        ],
        (graph, [x, y, z]) => {
          const [first, second] = [(y as Value).shape[0] as Dim, (z as Value).shape[0] as Dim];
          const front = elementwise.mul(graph, firstOf(graph, x as Value, 0, first), y as Value);
          const cut = elementsBehind(graph, x as Value, 0, { before: first, size: second });
          const behind = elementwise.mul(graph, cut, z as Value);
          return elementwise.add(graph, behind, reduceSum(graph, front, [0]));
        },
        symbols,
      ),
    );
}

const CASES: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  Add: binary(elementwise.add),
  Sub: binary(elementwise.sub),
  Mul: binary(elementwise.mul),
  Div: binary(elementwise.div, [
    [-1, 1],
    [1, 2],
  ]),
  Neg: unary(elementwise.neg),
  Exp: unary(elementwise.exp),
  Sqrt: unary(elementwise.sqrt, [1, 3]),
  Erf: unary(elementwise.erf),
  Tanh: unary(elementwise.tanh),
  Sigmoid: unary(elementwise.sigmoid),
  // Away from the kink, on its two sides.
  Relu: fc.oneof(unary(elementwise.relu, [0.3, 2]), unary(elementwise.relu, [-2, -0.3])),
  Gelu: unary(elementwise.gelu, [-3, 3]),
  QuickGelu: unary(elementwise.quickGelu, [-3, 3]),
  // Through F64 and back: the gradient is cast the other way round.
  Cast: unary((graph, x) => elementwise.cast(graph, elementwise.cast(graph, x, 'F64'), 'F32')),
  Identity: unary((graph, x) => append(graph, 'Identity', { inputs: [x], types: [x] })[0] as Value),
  MatMul: fc
    .record({ fronts: pair, m: side, k: side, n: side, symbols: fc.boolean() })
    .map(({ fronts: [a, b], m, k, n, symbols }) =>
      fixed(
        [
          [...a, m, k],
          [...b, k, n],
        ],
        (graph, [x, y]) => matmul(graph, x as Value, y as Value),
        symbols,
      ),
    ),
  Gemm: fc
    .record({
      m: side,
      k: side,
      n: side,
      transA: fc.boolean(),
      transB: fc.boolean(),
      addend: fc.constantFrom('none', 'row', 'column', 'full', 'scalar'),
    })
    .map(({ m, k, n, transA, transB, addend }) => {
      const c = { none: [], row: [[n]], column: [[m, 1]], full: [[m, n]], scalar: [[1]] }[addend];
      return fixed([transA ? [k, m] : [m, k], transB ? [n, k] : [k, n], ...c], (graph, [x, y, z]) =>
        gemm(graph, x as Value, y as Value, { addend: z ?? null, transA, transB }),
      );
    }),
  Reshape: fc
    .record({ a: side, b: side, c: side, way: fc.nat(2), symbols: fc.boolean() })
    .map(({ a, b, c, way, symbols }) =>
      fixed(
        [[a, b, c]],
        (graph, [x]) => {
          const [p, q, r] = (x as Value).shape as [Dim, Dim, Dim];
          const flat = typeof p === 'number' && typeof q === 'number' ? p * q : `${p}*${q}`;
          // There and back, so that both a fixed and a run-time target are written.
          const merged = reshape(graph, x as Value, [flat, r]);
          const ways: readonly Dim[][] = [
            [flat, r],
            [p, q, r],
            [p, 1, q, r, 1],
          ];
          return reshape(graph, elementwise.tanh(graph, merged), ways[way] as Dim[]);
        },
        symbols && a > 1 && b > 1 && c > 1,
      ),
    ),
  Transpose: fc
    .record({
      shape: shapeOf(3, 3),
      perm: fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
      symbols: fc.boolean(),
    })
    .map(({ shape, perm, symbols }) =>
      fixed([shape], (graph, [x]) => transpose(graph, x as Value, perm), symbols),
    ),
  Slice: fc.oneof(knownSlices(), runTimeSlices()),
  Concat: fc
    .record({
      shape: shapeOf(2, 3),
      axis: fc.nat(1),
      more: side,
      less: side,
      symbols: fc.boolean(),
    })
    .map(({ shape, axis, more, less, symbols }) => {
      const other = (length: number) => shape.map((dim, at) => (at === axis ? length : dim));
      return fixed(
        [shape, other(more), other(less)],
        (graph, inputs) => {
          const all = inputs.map((x) => x.shape[axis] as Dim).reduce(sumOfDims);
          return concat(graph, inputs, axis, all);
        },
        symbols,
      );
    }),
  Expand: fc.record({ shapes: pair, symbols: fc.boolean() }).map(({ shapes: [a, b], symbols }) =>
    fixed(
      [a, b],
      (graph, [x, y]) => {
        // The other input only says to which shape; both then count.
        const wide = elementwise.add(graph, x as Value, y as Value);
        return elementwise.mul(graph, expand(graph, x as Value, wide.shape), wide);
      },
      symbols,
    ),
  ),
  ReduceSum: fc
    .record({
      shape: shapeOf(2, 3),
      axes: fc.subarray([0, 1], { minLength: 1 }),
      symbols: fc.boolean(),
    })
    .map(({ shape, axes, symbols }) =>
      fixed([shape], (graph, [x]) => reduceSum(graph, x as Value, axes), symbols),
    ),
  ReduceMean: fc
    .record({ shape: shapeOf(2, 3), axes: fc.subarray([0, 1], { minLength: 1 }) })
    .map(({ shape, axes }) => fixed([shape], (graph, [x]) => reduceMean(graph, x as Value, axes))),
  Softmax: unary(softmax, [-2, 2], [1, 3]),
  LayerNormalization: fc
    .record({ front: shapeOf(1, 2), width: fc.integer({ min: 2, max: 6 }) })
    .map(({ front, width }) =>
      fixed([[...front, width], [width], [width]], (graph, [x, gain, bias]) =>
        layerNorm(graph, x as Value, { gain: gain as Value, bias: bias as Value, epsilon: 0.1 }),
      ),
    ),
};

/** Operators that no gradient has to pass: their inputs are ids, images or fixed tables. */
const NOT_DIFFERENTIATED = [
  'Greater',
  'Pad',
  'Gather',
  'Conv',
  'MultiHeadAttention',
  'Equal',
  'Not',
  'CumSum',
];

describe('gradient rules', () => {
  test('exist and are checked here for every operator but the ones that need none', () => {
    const withRule = Object.keys(OPS).filter((op) => OPS[op]?.vjp);
    expect(Object.keys(CASES).sort()).toEqual(withRule.sort());
    const without = Object.keys(OPS).filter((op) => !OPS[op]?.vjp);
    expect(without.sort()).toEqual(NOT_DIFFERENTIATED.toSorted());
  });

  for (const [op, arbitrary] of Object.entries(CASES))
    test(`${op} agrees with finite differences`, async () => {
      await fc.assert(
        fc.asyncProperty(arbitrary, fc.integer(), async (one, seed) => {
          await compareWithDifferences(one, seed);
        }),
        { numRuns: RUNS },
      );
    });

  test('attention as a whole agrees with finite differences', async () => {
    const heads = 2;
    await fc.assert(
      fc.asyncProperty(side, side, side, fc.integer(), async (batch, tokens, keys, seed) => {
        const shapes = [
          [batch, heads, tokens, 3],
          [1, heads, 3, keys],
          [1, heads, keys, 3],
          [batch, 1, 1, keys],
        ];
        const build: Case['build'] = (graph, [q, k, v, m]) =>
          attention(graph, {
            queries: q as Value,
            keysTurned: k as Value,
            values: v as Value,
            mask: m as Value,
          }).context;
        await compareWithDifferences(fixed(shapes, build), seed);
      }),
      { numRuns: RUNS },
    );
  });
});

/** Gradient of sum(y * weights) with respect to every input element, both ways. */
async function compareWithDifferences(one: Case, seed: number): Promise<void> {
  const random = generator(seed);
  const draw = (shape: Shape, [low, high]: Range) =>
    Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random());
  const points = one.shapes.map((shape, index) => draw(shape, one.ranges?.[index] ?? [-1, 1]));
  const forward = createGraph('forward');
  const y = one.build(forward, declare(forward, one));
  output(forward, 'y', y);
  const run = await runnable(forward);
  const backward = createGraph('backward');
  const inputs = declare(backward, one);
  const scored = one.build(backward, inputs);
  const weights = input(backward, 'weights', 'F32', scored.shape);
  const product = elementwise.mul(backward, scored, weights);
  const axes = scored.shape.map((_, axis) => axis);
  const scalar = axes.length === 0 ? product : reduceSum(backward, product, axes);
  gradient(backward, scalar, inputs).forEach((value, index) =>
    output(backward, `gradient_${index}`, value),
  );
  const derive = await runnable(backward);
  try {
    const first = await evaluate(run, one, points);
    const score = draw([first.data.length], [-1, 1]);
    const feeds = { ...feedsOf(one, points), weights: f32(score, first.shape) };
    const derived = await derive.run(feeds);
    for (const [index, shape] of one.shapes.entries()) {
      const got = derived[`gradient_${index}`];
      expect(got?.shape).toEqual(shape);
      for (let element = 0; element < sizeOf(shape); element++) {
        const at = async (steps: number) => {
          const moved = points.map((point) => point.slice());
          const row = moved[index] as number[];
          row[element] = (row[element] as number) + steps * STEP;
          const { data } = await evaluate(run, one, moved);
          return score.reduce((sum, weight, i) => sum + weight * Number(data[i]), 0);
        };
        const slope =
          (8 * ((await at(1)) - (await at(-1))) - ((await at(2)) - (await at(-2)))) / (12 * STEP);
        const error = Math.abs(Number(got?.data[element]) - slope);
        expect(error, `input ${index}, element ${element}: ${slope}`).toBeLessThan(
          TOLERANCE * Math.max(1, Math.abs(slope)),
        );
      }
    }
  } finally {
    await run.dispose();
    await derive.dispose();
  }
}

// Sides above 1 become symbols of their own length, so equal sides stay equal.
function declare(graph: Graph, { shapes, symbols }: Case): Value[] {
  return shapes.map((shape, index) =>
    input(
      graph,
      `x${index}`,
      'F32',
      shape.map((dim): Dim => (symbols && dim > 1 ? `side${dim}` : dim)),
    ),
  );
}

const feedsOf = ({ shapes }: Case, points: readonly (readonly number[])[]) =>
  Object.fromEntries(shapes.map((shape, index) => [`x${index}`, f32(points[index] ?? [], shape)]));

async function evaluate(run: RunnableGraph, one: Case, points: readonly (readonly number[])[]) {
  const { y } = await run.run(feedsOf(one, points));
  return y as { data: Float32Array; shape: readonly number[] };
}

const sizeOf = (shape: Shape) => shape.reduce((product, dim) => product * dim, 1);

// mulberry32: numbers in [0, 1) that depend on the seed alone.
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
