// Maps for the eye: scales that keep weak classes weak, and classes that are not painted.
import { describe, expect, test } from 'vitest';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import type { MapRequest } from '../../../../../electron/api/run.ts';
import { masksFromRun } from '../../../../../electron/inference/pipeline/masks/masks.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { scoreMap, type MapSources } from '../../../../../electron/inference/runs/scoreMaps.ts';
import { fakePhoto, fakeRun } from '../../../../helpers/standIns/fakeRun.ts';

const STRONG = 1 as CategoryId;
const ABSENT = 2 as CategoryId;
const masks = { ...resolveParams('default').masks, crf: false };
const run = fakeRun({
  rows: 3,
  columns: 4,
  width: 80,
  height: 60,
  classes: [
    { id: STRONG, map: [0, 0, 0, 0, 0, 8, 8, 0, 0, 0, 0, 0] },
    { id: ABSENT, match: 0.01, map: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
  ],
});

async function mapFor(request: MapRequest, more: Partial<MapSources> = {}) {
  const result = await masksFromRun(run, fakePhoto(80, 60), masks);
  return scoreMap(request, {
    run,
    params: masks,
    thresholds: {},
    result,
    layerHeads: [],
    maxSide: 1024,
    ...more,
  });
}

describe('a blurred map', () => {
  test('of a painted class has its own full scale', async () => {
    const map = await mapFor({ kind: 'blurred', categoryId: STRONG });
    expect([map.rows, map.columns, Math.max(...map.values)]).toEqual([60, 80, 255]);
  });

  test('of a class that is not painted is as faint as it is beside the strongest', async () => {
    const map = await mapFor({ kind: 'blurred', categoryId: ABSENT });
    const highest = Math.max(...map.values);
    // A quarter of the strongest class at most, and there at all.
    expect(highest).toBeGreaterThan(16);
    expect(highest).toBeLessThanOrEqual(64);
    expect(map.maximum).toBe(8);
    expect(map.rows / map.columns).toBeCloseTo(60 / 80, 2);
    // Its light stands where its patch is: in the corner.
    expect(map.values[0]).toBe(highest);
    expect(map.values.at(-1)).toBe(0);
  });

  test('of a class that was never asked for is empty', async () => {
    const map = await mapFor({ kind: 'blurred', categoryId: 9 as CategoryId });
    expect([map.rows, map.columns, map.maximum]).toEqual([1, 1, 0]);
  });
});

describe('a map of the grid', () => {
  const half = {
    ...run.passes[0]!,
    tokenMaps: run.passes[0]!.tokenMaps.map((map) => map.map((value) => value / 2)),
  };
  const twice = { ...run, passes: [...run.passes, half] };
  const values = async (request: object, more: Partial<MapSources> = {}) => {
    const map = await mapFor({ categoryId: STRONG, ...request } as MapRequest, {
      run: twice,
      ...more,
    });
    return { at: map.values[5], of: map.maximum, size: [map.rows, map.columns] };
  };

  test('of a pass is scaled by all passes, or by its own', async () => {
    expect(await values({ kind: 'pass', pass: 0, scale: 'all' })).toEqual({
      at: 255,
      of: 8,
      size: [3, 4],
    });
    expect(await values({ kind: 'pass', pass: 1, scale: 'all' })).toMatchObject({ at: 128, of: 8 });
    expect(await values({ kind: 'pass', pass: 1, scale: 'pass' })).toMatchObject({
      at: 255,
      of: 4,
    });
    expect(await values({ kind: 'pass', pass: 2, scale: 'pass' })).toMatchObject({
      of: 0,
      size: [1, 1],
    });
  });

  test('of a sum goes up to a pass, the last one at most', async () => {
    const params = { ...masks, firstPassWeight: 1, passWeights: [] };
    const sum = async (upTo: number) => (await values({ kind: 'sum', upTo }, { params })).of;
    const [one, two, more] = [await sum(0), await sum(1), await sum(7)];
    expect(two).toBeGreaterThan(one);
    expect(more).toBe(two);
  });

  test('that is cut follows the threshold of its class, where it has one', async () => {
    const cut = async (thresholds: object) => {
      const map = await mapFor(
        { kind: 'cut', categoryId: ABSENT } as MapRequest,
        { thresholds, params: { ...masks, threshold: 0.1 } } as never,
      );
      return map.values.filter((value) => value > 0).length;
    };
    expect(await cut({})).toBe(1);
    expect(await cut({ [ABSENT]: 1.5 })).toBe(0);
  });

  test('of a layer and a head is the one that was made', async () => {
    const maps = { maps: new Float32Array(24).fill(2), classes: 2, patches: 12 };
    const layerHeads = [
      { layer: 1, head: 2, maps: { ...maps, maps: new Float32Array(24).fill(5) } },
      { layer: 2, head: 1, maps },
    ];
    const at = async (layer: number, head: number) =>
      (await values({ kind: 'layerHead', layer, head }, { layerHeads })).of;
    expect([await at(2, 1), await at(1, 2), await at(2, 2), await at(1, 1)]).toEqual([2, 5, 0, 0]);
  });
});

describe('a large map', () => {
  const request = { kind: 'blurred', categoryId: STRONG } as MapRequest;

  test('is the mean over blocks of pixels, so that its longer side fits', async () => {
    const whole = await mapFor(request, { maxSide: 80 });
    expect([whole.rows, whole.columns]).toEqual([60, 80]);
    // 80 / 79 is more than 1: blocks of two; of 27, blocks of three with smaller ones at the end.
    const two = await mapFor(request, { maxSide: 79 });
    expect([two.rows, two.columns]).toEqual([30, 40]);
    const three = await mapFor(request, { maxSide: 27 });
    expect([three.rows, three.columns]).toEqual([20, 27]);
    const mean = (row: number, column: number, side: number, width: number) => {
      const inside = [...whole.values.entries()].filter(
        ([at]) =>
          Math.floor((at % 80) / side) === column && Math.floor(Math.floor(at / 80) / side) === row,
      );
      expect(inside.length).toBe(side * width);
      return inside.reduce((sum, [, value]) => sum + value, 0) / inside.length;
    };
    for (const [row, column] of [
      [15, 20],
      [0, 0],
      [29, 39],
    ] as const)
      expect(Math.abs(two.values[row * 40 + column]! - mean(row, column, 2, 2))).toBeLessThan(1.01);
    expect(Math.abs(three.values[10 * 27 + 26]! - mean(10, 26, 3, 2))).toBeLessThan(1.01);
    expect(Math.abs(three.values[10 * 27 + 13]! - mean(10, 13, 3, 3))).toBeLessThan(1.01);
  });

  test('of a probability is that after the edges, before them where there are none', async () => {
    const result = await masksFromRun(run, fakePhoto(80, 60), masks);
    const after = new Float32Array(result.scores.length).fill(0.2);
    const ask = (probabilities: Float32Array | null) =>
      mapFor({ kind: 'probability', categoryId: STRONG }, { result: { ...result, probabilities } });
    expect(new Set((await ask(after)).values)).toEqual(new Set([51]));
    expect((await ask(null)).values).toEqual((await mapFor(request)).values);
    expect(await mapFor(request, { result: null })).toMatchObject({ rows: 1, maximum: 0 });
  });

  test('of a class that is not painted is 160 pixels long at most', async () => {
    const faint = async (maxSide: number, imageWidth: number) => {
      const map = await mapFor(
        { kind: 'blurred', categoryId: ABSENT },
        { maxSide, run: { ...run, imageWidth, imageHeight: imageWidth / 40 } },
      );
      return [map.rows, map.columns];
    };
    expect(await faint(1024, 800)).toEqual([4, 160]);
    expect(await faint(100, 800)).toEqual([3, 100]);
  });
});
