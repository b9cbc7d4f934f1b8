// Smaller copies through the engine: a new file and a new row; nothing that is there is touched.
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { ImageId } from '../../../../../electron/api/types.ts';
import { moveToFree } from '../../../../../electron/files/newFile.ts';
import type { Bench } from '../../../../helpers/drivers/engineBench.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  addObjects,
} from '../../../../helpers/drivers/engineBench.ts';

const FIRST = 1 as ImageId;

describe('a smaller copy', () => {
  let folder: string;
  let bench: Bench;
  /** Held up until it is released or nobody wants the copy any more. */
  let hold: Promise<void>;

  const open = () => {
    const usual = standInOperations();
    return openBench(folder, {
      operations: {
        ...usual,
        'image.probe': async (input, call) => {
          if ((await readFile(input.path, 'utf8')) === 'too large')
            throw new AppError('IMAGE_TOO_LARGE', 'expected fewer pixels');
          return usual['image.probe']!(input, call);
        },
        'image.reduce': async ({ target }, call) => {
          call.progress({ stage: 'Reduce', done: 7, total: 0 });
          await writeFile(target, 'smaller', { flag: 'wx' });
          await hold;
          return { width: 8, height: 6, bytes: 7, ending: '.png' };
        },
      },
    });
  };

  beforeEach(async () => {
    hold = Promise.resolve();
    folder = await imageFolder(3);
    await writeFile(join(folder, 'img1.png'), 'too large');
    bench = await open();
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const names = async () =>
    (
      await bench.call('image.list', { cursor: 0, limit: 100, filter: {}, order: 'name' })
    ).images.map(({ name }) => name);

  it('stands beside the original, in the folder and in the list', async () => {
    const news: unknown[] = [];
    const { image } = await bench.call(
      'image.reduce',
      { imageId: FIRST },
      { onProgress: (event) => news.push(event) },
    );
    expect(image).toMatchObject({ name: 'img1-smaller.png', width: 8, height: 6, problem: null });
    expect(await names()).toEqual(['img1-smaller.png', 'img1.png', 'img2.png', 'img3.png']);
    expect(await readFile(join(folder, 'img1.png'), 'utf8')).toBe('too large');
    expect(await readFile(join(folder, 'img1-smaller.png'), 'utf8')).toBe('smaller');
    expect(await readdir(folder)).toHaveLength(4);
    expect(news).toContainEqual({ stage: 'Reduce', done: 7, total: 0 });
    expect(bench.events.map(({ event }) => event)).toContain('project.changed');
    await bench.close();
    bench = await open();
    expect(await names()).toContain('img1-smaller.png');
  });

  it('leaves files of its name alone, and names of images that are only missing', async () => {
    await writeFile(join(folder, 'img1-smaller.png'), 'mine');
    await writeFile(join(folder, 'img1-smaller-2.png'), 'labelled');
    await bench.close();
    bench = await open();
    await bench.call('category.add', { names: ['cup'] });
    const { images } = await bench.call('image.list', {
      cursor: 0,
      limit: 100,
      filter: { text: 'smaller-2' },
      order: 'name',
    });
    const imageId = images[0]!.id;
    await bench.call('image.open', { imageId });
    const after = annotationWith('a1', 1, rectangle(1, 1, 3, 2));
    await addObjects(bench, 't1', imageId, after);
    await rm(join(folder, 'img1-smaller-2.png'));
    await bench.close();
    bench = await open();
    const { image } = await bench.call('image.reduce', { imageId: FIRST });
    expect(image.name).toBe('img1-smaller-3.png');
    expect(await readFile(join(folder, 'img1-smaller.png'), 'utf8')).toBe('mine');
  });

  it('is refused for an image that needs none', async () => {
    await expect(bench.call('image.reduce', { imageId: 2 as ImageId })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('that is stopped leaves nothing', async () => {
    hold = new Promise(() => {});
    const controller = new AbortController();
    const copy = bench.call(
      'image.reduce',
      { imageId: FIRST },
      { signal: controller.signal, onProgress: () => controller.abort(new Error('stopped')) },
    );
    await expect(copy).rejects.toThrow('stopped');
    await expect.poll(() => readdir(folder)).toHaveLength(3);
    expect(await names()).toHaveLength(3);
  });

  it('says when the folder cannot be written', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('a superuser may write into any folder');
    if (process.platform === 'win32') skip('no permission bits on Windows');
    await chmod(folder, 0o555);
    await expect(bench.call('image.reduce', { imageId: FIRST })).rejects.toThrow(/written/);
    await chmod(folder, 0o755);
  });

  it('tells where the file is', async () => {
    expect(await bench.call('image.path', { imageId: FIRST })).toEqual({
      path: join(folder, 'img1.png'),
    });
  });

  it('of which every name is taken stays where it was', async () => {
    const [temporary, taken] = [join(folder, '.a.part'), join(folder, 'img2.png')];
    await writeFile(temporary, 'new');
    expect(await moveToFree(temporary, [taken])).toBeNull();
    expect([await readFile(taken, 'utf8'), await readFile(temporary, 'utf8')]).toEqual([
      'image 2',
      'new',
    ]);
  });
});
