// CLIP-ES refinement: boxes and spreading of the engine, and the graph that makes the spread, against
// their formulas on random grids.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refineMap } from '../../../../../electron/inference/engines/rounds/refine.ts';
import { spreading } from '../../../../../models/clip/spread.ts';
import { input, output } from '../../../../../models/ir/builder.ts';
import { createGraph } from '../../../../../models/ir/graph.ts';
import { runnable, type RunnableGraph } from '../../../../helpers/drivers/runGraph.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

const RUNS = 1000;
const TOLERANCE = 2e-5;

let graph: RunnableGraph;
beforeAll(async () => {
  const made = createGraph('spread');
  output(made, 'spread', spreading(made, input(made, 'attention', 'F32', ['patches', 'patches'])));
  graph = await runnable(made);
});
afterAll(() => graph.dispose());

const scene = fc.record({
  rows: fc.integer({ min: 1, max: 5 }),
  columns: fc.integer({ min: 1, max: 5 }),
  threshold: fc.constantFrom(0.2, 0.4, 0.7, 0.9),
  /** Share of cells that hold anything: parts apart, and maps of nothing. */
  filled: fc.constantFrom(0, 0.2, 0.6, 1),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

/** The attention made doubly stochastic, symmetric, and multiplied with itself. */
function plainSpread(attention: Float32Array, patches: number): number[][] {
  let t = Array.from({ length: patches }, (_, row) =>
    Array.from({ length: patches }, (_, column) => attention[row * patches + column] as number),
  );
  for (let round = 0; round < 3; round++) {
    const columns = t[0]!.map((_, column) => t.reduce((sum, row) => sum + row[column]!, 0));
    t = t.map((row) => row.map((value, column) => value / columns[column]!));
    t = t.map((row) => row.map((value) => value / row.reduce((sum, one) => sum + one, 0)));
  }
  const both = t.map((row, i) => row.map((value, j) => (value + t[j]![i]!) / 2));
  return both.map((row) =>
    both[0]!.map((_, column) => row.reduce((sum, value, k) => sum + value * both[k]![column]!, 0)),
  );
}

const minMax = (map: readonly number[]): number[] => {
  const lowest = Math.min(...map);
  const highest = Math.max(...map);
  return map.map((value) => (value - lowest) / (1e-15 + highest - lowest));
};

/** Cells inside the boxes of the connected parts above the limit, found by joining neighbours. */
function plainInside(cam: readonly number[], rows: number, columns: number, threshold: number) {
  const levels = cam.map((value) => Math.floor(255 * Math.fround(value)));
  const highest = Math.max(...levels);
  if (highest === 0) return cam.map(() => false);
  let share = threshold;
  while (!levels.some((level) => level > Math.trunc(share * highest))) share -= 0.1;
  const part = levels.map((level, at) => (level > Math.trunc(share * highest) ? at : -1));
  for (let changed = true; changed;) {
    changed = false;
    part.forEach((mine, a) =>
      part.forEach((other, b) => {
        const near =
          Math.abs((a % columns) - (b % columns)) <= 1 &&
          Math.abs(Math.floor(a / columns) - Math.floor(b / columns)) <= 1;
        if (mine < 0 || other < 0 || !near || (part[b] as number) <= (part[a] as number)) return;
        part[b] = part[a] as number;
        changed = true;
      }),
    );
  }
  const ids = [...new Set(part)].filter((id) => id >= 0);
  const boxes = ids.map((id) => {
    const cells = part.flatMap((one, at) => (one === id ? [at] : []));
    const xs = cells.map((at) => at % columns);
    const ys = cells.map((at) => Math.floor(at / columns));
    return {
      x1: Math.min(...xs),
      y1: Math.min(...ys),
      x2: Math.min(Math.max(...xs) + 1, columns - 1),
      y2: Math.min(Math.max(...ys) + 1, rows - 1),
    };
  });
  return cam.map((_, at) => {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    return boxes.some(({ x1, y1, x2, y2 }) => x >= x1 && x < x2 && y >= y1 && y < y2);
  });
}

describe('refinement by attention', () => {
  test(`gives what the formulas give in ${RUNS} small cases`, async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ rows, columns, threshold, filled, seed }) => {
        const random = randomFrom(seed);
        const patches = rows * columns;
        const attention = Float32Array.from({ length: patches ** 2 }, () => 0.01 + random());
        const raw = Float32Array.from({ length: patches }, () =>
          random() < filled ? random() : 0,
        );
        const made = await graph.run({ attention: { data: attention, shape: [patches, patches] } });
        const spread = made['spread']?.data as Float32Array;
        const want = plainSpread(attention, patches);
        want.flat().forEach((value, at) => expect(spread[at]).toBeCloseTo(value, 4));
        const cam = minMax(minMax([...raw]));
        const inside = plainInside(cam, rows, columns, threshold);
        const spreadOut = want.map((row) =>
          row.reduce((sum, value, from) => sum + (inside[from] ? value * cam[from]! : 0), 0),
        );
        const ours = refineMap(raw, spread, { rows, columns }, threshold);
        // Scaling divides by the range, which may be tiny beside the values.
        const range = Math.max(...spreadOut) - Math.min(...spreadOut);
        if (range === 0) {
          expect(Math.max(...ours.map)).toBeLessThanOrEqual(1);
          return;
        }
        const allowed = TOLERANCE + 2e-6 / range;
        minMax(spreadOut).forEach((value, at) =>
          expect(Math.abs((ours.map[at] as number) - value)).toBeLessThan(allowed),
        );
      }),
      { numRuns: RUNS },
    );
  });
});
