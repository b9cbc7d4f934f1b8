// The COCO writer: what stands in the file, that it is what pycocotools reads, and that it is whole.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { warningEnglish } from '../../../../../../electron/api/said/exportWords.ts';
import { readCoco } from '../../../../../../electron/engine/dataset/coco/reading/read.ts';
import { writeCoco } from '../../../../../../electron/engine/dataset/coco/write.ts';
import type { CocoProfile } from '../../../../../../electron/engine/dataset/coco/arrange.ts';
import { union } from '../../../../../../electron/masks/runs/combine.ts';
import { rleToString } from '../../../../../../electron/masks/runs/rleString.ts';
import {
  annotation,
  category,
  collect,
  image,
  source,
  temporaryFolder,
} from '../../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';

const box = draw('........', '.###....', '.###....', '........');
const ring = draw('.####...', '.#..#...', '.####...', '........');
const pair = draw('##......', '##......', '......##', '......##');

const data = source(
  [category(1, 'cat'), category(7, 'sky', { isThing: false, supercategory: 'outdoor' })],
  [
    image('a.jpg', [annotation(1, box, { score: 0.75 }), annotation(7, ring)]),
    image('sub dir/ü b.png', [annotation(1, pair, { isCrowd: true }), annotation(1, box)]),
    image('empty.jpg', [], { width: 3, height: 2 }),
  ],
);

async function write(profile: CocoProfile, more = {}) {
  const path = join(await temporaryFolder(), 'out.json');
  const report = await writeCoco(data, path, { profile, overwrite: false, ...more });
  const json = JSON.parse(await readFile(path, 'utf8')) as Record<string, never> & {
    annotations: { segmentation: unknown; area: number; bbox: number[]; id: number }[];
  };
  return { path, report, json };
}

describe('the COCO writer', () => {
  it('writes every field in the exact profile as readers expect it', async () => {
    const { json, report } = await write('coco', { info: { description: 'x' } });
    const rle = (mask: typeof box) => ({ size: [4, 8], counts: rleToString(mask) });
    expect(report).toEqual({ images: 3, annotations: 4, warnings: [], errorPx: 0 });
    expect(json).toEqual({
      info: { description: 'x' },
      licenses: [],
      images: [
        { id: 1, file_name: 'a.jpg', width: 8, height: 4 },
        { id: 2, file_name: 'sub dir/ü b.png', width: 8, height: 4 },
        { id: 3, file_name: 'empty.jpg', width: 3, height: 2 },
      ],
      categories: [
        { id: 1, name: 'cat', supercategory: '', isthing: 1, color: [51, 102, 153] },
        { id: 7, name: 'sky', supercategory: 'outdoor', isthing: 0, color: [51, 102, 153] },
      ],
      annotations: [
        {
          id: 1,
          image_id: 1,
          category_id: 1,
          segmentation: [[4, 1, 4, 3, 1, 3, 1, 1]],
          area: 6,
          bbox: [1, 1, 3, 2],
          iscrowd: 0,
          score: 0.75,
        },
        {
          id: 2,
          image_id: 1,
          category_id: 7,
          segmentation: rle(ring),
          area: 10,
          bbox: [1, 0, 4, 3],
          iscrowd: 0,
        },
        {
          id: 3,
          image_id: 2,
          category_id: 1,
          segmentation: rle(pair),
          area: 8,
          bbox: [0, 0, 8, 4],
          iscrowd: 1,
        },
        {
          id: 4,
          image_id: 2,
          category_id: 1,
          segmentation: [[4, 1, 4, 3, 1, 3, 1, 1]],
          area: 6,
          bbox: [1, 1, 3, 2],
          iscrowd: 0,
        },
      ],
    });
  });

  it('gives the same bytes for the same data', async () => {
    const [a, b] = [await write('coco'), await write('coco')];
    expect(await readFile(a.path)).toEqual(await readFile(b.path));
  });

  it('writes polygons only in the polygon profile, and the masks stay the same', async () => {
    const { path, json } = await write('coco-polygon');
    for (const { segmentation } of json.annotations) expect(Array.isArray(segmentation)).toBe(true);
    await using read = await readCoco(path);
    const masks = (await collect(read)).map((i) => i.annotations.map((a) => a.mask));
    expect(masks).toEqual([[box, ring], [pair, box], []]);
  });

  it('merges each class of an image in the stuff profile', async () => {
    const { path } = await write('stuff');
    await using read = await readCoco(path);
    const found = (await collect(read)).map((i) =>
      i.annotations.map((a) => [a.categoryId, a.mask]),
    );
    expect(found).toEqual([
      [
        [1, box],
        [7, ring],
      ],
      [[1, union(pair, box)]],
      [],
    ]);
  });

  it('splits what is not connected in the instances profile', async () => {
    const { json } = await write('instances');
    expect(json.annotations.map((a) => [a.area, a.bbox])).toEqual([
      [6, [1, 1, 3, 2]],
      [10, [1, 0, 4, 3]],
      [4, [0, 0, 2, 2]],
      [4, [6, 2, 2, 2]],
      [6, [1, 1, 3, 2]],
    ]);
    expect(json.annotations.map((a) => a.id)).toEqual([1, 2, 3, 4, 5]);
  });

  it('states the error that simplification really made', async () => {
    const slope = draw('#.......', '##......', '###.....', '####....', '#####...', '######..');
    const path = join(await temporaryFolder(), 'out.json');
    const options = { profile: 'coco-polygon', overwrite: false, tolerancePx: 1 } as const;
    const one = source([category(1, 'cat')], [image('a.jpg', [annotation(1, slope)])]);
    const { errorPx } = await writeCoco(one, path, options);
    expect(errorPx).toBeGreaterThan(0.5);
    expect(errorPx).toBeLessThanOrEqual(1);
  });

  it('leaves an existing file alone unless replacing was asked for', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'out.json');
    await writeFile(path, 'precious');
    await expect(writeCoco(data, path, { profile: 'coco', overwrite: false })).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_EXISTS' }),
    );
    expect(await readFile(path, 'utf8')).toBe('precious');
    await writeCoco(data, path, { profile: 'coco', overwrite: true });
    expect(await readdir(folder)).toEqual(['out.json']);
    expect(JSON.parse(await readFile(path, 'utf8'))).toHaveProperty('annotations');
  });

  it('leaves nothing behind when it is stopped or an item is broken', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'out.json');
    const stop = new AbortController();
    const stopped = writeCoco(data, path, {
      profile: 'coco',
      overwrite: false,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    const wrong = source([category(1, 'cat')], [image('a.jpg', [annotation(2, box)])]);
    await expect(writeCoco(wrong, path, { profile: 'coco', overwrite: false })).rejects.toThrow(
      /category 2/,
    );
    const size = source([category(1, 'cat')], [image('a.jpg', [annotation(1, box)], { width: 9 })]);
    await expect(writeCoco(size, path, { profile: 'coco', overwrite: false })).rejects.toThrow(
      expect.objectContaining({
        code: 'EXPORT_MISMATCH',
        message: expect.stringMatching(/9 x 4 px but one of its masks is 8 x 4/) as string,
      }),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves out an annotation without pixels and says so', async () => {
    const path = join(await temporaryFolder(), 'out.json');
    const nothing = draw('........', '........');
    const one = source([category(1, 'cat')], [image('a.jpg', [annotation(1, nothing)])]);
    const report = await writeCoco(one, path, { profile: 'coco', overwrite: false });
    expect(report.annotations).toBe(0);
    expect(report.warnings.map(warningEnglish)).toEqual([
      'a.jpg: an annotation without a pixel was left out',
    ]);
  });

  it('keeps imported ids and unknown fields, and numbers new annotations past them', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'in.json');
    const original = {
      info: { year: 2017 },
      licenses: [{ id: 3, name: 'CC0', url: '' }],
      images: [{ id: 40, file_name: 'a.jpg', width: 8, height: 4, license: 3, flickr: { x: [1] } }],
      categories: [{ id: 5, name: 'cat', supercategory: 'animal', keypoints: ['nose'] }],
      annotations: [
        {
          id: 900,
          image_id: 40,
          category_id: 5,
          segmentation: [[1, 1, 4, 1, 4, 3, 1, 3]],
          area: 6,
          bbox: [1, 1, 3, 2],
          iscrowd: 0,
          attributes: { occluded: false },
        },
      ],
      videos: [{ id: 1 }],
    };
    await writeFile(path, JSON.stringify(original));
    await using read = await readCoco(path);
    const images = await collect(read);
    const extended = source(read.categories, [
      { ...images[0]!, annotations: [...images[0]!.annotations, annotation(5, ring)] },
    ]);
    const again = join(folder, 'again.json');
    await writeCoco(extended, again, {
      profile: 'coco',
      overwrite: false,
      keepIds: true,
      info: read.info as never,
      licenses: read.licenses,
      extra: read.extra,
    });
    const json = JSON.parse(await readFile(again, 'utf8')) as typeof original;
    expect(json.info).toEqual(original.info);
    expect(json.licenses).toEqual(original.licenses);
    expect(json.videos).toEqual(original.videos);
    expect(json.images).toEqual(original.images);
    expect(json.categories).toEqual([{ ...original.categories[0], isthing: 1 }]);
    expect(json.annotations[0]).toMatchObject({
      ...original.annotations[0],
      segmentation: expect.anything() as unknown,
    });
    expect(json.annotations[1]!.id).toBe(901);
  });
});
