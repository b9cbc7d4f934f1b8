// The report beside the data: what was looked for, how much of it was found, and that it replaces nothing of a person's.
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../../../../electron/api/methods.ts';
import type { CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import {
  addObjects,
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

describe('the report of an export', () => {
  let folder: string;
  let bench: Bench;
  let out: string;
  beforeEach(async () => {
    folder = await imageFolder(2);
    out = `${folder}-export`;
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['cup'] });
    await bench.call('image.open', { imageId: 1 as ImageId });
    for (const id of ['a', 'b']) {
      const box = [1, 1, 2, 2] as const;
      const after = annotationWith(id, 1, rectangle(...box), { area: 4, box });
      await addObjects(bench, id, 1 as ImageId, after);
    }
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });
  const start = (more: Partial<Input<'export.start'>>) =>
    bench.call('export.start', {
      format: 'coco',
      target: null,
      fileName: 'labels.json',
      only: 'all',
      categoryIds: [],
      split: null,
      includeProposals: false,
      check: true,
      ...more,
    });

  it('lists every rule with its count, and the images of what was found', async () => {
    const { check, files } = await start({});
    expect(files).toEqual(['labels.json']);
    // Two tiny masks, one of them twice.
    expect(check).toMatchObject({ path: join(out, 'labels.json.report.txt'), remarks: 3 });
    // What a window shows is what was written: nobody reads the file for it.
    expect(check!.text).toBe(await readFile(check!.path, 'utf8'));
    const lines = check!.text.split('\n');
    expect(lines[0]).toBe('Salience export report');
    expect(lines).toContain('Masks     2, read back and equal');
    const at = lines.indexOf('       2  tiny masks, under 16 px');
    expect(lines[at + 1]).toMatch(/^ {12}\S+\.png \(2\)$/);
    expect(lines).toContain('       1  masks that are there twice, of one class');
    expect(lines).toContain('       0  overlaps of two classes, over 20 % of the smaller one');
  });

  it('comes with the figures of the data: classes with masks in it, files and their bytes', async () => {
    await bench.call('category.add', { names: ['plate', 'fork'] });
    const box = [3, 1, 2, 2] as const;
    const plate = annotationWith('c', 2, rectangle(...box), { area: 4, box });
    await addObjects(bench, 'c', 1 as ImageId, plate);
    const one = await start({});
    const { size } = await stat(join(out, 'labels.json'));
    expect([one.classes, one.size]).toEqual([2, { files: 1, bytes: size }]);
    const only = await start({ fileName: 'cups.json', categoryIds: [1 as CategoryId] });
    expect(only.classes).toBe(1);
    const folder = await start({ format: 'yolo-seg', fileName: 'yolo' });
    const written = await readdir(join(out, 'yolo'), { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      written
        .filter((entry) => entry.isFile())
        .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
    );
    expect(sizes.length).toBeGreaterThan(2);
    expect(folder.size).toEqual({ files: sizes.length, bytes: sizes.reduce((a, b) => a + b) });
    const halves = await start({ fileName: 'half.json', split: { validation: 0.5, seed: 1 } });
    expect([halves.files.length, halves.size.files]).toEqual([2, 2]);
  });

  it('is not written where nobody asked to look', async () => {
    expect((await start({ check: false })).check).toBeNull();
    expect(await readdir(out)).toEqual(['labels.json']);
  });

  it('stands beside a folder of files, and takes the place of no other file', async () => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'yolo.report.txt'), 'mine');
    const { check } = await start({ format: 'yolo-seg', fileName: 'yolo' });
    expect(check?.path).toBe(join(out, 'yolo.report-2.txt'));
    expect(await readFile(join(out, 'yolo.report.txt'), 'utf8')).toBe('mine');
  });

  it('is replaced with the data that it tells of, unless it is a file of a person', async () => {
    await start({});
    const target = bench.engine.handleOf(join(out, 'labels.json'));
    const names = ['labels.json', 'labels.json.report.txt'];
    expect((await start({ target })).check?.path).toBe(join(out, names[1]!));
    expect((await readdir(out)).toSorted()).toEqual(names);
    await writeFile(join(out, names[1]!), 'mine');
    expect((await start({ target })).check?.path).toBe(join(out, 'labels.json.report-2.txt'));
    expect(await readFile(join(out, names[1]!), 'utf8')).toBe('mine');
  });
});
