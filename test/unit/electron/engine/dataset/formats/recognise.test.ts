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

  it('a COCO file are recognised, and JSON of another shape is left to the COCO reader', async () => {
    await put({ 'coco.json': COCO, 'other.json': '{"pages": 3}' });
    for (const name of ['coco.json', 'other.json'])
      expect(await recogniseFormat(join(folder, name))).toBe('coco');
  });

  it.each([
    ['empty.json', '', /empty\.json is an empty file; copy or download it again/],
    ['page.json', '<!doctype html><html></html>', /is a web page: .*download it again/],
    ['a.xml', '<annotation><object><bndbox/></object></annotation>', /Pascal VOC XML file, which/],
    ['v.xml', '<annotations><track id="0"/></annotations>', /CVAT for video XML; in CVAT export/],
    ['r.json', '[{"image_id": 1, "category_id": 2, "score": 0.5}]', /list of COCO results/],
    ['n.json', '{"a": 1}\n{"a": 2}\n', /one JSON object a line/],
    ['l.json', 'version https://git-lfs.github.com/spec/v1\noid sha256:1', /run "git lfs pull"/],
    ['a.txt', '0 0.1 0.1 0.2 0.2 0.3 0.3\n', /YOLO label file of one image; choose the folder/],
    ['meta.json', '{"classes": [{"title": "a", "shape": "any"}]}', /meta\.json of a Supervisely/],
    ['w.bin', '\u0001\u0002', /is a kind of file that is not known here; expected COCO/],
  ])('%s that no reader takes are refused with what they are', async (name, text, message) => {
    await put({ [name]: text });
    await expect(recogniseFormat(join(folder, name))).rejects.toThrow(message);
  });

  it('a YOLO folder with images beside its classes.txt are not taken for colour masks', async () => {
    const files = { 'classes.txt': 'cup\ndog', 'a.txt': '0 0 0 1 0 1 1', 'a.png': '' };
    expect(await recogniseFormat(await put(files))).toBe('yolo-seg');
  });

  it('PNG masks in colours beside a classes.json are read by their colours', async () => {
    const colours = { kind: 'rgb', data: new Uint8Array(12) } as const;
    await put({
      'classes.json': '{"classes": [{"name": "a", "color": "#010203"}]}',
      'masks/x': '',
    });
    await writeFile(join(folder, 'masks/a.png'), await encodePng(colours, 2, 2));
    expect(await recogniseFormat(folder)).toBe('pascal-voc');
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
