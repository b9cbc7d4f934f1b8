// Labels of other programs in a project: what a person drew there is accepted, what a model drew is not.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  imageFolder,
  openBench,
  removeBench,
  SIDE,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

let folder: string;
let bench: Bench;
beforeEach(async () => {
  folder = await imageFolder(2);
  bench = await openBench(folder);
});
afterEach(async () => {
  await bench.close();
  await removeBench(folder);
});

it('predictions of Label Studio are proposals, whatever the import asks for', async () => {
  const region = (score?: number) => ({
    type: 'polygonlabels',
    original_width: SIDE.width,
    original_height: SIDE.height,
    image_rotation: 0,
    ...(score === undefined ? {} : { score }),
    value: {
      polygonlabels: ['cat'],
      points: [
        [0, 0],
        [50, 0],
        [50, 100],
        [0, 100],
      ],
    },
  });
  const tasks = [
    { data: { image: '/data/upload/3/01234567-img1.png' }, annotations: [{ result: [region()] }] },
    { data: { image: 's3://bucket/img2.png' }, predictions: [{ result: [region(0.75)] }] },
  ];
  await writeFile(join(folder, 'tasks.json'), JSON.stringify(tasks));
  const report = await bench.call('import.start', {
    format: null,
    source: bench.engine.handleOf(join(folder, 'tasks.json')),
    as: 'accepted',
    dryRun: false,
    skipBroken: false,
  });
  expect(report).toMatchObject({
    format: { id: 'label-studio', title: 'Label Studio JSON' },
    images: 2,
    annotations: 2,
  });
  expect(report.problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
    '$[1].predictions has no annotation; its prediction is imported as proposals',
  ]);
  const { images } = await bench.call('image.list', {
    cursor: 0,
    limit: 10,
    filter: {},
    order: 'name',
  });
  expect(images.map(({ name, accepted, proposals }) => ({ name, accepted, proposals }))).toEqual([
    { name: 'img1.png', accepted: 1, proposals: 0 },
    { name: 'img2.png', accepted: 0, proposals: 1 },
  ]);
});
