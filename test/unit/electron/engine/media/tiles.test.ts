// Tiles of large images by opaque names: which there are, and that each is made once and in turn.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageId } from '../../../../../electron/api/types.ts';
import {
  imageFolder,
  openBench,
  removeBench,
  standInOperations,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';
import type { TileBox } from '../../../../../electron/api/rules/tiles.ts';

describe('tiles of a large image', () => {
  let folder: string;
  let bench: Bench;
  const cut: { box: TileBox; octave: number }[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    cut.length = 0;
    mostAtOnce = 0;
    folder = await imageFolder(2);
    bench = await openBench(folder, {
      operations: standInOperations({
        'image.probe': async ({ path }) => ({
          ...(path.endsWith('img1.png')
            ? { width: 9000, height: 5000 }
            : { width: 800, height: 600 }),
          orientation: 1,
          bytes: (await stat(path)).size,
          mtimeMs: (await stat(path)).mtimeMs,
          hash: 'same for both',
        }),
        'image.tile': async ({ target, box, octave }) => {
          mostAtOnce = Math.max(mostAtOnce, ++atOnce);
          cut.push({ box, octave });
          await mkdir(dirname(target), { recursive: true });
          await writeFile(target, `tile ${box.x} ${box.y}`);
          atOnce -= 1;
          return { width: 1, height: 1, bytes: 1 };
        },
      }),
    });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const projectId = () => bench.engine.context.open.get().id;
  const image = async (name: string) => {
    const { images } = await bench.call('image.list', {
      cursor: 0,
      limit: 10,
      filter: {},
      order: 'name',
    });
    const { id } = images.find((one) => one.name === name)!;
    return { id, ...(await bench.call('image.open', { imageId: id as ImageId })) };
  };

  it('are offered where one picture would be too large, and only there', async () => {
    const large = await image('img1.png');
    expect(large.tileUrl).toBe(`/media/tile/${projectId()}/${large.id}`);
    const small = await image('img2.png');
    expect(small.tileUrl).toBeNull();
  });

  it('are cut at the edge, made once for all who ask, and one after the other', async () => {
    const { id } = await image('img1.png');
    const names = ['0-8-4', '0-8-4', '1-0-0', '0-0-0'];
    const items = await Promise.all(
      names.map((name) => bench.engine.media(`tile/${projectId()}/${id}/${name}`, signal)),
    );
    expect(items.map((item) => item?.mime)).toEqual(names.map(() => 'image/png'));
    expect(items[0]).toEqual(items[1]);
    expect(await readFile(items[0]!.path, 'utf8')).toBe('tile 8192 4096');
    // Each request looks for a made tile before it queues, so any of them may come first.
    expect(cut.toSorted((a, b) => a.box.width - b.box.width)).toEqual([
      { box: { x: 8192, y: 4096, width: 808, height: 904 }, octave: 0 },
      { box: { x: 0, y: 0, width: 1024, height: 1024 }, octave: 0 },
      { box: { x: 0, y: 0, width: 2048, height: 2048 }, octave: 1 },
    ]);
    expect(mostAtOnce).toBe(1);
  });

  it('there are none outside the image or of other names', async () => {
    const { id } = await image('img1.png');
    for (const name of ['0-9-0', '0-0-5', '7-0-0', '0-0', '0-0-0-0', 'x', ''])
      expect(
        await bench.engine.media(`tile/${projectId()}/${id}/${name}`, signal),
        name,
      ).toBeNull();
    expect(await bench.engine.media(`tile/${projectId()}/99/0-0-0`, signal)).toBeNull();
    expect(cut).toEqual([]);
  });
});
