// Engines on accepted masks: rows by hand, nothing written, a stop and going on, a model that fails.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CompareProgress } from '../../../../../electron/api/compare.ts';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { ImageId } from '../../../../../electron/api/types.ts';
import { addCategories } from '../../../../../electron/engine/project/classes/categories.ts';
import { everyImage } from '../../../../../electron/engine/project/images/imageNames.ts';
import { markImages } from '../../../../../electron/engine/project/images/images.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  addObjects,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const BUILT_IN = join(import.meta.dirname, '../../../../../models/demo/pack');

let folder: string;
let bench: Bench;
let asked: string[];
let failing: (path: string) => void;
const store = () => bench.engine.context.open.get().store;

beforeEach(async () => {
  folder = await imageFolder(3);
  asked = [];
  failing = () => undefined;
  bench = await openBench(folder, {
    operations: standInOperations({
      failFor: (path) => {
        failing(path);
        asked.push(path);
      },
    }),
  });
  addCategories(store(), ['cat', 'dog']);
  const images = everyImage(store()).map(({ id }) => id);
  // The stand-in paints its first class over 2 x 3 px from (0, 1): all of the first cat, a third of the second.
  await accept(images[0]!, 1, [0, 1, 2, 3]);
  await accept(images[1]!, 1, [0, 1, 2, 1]);
  await markImages(store(), images.slice(0, 2), 'reviewed');
});
afterEach(async () => {
  await bench.close();
  await removeBench(folder);
});

async function accept(
  imageId: ImageId,
  categoryId: number,
  [x, y, width, height]: [number, number, number, number],
): Promise<void> {
  const after = annotationWith(`a${imageId}`, categoryId, rectangle(x, y, width, height), {
    area: width * height,
    box: [x, y, width, height],
  });
  await addObjects(bench, `t${imageId}`, imageId, after);
}

const keyOf = async (settings: string) =>
  (await bench.call('tune.choices', {})).choices.find((choice) => choice.settings === settings)!
    .key;

test('choices are the packs that make masks, each setting once', async () => {
  const supply = await bench.call('tune.choices', {});
  expect(supply.images).toBe(2);
  expect(
    supply.choices.map(({ engine, packId, settings, inUse }) => [engine, packId, settings, inUse]),
  ).toEqual([
    ['PnP-OVSS', 'fake', 'project', true],
    ['PnP-OVSS', 'fake', 'reference', false],
  ]);
});

test('another setting of the project is another row', async () => {
  const before = await keyOf('project');
  await bench.call('project.setParams', {
    params: { preset: 'pack', overrides: { 'masks.blur': 0.01 } },
  });
  expect(await keyOf('project')).not.toBe(before);
  // What the project had is now offered as the pack's own.
  expect(await keyOf('pack')).toBe(before);
});

test('layers of the model are choices from ten reviewed images on, all heads together', async () => {
  const layersIn = async () => {
    const { choices, layersFrom } = await bench.call('tune.choices', {});
    expect(layersFrom).toBe(10);
    const layers = choices.filter(({ settings }) => settings === 'layers');
    return layers.map(({ params: { overrides } }) => overrides);
  };
  expect(await layersIn()).toEqual([]);
  await bench.close();
  await removeBench(folder);
  folder = await imageFolder(10);
  bench = await openBench(folder, { pack: BUILT_IN });
  addCategories(store(), ['cat']);
  const images = everyImage(store()).map(({ id }) => id);
  for (const id of images) await accept(id, 1, [0, 1, 2, 3]);
  await markImages(store(), images.slice(0, 9), 'reviewed');
  expect(await layersIn()).toEqual([]);
  await markImages(store(), images, 'reviewed');
  await bench.call('project.setParams', {
    params: { preset: 'pack', overrides: { 'pnp.heads': [1], 'masks.blur': 0.01 } },
  });
  // Of four layers the last has no gradient.
  const others = { 'pnp.heads': [], 'masks.blur': 0.01 };
  expect(await layersIn()).toEqual(
    [[0], [1], [2], [0, 1]].map((layers) => ({ ...others, 'pnp.layers': layers })),
  );
});

test('a row is what counting by hand gives, and the project is as it was', async () => {
  const revision = bench.engine.context.open.get().revision();
  const runs = store().get<{ n: number }>('SELECT count(*) AS n FROM run')!.n;
  const { rows } = await bench.call('tune.compare', {
    images: 20,
    classes: 'own',
    choices: [await keyOf('project')],
  });
  // 96 pixels: cat 6 + 2 true, 12 found, 8 of them right; the rest is background.
  const cat = 8 / 12;
  const background = (96 - 12) / (96 - 8);
  expect(rows).toEqual([
    {
      key: await keyOf('project'),
      meanIou: (background + cat) / 2,
      objects: cat,
      secondsPerImage: 0.001,
      images: 2,
      failed: 0,
      problem: null,
    },
  ]);
  expect(bench.engine.context.open.get().revision()).toBe(revision);
  expect(store().get<{ n: number }>('SELECT count(*) AS n FROM run')!.n).toBe(runs);
  expect(asked).toHaveLength(2);
});

test('all classes of the project cost what they paint wrongly', async () => {
  const measure = async (classes: 'own' | 'all') =>
    bench.call('tune.compare', {
      images: 20,
      classes,
      choices: [await keyOf('project')],
    });
  const [own, all] = [await measure('own'), await measure('all')];
  // The absent dog is painted over 2 x 3 px beside the cat and is a class with nothing right.
  expect(all.rows[0]!.meanIou!).toBeLessThan(own.rows[0]!.meanIou! * 0.8);
});

test('a stopped comparison goes on from what was said already', async () => {
  const stop = new AbortController();
  const request = {
    images: 20,
    classes: 'own' as const,
    choices: [await keyOf('project')],
  };
  const seen: CompareProgress[] = [];
  await expect(
    bench.call('tune.compare', request, {
      signal: stop.signal,
      onProgress: (event) => {
        seen.push(event as CompareProgress);
        if (seen.length === 2) stop.abort(new AppError('CANCELLED', 'Stopped.'));
      },
    }),
  ).rejects.toThrow('Stopped.');
  expect(asked).toHaveLength(1);
  await bench.call('tune.compare', request);
  expect(asked).toHaveLength(2);
});

test('a damaged image is left out of its row, which says so', async () => {
  failing = (path) => {
    if (path.endsWith('img2.png')) throw new AppError('IMAGE_DAMAGED', 'It is torn.');
  };
  const damaged = await bench.call('tune.compare', {
    images: 20,
    classes: 'own',
    choices: [await keyOf('project')],
  });
  expect(damaged.rows[0]).toMatchObject({
    images: 1,
    failed: 1,
    problem: { code: 'IMAGE_DAMAGED', message: 'It is torn.', data: null },
    objects: 1,
  });
});

test('a model that fails has no figure but its reason, and the rows before it stay', async () => {
  failing = () => {
    if (asked.length >= 2) throw new AppError('PARAMS_INVALID', 'This model has no layer 8.');
  };
  const { rows } = await bench.call('tune.compare', {
    images: 20,
    classes: 'own',
    choices: [await keyOf('project'), await keyOf('reference')],
  });
  expect(rows.map(({ images, problem }) => [images, problem?.message])).toEqual([
    [2, undefined],
    [0, 'This model has no layer 8.'],
  ]);
  expect(rows[1]!.meanIou).toBeNull();
});

test('without a reviewed image it says what to do', async () => {
  await markImages(
    store(),
    everyImage(store()).map(({ id }) => id),
    'inProgress',
  );
  await expect(
    bench.call('tune.compare', {
      images: 5,
      classes: 'own',
      choices: [await keyOf('project')],
    }),
  ).rejects.toThrow('Accept masks in some images first.');
});
