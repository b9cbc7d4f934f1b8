// Files of other label programs, read back as the masks that were in them: the fixtures and the masks
// come from Pillow, OpenCV, pycocotools and label-studio-sdk (test/fixtures/foreign/make.py).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recogniseFormat } from '../../../../../../electron/engine/dataset/formats/recognise.ts';
import {
  exportFormat,
  importFormat,
} from '../../../../../../electron/engine/dataset/formats/registry.ts';
import type { ImportedDataset } from '../../../../../../electron/engine/dataset/formats/format.ts';
import { subtract } from '../../../../../../electron/masks/runs/combine.ts';
import { area } from '../../../../../../electron/masks/runs/rle.ts';
import { rleFromString } from '../../../../../../electron/masks/runs/rleString.ts';
import {
  annotation,
  category,
  collect,
  image,
  source,
  temporaryFolder,
} from '../../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';

const FOLDER = join(import.meta.dirname, '../../../../../fixtures/foreign');

interface Expected {
  readonly image: string;
  readonly label: string;
  readonly counts: string;
  readonly area: number;
  readonly tolerancePx: number;
  readonly attributes?: object;
  readonly score?: number;
  readonly isProposal?: boolean;
}

const { width, height, sources } = JSON.parse(
  readFileSync(join(FOLDER, 'expected.json'), 'utf8'),
) as { width: number; height: number; sources: { [source: string]: readonly Expected[] } };

const open = async (id: string, path: string, names: readonly string[]) =>
  importFormat(id).open(join(FOLDER, path), {
    skipBroken: false,
    images: names.map((fileName) => ({ fileName, width, height })),
  });

/** Every object found, in file order, compared with its mask. */
async function found(dataset: ImportedDataset, expected: readonly Expected[]) {
  const names = new Map(dataset.categories.map(({ id, name }) => [id, name]));
  const objects = (await collect(dataset)).flatMap(({ fileName, annotations }) =>
    annotations.map((one) => ({ ...one, image: fileName, label: names.get(one.categoryId) })),
  );
  return objects.map(({ image, label, mask, extra, score, isProposal }, i) => {
    const meant = rleFromString(expected[i]!.counts, width, height);
    const wrongPx = area(subtract(mask, meant)) + area(subtract(meant, mask));
    const { attributes } = extra;
    return {
      image,
      label,
      isEqual: wrongPx <= expected[i]!.tolerancePx || `${wrongPx} px differ`,
      ...(attributes ? { attributes } : {}),
      ...(score === null ? {} : { score }),
      ...(isProposal ? { isProposal } : {}),
    };
  });
}

const meant = (expected: readonly Expected[]) =>
  expected.map(({ counts: _counts, area: _area, tolerancePx: _tolerance, ...rest }) => ({
    ...rest,
    isEqual: true,
  }));

describe('label files of other programs', () => {
  it.each([
    ['X-AnyLabeling', 'x-anylabeling', 'x-anylabeling', 'x-anylabeling', ['a.png']],
    [
      'CVAT for images',
      'cvat-images',
      'cvat/annotations.xml',
      'cvat',
      ['sub/a.png', 'b.png', 'c.png'],
    ],
    ['a VIA project', 'via', 'via/project.json', 'via', ['a.png', 'b.png']],
    ['annotations of VIA', 'via', 'via/annotations.json', 'via', ['a.png', 'b.png']],
    ['VIA 1 without classes', 'via', 'via/version1.json', 'via1', ['a.png', 'b.png']],
    [
      'Label Studio',
      'label-studio',
      'label-studio/tasks.json',
      'label-studio',
      ['a.png', 'sub/b ä.png', 'c.png'],
    ],
    [
      'Label Studio, JSON-MIN',
      'label-studio',
      'label-studio/minimal.json',
      'label-studio-min',
      ['a.png'],
    ],
    [
      'Supervisely',
      'supervisely',
      'supervisely',
      'supervisely',
      ['ds0/img/a.png', 'ds0/img/b.png'],
    ],
    ['masks in colours', 'pascal-voc', 'colours', 'colours', ['a.png', 'b.png']],
    ['Pascal VOC with objects', 'pascal-voc', 'voc', 'voc', ['2007_000001.jpg']],
  ])('%s: recognised, every object with its own pixels', async (_, id, path, key, names) => {
    expect(await recogniseFormat(join(FOLDER, path))).toBe(id);
    const expected = sources[key]!;
    await using dataset = await open(id, path, names);
    const objects = await found(
      dataset,
      expected.toSorted((a, b) => order(names, a, b)),
    );
    expect(objects).toEqual(meant(expected.toSorted((a, b) => order(names, a, b))));
  });
});

describe('what is written for other programs', () => {
  const box = draw('........', '.###....', '.###....', '........');
  const pair = draw('##......', '#.......', '......##', '......##');
  const data = source(
    [category(3, 'cat', { color: '#ff0000' }), category(8, 'dög & <co>', { color: '#00ff10' })],
    [
      image('a.jpg', [annotation(3, box), annotation(8, pair)]),
      image('sub dir/ü.b.png', [annotation(8, box)]),
    ],
  );
  const known = ['a.jpg', 'sub dir/ü.b.png'].map((fileName) => ({ fileName, width: 8, height: 4 }));

  it.each([
    ['label-studio', 'tasks.json'],
    ['pascal-voc', ''],
  ])('as %s is read back, names and masks', async (id, file) => {
    const target = join(await temporaryFolder(), 'out');
    const plain = { overwrite: false, split: null, info: {}, tolerancePx: 0 };
    await exportFormat(id).write(data, target, plain);
    expect(await recogniseFormat(join(target, file))).toBe(id);
    await using dataset = await importFormat(id).open(join(target, file), {
      skipBroken: false,
      images: known,
    });
    const names = new Map(dataset.categories.map((one) => [one.id, one.name]));
    const objects = (await collect(dataset)).map(({ fileName, annotations }) => [
      fileName,
      annotations.map(({ categoryId, mask }) => [names.get(categoryId), mask]),
    ]);
    expect(objects).toEqual([
      [
        'a.jpg',
        [
          ['cat', box],
          ['dög & <co>', pair],
        ],
      ],
      ['sub dir/ü.b.png', [['dög & <co>', box]]],
    ]);
    expect(dataset.problems.kept).toEqual([]);
  });
});

const order = (names: readonly string[], a: Expected, b: Expected) =>
  names.indexOf(a.image) - names.indexOf(b.image);
