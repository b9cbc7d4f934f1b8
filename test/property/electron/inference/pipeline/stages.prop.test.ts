// Stages on arbitrary input: regions against flood fill, operators, background, drops, masks.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyOperators,
  bilinearOperator,
  segmentOperator,
  smoothed,
} from '../../../../../electron/inference/pipeline/planes/axisOperator.ts';
import { nothingSurvives } from '../../../../../electron/inference/pipeline/planes/background.ts';
import {
  withFilledHoles,
  withoutSmallRegions,
} from '../../../../../electron/inference/pipeline/masks/components.ts';
import {
  chooseDrops,
  dropCounts,
} from '../../../../../electron/inference/pipeline/explain/dropout.ts';
import { masksFromRun } from '../../../../../electron/inference/pipeline/masks/masks.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { fakePhoto, fakeRun } from '../../../../helpers/standIns/fakeRun.ts';
import { regionsOf } from '../../../../../electron/masks/regions/labelRegions.ts';

const side = fc.integer({ min: 1, max: 12 });

/** Random label maps with large and small patches. */
const labelMap = fc
  .tuple(side, side, fc.integer({ min: 1, max: 4 }))
  .chain(([width, height, labels]) =>
    fc
      .array(fc.integer({ min: 0, max: labels }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((values) => ({ width, labels: Uint16Array.from(values) })),
  );

/** Region number per pixel by plain flood fill. */
function floodFill(labels: Uint16Array, width: number): number[] {
  const of = new Array<number>(labels.length).fill(-1);
  let count = 0;
  for (let seed = 0; seed < labels.length; seed++) {
    if (of[seed] !== -1) continue;
    const stack = [seed];
    while (stack.length > 0) {
      const at = stack.pop() as number;
      if (of[at] !== -1) continue;
      of[at] = count;
      const x = at % width;
      for (const next of [x > 0 ? at - 1 : -1, x + 1 < width ? at + 1 : -1, at - width, at + width])
        if (next >= 0 && next < labels.length && labels[next] === labels[seed]) stack.push(next);
    }
    count++;
  }
  return of;
}

describe('regions', () => {
  test('equal those of a flood fill', () => {
    fc.assert(
      fc.property(labelMap, ({ labels, width }) => {
        const { start, end, of, area } = regionsOf(labels, width);
        const perPixel = Array.from(labels, () => -1);
        start.forEach((first, run) => perPixel.fill(of[run] as number, first, end[run]));
        const expected = floodFill(labels, width);
        expect(perPixel).toEqual(expected);
        expect([...area]).toEqual(
          [...area.keys()].map((region) => expected.filter((one) => one === region).length),
        );
      }),
    );
  });

  test('of clean-ups change only what they promise', () => {
    fc.assert(
      fc.property(labelMap, fc.integer({ min: 0, max: 20 }), ({ labels, width }, limit) => {
        const { start, end, of, area } = regionsOf(labels, width);
        const areaAt = new Map<number, number>();
        start.forEach((first, run) => {
          for (let at = first; at < (end[run] as number); at++)
            areaAt.set(at, area[of[run] as number] as number);
        });
        const merged = withoutSmallRegions(labels, width, limit);
        const filled = withFilledHoles(labels, width, limit);
        labels.forEach((label, at) => {
          if (merged[at] !== label)
            expect([label > 0, (areaAt.get(at) ?? 0) < limit]).toEqual([true, true]);
          if (filled[at] !== label)
            expect([label, (areaAt.get(at) ?? 0) <= limit]).toEqual([0, true]);
        });
      }),
    );
  });
});

describe('operators', () => {
  test('keep constants and never leave the range of the cells', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.float({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 9 }),
        fc.float({ min: 0, max: 20, noNaN: true }),
        (length, cells, sigma) => {
          const operator = smoothed(bilinearOperator(length, cells.length), sigma);
          const line = applyOperators(cells, bilinearOperator(1, 1), operator);
          for (const value of line) {
            expect(value).toBeGreaterThanOrEqual(Math.min(...cells) - 1e-4);
            expect(value).toBeLessThanOrEqual(Math.max(...cells) + 1e-4);
          }
          const flat = applyOperators(
            cells.map(() => 7),
            bilinearOperator(1, 1),
            operator,
          );
          for (const value of flat) expect(value).toBeCloseTo(7, 4);
        },
      ),
    );
  });
});

describe('the background', () => {
  test('is 1 exactly where all bilinear maps are 0, at any size', () => {
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.infiniteStream(fc.boolean()),
        (rows, columns, h, w, bits) => {
          const maps = Float32Array.from({ length: rows * columns }, () =>
            bits.next().value ? 0 : 1,
          );
          const plane = applyOperators(
            maps,
            bilinearOperator(h, rows),
            bilinearOperator(w, columns),
          );
          const ours = nothingSurvives(
            { maps, classes: 1, patches: maps.length },
            segmentOperator(h, rows),
            segmentOperator(w, columns),
          );
          expect(ours).toEqual(plane.map((value) => (value === 0 ? 1 : 0)));
        },
      ),
    );
  });
});

describe('drops', () => {
  test('are never repeated and never more than there are patches', () => {
    const rule = fc.oneof(
      fc.record({ kind: fc.constant('count' as const), patches: fc.nat(60) }),
      fc.record({
        kind: fc.constant('fraction' as const),
        fraction: fc.double({ min: 0, max: 0.5, noNaN: true }),
      }),
      fc.record({ kind: fc.constant('half' as const) }),
    );
    fc.assert(
      fc.property(
        rule,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 8 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (given, patches, passes, values) => {
          const hidden = new Uint8Array(patches);
          const counts = dropCounts(given, patches, passes);
          expect(counts.length).toBe(passes - 1);
          for (const count of counts) {
            const scores = Float64Array.from(
              { length: patches },
              () => values.next().value as number,
            );
            const chosen = chooseDrops(scores, hidden, count, true);
            expect(chosen.length).toBe(count);
            for (const patch of chosen) {
              expect(hidden[patch]).toBe(0);
              hidden[patch] = 1;
            }
          }
        },
      ),
    );
  });
});

describe('masks', () => {
  test('of any maps, NaN and infinity included, hold known ids and finite scores', async () => {
    const value = fc.oneof(
      fc.float({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(0, 1, NaN, Infinity, 1e-38, 3e38),
    );
    const preset = fc.constantFrom('reference', 'paper', 'default');
    const rule = fc.constantFrom('grey', 'binary', 'constant');
    const blur = fc.constantFrom(0, 0.05);
    const maps = fc.array(fc.array(value, { minLength: 6, maxLength: 6 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        maps,
        preset,
        rule,
        blur,
        side,
        side,
        async (given, name, thresholdRule, amount, w, h) => {
          const classes = given.map((map, index) => ({ id: 10 * index + 3, map }));
          const run = fakeRun({ rows: 2, columns: 3, width: w, height: h, classes });
          const { masks } = resolveParams(name as 'reference');
          const params = {
            ...masks,
            thresholdRule: thresholdRule as 'grey',
            blur: amount,
            crf: false,
            renameInPlace: false,
          };
          const result = await masksFromRun(run, fakePhoto(w, h), params);
          const known = new Set([0, ...classes.map(({ id }) => id)]);
          expect(result.labels.length).toBe(w * h);
          expect(result.labels.every((label) => known.has(label))).toBe(true);
          expect(result.scores.every(Number.isFinite)).toBe(true);
          expect(
            result.classes.every(({ margin, height }) => margin >= 0 && Number.isFinite(height)),
          ).toBe(true);
          const areas = result.classes.reduce((sum, { area }) => sum + area, 0);
          expect(areas).toBe(result.labels.filter((label) => label > 0).length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
