// Classes per image: one request for images that have the same ones, and every name that is no image is told.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImageId } from '../../../../../../electron/api/types.ts';
import { UsageError } from '../../../../../../electron/hosts/cli/arguments/usageError.ts';
import { requestsByLabels } from '../../../../../../electron/hosts/cli/prelabel/imageLabels.ts';
import {
  batchOf,
  imageFolder,
  openBench,
  removeBench,
  type Bench,
} from '../../../../../helpers/drivers/engineBench.ts';

let folder: string;
let bench: Bench;
beforeEach(async () => {
  folder = await imageFolder(3);
  for (const place of ['a', 'b']) {
    await mkdir(join(folder, place));
    await writeFile(join(folder, place, 'twin.png'), place);
  }
  bench = await openBench(folder);
  await bench.call('category.add', { names: ['cup', 'plate'] });
});
afterEach(async () => {
  await bench.close();
  await removeBench(folder);
});

const requestsOf = (labels: Readonly<Record<string, readonly string[]>>) =>
  requestsByLabels(bench.engine, batchOf({ categoryIds: [] }), new Map(Object.entries(labels)));

it('groups images of the same classes and tells names that are no image, or several', () => {
  const { requests, unknown } = requestsOf({
    'img1.png': ['cup'],
    'img2.png': ['cup', 'plate'],
    'other/img3.png': ['cup'],
    'missing.png': ['cup'],
    'twin.png': ['plate'],
    'nothing.png': [],
  });
  expect(requests.map(({ categoryIds, images }) => [categoryIds, images])).toEqual([
    [[1], { kind: 'ids', ids: expect.arrayContaining([expect.any(Number)]) as number[] }],
    [[1, 2], { kind: 'ids', ids: [expect.any(Number)] }],
  ]);
  expect((requests[0]!.images as { ids: readonly ImageId[] }).ids).toHaveLength(2);
  expect(unknown).toEqual(['missing.png', 'twin.png (a/twin.png or b/twin.png?)']);
});

it('is a mistake of the call where no image is named at all', () => {
  expect(() => requestsOf({ 'missing.png': ['cup'] })).toThrow(UsageError);
  expect(() => requestsOf({ 'missing.png': ['cup'] })).toThrow(/it names missing\.png/);
});
