// Learning over a project: which masks are pooled, what each image is judged by, and what is kept of it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import type { MemoryOperations } from '../../../../../electron/engine/inferenceLink/memory.ts';
import type { OperationInput } from '../../../../../electron/link/operations.ts';
import type { LabelGrid, LearnedFile } from '../../../../../electron/link/tuneScores.ts';
import {
  addObjects,
  annotationWith,
  fakePack,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE] = [1, 2] as CategoryId[];
/** The words of the classes, not the mask's, are counted from 1 in the order of `categoryIds`. */
const [CUP_LABEL, PLATE_LABEL, GONE_LABEL] = [2, 1, 3];

/** Cells of 2 x 2 pixels; the cup covers the left half, the plate the upper half of the last column. */
const grid = (...rows: readonly number[][]): LabelGrid => ({
  labels: Uint8Array.from(rows.flat()),
  width: 4,
  height: 3,
});
const [c, p, g] = [CUP_LABEL, PLATE_LABEL, GONE_LABEL];
const exact = grid([c!, c!, 0, p!], [c!, c!, 0, 0], [c!, c!, 0, 0]);
/** Three of the six cells of the cup are found, and one elsewhere. */
const half = grid([c!, 0, c!, p!], [c!, 0, 0, 0], [c!, 0, 0, g!]);
const nothing = grid([0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]);

let bench: Bench;
const pooled: OperationInput<'learn.pool'>[] = [];
const scored: OperationInput<'learn.score'>[] = [];

const isFirst = (path: string) => path.endsWith('img1.png');
const operations: MemoryOperations = {
  ...standInOperations(),
  'learn.pool'(input) {
    pooled.push(input);
    // What is under the cup lies along the first number in one image, along the second in the other.
    const sum = isFirst(input.imagePath) ? [8, 0] : [0, 8];
    return {
      classes: [{ categoryId: CUP!, weight: 8, sum: Float32Array.from(sum) }],
      all: { weight: 8, sum: Float32Array.of(0, 0) },
    };
  },
  'learn.score'(input) {
    scored.push(input);
    const grids = input.tried.map(({ mix }) => (mix === 0 ? half : mix === 0.3 ? exact : nothing));
    return { categoryIds: [PLATE!, CUP!, 99], grids };
  },
};

beforeEach(async () => {
  pooled.length = 0;
  scored.length = 0;
  const folder = await imageFolder(3);
  bench = await openBench(folder, { operations });
  await fakePack(join(bench.userData, 'packs'), {
    id: 'clip',
    name: 'Some CLIP',
    kind: 'clip',
    family: 'clip',
    defaults: null,
  });
  await bench.call('category.add', { names: ['cup', 'plate'] });
  for (const imageId of [1, 2] as ImageId[])
    await addObjects(
      bench,
      `draw-${imageId}`,
      imageId,
      annotationWith(`cup-${imageId}`, CUP!, rectangle(0, 0, 4, 6)),
      annotationWith(`plate-${imageId}`, PLATE!, rectangle(6, 0, 2, 3)),
      annotationWith(`open-${imageId}`, PLATE!, rectangle(0, 0, 8, 6), { status: 'proposal' }),
    );
  await bench.call('image.setStatus', { imageIds: [1, 2] as ImageId[], status: 'reviewed' });
});
afterEach(async () => {
  await bench.close();
  await removeBench(bench.folder);
});

test('pools accepted masks alone, and judges each image by what the others taught', async () => {
  const told: unknown[] = [];
  await bench.call('learn.run', {}, { onProgress: (progress) => told.push(progress) });
  expect(pooled.map(({ masks }) => masks.map(({ categoryId }) => categoryId))).toEqual([
    [CUP, PLATE],
    [CUP, PLATE],
  ]);
  expect(scored.map(({ tried }) => tried.map(({ mix }) => mix))).toEqual([
    [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8],
    [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8],
  ]);
  const taught = scored.map(({ imagePath, tried }) => {
    const [{ categoryId, vector }] = tried[0]!.directions as [(typeof tried)[0]['directions'][0]];
    return [isFirst(imagePath), categoryId, ...vector];
  });
  expect(taught).toEqual([
    [true, CUP, 0, 1],
    [false, CUP, 1, 0],
  ]);
  expect(told).toEqual([
    { stage: 'Look at masks, image 1 of 2', done: 0, total: 4 },
    { stage: 'Look at masks, image 2 of 2', done: 1, total: 4 },
    { stage: 'Judge without it, image 1 of 2', done: 2, total: 4 },
    { stage: 'Judge without it, image 2 of 2', done: 3, total: 4 },
  ]);
});

test('measures the mean overlap of the classes that an image has', async () => {
  const { learning } = await bench.call('learn.run', {});
  // Of the cup 3 cells are shared, of 6 and 4; the plate is found as it is.
  const words = (3 / 7 + 1) / 2;
  expect(learning).toMatchObject({ images: 2, mix: 0.3, classes: 1, packName: 'Some CLIP' });
  expect(learning!.now).toBeCloseTo(words, 9);
  expect(learning!.then).toBeCloseTo(1, 9);
});

test('keeps the directions of all images where the model reads them', async () => {
  const { learning } = await bench.call('learn.run', {});
  const path = join(bench.userData, 'learned', `${learning!.id}.json`);
  const { mix, packName, directions } = JSON.parse(await readFile(path, 'utf8')) as LearnedFile;
  expect([mix, packName, Object.keys(directions)]).toEqual([0.3, 'Some CLIP', ['1']]);
  const bytes = Buffer.from(directions[1]!, 'base64');
  const vector = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  expect([...vector].map((one) => one.toFixed(4))).toEqual(['0.7071', '0.7071']);
});

test('is used and put away as a parameter, and says which of what was learned is in use', async () => {
  const inUse = async () => (await bench.call('learn.state', {})).inUse;
  await expect(bench.call('learn.use', { use: true })).rejects.toThrow('Nothing was learned');
  const { learning, needed } = await bench.call('learn.run', {});
  expect([needed, await inUse()]).toEqual([8, 'none']);
  const used = await bench.call('learn.use', { use: true });
  expect(used.params).toMatchObject({
    engine: 'naclip',
    overrides: { 'naclip.learned': learning!.id },
  });
  expect(await inUse()).toBe('latest');
  // Another image more teaches something else; what is in use stays so until it is taken.
  await addObjects(
    bench,
    'third',
    3 as ImageId,
    annotationWith('more', CUP!, rectangle(0, 0, 1, 6)),
  );
  await bench.call('image.setStatus', { imageIds: [3 as ImageId], status: 'reviewed' });
  expect((await bench.call('learn.run', {})).learning!.id).not.toBe(learning!.id);
  expect(await inUse()).toBe('older');
  // Learning never builds upon what was learned before.
  for (const { params } of scored) expect((params.explain as { learned: string }).learned).toBe('');
  const back = await bench.call('learn.use', { use: false });
  expect(back.params.overrides).toEqual({});
  expect(await inUse()).toBe('none');
});

test('needs a CLIP model', async () => {
  await bench.call('model.remove', { id: 'clip' });
  await expect(bench.call('learn.run', {})).rejects.toMatchObject({ code: 'PACK_UNKNOWN' });
});
