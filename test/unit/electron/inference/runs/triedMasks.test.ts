// Masks of a stored run under many settings: compared with accepted ones, with the first of them, at full size and on
// a small image.
import { beforeAll, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../build/wasm.ts';
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { triedScores } from '../../../../../electron/inference/runs/triedMasks.ts';
import { masksFromRun } from '../../../../../electron/inference/pipeline/masks/masks.ts';
import { maskOfLabel } from '../../../../../electron/masks/regions/labelRuns.ts';
import { grow } from '../../../../../electron/masks/changes/morphology.ts';
import type { MaskParams } from '../../../../../electron/link/params.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { fakePhoto, fakeRun } from '../../../../helpers/standIns/fakeRun.ts';

beforeAll(ensureWasm);

const [THING, STUFF] = [7, 8] as CategoryId[] as [CategoryId, CategoryId];
const size = { width: 120, height: 90 };
const run = fakeRun({
  rows: 3,
  columns: 4,
  ...size,
  classes: [
    { id: THING, map: [0, 0, 0, 0, 0, 9, 4, 0, 0, 0, 0, 0] },
    { id: STUFF, map: [0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9] },
  ],
});
const image = fakePhoto(size.width, size.height);
const params: MaskParams = {
  ...resolveParams('default').masks,
  crf: false,
  minRegion: 0,
  absentBelow: 0,
  blur: 0.02,
  threshold: 0.2,
};
const tryOf = (own: Partial<MaskParams> = {}) => ({
  params: { ...params, ...own },
  thresholds: {},
  stuff: [STUFF],
});
const scope = { accepted: null, classes: [THING, STUFF], side: null, growths: [] };

async function accepted(own: Partial<MaskParams> = {}, by = 0) {
  const { labels } = await masksFromRun(run, image, { ...params, ...own }, { stuff: [STUFF] });
  return [THING, STUFF].map((categoryId) => ({
    categoryId,
    mask: grow(maskOfLabel(labels, size.width, size.height, categoryId), by),
  }));
}

test('a setting whose masks were accepted overlaps them wholly, others less', async () => {
  const masks = await accepted();
  const { scores } = await triedScores(
    { run, image },
    [tryOf(), tryOf({ threshold: 0.5 })],
    { ...scope, accepted: masks },
    {},
  );
  expect(scores[0]).toEqual([1, 1]);
  expect(scores[1]![0]).toBeLessThan(0.9);
});

test('without accepted masks all are compared with those of the first setting', async () => {
  const { scores } = await triedScores(
    { run, image },
    [tryOf({ threshold: 0.5 }), tryOf()],
    scope,
    {},
  );
  const other = await triedScores({ run, image }, [tryOf(), tryOf({ threshold: 0.5 })], scope, {});
  expect(scores[0]).toEqual([1, 1]);
  expect(scores[1]).toEqual(other.scores[1]);
  expect(scores[1]![0]).toBeLessThan(0.9);
});

test('a growth is judged as it would be applied: things over stuff, stuff alone by itself', async () => {
  const wider = await accepted({ growThings: 2 });
  const growths = [-2, 0, 2].flatMap((pixels) => [
    { things: true, pixels },
    { things: false, pixels },
  ]);
  const { grown } = await triedScores(
    { run, image },
    [tryOf()],
    { ...scope, accepted: wider, growths },
    {},
  );
  const things = [0, 2, 4].map((at) => grown[0]![at]![0]!);
  expect(things[2]).toBe(1);
  expect(things[0]).toBeLessThan(things[1]!);
  expect(things[1]).toBeLessThan(1);
  // What stuff does to itself leaves things as they are.
  expect(grown[0]![5]![0]).toBe(things[1]);
});

test('on a small image settings come out nearly as on the whole one, of whose pixels growth counts fewer', async () => {
  const masks = await accepted({ threshold: 0.35, growThings: 4 });
  const tries = [0.1, 0.2, 0.35, 0.5].map((threshold) => tryOf({ threshold, growThings: 4 }));
  const asked = (side: number | null) =>
    triedScores({ run, image }, tries, { ...scope, accepted: masks, side }, {}).then(({ scores }) =>
      scores.map(([thing]) => thing!),
    );
  const [large, small] = [await asked(null), await asked(60)];
  expect(large[2]).toBe(1);
  for (const [at, overlap] of small.entries()) expect(overlap).toBeCloseTo(large[at]!, 1);
});

test('stops where it is asked to', async () => {
  await expect(
    triedScores({ run, image }, [tryOf()], scope, { cancelled: () => true }),
  ).rejects.toThrow('cancelled');
});
