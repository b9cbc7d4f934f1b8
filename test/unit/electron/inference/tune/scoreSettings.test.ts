// What a try is worth: grids of labels, contrast of maps, the judge's verdicts and the two rewards made of them.
import { describe, expect, test } from 'vitest';
import type { TuneSetting } from '../../../../../electron/api/tuning.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { complement, elsewhere } from '../../../../../electron/inference/tune/judges/controls.ts';
import type { JudgedImage, View } from '../../../../../electron/inference/tune/judges/judge.ts';
import { remembered } from '../../../../../electron/inference/tune/judges/judge.ts';
import { judgeByPack } from '../../../../../electron/inference/tune/judges/packJudge.ts';
import { mapsOf, type MapBank } from '../../../../../electron/inference/tune/mapBank.ts';
import {
  gridImage,
  labelGrid,
  patchesOf,
} from '../../../../../electron/inference/tune/maskGrid.ts';
import {
  contrastTable,
  rewardsOf,
  scoreSettings,
} from '../../../../../electron/inference/tune/scoreSettings.ts';
import { tokenContrast } from '../../../../../electron/inference/tune/tokenContrast.ts';
import type { TuneImage } from '../../../../../electron/inference/tune/tuneImage.ts';
import { createMaskCache } from '../../../../../electron/inference/pipeline/planes/maskCache.ts';
import { fakePhoto } from '../../../../helpers/standIns/fakeRun.ts';
import { fakeItmModel } from '../../../../helpers/standIns/fakeItmModel.ts';
import { wordPiece } from '../../../../helpers/fixtures/tokenizers.ts';

const { masks } = resolveParams('default', {}, { 'masks.crf': false });
const frame = {
  rows: 2,
  columns: 2,
  captions: [],
  classes: [3, 8].map((id) => ({ id, name: `class ${id}`, words: ['x'], match: 1, asked: true })),
};
const classMapsOf = (...maps: readonly (readonly number[])[]) => ({
  maps: Float32Array.from(maps.flat()),
  classes: maps.length,
  patches: maps[0]!.length,
});
const blankVerdict = { fits: [0, 0], shares: [0, 0] };

describe('the bank of maps', () => {
  // Two layers of two heads, one class of two patches.
  const bank: MapBank = {
    layers: 2,
    heads: 2,
    classes: 2,
    patches: 2,
    values: Float32Array.of(...[1, 3, 0, 0], ...[3, 5, 0, 0], ...[8, 0, 1, 1], ...[0, 8, 1, 3]),
  };

  test('gives a head, or the mean of several, of one layer as it is', () => {
    expect([...mapsOf(bank, [0], [1]).maps]).toEqual([3, 5, 0, 0]);
    expect([...mapsOf(bank, [0], []).maps]).toEqual([2, 4, 0, 0]);
    expect(mapsOf(bank, [1], [0, 1])).toMatchObject({ classes: 2, patches: 2 });
    expect([...mapsOf(bank, [1], [0, 1]).maps]).toEqual([4, 4, 1, 2]);
  });

  test('adds up several layers, each class by its own highest; nothing stays nothing', () => {
    expect([...mapsOf(bank, [0, 1], []).maps]).toEqual([0.5 + 1, 1 + 1, 0.5, 1]);
  });

  test('is told head by head and for their mean', () => {
    const table = contrastTable({ bank } as TuneImage);
    expect(table.map((row) => row.length)).toEqual([3, 3]);
    expect(table[1]![0]).toBe(tokenContrast(mapsOf(bank, [1], [0])));
    expect(table[1]![2]).toBe(tokenContrast(mapsOf(bank, [1], [])));
  });
});

describe('token contrast', () => {
  test('is 1 where all patches look alike, and less the more they differ', () => {
    expect(tokenContrast(classMapsOf([2, 4, 6], [1, 2, 3]))).toBeCloseTo(1, 6);
    // Two patches at right angles: the mean of four cosines is a half.
    expect(tokenContrast(classMapsOf([5, 0], [0, 3]))).toBeCloseTo(0.5, 6);
    expect(tokenContrast(classMapsOf([3, 4], [4, 3]))).toBeCloseTo((2 + 2 * 0.96) / 4, 6);
  });

  test('counts a patch without salience as unlike all', () => {
    expect(tokenContrast(classMapsOf([5, 0], [0, 0]))).toBeCloseTo(0.25, 6);
    expect(tokenContrast(classMapsOf([0, 0]))).toBe(0);
  });
});

describe('a grid of labels', () => {
  const maps = classMapsOf([9, 9, 0, 0], [0, 0, 0, 5]);

  test('has classes numbered from 1 on the long side that is asked for', async () => {
    const grid = await labelGrid(
      { frame, maps, passes: 1 } as never,
      { width: 40, height: 20 },
      { ...masks, blur: 0, threshold: 0.5, background: 'always' } as never,
      { cache: createMaskCache(), side: 8 },
    );
    expect([grid.width, grid.height]).toEqual([8, 4]);
    expect(new Set(grid.labels)).toEqual(new Set([0, 1, 2]));
    expect([grid.labels[0], grid.labels[3 * 8 + 7]]).toEqual([1, 2]);
  });

  test('is 96 pixels long, and a pixel high at least', () => {
    const size = (width: number, height: number) => {
      const found = gridImage(fakePhoto(width, height));
      expect(found.rgb).toHaveLength(found.width * found.height * 3);
      return [found.width, found.height];
    };
    expect(size(192, 96)).toEqual([96, 48]);
    expect(size(48, 192)).toEqual([24, 96]);
    expect(size(400, 1)).toEqual([96, 1]);
  });

  test('gives a patch to the class that covers more than half of it', () => {
    // Patches of 2 x 2 and 3 x 2 pixels.
    const labels = Uint8Array.of(
      ...[1, 1, 1, 1, 0],
      ...[0, 0, 1, 0, 0],
      ...[1, 1, 2, 2, 0],
      ...[1, 0, 2, 2, 0],
    );
    const grid = { labels, width: 5, height: 4 };
    const size = { rows: 2, columns: 2 };
    // In the upper left 4 of 6 pixels would be needed, 3 are there.
    expect([...patchesOf(grid, 1, size)]).toEqual([1, 0, 0, 0]);
    expect([...patchesOf(grid, 2, size)]).toEqual([0, 0, 0, 0]);
    expect([...patchesOf(grid, 2, { rows: 4, columns: 5 })].reduce((a, b) => a + b)).toBe(4);
  });
});

describe('what a mask is compared with', () => {
  test('is all that it leaves, and its shape half way round the grid', () => {
    const mask = { cells: Uint8Array.of(1, 1, 0, 0, 0, 0), rows: 2, columns: 3 };
    expect([...complement(mask).cells]).toEqual([0, 0, 1, 1, 1, 1]);
    // One row down, one column to the right.
    expect([...elsewhere(mask).cells]).toEqual([0, 0, 0, 0, 1, 1]);
    const corner = { cells: Uint8Array.of(0, 0, 0, 0, 0, 1), rows: 2, columns: 3 };
    expect([...elsewhere(corner).cells]).toEqual([1, 0, 0, 0, 0, 0]);
  });

  test('is judged once for the same cells, also where they differ behind the eighth', async () => {
    const asked: number[] = [];
    const judge = remembered((all) => {
      asked.push(all.length);
      return Promise.resolve(all.map((mask) => ({ fits: [mask[9]!], shares: [] })));
    });
    const cells = (...on: readonly number[]) =>
      Uint8Array.from({ length: 10 }, (_, at) => Number(on.includes(at)));
    const found = await judge([cells(1), cells(1, 9), cells(9), cells(1)]);
    expect(found.map(({ fits }) => fits[0])).toEqual([0, 1, 1, 0]);
    await judge([cells(9), cells(0)]);
    expect(asked).toEqual([3, 1]);
  });

  test('is shown to the pack in runs of so many captions at most', async () => {
    const runs: number[] = [];
    const model = fakeItmModel();
    const match = model.match.bind(model);
    model.match = (features, captions, seen) => {
      runs.push(captions.batch);
      return match(features, captions, seen);
    };
    const captions = Array.from({ length: 40 }, (_, at) => ({
      text: '',
      pieces: [],
      spans: [],
      ids: [at + 1, at + 2],
    }));
    const judged = judgeByPack(
      { model, tokenizer: wordPiece() },
      () => Promise.resolve({} as never),
      captions as never,
      { rows: 2, columns: 2 },
    );
    const views = [1, 2, 3].map((place): View => ({ kind: 'inside', place }));
    const grid = { labels: Uint8Array.of(1, 2, 3, 3), width: 2, height: 2 };
    const found = await judged.judge(grid, views);
    // Two masks of 40 captions make 80 of 96 rows.
    expect(runs).toEqual([80, 40]);
    expect(found.map(({ fits }) => fits.length)).toEqual([40, 40, 40]);
    // A caption fits by the sine of its numbers: alike for every mask.
    expect(found[1]!.fits[7]).toBeCloseTo(Math.sin(8 + 9), 5);
    expect(found[1]!.shares[7]).toBeCloseTo(1 / (1 + Math.exp(-Math.sin(17))), 5);
  });
});

describe('rewards', () => {
  const grid = { labels: new Uint8Array(4), width: 2, height: 2 };
  const judgeOf = (shares: readonly (readonly number[])[], fits = shares) => {
    const asked: View[] = [];
    const judged: JudgedImage = {
      blank: () => Promise.resolve(blankVerdict),
      judge: (_, views) => {
        asked.push(...views);
        return Promise.resolve(
          views.map((_view, at) => ({ shares: shares[at]!, fits: fits[at]! })),
        );
      },
    };
    return { judged, asked };
  };

  test('are summed over the classes, each by its own fit inside, outside and elsewhere', async () => {
    // Rows: inside, outside and elsewhere of the first class, then of the second.
    const { judged, asked } = judgeOf([
      [0.9, 0],
      [0.2, 0],
      [0.5, 0],
      [0, 0.7],
      [0, 0.4],
      [0, 0.1],
    ]);
    const found = await rewardsOf(grid, 2, judged, blankVerdict);
    expect(found.pairs).toBe(2);
    expect(found.reward).toBeCloseTo(0.9 - 0.5 + 0.7 - 0.4, 10);
    expect(found.published).toBe(2);
    expect(asked.map(({ kind, place }) => `${kind} ${place}`)).toEqual([
      ...['inside 1', 'outside 1', 'elsewhere 1', 'inside 2', 'outside 2', 'elsewhere 2'],
    ]);
    const none = await rewardsOf(grid, 2, judgeOf(Array(6).fill([0, 0])).judged, blankVerdict);
    expect(none).toEqual({ pairs: 2, reward: 0, published: 0 });
  });

  test('of settings come in their order, with the grid where it is kept', async () => {
    const asked: TuneSetting[] = [];
    const image = {
      frame,
      maps: (setting: TuneSetting) => {
        asked.push(setting);
        return Promise.resolve(classMapsOf([9, 9, 0, 0], [0, 0, 0, setting.blur === 0 ? 5 : 0]));
      },
    } as unknown as TuneImage;
    const setting = { layers: [0], heads: [], threshold: 0.5, passes: 1, drop: null, blur: 0 };
    const { judged } = judgeOf(Array(6).fill([1, 1]));
    const scored = { image, size: { width: 8, height: 8 }, judged, masks };
    const settings = [setting, { ...setting, blur: 0.1 }];
    const found = await scoreSettings(scored, settings, { side: 8, keepGrids: true });
    expect(found.map(({ grid }) => new Set(grid!.labels).has(2))).toEqual([true, false]);
    expect(found[0]!.tokenContrast).toBeCloseTo((2 * 2 + 1) / 16, 6);
    expect(asked).toEqual(settings);
    const [bare] = await scoreSettings(scored, [setting], { keepGrids: false });
    expect(bare!.grid).toBeNull();
    await expect(
      scoreSettings(scored, settings, { keepGrids: false, cancelled: () => true }),
    ).rejects.toThrow();
  });
});
