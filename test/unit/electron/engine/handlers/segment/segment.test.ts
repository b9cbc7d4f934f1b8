// Clicks over a project: which part of the image is read, what waits for a batch, and masks by stored salience.
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../../../../../electron/api/methods.ts';
import type { Box, CategoryId, ImageId } from '../../../../../../electron/api/types.ts';
import { RUN_EXTENSION } from '../../../../../../electron/engine/prelabel/keptMaps.ts';
import { latestRun } from '../../../../../../electron/engine/project/runs.ts';
import type { OperationInput } from '../../../../../../electron/link/operations.ts';
import {
  batchOf,
  fakePack,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  SIDE,
  standInOperations,
  type Bench,
} from '../../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE] = [1, 2] as [CategoryId, CategoryId];
const [FIRST, SECOND] = [1, 2] as [ImageId, ImageId];
const MASK = {
  mask: rectangle(0, 0, 1, 1),
  meets: { left: true, top: true, right: false, bottom: false },
};

let bench: Bench;
let asked: { readonly operation: string; readonly input: unknown }[] = [];
const last = () => asked.at(-1)!.input;
/** Held back while a test wants a batch to run. */
let gate: Promise<void> = Promise.resolve();

const note =
  <O>(operation: string, answer: O) =>
  (input: unknown): O => {
    asked.push({ operation, input });
    return answer;
  };

beforeAll(async () => {
  const plain = standInOperations();
  const folder = await imageFolder(2);
  bench = await openBench(folder, {
    operations: {
      ...plain,
      'prelabel.run': (input, call) => gate.then(() => plain['prelabel.run']!(input, call)),
      'segment.read': note('read', { milliseconds: 3 }),
      'segment.decode': note('decode', {
        ...MASK,
        decode: 7,
        milliseconds: 2,
        choices: [{ candidate: 0, fit: 0.9, steady: 1 }],
      }),
      'segment.mask': note('mask', MASK),
      'segment.salience': note('salience', { kind: 'noMaps' as const }),
    },
  });
  await bench.call('category.add', { names: ['cup', 'plate'] });
});
beforeEach(() => {
  asked = [];
  gate = Promise.resolve();
});
afterAll(async () => {
  await bench.close();
  await removeBench(bench.folder);
});

const read = (crop: Box | null, ahead = false) =>
  bench.call('segment.read', { imageId: FIRST, crop, ahead });

it('needs a click model', async () => {
  await expect(read(null)).rejects.toMatchObject({ code: 'PACK_UNKNOWN' });
});

describe('with a click model', () => {
  beforeAll(async () => {
    await fakePack(join(bench.userData, 'packs'), {
      id: 'clicks',
      name: 'Clicks',
      kind: 'segment',
      family: 'sam',
      defaults: null,
      tokenizer: null,
    });
  });

  it('an image is read whole, with its size and the file that it is', async () => {
    expect(await read(null)).toEqual({ milliseconds: 3 });
    expect(last()).toMatchObject({ ...SIDE, crop: null, ahead: false, pack: { id: 'clicks' } });
    expect((last() as OperationInput<'segment.read'>).imagePath).toMatch(/img1\.png$/);
  });

  /** The image is 8 x 6. */
  it.each<
    [what: string, asked: Box, read: { x: number; y: number; width: number; height: number }]
  >([
    ['whole pixels stay', [1, 2, 3, 4], { x: 1, y: 2, width: 3, height: 4 }],
    ['parts of pixels count', [1.9, 2.5, 2.2, 1.1], { x: 1, y: 2, width: 4, height: 2 }],
    ['what lies left and above is cut off', [-3, -1, 5, 3], { x: 0, y: 0, width: 2, height: 2 }],
    ['what lies right and below is cut off', [6, 5, 9, 9], { x: 6, y: 5, width: 2, height: 1 }],
    ['nothing is a pixel', [3, 4, 0, 0], { x: 3, y: 4, width: 1, height: 1 }],
    ['a place beyond is the last pixel', [20, 30, 2, 2], { x: 7, y: 5, width: 1, height: 1 }],
    ['a place before is the first pixel', [-9, -9, 2, 2], { x: 0, y: 0, width: 1, height: 1 }],
  ])('of a crop %s', async (_what, crop, pixels) => {
    await read(crop);
    expect(last()).toMatchObject({ crop: pixels });
  });

  const decode = (start: Input<'segment.decode'>['start']) =>
    bench.call('segment.decode', {
      imageId: FIRST,
      crop: null,
      start,
      prompt: { points: [{ x: 1, y: 1, adds: true }], box: null },
      cut: { cut: 0, specks: false, part: null },
    });

  it('a decode may start from a mask of the image, and from no other', async () => {
    expect((await decode({ kind: 'nothing' })).decode).toBe(7);
    await decode({ kind: 'mask', mask: rectangle(0, 0, 1, 1) });
    expect(last()).toMatchObject({ start: { kind: 'mask' }, ...SIDE });
    asked = [];
    for (const size of [
      { width: 9, height: 6 },
      { width: 8, height: 5 },
    ])
      await expect(decode({ kind: 'mask', mask: rectangle(0, 0, 1, 1, size) })).rejects.toThrow(
        `The mask is ${size.width} x ${size.height} pixels, the image 8 x 6.`,
      );
    expect(asked).toEqual([]);
  });

  it('another choice asks no model for the image', async () => {
    const wanted = { decode: 7, candidate: 1, cut: { cut: 1, specks: true, part: null } };
    expect(await bench.call('segment.mask', { imageId: SECOND, ...wanted })).toEqual(MASK);
    expect(last()).toMatchObject(wanted);
    expect((last() as OperationInput<'segment.mask'>).imagePath).toMatch(/img2\.png$/);
  });

  it('an image that nobody looks at yet waits for a batch, the one on the screen does not', async () => {
    expect(await read(null, true)).toEqual({ milliseconds: 3 });
    expect(last()).toMatchObject({ ahead: true });
    asked = [];
    let open = () => {};
    gate = new Promise((resolve) => (open = resolve));
    const { job } = await bench.call('job.start', { request: batchOf({ categoryIds: [CUP] }) });
    await expect
      .poll(async () => (await bench.call('job.list', {})).jobs[0]!.state)
      .toBe('running');
    expect(await read(null, true)).toEqual({ milliseconds: null });
    expect(asked).toEqual([]);
    expect(await read(null)).toEqual({ milliseconds: 3 });
    open();
    await bench.engine.context.open.jobs().settled(job.id);
    expect(await read(null, true)).toEqual({ milliseconds: 3 });
  });
});

describe('by stored salience', () => {
  const salience = (imageId: ImageId, categoryId: CategoryId) =>
    bench.call('segment.salience', {
      imageId,
      categoryId,
      off: 0.1,
      prompt: { points: [{ x: 1, y: 1, adds: true }], box: null },
    });

  it('asks for the maps of the class, cut where the class is usually cut', async () => {
    const params = { preset: 'default', overrides: {} } as const;
    const classes = [{ categoryId: CUP, name: 'cup', prompt: '', synonyms: [], threshold: null }];
    await bench.call('prelabel.run', { imageId: FIRST, classes, params, commit: false });
    await salience(FIRST, CUP);
    const usual = (last() as OperationInput<'segment.salience'>).params.threshold;
    expect(last()).toMatchObject({ categoryId: CUP, off: 0.1, usual });
    await bench.call('category.save', {
      changes: [{ id: CUP, before: { threshold: null }, after: { threshold: 0.42 } }],
    });
    await salience(FIRST, CUP);
    expect(last()).toMatchObject({ usual: 0.42 });
  });

  it('has nothing where the class was not asked for, or its maps are gone', async () => {
    expect(await salience(FIRST, PLATE)).toEqual({ kind: 'noMaps' });
    const { store } = bench.engine.context.open.get();
    const { cacheKey } = latestRun(store, FIRST)!;
    await bench.engine.context.cache.remove(cacheKey, RUN_EXTENSION);
    expect(await salience(FIRST, CUP)).toEqual({ kind: 'noMaps' });
    store.run('DELETE FROM run');
    expect(await salience(FIRST, CUP)).toEqual({ kind: 'noMaps' });
    expect(asked).toEqual([]);
  });

  it('tells a fault of another kind', async () => {
    const params = { preset: 'default', overrides: {} } as const;
    const classes = [{ categoryId: CUP, name: 'cup', prompt: '', synonyms: [], threshold: null }];
    await bench.call('prelabel.run', { imageId: FIRST, classes, params, commit: false });
    bench.engine.context.open
      .get()
      .setMeta('params', JSON.stringify({ preset: 'default', overrides: { 'masks.blur': 'x' } }));
    await expect(salience(FIRST, CUP)).rejects.toMatchObject({ code: 'PARAMS_INVALID' });
  });
});
