// Files that a page could not show as they are, and names that lead to no file.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mediaItem } from '../../../../../electron/engine/media/media.ts';
import {
  imageFolder,
  openBench,
  removeBench,
  type Bench,
} from '../../../../helpers/engineBench.ts';

const isLinux = process.platform === 'linux';
if (!isLinux)
  console.log('asTheyAre: this system has no file names but Unicode; one test is left out');

describe('an image in the window', () => {
  let folder: string;
  let bench: Bench;
  beforeEach(async () => {
    folder = await imageFolder(1);
    const deep = sharp(new Uint16Array(48).fill(900), {
      raw: { width: 4, height: 4, channels: 3 },
    });
    await deep.clone().toColourspace('rgb16').png().toFile(join(folder, 'deep.png'));
    await deep.toColourspace('srgb').png().toFile(join(folder, 'plain.png'));
    await deep.jpeg().toFile(join(folder, 'photo.jfif'));
    // What a zip made on an old Windows leaves behind: é in Latin-1.
    if (isLinux)
      await writeFile(
        Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9, 0x2e, 0x70, 0x6e, 0x67)]),
        'x',
      );
    bench = await openBench(folder);
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const imageOf = async (name: string) => {
    const query = { cursor: 0, limit: 10, filter: {}, order: 'name' } as const;
    return (await bench.call('image.list', query)).images.find((one) => one.name === name)!;
  };

  it('of 16 bits is drawn from its range, others are sent as they are', async () => {
    const signal = new AbortController().signal;
    const { id: project } = await bench.call('project.summary', {});
    const pathOf = async (name: string) => {
      const { id } = await imageOf(name);
      const item = await mediaItem(bench.engine.context, `image/${project}/${id}`, signal);
      return item?.kind === 'file' ? { name: item.path.split('/').at(-1), mime: item.mime } : null;
    };
    expect(await pathOf('plain.png')).toEqual({ name: 'plain.png', mime: 'image/png' });
    expect(await pathOf('photo.jfif')).toEqual({ name: 'photo.jfif', mime: 'image/jpeg' });
    const deep = await pathOf('deep.png');
    expect(deep?.name).not.toBe('deep.png');
    expect(deep?.mime).toBe('image/webp');
  });

  it.runIf(isLinux)('whose name is not UTF-8 text says so when it is opened', async () => {
    const { id } = await imageOf('caf\ufffd.png');
    await expect(bench.call('image.open', { imageId: id })).rejects.toThrow(
      /caf\ufffd\.png on the disk is not UTF-8, .*rename the file/,
    );
  });
});
