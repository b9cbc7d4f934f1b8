// Export and import through the engine: what goes out comes back, and coming back twice adds nothing.
import { link, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Input } from '../../../../../electron/api/methods.ts';
import type { ImageId } from '../../../../../electron/api/types.ts';
import { refuseDifferences } from '../../../../../electron/engine/dataset/fingerprint.ts';
import { exportFormat } from '../../../../../electron/engine/dataset/formats/registry.ts';
import { fileNameOf } from '../../../../../electron/engine/exchange/exportPlace.ts';
import { projectSource } from '../../../../../electron/engine/exchange/projectSource.ts';
import type { Bench } from '../../../../helpers/drivers/engineBench.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  addObjects,
} from '../../../../helpers/drivers/engineBench.ts';
import { exportDifferences } from '../../../../../electron/api/rules/exportDifferences.ts';

const EXPORT: Input<'export.start'> = {
  format: 'coco',
  target: null,
  fileName: 'labels',
  only: 'all',
  categoryIds: [],
  split: null,
  includeProposals: false,
};

describe('exchange', () => {
  let folder: string;
  let bench: Bench;

  beforeEach(async () => {
    folder = await imageFolder(4);
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['cup', 'plate'] });
    for (const [id, categoryId, x] of [
      [1, 1, 0],
      [1, 2, 3],
      [2, 1, 1],
    ] as const) {
      const after = annotationWith(`a${id}${categoryId}`, categoryId, rectangle(x, 1, 2, 3), {
        z: categoryId,
      });
      await addObjects(bench, `t${id}${categoryId}`, id as ImageId, after);
    }
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  it('exports beside the images by default and never over a file that is there', async () => {
    const path = join(`${folder}-export`, 'labels.json');
    const { format, target, fileName } = EXPORT;
    const place = { format, target, fileName, isSplit: false };
    expect(await bench.call('export.place', place)).toEqual({ path });
    // Of a split two files lie there.
    const parts = await bench.call('export.place', { ...place, isSplit: true });
    expect(parts).toEqual({ path: `${folder}-export` });
    const odd = bench.call('export.place', { ...place, fileName: 'a/b' });
    await expect(odd).rejects.toThrow('"a/b" cannot be a file name');
    // Asking has made nothing.
    await expect(stat(`${folder}-export`)).rejects.toMatchObject({ code: 'ENOENT' });
    const report = await bench.call('export.start', EXPORT);
    expect(report).toMatchObject({ images: 4, annotations: 3, path });
    expect(bench.engine.handleOf(path)).toBe(report.written);
    const coco = JSON.parse(await readFile(path, 'utf8')) as {
      images: unknown[];
      annotations: { area: number }[];
    };
    expect(coco.images).toHaveLength(4);
    expect(coco.annotations.map(({ area }) => area)).toEqual([6, 6, 6]);
    await expect(bench.call('export.start', EXPORT)).rejects.toMatchObject({
      code: 'FILE_EXISTS',
      data: { name: 'labels.json', at: (await stat(path)).mtime.toISOString() },
    });
  });

  it('replaces a result that is there, or writes beside it, when told so', async () => {
    const at = `${folder}-export`;
    await bench.call('export.start', EXPORT);
    const before = await readFile(join(at, 'labels.json'), 'utf8');
    await addObjects(bench, 'more', 3 as ImageId, annotationWith('more', 1, rectangle(0, 0, 2, 2)));
    for (const name of ['labels-2.json', 'labels-3.json']) {
      const report = await bench.call('export.start', { ...EXPORT, ifThere: 'keepBoth' });
      expect(report).toMatchObject({ path: join(at, name), files: [name], annotations: 4 });
    }
    expect(await readFile(join(at, 'labels.json'), 'utf8')).toBe(before);
    const replaced = await bench.call('export.start', { ...EXPORT, ifThere: 'replace' });
    expect(replaced).toMatchObject({ path: join(at, 'labels.json'), annotations: 4 });
    expect(await readFile(join(at, 'labels.json'), 'utf8')).not.toBe(before);
    expect((await readdir(at)).sort()).toEqual(['labels-2.json', 'labels-3.json', 'labels.json']);
    const xml = { ...EXPORT, format: 'cvat-images' };
    await bench.call('export.start', xml);
    await bench.call('export.start', { ...xml, ifThere: 'replace' });
    await rm(join(at, 'labels.xml'));
    // Of a split both halves get the same number.
    const split = { ...EXPORT, split: { validation: 0.5, seed: 1 } };
    await bench.call('export.start', split);
    await rm(join(at, 'labels.val.json'));
    const parts = await bench.call('export.start', { ...split, ifThere: 'keepBoth' });
    expect(parts.files).toEqual(['labels-2.train.json', 'labels-2.val.json']);
    // A folder is written beside, and never replaced: somebody may have put files in it.
    const lists = { ...EXPORT, format: 'yolo-seg' };
    await bench.call('export.start', lists);
    for (const ifThere of [undefined, 'replace'] as const)
      await expect(
        bench.call('export.start', { ...lists, ...(ifThere ? { ifThere } : {}) }),
      ).rejects.toMatchObject({ code: 'FILE_EXISTS', data: { name: 'labels' } });
    // The name that a format before it had left behind makes no folder of that name.
    const named = { ...lists, fileName: 'labels.json' };
    await expect(bench.call('export.start', named)).rejects.toMatchObject({
      data: { name: 'labels' },
    });
    await writeFile(join(at, 'lone'), 'a file');
    await expect(bench.call('export.start', { ...lists, fileName: 'lone' })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
      data: { name: 'lone' },
    });
    const beside = await bench.call('export.start', { ...lists, ifThere: 'keepBoth' });
    expect(beside.path).toBe(join(at, 'labels-2'));
  });

  it('replaces no image and no file of another kind, also when told to', async () => {
    await mkdir(`${folder}-export`);
    const path = join(`${folder}-export`, 'labels.json');
    await writeFile(path, Buffer.from('89504e470d0a1a0a', 'hex'));
    await expect(
      bench.call('export.start', { ...EXPORT, ifThere: 'replace' }),
    ).rejects.toMatchObject({ code: 'FILE_REFUSED' });
    expect((await stat(path)).size).toBe(8);
  });

  it('has labels of files that are away where their size is known, none of files that are broken', async () => {
    const { context } = bench.engine;
    const { store } = context.open.get();
    const sized = 'UPDATE image SET width = ?, height = ? WHERE id = ?';
    for (const [id, width, height] of [
      [1, 8, 6],
      [2, 0, 0],
      [3, 8, 6],
    ] as const)
      store.run(sized, width, height, id);
    for (const name of ['img1.png', 'img2.png']) await rm(join(folder, name));
    await writeFile(join(folder, 'img3.png'), 'broken by now');
    const options = { includeProposals: false, signal: new AbortController().signal };
    const source = projectSource(context, context.open.get(), options);
    const found: [string, number][] = [];
    for await (const { fileName, annotations } of source.images())
      found.push([fileName, annotations.length]);
    expect(found).toEqual([
      ['img1.png', 2],
      ['img4.png', 0],
    ]);
    expect([...source.leftOut.keys()]).toEqual(['img2.png', 'img3.png']);
  });

  it('says where it may not write, and what to do', async ({ skip }) => {
    // Nobody writes there, not even a superuser.
    const target = '/sys/kernel';
    if (process.platform !== 'linux') skip('there is no folder that nobody may write');
    const wanted = { ...EXPORT, target: bench.engine.handleOf(target) };
    await expect(bench.call('export.start', wanted)).rejects.toMatchObject({
      code: 'FILE_REFUSED',
      message: expect.stringMatching(/^You may not write .*kernel.*Choose another place/),
    });
  });

  it('takes the place of no image and of no file by hand, whichever way it is named', async () => {
    const [image] = (await readdir(folder)).filter((name) => name.endsWith('.png'));
    const outside = join(folder, '..', 'elsewhere.json');
    await link(join(folder, image!), join(folder, '..', 'hard.json'));
    await symlink(join(folder, image!), join(folder, '..', 'link.json'));
    await writeFile(join(folder, 'hand.json'), '{"by":"hand"}');
    // A project whose image is a link to a file elsewhere, which holds what looks like a result.
    await writeFile(outside, '{"an":"image that is none"}');
    await symlink(outside, join(folder, 'zz.png'));
    await bench.call('project.openFolder', { folder: bench.engine.handleOf(folder) });
    await bench.close();
    bench = await openBench(folder);
    const targets = [
      join(folder, image!),
      join(folder, 'hand.json'),
      outside,
      ...['hard.json', 'link.json'].map((name) => join(folder, '..', name)),
    ];
    for (const target of targets) {
      const before = await readFile(target);
      const asked = bench.call('export.start', {
        ...EXPORT,
        target: bench.engine.handleOf(target),
      });
      await expect(asked, target).rejects.toMatchObject({
        code: 'FILE_REFUSED',
        message: expect.stringContaining(target),
      });
      expect(await readFile(target)).toEqual(before);
    }
  });

  it('replaces its own result among the images, until somebody else writes there', async () => {
    const target = join(folder, 'labels.json');
    const again = () =>
      bench.call('export.start', { ...EXPORT, target: bench.engine.handleOf(target) });
    await again();
    await again();
    // Ended just before the next one appears, the earlier file is known all the same.
    const format = exportFormat('coco');
    const { write } = format;
    const ended = vi.spyOn(format, 'write').mockImplementation((source, path, options) =>
      write(source, path, {
        ...options,
        onFinished: async (temporary) => {
          await options.onFinished?.(temporary);
          throw new Error('ended');
        },
      }),
    );
    await expect(again()).rejects.toThrow('ended');
    ended.mockRestore();
    await again();
    await writeFile(target, '{"by":"hand"}');
    await expect(again()).rejects.toMatchObject({ code: 'FILE_REFUSED' });
    // Both halves of a split stand for themselves.
    await writeFile(join(folder, 'parts.val.json'), '{"by":"hand"}');
    const parts = bench.call('export.start', {
      ...EXPORT,
      split: { validation: 0.5, seed: 1 },
      target: bench.engine.handleOf(join(folder, 'parts.json')),
    });
    await expect(parts).rejects.toMatchObject({ code: 'FILE_REFUSED' });
    expect(await readdir(folder)).not.toContain('parts.train.json');
  });

  it('names the image whose masks read back differently, and keeps no file', async () => {
    const { name } = (await bench.call('image.open', { imageId: 2 as ImageId })).image;
    const message = 'reads back with 2 annotations; 1 were written';
    const write = vi.spyOn(exportFormat('coco'), 'write').mockImplementationOnce((_, path) =>
      Promise.resolve().then(() => {
        refuseDifferences([{ name, message }], path);
        throw new Error('not reached');
      }),
    );
    const failure: unknown = await bench
      .call('export.start', EXPORT)
      .catch((error: unknown) => error);
    write.mockRestore();
    expect(exportDifferences(failure)).toEqual([{ name, message, imageId: 2 }]);
    await expect(stat(join(`${folder}-export`, 'labels.json'))).rejects.toThrow('ENOENT');
  });

  it('exports what was asked for only: reviewed images, some classes', async () => {
    await bench.call('image.setStatus', { imageIds: [1 as ImageId], status: 'reviewed' });
    const report = await bench.call('export.start', {
      ...EXPORT,
      only: 'reviewed',
      categoryIds: (await bench.call('project.summary', {})).categories
        .filter(({ name }) => name === 'plate')
        .map(({ id }) => id),
    });
    expect(report).toMatchObject({ images: 1, annotations: 1 });
  });

  it('imports its own export into an empty project with equal masks, once', async () => {
    const target = join(folder, '..', 'out');
    await mkdir(target);
    await bench.call('export.start', { ...EXPORT, target: bench.engine.handleOf(target) });
    const second = await openBench(folder, { userData: join(folder, '..', 'user2') });
    const request = {
      format: 'coco',
      source: second.engine.handleOf(join(target, 'labels.json')),
      as: 'proposal',
      dryRun: true,
      skipBroken: false,
    } as const;
    const planned = await second.call('import.start', request);
    expect(planned).toMatchObject({ images: 4, annotations: 3, categories: 2, problems: [] });
    expect((await second.call('project.summary', {})).categories).toEqual([]);
    await second.call('import.start', { ...request, dryRun: false });
    const again = await second.call('import.start', { ...request, dryRun: false });
    expect(again.annotations).toBe(0);
    const open = async (one: Bench) =>
      (await one.call('image.open', { imageId: 1 as ImageId })).annotations.map(
        ({ mask, area, box }) => ({ counts: [...mask.counts], area, box }),
      );
    expect(await open(second)).toEqual(await open(bench));
    const summary = await second.call('project.summary', {});
    expect(summary.categories.map(({ name }) => name)).toEqual(['cup', 'plate']);
    expect(summary.proposals).toBe(3);
    await second.close();
  });

  it('names images that are not in the project and sizes that differ, and imports the rest', async () => {
    const path = join(folder, '..', 'foreign.json');
    const image = (id: number, file_name: string, width = 8) => ({
      id,
      file_name,
      width,
      height: 6,
    });
    const annotation = (id: number, image_id: number) => ({
      id,
      image_id,
      category_id: 1,
      iscrowd: 0,
      area: 4,
      bbox: [0, 0, 2, 2],
      segmentation: [[0, 0, 2, 0, 2, 2, 0, 2]],
    });
    await writeFile(
      path,
      JSON.stringify({
        images: [image(1, 'img3.png'), image(2, 'elsewhere.png'), image(3, 'img4.png', 9)],
        annotations: [annotation(1, 1), annotation(2, 2), annotation(3, 3)],
        categories: [{ id: 1, name: 'spoon' }],
      }),
    );
    const report = await bench.call('import.start', {
      format: 'coco',
      source: bench.engine.handleOf(path),
      as: 'accepted',
      dryRun: false,
      skipBroken: true,
    });
    expect(report).toMatchObject({ images: 1, annotations: 1 });
    expect(report.problems.map((problem) => problem.path).sort()).toEqual([
      'elsewhere.png',
      'img4.png',
    ]);
    const { images } = await bench.call('image.list', {
      cursor: 0,
      limit: 10,
      filter: { text: 'img3' },
      order: 'name',
    });
    expect(images[0]).toMatchObject({ accepted: 1, width: 8, height: 6 });
  });

  it('gives a foreign file back with its numbers, licences and unknown fields', async () => {
    const second = await openBench(folder, { userData: join(folder, '..', 'user3') });
    const file = {
      info: { description: 'theirs' },
      licenses: [{ id: 3, name: 'CC BY', url: 'https://example.org' }],
      our_pipeline: { stage: 'checked' },
      images: [{ id: 40, file_name: 'img1.png', width: 8, height: 6, license: 3, camera: 'left' }],
      categories: [
        { id: 7, name: 'cup', supercategory: 'kitchen', keep: true },
        { id: 90, name: 'plate', supercategory: 'kitchen' },
      ],
      annotations: [
        {
          id: 55,
          image_id: 40,
          category_id: 90,
          iscrowd: 0,
          area: 4,
          bbox: [0, 0, 2, 2],
          // As we trace it: polygons come back pixel for pixel, their first corner may be another.
          segmentation: [[2, 0, 2, 2, 0, 2, 0, 0]],
          annotator: 'Ann',
        },
      ],
    };
    const source = join(folder, '..', 'theirs.json');
    await writeFile(source, JSON.stringify(file));
    await second.call('import.start', {
      format: 'coco',
      source: second.engine.handleOf(source),
      as: 'accepted',
      dryRun: false,
      skipBroken: false,
    });
    const target = join(folder, '..', 'back');
    await mkdir(target);
    await second.call('export.start', { ...EXPORT, target: second.engine.handleOf(target) });
    await second.close();
    const back = JSON.parse(await readFile(join(target, 'labels.json'), 'utf8')) as typeof file;
    expect(back).toMatchObject({
      licenses: file.licenses,
      our_pipeline: file.our_pipeline,
      categories: file.categories,
      annotations: file.annotations,
    });
    expect(back.images.find(({ id }) => id === 40)).toMatchObject(file.images[0]!);
  });

  it('takes class names from a COCO file', async () => {
    const path = join(folder, '..', 'classes.json');
    await writeFile(path, JSON.stringify({ categories: [{ name: 'cup' }, { name: 'fork' }] }));
    const { categories, added } = await bench.call('category.importCoco', {
      file: bench.engine.handleOf(path),
    });
    expect(categories.map(({ name }) => name)).toEqual(['cup', 'plate', 'fork']);
    expect(added).toEqual([1, 3]);
  });
});

describe('names of exports', () => {
  it('are plain file names with the right ending', () => {
    const json = { extension: '.json', kind: 'file' } as const;
    expect(fileNameOf('labels', json)).toBe('labels.json');
    expect(fileNameOf(' labels.JSON ', json)).toBe('labels.JSON');
    expect(fileNameOf('set', { extension: '', kind: 'folder' })).toBe('set');
    for (const name of ['', ' ', '.', '..', '.hidden', 'a/b', 'a\\b', 'c:x', 'a\nb', 'a\0'])
      expect(() => fileNameOf(name, json), JSON.stringify(name)).toThrow(/file name/);
  });
});
