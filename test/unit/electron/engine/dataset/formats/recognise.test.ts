// Labels are told apart by what stands in the file or folder.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkKind,
  recogniseFormat,
} from '../../../../../../electron/engine/dataset/formats/recognise.ts';
import { encodePng } from '../../../../../../electron/engine/dataset/png/encode.ts';
import { ClassTable } from '../../../../../../electron/engine/dataset/formats/classMap.ts';
import { IMPORT_FORMATS } from '../../../../../../electron/engine/dataset/formats/registry.ts';

const LABELME = '{"version": "5.5.0", "shapes" : [], "imagePath": "a.jpg", "imageData": null}';
const CLASS_MAP = new ClassTable([]).json();
const COCO = '{"info": {}, "images": [], "annotations": [], "categories": []}';

describe('labels in', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'salience-recognise-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const put = async (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return folder;
  };

  it.each<[string, Record<string, string>]>([
    ['labelme', { 'a.jpg': '', 'settings.json': '{}', 'sub/a.json': LABELME }],
    ['yolo-seg', { 'data.yaml': 'names: [cup]', 'labels/train/a.txt': '' }],
    ['yolo-seg', { 'classes.txt': 'cup', 'a.txt': '0 0 0 1 0 1 1' }],
    ['mask-png', { 'classes.json': '{}', 'masks/a.png': '' }],
  ])('a folder of %s are recognised', async (format, files) => {
    expect(await recogniseFormat(await put(files))).toBe(format);
  });

  it('a COCO file are recognised, and a file of anything else is left to the COCO reader', async () => {
    await put({ 'coco.json': COCO, 'other.json': '{"pages": 3}', empty: '' });
    for (const name of ['coco.json', 'other.json', 'empty'])
      expect(await recogniseFormat(join(folder, name))).toBe('coco');
  });

  it('a folder that holds none of them are refused with what was expected', async () => {
    await expect(recogniseFormat(await put({ 'a.jpg': '', 'notes.txt': '' }))).rejects.toThrow(
      /expected labelme files, YOLO labels .* found none in the folder/,
    );
  });

  it('a folder of COCO files, or one labelme file, are refused with what to choose', async () => {
    await put({ 'train.json': COCO, 'val.json': COCO });
    await expect(recogniseFormat(folder)).rejects.toThrow(/choose one of them: train.json, val.js/);
    await put({ 'one.json': LABELME });
    await expect(recogniseFormat(join(folder, 'one.json'))).rejects.toThrow(/choose the folder/);
  });

  it('a file where the format is a folder are refused, and the other way round', async () => {
    await put({ 'coco.json': COCO });
    for (const format of IMPORT_FORMATS) {
      const right = format.kind === 'file' ? join(folder, 'coco.json') : folder;
      const wrong = format.kind === 'file' ? folder : join(folder, 'coco.json');
      await checkKind(format, right);
      await expect(checkKind(format, wrong)).rejects.toMatchObject({
        code: 'IMPORT_INVALID',
        message: expect.stringContaining(format.title) as string,
      });
    }
  });

  it('what is not there are refused by name', async () => {
    await expect(recogniseFormat(join(folder, 'gone.json'))).rejects.toThrow(/no file or folder/);
  });

  it.each([
    ['labelme', 'b.json', LABELME],
    ['yolo-seg', 'b.txt', ''],
    ['mask-png', 'b.png', ''],
  ])('%s with a link that leads nowhere are read without it', async (id, name) => {
    await put({ 'a.json': LABELME, 'classes.txt': 'cup', 'classes.json': CLASS_MAP, 'a.txt': '' });
    await writeFile(
      join(folder, 'a.png'),
      await encodePng({ kind: 'grey', data: new Uint8Array(4) }, 2, 2),
    );
    await symlink(join(folder, 'nowhere'), join(folder, name));
    const images = ['a.jpg', 'b.jpg'].map((fileName) => ({ fileName, width: 2, height: 2 }));
    const format = IMPORT_FORMATS.find((one) => one.id === id)!;
    await using dataset = await format.open(folder, { skipBroken: true, images });
    expect(dataset.problems.kept).toContainEqual({
      path: name,
      message: 'is a link that leads nowhere',
      effect: 'skipped',
    });
    const names: string[] = [];
    for await (const image of dataset.images()) names.push(image.fileName);
    expect(names).toContain('a.jpg');
    await expect(format.open(folder, { skipBroken: false, images })).rejects.toThrow(/nowhere/);
  });
});
