// The graph of quick edges against their formulas, on whatever image and maps come up.
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { pamrGraph } from '../../../../../electron/inference/pamr/pamrGraph.ts';
import { runnable, type RunnableGraph } from '../../../../helpers/drivers/runGraph.ts';
import { plainPamr } from '../../../../helpers/fixtures/plainPamr.ts';
import { randomFrom } from '../../../../helpers/fixtures/random.ts';

const RUNS = 1000;
/** Maps lie between 0 and 1, and float32 rounds once per step. */
const TOLERANCE = 1e-5;

/** A graph takes every size and count of maps. */
const graphs = new Map<string, Promise<RunnableGraph>>();
function graphOf(reach: readonly number[], steps: number): Promise<RunnableGraph> {
  const key = `${reach.join()} ${steps}`;
  const known = graphs.get(key) ?? runnable(pamrGraph(reach, steps));
  graphs.set(key, known);
  return known;
}
afterAll(async () => {
  for (const graph of graphs.values()) await (await graph).dispose();
});

const scene = fc.record({
  width: fc.integer({ min: 1, max: 12 }),
  height: fc.integer({ min: 1, max: 9 }),
  steps: fc.constantFrom(1, 2, 4),
  reach: fc.constantFrom([1], [3], [1, 2], [2, 7, 5]),
  // Levels of one, two and many colours: flat areas have no deviation at all.
  levels: fc.constantFrom(1, 2, 256),
  count: fc.integer({ min: 1, max: 6 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

describe('the graph of quick edges', () => {
  test(`gives what the formulas give in ${RUNS} small cases`, async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ width, height, steps, reach, levels, count, seed }) => {
        const random = randomFrom(seed);
        const pixels = width * height;
        const image = Float32Array.from({ length: 3 * pixels }, () =>
          Math.floor(random() * levels),
        );
        const maps = Float32Array.from({ length: count * pixels }, random);
        const graph = await graphOf(reach, steps);
        const { refined } = await graph.run({
          image: { data: image, shape: [3, height, width] },
          maps: { data: maps, shape: [count, height, width] },
        });
        const planes = Array.from({ length: count }, (_, at) =>
          maps.subarray(at * pixels, (at + 1) * pixels),
        );
        const want = plainPamr(image, planes, { width, height, steps, reach }).flat();
        const found = refined!.data as Float32Array;
        expect(found).toHaveLength(want.length);
        const error = want.reduce(
          (worst, value, at) => Math.max(worst, Math.abs(value - (found[at] as number))),
          0,
        );
        expect(error).toBeLessThanOrEqual(TOLERANCE);
      }),
      { numRuns: RUNS },
    );
  });
});
