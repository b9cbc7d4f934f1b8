// Every export format against its own written rules: what other programs will find in the files.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { warningEnglish } from '../../../../../../electron/api/said/exportWords.ts';
import { readCoco } from '../../../../../../electron/engine/dataset/coco/reading/read.ts';
import { decodeBrush } from '../../../../../../electron/engine/dataset/formats/labelStudio/brushRle.ts';
import type { ExportOptions } from '../../../../../../electron/engine/dataset/formats/format.ts';
import { vocPalette } from '../../../../../../electron/engine/dataset/formats/writing/paint.ts';
import {
  EXPORT_FORMATS,
  exportFormat,
  importFormat,
} from '../../../../../../electron/engine/dataset/formats/registry.ts';
import {
  partOf,
  selectSubset,
} from '../../../../../../electron/engine/dataset/formats/writing/subset.ts';
import { forEachZipEntry } from '../../../../../../electron/engine/dataset/formats/writing/zipEntries.ts';
import { decodePng } from '../../../../../../electron/engine/dataset/png/decode.ts';
import { bitmapFromMask } from '../../../../../../electron/masks/runs/bitmap.ts';
import { subtract, union } from '../../../../../../electron/masks/runs/combine.ts';
import { rasterizeRing } from '../../../../../../electron/masks/outlines/rasterize.ts';
import { area } from '../../../../../../electron/masks/runs/rle.ts';
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
const ring = draw('.....###', '.....#.#', '.....###', '........');
const pair = draw('##......', '##......', '......##', '......##');
const sky = draw('........', '........', '........', '##......');
const more = draw('........', '........', '........', '....##..');

const categories = [
  category(3, 'cat', { color: '#ff0000' }),
  category(8, 'traffic "light" & <sky>', { isThing: false, color: '#00ff10', supercategory: 'x' }),
];
const data = source(categories, [
  image('a.jpg', [annotation(3, box, { score: 0.5, origin: 'model' }), annotation(3, ring)]),
  image('sub dir/ü.b.png', [annotation(8, sky), annotation(3, pair), annotation(8, more)], {
    isReviewed: false,
  }),
  image('empty.jpg', [], { width: 5, height: 7 }),
]);
const names = ['a.jpg', 'sub dir/ü.b.png', 'empty.jpg'];
const known = [
  { fileName: 'a.jpg', width: 8, height: 4 },
  { fileName: 'sub dir/ü.b.png', width: 8, height: 4 },
  { fileName: 'empty.jpg', width: 5, height: 7 },
];
const plain: ExportOptions = { overwrite: false, split: null, info: {}, tolerancePx: 0 };
const split = { validation: 0.5, seed: 3 };

async function write(id: string, options: Partial<ExportOptions> = {}, what = data) {
  const target = join(await temporaryFolder(), 'out');
  const report = await exportFormat(id).write(what, target, { ...plain, ...options });
  return { target, report, text: (name: string) => readFile(join(target, name), 'utf8') };
}

async function png(target: string, name: string) {
  return decodePng(await readFile(join(target, name)));
}

describe('Pascal VOC', () => {
  it('has palette PNGs of classes and objects in the colours of the VOC kit', async () => {
    const { target, report } = await write('pascal-voc');
    expect(report).toMatchObject({ images: 3, annotations: 5, warnings: [] });
    const classes = await png(target, 'SegmentationClass/a.png');
    const objects = await png(target, 'SegmentationObject/a.png');
    const on = (mask: typeof box) => [...bitmapFromMask(mask)];
    expect([...classes.data]).toEqual(on(union(box, ring)));
    expect([...objects.data]).toEqual(on(box).map((v, i) => v + 2 * on(ring)[i]!));
    const shown = await sharp(join(target, 'SegmentationObject/a.png')).raw().toBuffer();
    // First colours of the VOC table: black, maroon, green.
    expect([...shown.subarray(3 * 9, 3 * 9 + 3)]).toEqual([128, 0, 0]);
    expect([...shown.subarray(3 * 5, 3 * 5 + 3)]).toEqual([0, 128, 0]);
    expect([...vocPalette().subarray(3 * 255)]).toEqual([224, 224, 192]);
    expect([...vocPalette().subarray(3 * 8, 3 * 9)]).toEqual([64, 0, 0]);
  });

  it('has one XML per image with boxes counted from 1', async () => {
    const { text } = await write('pascal-voc');
    const xml = new XMLParser({ processEntities: true, isArray: (name) => name === 'object' });
    const a = xml.parse(await text('Annotations/a.xml')) as Record<string, never>;
    expect(a).toEqual({
      annotation: {
        folder: '',
        filename: 'a.jpg',
        size: { width: 8, height: 4, depth: 3 },
        segmented: 1,
        object: [
          {
            name: 'cat',
            pose: 'Unspecified',
            truncated: 0,
            difficult: 0,
            bndbox: { xmin: 2, ymin: 2, xmax: 4, ymax: 3 },
          },
          {
            name: 'cat',
            pose: 'Unspecified',
            truncated: 1,
            difficult: 0,
            bndbox: { xmin: 6, ymin: 1, xmax: 8, ymax: 3 },
          },
        ],
      },
    });
    const b = xml.parse(await text('Annotations/sub dir/ü.b.xml')) as {
      annotation: { folder: string; filename: string; object: { name: string }[] };
    };
    expect(b.annotation.folder).toBe('sub dir');
    expect(b.annotation.filename).toBe('ü.b.png');
    expect(b.annotation.object[0]!.name).toBe('traffic "light" & <sky>');
    expect(await text('ImageSets/Segmentation/trainval.txt')).toBe('a\nsub dir/ü.b\nempty\n');
    expect(await text('labelmap.txt')).toContain('\ncat:128,0,0::\n');
  });
});

describe('PNG masks', () => {
  it('number classes from 1 in table order, with the project colours', async () => {
    const { target, text } = await write('mask-png');
    const { data: labels, palette } = await png(target, 'masks/sub dir/ü.b.png');
    expect([...labels]).toEqual([
      1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 0, 0, 2, 2, 1,
      1,
    ]);
    expect([...palette!.subarray(0, 9)]).toEqual([0, 0, 0, 255, 0, 0, 0, 255, 16]);
    expect(JSON.parse(await text('classes.json'))).toMatchObject({
      background: 0,
      ignore: 255,
      classes: [
        { index: 1, id: 3, name: 'cat' },
        { index: 2, id: 8, isthing: 0 },
      ],
    });
  });

  it('come back as one mask per class', async () => {
    const { target } = await write('mask-png');
    const format = importFormat('mask-png');
    await using read = await format.open(target, { skipBroken: false, images: known });
    const back = Object.fromEntries(
      (await collect(read)).map((i) => [
        i.fileName,
        i.annotations.map((a) => [a.categoryId, a.mask]),
      ]),
    );
    expect(back).toEqual({
      'a.jpg': [[3, union(box, ring)]],
      'sub dir/ü.b.png': [
        [3, pair],
        [8, union(sky, more)],
      ],
      'empty.jpg': [],
    });
    expect(read.categories).toEqual(categories);
  });

  it('use 16 bit when there are more classes than 8 bit can name', async () => {
    const many = Array.from({ length: 300 }, (_, i) => category(i + 1, `c${i}`));
    const wide = source(many, [image('a.jpg', [annotation(300, box)])]);
    const { target } = await write('mask-png', {}, wide);
    const { data: labels } = await png(target, 'masks/a.png');
    expect(labels).toBeInstanceOf(Uint16Array);
    expect(Math.max(...labels)).toBe(300);
  });

  it('that are no masks are named and skipped', async () => {
    const { target } = await write('mask-png');
    await writeFile(join(target, 'masks/a.png'), 'no');
    const photo = await sharp({
      create: { width: 5, height: 7, channels: 3, background: 'red' },
    }).png();
    await writeFile(join(target, 'masks/empty.png'), await photo.toBuffer());
    const format = importFormat('mask-png');
    await expect(format.open(target, { skipBroken: false, images: known })).rejects.toThrow(
      /masks\/a\.png: is not a PNG file[^]*masks\/empty\.png: has 3 channels/,
    );
    await using read = await format.open(target, { skipBroken: true, images: known });
    expect((await collect(read)).map((i) => i.fileName)).toEqual(['sub dir/ü.b.png']);
  });
});

describe('COCO panoptic', () => {
  it('encodes segments as colours, one for each thing and one for each stuff class', async () => {
    const { target, text } = await write('coco-panoptic');
    const json = JSON.parse(await text('panoptic.json')) as {
      images: unknown[];
      categories: unknown[];
      annotations: {
        file_name: string;
        image_id: number;
        segments_info: { id: number; category_id: number; area: number; bbox: number[] }[];
      }[];
    };
    expect(json.images).toContainEqual({ id: 2, file_name: names[1], width: 8, height: 4 });
    expect(json.categories[1]).toEqual({
      id: 8,
      name: 'traffic "light" & <sky>',
      supercategory: 'x',
      isthing: 0,
      color: [0, 255, 16],
    });
    // The PNG is named after the text before the first dot.
    expect(json.annotations.map((a) => a.file_name)).toEqual([
      'a.png',
      'sub dir/ü.png',
      'empty.png',
    ]);
    expect(json.annotations[1]!.segments_info).toEqual([
      { id: 1, category_id: 8, area: 4, bbox: [0, 3, 6, 1], iscrowd: 0 },
      { id: 2, category_id: 3, area: 8, bbox: [0, 0, 8, 4], iscrowd: 0 },
    ]);
    for (const { file_name, segments_info } of json.annotations) {
      const rgb = await sharp(join(target, 'panoptic', file_name))
        .raw()
        .toBuffer();
      const counts = new Map<number, number>();
      for (let p = 0; p < rgb.length; p += 3) {
        const id = rgb[p]! + 256 * rgb[p + 1]! + 65536 * rgb[p + 2]!;
        if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      expect(counts).toEqual(new Map(segments_info.map((s) => [s.id, s.area])));
    }
  });

  it('has more segments than a byte has numbers, told where some are hidden altogether', async () => {
    const side = 20;
    const pixel = (at: number) => ({
      width: side,
      height: side,
      counts: Uint32Array.of(at, 1, side * side - at - 1),
    });
    const many = Array.from({ length: 300 }, (_, at) => annotation(3, pixel(at)));
    const all = source(categories, [image('many.jpg', [...many, annotation(3, pixel(7))])]);
    const { report, text, target } = await write('coco-panoptic', {}, all);
    const json = JSON.parse(await text('panoptic.json')) as {
      annotations: { segments_info: { id: number }[] }[];
    };
    // The last one lies over the eighth.
    const ids = Array.from({ length: 301 }, (_, at) => at + 1).filter((id) => id !== 8);
    expect(
      json.annotations[0]!.segments_info.map(({ id }) => id).toSorted((a, b) => a - b),
    ).toEqual(ids);
    expect(report.annotations).toBe(300);
    expect(report.warnings.map(warningEnglish)).toEqual([
      'many.jpg: annotations overlap, 1 px show the upper one only',
      'many.jpg: hidden altogether: 1',
    ]);
    const rgb = await sharp(join(target, 'panoptic', 'many.png'))
      .raw()
      .toBuffer();
    // Down the columns: segment 300 is the last pixel of the fifteenth.
    expect([...rgb.subarray(3 * (19 * side + 14), 3 * (19 * side + 14) + 3)]).toEqual([44, 1, 0]);
  });

  it('names no file after what stands before a dot where nothing does', async () => {
    const odd = source(categories, [image('sub/.jpg', [])]);
    await expect(write('coco-panoptic', {}, odd)).rejects.toThrow(
      'sub/.jpg has no text before its first dot',
    );
  });

  it('lets the upper annotation win where two overlap, and reports it', async () => {
    const both = source(categories, [
      image('a.jpg', [annotation(3, union(box, ring)), annotation(3, box)]),
    ]);
    const { report, text } = await write('coco-panoptic', {}, both);
    const json = JSON.parse(await text('panoptic.json')) as {
      annotations: { segments_info: { area: number }[] }[];
    };
    expect(json.annotations[0]!.segments_info.map((s) => s.area)).toEqual([
      area(subtract(ring, box)),
      area(box),
    ]);
    expect(report.warnings.map(warningEnglish)).toEqual([
      `a.jpg: annotations overlap, ${area(box)} px show the upper one only`,
    ]);
  });
});

describe('YOLO segmentation', () => {
  it('has one line per object with shares of the sides, and the files a trainer looks for', async () => {
    const { text } = await write('yolo-seg');
    expect(await text('data.yaml')).toContain(
      'path: .\ntrain: train.txt\nval: train.txt\nnames:\n  0: "cat"\n  1: "traffic \\"light\\" & <sky>"\n',
    );
    expect(await text('train.txt')).toBe(names.map((name) => `./images/${name}\n`).join(''));
    const lines = (await text('labels/a.txt')).trim().split('\n');
    expect(lines[0]).toBe('0 0.5 0.25 0.5 0.75 0.125 0.75 0.125 0.25');
    const numbers = lines[1]!.split(' ').slice(1).map(Number);
    const ringBack = numbers.map((n, i) => n * (i % 2 === 0 ? 8 : 4));
    expect(rasterizeRing(ringBack, 8, 4)).toEqual(ring);
    expect(await text('labels/empty.txt')).toBe('');
  });

  it('comes back with the same masks and class names', async () => {
    const { target } = await write('yolo-seg');
    const format = importFormat('yolo-seg');
    await using read = await format.open(target, { skipBroken: false, images: known });
    expect(read.categories.map((c) => c.name)).toEqual(categories.map((c) => c.name));
    const back = (await collect(read)).map((i) => [i.fileName, i.annotations.map((a) => a.mask)]);
    expect(Object.fromEntries(back)).toEqual({
      'a.jpg': [box, ring],
      'sub dir/ü.b.png': [sky, pair, more],
      'empty.jpg': [],
    });
  });

  it('puts parts of a split into folders of their own, and reads them again', async () => {
    const { target, text } = await write('yolo-seg', { split });
    const inVal = names.filter((name) => partOf(name, split) === 'val');
    expect(await text('val.txt')).toBe(inVal.map((name) => `./images/val/${name}\n`).join(''));
    await using read = await importFormat('yolo-seg').open(target, {
      skipBroken: false,
      images: known,
    });
    expect((await collect(read)).length).toBe(3);
  });

  it('can name the outermost pixels instead of corners, safe to round and to cut off', async () => {
    const { text } = await write('yolo-seg', { frame: 'centre' });
    const [first] = (await text('labels/a.txt')).split('\n');
    const numbers = first!.split(' ').slice(1).map(Number);
    const indices = numbers.map((n, i) => n * (i % 2 === 0 ? 8 : 4));
    const corners = [1, 1, 3, 1, 3, 2, 1, 2];
    expect(indices.map(Math.trunc)).toEqual(corners);
    expect(indices.map(Math.round)).toEqual(corners);
  });

  it('names every broken line with its number', async () => {
    const { target } = await write('yolo-seg');
    const lines = ['0 0.1 0.1 0.2 0.2', '0 1 2 3 4 5 6', 'x 0 0 1 0 1 1', '9 0 0 1 0 1 1'];
    await writeFile(join(target, 'labels/a.txt'), lines.join('\n'));
    const open = importFormat('yolo-seg').open(target, { skipBroken: false, images: known });
    await expect(open).rejects.toThrow(
      /a\.txt:1: is a box[^]*a\.txt:2: holds 2; coordinates are shares[^]*a\.txt:3: holds "x"[^]*a\.txt:4: class 9 has no name/,
    );
  });
});

describe('labelme', () => {
  it('has polygons, and mask shapes where there are holes', async () => {
    const { target, text } = await write('labelme');
    const a = JSON.parse(await text('a.json')) as { shapes: Record<string, unknown>[] };
    expect(a).toMatchObject({
      flags: {},
      imagePath: 'a.jpg',
      imageData: null,
      imageHeight: 4,
      imageWidth: 8,
    });
    expect(a.shapes[0]).toMatchObject({
      label: 'cat',
      shape_type: 'polygon',
      group_id: null,
      points: [
        [4, 1],
        [4, 3],
        [1, 3],
        [1, 1],
      ],
      score: 0.5,
    });
    expect(a.shapes[1]).toMatchObject({
      shape_type: 'mask',
      points: [
        [5, 0],
        [7, 2],
      ],
    });
    const inner = await sharp(Buffer.from(String(a.shapes[1]!['mask']), 'base64'))
      .extractChannel(0)
      .raw()
      .toBuffer();
    expect([...inner]).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 1]);
    const b = JSON.parse(await text('sub dir/ü.b.json')) as { shapes: { group_id: unknown }[] };
    expect(b.shapes.map((s) => s.group_id)).toEqual([null, 0, 0, null]);
    await using read = await importFormat('labelme').open(target, {
      skipBroken: false,
      images: known,
    });
    const back = (await collect(read)).map((i) => [i.fileName, i.annotations.map((x) => x.mask)]);
    expect(Object.fromEntries(back)).toEqual({
      'a.jpg': [box, ring],
      'sub dir/ü.b.png': [sky, pair, more],
      'empty.jpg': [],
    });
  });

  it('reads rectangles and circles, and names what is no area', async () => {
    const folder = await temporaryFolder();
    const shape = (shape_type: string, points: number[][]) => ({ label: 'x', shape_type, points });
    const json = {
      imagePath: 'a.jpg',
      imageWidth: 8,
      imageHeight: 4,
      shapes: [
        shape('rectangle', [
          [4, 3],
          [1, 1],
        ]),
        shape('circle', [
          [4, 2],
          [4, 4],
        ]),
        shape('rectangle', [
          [1, 1],
          [4, 1],
          [4, 3],
          [1, 3],
        ]),
        shape('point', [[1, 1]]),
        shape('polygon', [
          [1, 1],
          [2, 2],
        ]),
      ],
    };
    await writeFile(join(folder, 'a.json'), JSON.stringify(json));
    await writeFile(join(folder, 'other.json'), '{"shapes": 4}');
    const options = { skipBroken: true, images: [] };
    await using read = await importFormat('labelme').open(folder, options);
    const [found] = await collect(read);
    expect(found!.annotations[0]!.mask).toEqual(box);
    expect(area(found!.annotations[1]!.mask)).toBe(12);
    expect(found!.annotations[2]!.mask).toEqual(box);
    expect(read.problems.kept.map((p) => `${p.path}: ${p.message}`)).toEqual([
      'a.json $.shapes[3]: is a point; only areas are imported',
      'a.json $.shapes[4]: has 2 points; a polygon needs 3',
      'other.json $.shapes: is missing or no list',
    ]);
  });
});

describe('Label Studio', () => {
  it('has reviewed images as annotations, others as predictions, masks in its own RLE', async () => {
    const { text } = await write('label-studio');
    const tasks = JSON.parse(await text('tasks.json')) as {
      data: { image: string };
      annotations?: { result: { value: { rle: number[]; brushlabels: string[] } }[] }[];
      predictions?: { result: { value: { rle: number[] } }[] }[];
    }[];
    expect(tasks.map((t) => t.data.image)).toEqual([
      '/data/local-files/?d=a.jpg',
      '/data/local-files/?d=sub%20dir/%C3%BC.b.png',
      '/data/local-files/?d=empty.jpg',
    ]);
    const result = tasks[0]!.annotations![0]!.result;
    expect(result.map((r) => decodeBrush(r.value.rle, 8, 4))).toEqual([box, ring]);
    expect(result[0]!.value.brushlabels).toEqual(['cat']);
    expect(tasks[1]!.predictions![0]!.result).toHaveLength(3);
    expect(await text('config.xml')).toContain(
      '<Label value="traffic &quot;light&quot; &amp; &lt;sky&gt;" background="#00ff10"/>',
    );
  });

  it('writes the bits that Label Studio itself writes', () => {
    // A 2 x 1 image, first pixel on: 4 x 255 then 4 x 0, worked out by hand from the format:
    // 32 bit count 8, 5 bit 7, 4 x 4 bit 2 3 7 15, then (1, 00, 011, 255) and (1, 00, 011, 0).
    const bits =
      '00000000000000000000000000001000' +
      '00111' +
      '0010001101111111' +
      '1' +
      '00' +
      '011' +
      '11111111' +
      '1' +
      '00' +
      '011' +
      '00000000';
    const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
    const bytes = padded.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2));
    expect(decodeBrush(bytes, 2, 1)).toEqual(draw('#.'));
    // Single values are written without repeat flag there; ours must be read the same way.
    const single =
      '00000000000000000000000000000100' +
      '00111' +
      '0010001101111111' +
      ['255', '255', '255', '255'].map((v) => '0' + '00' + '000' + Number(v).toString(2)).join('');
    const singleBytes = single
      .padEnd(Math.ceil(single.length / 8) * 8, '0')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2));
    expect(decodeBrush(singleBytes, 1, 1)).toEqual(draw('#'));
  });
});

describe('CVAT upload', () => {
  it('is a zip with the COCO file where CVAT looks for it', async () => {
    const { target } = await write('cvat', { split });
    const folder = await temporaryFolder();
    const found: string[] = [];
    await forEachZipEntry(target, async (name, stream) => {
      found.push(name);
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      await writeFile(join(folder, `${found.length}.json`), Buffer.concat(chunks));
    });
    expect(found).toEqual(['annotations/instances_train.json', 'annotations/instances_val.json']);
    const images = [];
    for (const n of [1, 2]) {
      await using read = await readCoco(join(folder, `${n}.json`));
      expect(read.categories.map((c) => c.id)).toEqual([3, 8]);
      images.push(...(await collect(read)));
    }
    expect(images.map((i) => i.fileName).sort()).toEqual([...names].sort());
    expect(images.flatMap((i) => i.annotations)).toHaveLength(5);
  });
});

describe('every export format', () => {
  it.each(EXPORT_FORMATS.filter(({ kind }) => kind === 'file').map(({ id }) => [id] as const))(
    '%s names the files that it wrote',
    async (id) => {
      for (const options of [{}, { split }]) {
        const { target, report } = await write(id, options);
        const there = report.files.map((file) => existsSync(join(dirname(target), file)));
        expect(there).toEqual(report.files.map(() => true));
        expect(there.length).toBeGreaterThan(0);
      }
    },
  );

  it.each(EXPORT_FORMATS.map((format) => [format.id] as const))(
    '%s gives the same bytes for the same data and counts what it wrote',
    async (id) => {
      const [a, b] = [await write(id), await write(id)];
      expect(a.report.images).toBe(3);
      // Stuff is merged by class, separate parts are split, panoptic merges stuff only.
      const counts: Record<string, number> = {
        'coco-stuff': 3,
        'coco-instances': 6,
        'coco-panoptic': 4,
      };
      expect(a.report.annotations).toBe(counts[id] ?? 5);
      expect(await bytesBelow(a.target)).toEqual(await bytesBelow(b.target));
    },
  );

  it.each(EXPORT_FORMATS.map((format) => [format.id] as const))(
    '%s leaves nothing behind when it is stopped, and touches nothing that is there',
    async (id) => {
      const folder = await temporaryFolder();
      const target = join(folder, 'out');
      const format = exportFormat(id);
      const stop = new AbortController();
      const stopped = format.write(data, target, {
        ...plain,
        signal: stop.signal,
        onProgress: () => stop.abort(new Error('enough')),
      });
      await expect(stopped).rejects.toThrow('enough');
      expect(await readdir(folder)).toEqual([]);
      if (format.kind === 'folder') await mkdir(target);
      const inside = format.kind === 'folder' ? join(target, 'mine.txt') : target;
      await writeFile(inside, 'precious');
      await expect(format.write(data, target, plain)).rejects.toThrow(
        expect.objectContaining({ code: 'FILE_EXISTS' }),
      );
      expect(await readFile(inside, 'utf8')).toBe('precious');
      expect(await readdir(folder)).toEqual(['out']);
    },
  );

  it.each(['pascal-voc', 'mask-png', 'coco-panoptic', 'yolo-seg', 'labelme'])(
    '%s names both images whose files would be one',
    async (id) => {
      const clash = source(categories, [image('x/a.jpg', []), image('x/a.png', [])]);
      await expect(write(id, {}, clash)).rejects.toThrow(/x\/a\.jpg and x\/a\.png/);
    },
  );

  it.each(EXPORT_FORMATS.map((format) => [format.id] as const))(
    '%s refuses an image name that leads out of its folder',
    async (id) => {
      const evil = source(categories, [image('../../evil.jpg', [annotation(3, box)])]);
      await expect(write(id, {}, evil)).rejects.toThrow(
        expect.objectContaining({
          code: 'EXPORT_MISMATCH',
          message: expect.stringMatching(/leads out/) as string,
        }),
      );
    },
  );
});

describe('subsets', () => {
  it('of reviewed images and of classes keep the whole table and images without annotations', async () => {
    const reviewed = selectSubset(data, { only: 'reviewed', categoryIds: [] });
    expect((await collect(reviewed)).map((i) => i.fileName)).toEqual(['a.jpg', 'empty.jpg']);
    const light = selectSubset(data, { only: 'all', categoryIds: [8] });
    expect((await collect(light)).map((i) => i.annotations.length)).toEqual([0, 2, 0]);
    expect(light.categories).toBe(categories);
  });

  it('split the same way whatever else is in the data set, in about the asked share', () => {
    const many = Array.from({ length: 4000 }, (_, i) => `folder/${i}.jpg`);
    const inVal = many.filter((n) => partOf(n, { validation: 0.2, seed: 1 }) === 'val');
    expect(inVal.length / many.length).toBeGreaterThan(0.17);
    expect(inVal.length / many.length).toBeLessThan(0.23);
    const other = many.filter((n) => partOf(n, { validation: 0.2, seed: 2 }) === 'val');
    expect(other).not.toEqual(inVal);
  });

  it('write two COCO files whose images are all of them once', async () => {
    const { target } = await write('coco', { split });
    const found = [];
    for (const part of ['train', 'val']) {
      await using read = await readCoco(`${target}.${part}.json`);
      found.push(...(await collect(read)));
    }
    expect(found.map((i) => i.fileName).sort()).toEqual([...names].sort());
  });
});

async function bytesBelow(path: string): Promise<Record<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
  if (!entries) return { '': (await readFile(path)).toString('base64') };
  const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  const pairs = files.map(async (f) => [
    f.slice(path.length),
    (await readFile(f)).toString('base64'),
  ]);
  return Object.fromEntries((await Promise.all(pairs)) as [string, string][]);
}
