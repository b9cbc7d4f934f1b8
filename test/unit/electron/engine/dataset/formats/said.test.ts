// Values of fields, marks, notes and tags in the files of other programs: out, as those programs write them, and back.
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { warningEnglish } from '../../../../../../electron/api/said/exportWords.ts';
import type { ExportOptions } from '../../../../../../electron/engine/dataset/formats/format.ts';
import {
  exportFormat,
  importFormat,
} from '../../../../../../electron/engine/dataset/formats/registry.ts';
import {
  annotation,
  category,
  collect,
  image,
  source,
  temporaryFolder,
} from '../../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';

const box = draw('........', '.###....', '.#.#....', '........');
const dot = draw('......##', '......##', '........', '........');
const plain: ExportOptions = { overwrite: false, split: null, info: {}, tolerancePx: 0 };

const fields = [
  { kind: 'choice', name: 'Material', needed: false, choices: ['cardboard', 'wood & "felt"'] },
  { kind: 'tick', name: 'Closed', needed: false },
  { kind: 'number', name: 'Tilt', needed: false, min: 0, max: 90, unit: '' },
  { kind: 'text', name: 'Print', needed: false },
] as const;
const attributes = {
  Closed: false,
  Material: 'wood & "felt"',
  Print: '<42> "so"',
  Tilt: 4.5,
  occluded: true,
  difficult: true,
  truncated: false,
};
const { occluded: _, ...inCvat } = attributes;
const data = source(
  [category(3, 'box', { extra: { fields } }), category(8, 'cup')],
  [
    image(
      'a.png',
      [
        annotation(3, box, {
          isCrowd: true,
          extra: { attributes, note: 'Is the lid part of it?', needs_talk: true },
        }),
        annotation(8, dot, { extra: { attributes: { Odd: true } } }),
      ],
      { extra: { tags: ['garage', 'lamp light'], note: 'by night' } },
    ),
    image('empty.png', [], { width: 5, height: 7, extra: { tags: ['dark'] } }),
  ],
);

async function write(id: string): Promise<{ target: string; warnings: readonly string[] }> {
  const target = join(await temporaryFolder(), 'out');
  const { warnings } = await exportFormat(id).write(data, target, plain);
  return { target, warnings: warnings.map(warningEnglish) };
}

async function readBack(id: string, target: string) {
  await using dataset = await importFormat(id).open(target, { skipBroken: false, images: [] });
  const images = await collect(dataset);
  return {
    categories: dataset.categories.map(({ name, extra }) => ({ name, extra })),
    images: images.map(({ fileName, extra }) => ({ fileName, extra })),
    objects: images
      .flatMap((one) => one.annotations)
      .map(({ isCrowd, extra }) => ({ isCrowd, extra })),
    problems: dataset.problems.told(),
  };
}

describe('what is said of objects and images', () => {
  it('goes out as CVAT XML with labels and tags, and comes back with its kinds', async () => {
    const { target, warnings } = await write('cvat-images');
    expect(warnings).toEqual(['notes of 1 image are not in the file: CVAT has no place for them']);
    const xml = await readFile(target, 'utf8');
    expect(xml).toContain('<input_type>select</input_type>');
    expect(xml).toMatch(/<label>\s*<name>garage<\/name>\s*<type>tag<\/type>/);
    expect(xml).toMatch(/<mask label="box" source="manual" occluded="1" rle="0, 4, 1, 1" /);
    expect(xml).toContain('<tag label="lamp light" source="manual"/>');
    const back = await readBack('cvat-images', target);
    expect(back).toEqual({
      categories: [
        {
          name: 'box',
          extra: {
            fields: [
              { ...fields[0], default: 'cardboard' },
              fields[1],
              { ...fields[2], default: 0 },
              fields[3],
            ],
          },
        },
        { name: 'cup', extra: { fields: [{ kind: 'tick', name: 'Odd', needed: false }] } },
      ],
      images: [
        { fileName: 'a.png', extra: { tags: ['garage', 'lamp light'] } },
        { fileName: 'empty.png', extra: { tags: ['dark'] } },
      ],
      objects: [
        {
          isCrowd: true,
          extra: {
            source: 'manual',
            occluded: true,
            attributes: inCvat,
            note: 'Is the lid part of it?',
            needs_talk: true,
          },
        },
        { isCrowd: false, extra: { source: 'manual', attributes: { Odd: true } } },
      ],
      problems: [],
    });
  });

  it('goes out as labelme flags, descriptions and attributes, and comes back', async () => {
    const { target, warnings } = await write('labelme');
    expect(warnings).toEqual([]);
    const file = JSON.parse(await readFile(join(target, 'a.json'), 'utf8')) as {
      flags: object;
      shapes: object[];
    };
    expect(file).toMatchObject({
      flags: { garage: true, 'lamp light': true },
      description: 'by night',
    });
    expect(file.shapes[0]).toMatchObject({
      label: 'box',
      description: 'Is the lid part of it?',
      flags: {
        Closed: false,
        occluded: true,
        difficult: true,
        truncated: false,
        iscrowd: true,
        needs_talk: true,
      },
      attributes: { Material: 'wood & "felt"', Print: '<42> "so"', Tilt: 4.5 },
    });
    const back = await readBack('labelme', target);
    expect(back.problems).toEqual([]);
    expect(back.objects).toEqual([
      { isCrowd: true, extra: { attributes, note: 'Is the lid part of it?', needs_talk: true } },
      { isCrowd: false, extra: { attributes: { Odd: true } } },
    ]);
    expect(back.images).toEqual([
      { fileName: 'a.png', extra: { tags: ['garage', 'lamp light'], note: 'by night' } },
      { fileName: 'empty.png', extra: { tags: ['dark'] } },
    ]);
  });

  it('of a hostile or careless file is kept where it cannot be understood', async () => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    const shape = {
      label: 'box',
      shape_type: 'polygon',
      points: [
        [1, 1],
        [4, 1],
        [4, 3],
      ],
      flags: { good: true, odd: 'yes', deep: { a: 1 } },
      description: 7,
      attributes: ['a'],
    };
    const flags = { [' ']: true, ['x'.repeat(200)]: true };
    const file = { imagePath: 'a.png', imageWidth: 8, imageHeight: 4, flags, shapes: [shape] };
    await writeFile(join(folder, 'a.json'), JSON.stringify(file));
    const back = await readBack('labelme', folder);
    expect(back.objects).toEqual([
      {
        isCrowd: false,
        extra: {
          attributes: ['a'],
          flags: shape.flags,
          description: 7,
        },
      },
    ]);
  });
});

describe('values that a format has no place for', () => {
  const odd = {
    '  ': 'blank name',
    blank: '  ',
    control: 'a\u0001b\nc  d ',
    yes: 'TRUE',
    number: '4.0',
    iscrowd: true,
    is_crowd: true,
    needs_talk: true,
    note: 'not a note',
    occluded: 'partly',
    difficult: 1,
    track: [1, { a: null }],
    long: 'x'.repeat(2000),
    '<"&>': '<"&>',
  };
  const strange = source(
    [category(3, 'box', { extra: { fields: [{ kind: 'nothing' }] } })],
    [
      image('a.png', [
        annotation(3, box, { extra: { attributes: odd, note: ' ', needs_talk: true } }),
        annotation(3, dot, { extra: { attributes: ['a'], note: 7 } }),
      ]),
    ],
  );

  it.each(['coco', 'cvat-images', 'labelme'])('stop no export to %s', async (id) => {
    const target = join(await temporaryFolder(), 'out');
    const report = await exportFormat(id).write(strange, target, plain);
    expect(report).toMatchObject({ annotations: 2, warnings: [] });
    const { objects, problems } = await readBack(id, target);
    expect(problems).toEqual([]);
    expect(objects[0]!.isCrowd).toBe(false);
    expect(objects[0]!.extra['attributes']).toMatchObject({ occluded: 'partly', '<"&>': '<"&>' });
  });
});
