// Maps for the eye: scales that keep weak classes weak, and classes that are not painted.
import { describe, expect, test } from 'vitest';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import type { MapRequest } from '../../../../../electron/api/run.ts';
import { masksFromRun } from '../../../../../electron/inference/pipeline/masks/masks.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { scoreMap } from '../../../../../electron/inference/runs/scoreMaps.ts';
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

async function mapFor(request: MapRequest) {
  const result = await masksFromRun(run, fakePhoto(80, 60), masks);
  return scoreMap(request, {
    run,
    params: masks,
    thresholds: {},
    result,
    layerHeads: [],
    maxSide: 1024,
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
