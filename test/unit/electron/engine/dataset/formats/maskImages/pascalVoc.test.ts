// Pascal VOC and COCO panoptic on their edges: most classes and objects, hidden ones, boxes from 1, files' names.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { warningEnglish } from '../../../../../../../electron/api/said/exportWords.ts';
import { panoptic } from '../../../../../../../electron/engine/dataset/formats/maskImages/panoptic.ts';
import { pascalVoc } from '../../../../../../../electron/engine/dataset/formats/maskImages/pascalVoc.ts';
import type {
  ExportFormat,
  ExportOptions,
} from '../../../../../../../electron/engine/dataset/formats/format.ts';
import { vocPalette } from '../../../../../../../electron/engine/dataset/formats/writing/paint.ts';
import { decodePng } from '../../../../../../../electron/engine/dataset/png/decode.ts';
import type {
  DatasetAnnotation,
  DatasetCategory,
} from '../../../../../../../electron/engine/dataset/types.ts';
import {
  annotation,
  category,
  image,
  source,
  temporaryFolder,
} from '../../../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../../../helpers/fixtures/masks.ts';

async function write(
  format: ExportFormat,
  categories: readonly DatasetCategory[],
  annotations: readonly DatasetAnnotation[],
  name = 'in/a.b.jpg',
) {
  const target = join(await temporaryFolder(), 'out');
  const data = source([...categories], [image(name, annotations)]);
  const report = await format.write(data, target, { info: {} } as ExportOptions);
  const read = (path: string) => readFile(join(target, path));
  return { report, read, text: async (path: string) => (await read(path)).toString('utf8') };
}
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => category(at + 1, `c${at}`));
const dot = draw('#...', '....');

describe('Pascal VOC', () => {
  it('has room for 254 classes and as many objects of an image', async () => {
    const last = await write(pascalVoc, many(254), [annotation(254, dot)]);
    const png = await decodePng(await last.read('SegmentationClass/in/a.b.png'));
    expect((png.data as Uint8Array)[0]).toBe(254);
    await expect(write(pascalVoc, many(255), [annotation(1, dot)])).rejects.toThrow(
      'Pascal VOC has room for 254 classes; this data set has 255',
    );
    const objects = (count: number) => Array.from({ length: count }, () => annotation(1, dot));
    await expect(write(pascalVoc, many(1), objects(254))).resolves.toBeTruthy();
    await expect(write(pascalVoc, many(1), objects(255))).rejects.toThrow(
      'in/a.b.jpg has 255 annotations; Pascal VOC holds 254 in an image',
    );
  });

  it('has boxes from 1 to the last pixel, and objects at a border are cut off', async () => {
    const objects = [
      annotation(1, draw('.....', '.##..', '.#...', '.....')),
      annotation(1, draw('.....', '...##', '.....', '.....'), { isCrowd: true }),
      annotation(1, draw('.....', '.....', '#....', '.....')),
      annotation(1, draw('..#..', '.....', '.....', '.....')),
      annotation(1, draw('.....', '.....', '.....', '..#..'), {
        extra: { attributes: { truncated: false, difficult: true, occluded: true } },
      }),
    ];
    const { text } = await write(pascalVoc, many(1), objects);
    const xml = await text('Annotations/in/a.b.xml');
    const all = (tag: string) =>
      [...xml.matchAll(new RegExp(`<${tag}>(\\d+)</${tag}>`, 'g'))].map((one) => Number(one[1]));
    expect(xml).toContain('<folder>in</folder>');
    expect(xml).toContain('<filename>a.b.jpg</filename>');
    expect([all('xmin')[0], all('ymin')[0], all('xmax')[0], all('ymax')[0]]).toEqual([2, 2, 3, 3]);
    expect(all('truncated')).toEqual([0, 1, 1, 1, 0]);
    expect(all('difficult')).toEqual([0, 1, 0, 0, 1]);
    expect(all('occluded')).toEqual([1]);
  });

  it('tells what lies under others, and which objects are hidden altogether', async () => {
    const hidden = [annotation(1, draw('##..', '....')), annotation(1, draw('###.', '....'))];
    const { report } = await write(pascalVoc, many(1), hidden);
    expect(report.warnings.map(warningEnglish)).toEqual([
      'in/a.b.jpg: annotations overlap, 2 px show the upper one only; hidden altogether: 1',
    ]);
    const some = [annotation(1, draw('##..', '....')), annotation(1, draw('.##.', '....'))];
    expect((await write(pascalVoc, many(1), some)).report.warnings.map(warningEnglish)).toEqual([
      'in/a.b.jpg: annotations overlap, 1 px show the upper one only',
    ]);
    expect(
      (await write(pascalVoc, many(1), [annotation(1, dot)])).report.warnings.map(warningEnglish),
    ).toEqual([]);
  });

  it('has the colours of the development kit', () => {
    const palette = vocPalette();
    const colour = (index: number) => [...palette.subarray(3 * index, 3 * index + 3)];
    expect([0, 1, 2, 3, 8, 20, 255].map(colour)).toEqual([
      ...[
        [0, 0, 0],
        [128, 0, 0],
        [0, 128, 0],
        [128, 128, 0],
        [64, 0, 0],
      ],
      ...[
        [0, 64, 128],
        [224, 224, 192],
      ],
    ]);
  });
});

describe('COCO panoptic', () => {
  const classes = [category(3, 'cat'), category(7, 'grass', { isThing: false })];

  it('has a segment for each thing and one for each stuff, by numbers in three bytes', async () => {
    const objects = [
      annotation(7, draw('#...', '....')),
      annotation(3, draw('.#..', '....')),
      annotation(3, draw('..#.', '....'), { isCrowd: true }),
      annotation(7, draw('....', '...#')),
    ];
    const { text, read } = await write(panoptic, classes, objects);
    const json = JSON.parse(await text('panoptic.json')) as {
      annotations: { file_name: string; segments_info: Record<string, unknown>[] }[];
    };
    const [one] = json.annotations;
    expect(
      one!.segments_info.map(({ id, category_id, area, iscrowd, bbox }) => [
        id,
        category_id,
        area,
        iscrowd,
        bbox,
      ]),
    ).toEqual([
      ...[[1, 7, 2, 0, [0, 0, 4, 2]]],
      ...[[2, 3, 1, 0, [1, 0, 1, 1]]],
      [3, 3, 1, 1, [2, 0, 1, 1]],
    ]);
    const png = await decodePng(await read(`panoptic/${one!.file_name}`));
    expect([...(png.data as Uint8Array)].filter((_, at) => at % 3 === 0)).toEqual([
      1, 2, 3, 0, 0, 0, 0, 1,
    ]);
  });

  it('counts segments past a byte', async () => {
    const row = '.'.repeat(300);
    const objects = Array.from({ length: 260 }, (_, at) =>
      annotation(3, draw(`${row.slice(0, at)}#${row.slice(at + 1)}`)),
    );
    const { text, read } = await write(panoptic, classes, objects);
    const { annotations } = JSON.parse(await text('panoptic.json')) as {
      annotations: { file_name: string; segments_info: { id: number }[] }[];
    };
    expect(annotations[0]!.segments_info.at(-1)!.id).toBe(260);
    const { data } = await decodePng(await read(`panoptic/${annotations[0]!.file_name}`));
    expect([...(data as Uint8Array).subarray(3 * 259, 3 * 260)]).toEqual([4, 1, 0]);
  });

  it('tells how many segments are hidden, and needs a name before the first dot', async () => {
    const hidden = [annotation(3, dot), annotation(3, dot), annotation(3, draw('##..', '....'))];
    const { report } = await write(panoptic, classes, hidden);
    expect(report.warnings.map(warningEnglish)).toContain('in/a.b.jpg: hidden altogether: 2');
    expect(report.annotations).toBe(1);
    await expect(write(panoptic, classes, [annotation(3, dot)], 'in/.jpg')).rejects.toThrow(
      'in/.jpg has no text before its first dot',
    );
    const strange = [annotation(9, dot)];
    await expect(write(panoptic, classes, strange)).rejects.toThrow(
      /category 9 is not in the table/,
    );
  });
});
