// Regions made wider or narrower by pixels of the image: who may take from whom, and how far.
import { beforeAll, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../../build/wasm.ts';
import { grownRegions } from '../../../../../../electron/inference/pipeline/masks/growth.ts';
import { masksFromRun } from '../../../../../../electron/inference/pipeline/masks/masks.ts';
import { resolveParams } from '../../../../../../electron/link/presets.ts';
import { fakePhoto, fakeRun } from '../../../../../helpers/standIns/fakeRun.ts';

beforeAll(ensureWasm);

/** Rows of digits as labels. */
const mapOf = (...rows: string[]) => Uint16Array.from(rows.join(''), Number);
const rowsOf = (labels: Uint16Array, width: number) =>
  Array.from({ length: labels.length / width }, (_, y) =>
    labels.subarray(y * width, (y + 1) * width).join(''),
  );

const grown = (rows: string[], growThings: number, growStuff: number, stuff: number[] = [9]) =>
  rowsOf(
    grownRegions(mapOf(...rows), rows[0]!.length, { growThings, growStuff, stuff }),
    rows[0]!.length,
  );

test('a grown thing takes background and stuff, and no pixel of another thing', () => {
  expect(grown(['0010929', '0010999'], 2, 0)).toEqual(['1111122', '1111122']);
});

test('grown stuff takes background alone', () => {
  expect(grown(['0090010', '0090010'], 0, 2)).toEqual(['9999910', '9999910']);
});

test('it reaches as far as a disc, not as a square', () => {
  expect(grown(['00000', '00000', '00100', '00000', '00000'], 2, 0)).toEqual([
    '00100',
    '01110',
    '11111',
    '01110',
    '00100',
  ]);
});

test('what shrinks leaves background, and nothing at the edge of the image', () => {
  expect(grown(['1111222', '1111222', '1111222'], -1, 0)).toEqual([
    '1110022',
    '1110022',
    '1110022',
  ]);
  expect(grown(['1119999'], 0, -2)).toEqual(['1110099']);
});

test('things shrink while stuff grows, each by its own', () => {
  expect(grown(['1110009'], -1, 2)).toEqual(['1100999']);
});

test('without growth, or with parameters that know none, the map is handed back as it is', () => {
  const labels = mapOf('0120');
  expect(grownRegions(labels, 4, { growThings: 0, growStuff: 0 })).toBe(labels);
  expect(grownRegions(labels, 4, {} as { growThings: number; growStuff: number })).toBe(labels);
});

test('masks of a run grow by pixels of the image, however small the working image is', async () => {
  const size = { width: 60, height: 60 };
  const map = [9, 9, 9, 0, 0, 0, 0, 0, 0];
  const run = fakeRun({
    rows: 3,
    columns: 3,
    ...size,
    classes: [
      { id: 7, map },
      { id: 8, map: map.toReversed() },
    ],
  });
  const params = {
    ...resolveParams('default').masks,
    crf: false,
    blur: 0,
    minRegion: 0,
    workSide: 30,
  };
  const areas = async (own: object, stuff: number[]) =>
    (await masksFromRun(run, fakePhoto(60, 60), { ...params, ...own }, { stuff })).classes.map(
      ({ area }) => area,
    );
  const [thing = 0, other = 0] = await areas({}, []);
  expect(await areas({ growThings: 3 }, [8])).toEqual([thing + 3 * 60, other - 3 * 60]);
  expect(await areas({ growStuff: -2 }, [8])).toEqual([thing, other - 2 * 60]);
});
