// Every data set in its official layout, drawn by test/fixtures/benchmark/make.py, against the scores that
// numpy alone computed from the same truths and predictions; and the numbers of the published evaluation.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import {
  figuresOf,
  measureImage,
  PROTOCOLS,
} from '../../../../../electron/engine/benchmark/figures.ts';
import { SETS } from '../../../../../electron/engine/benchmark/registry.ts';
import type { OpenedSet } from '../../../../../electron/engine/benchmark/set.ts';
import { SET_WORDS } from '../../../../../electron/engine/benchmark/setWords.ts';
import { readTruth, surveyTruth } from '../../../../../electron/engine/benchmark/truth.ts';
import { encodePng } from '../../../../../electron/engine/dataset/png/encode.ts';
import { VOID } from '../../../../../electron/engine/evaluate/imageScore.ts';
import { readLabelPng } from '../../../../../electron/engine/evaluate/labelPng.ts';
import { temporaryFolder } from '../../../../helpers/fixtures/dataset.ts';

const FIXTURES = join(import.meta.dirname, '../../../../fixtures/benchmark');
/** Folder of the fixture, data set, and the folder below it that is named as root. */
const CASES = [
  ['voc', 'voc2012', 'VOCdevkit'],
  ['voc', 'voc2012-20', 'VOCdevkit/VOC2012'],
  ['context', 'context60', '.'],
  ['context', 'context59', 'VOCdevkit'],
  ['cocoObject', 'coco-object', '.'],
  ['cocoStuff', 'coco-stuff', 'val2017'],
  ['ade20k', 'ade20k', '.'],
  ['cityscapes', 'cityscapes', '.'],
  ['cityscapesIds', 'cityscapes', 'gtFine'],
  ['folder', 'folder', '.'],
] as const;

interface Expected {
  readonly [figure: string]: number | null | readonly (number | null)[] | object;
}

async function open(id: string, root: string): Promise<OpenedSet> {
  const classes = id === 'folder' ? join(root, 'classes.txt') : undefined;
  return SETS.find((set) => set.id === id)!.open({ root, classes }, {});
}

test('help names the sets that there are, in the order of lists', () => {
  expect(Object.keys(SET_WORDS)).toEqual(SETS.map(({ id }) => id));
});

const close = (found: number | null, wanted: number | null, what: string) => {
  if (wanted === null || found === null) expect(found, what).toBe(wanted);
  else expect(Math.abs(found - wanted), `${what}: ${found} for ${wanted}`).toBeLessThan(1e-9);
};

describe('scores', () => {
  it.each(CASES)('of %s as %s are those of numpy to 1e-9', async (folder, id, root) => {
    const base = join(FIXTURES, folder);
    await using set = await open(id, join(base, root));
    const images = [];
    for (const [place, item] of set.items.entries()) {
      const truth = await readTruth(set, item);
      const path = join(base, id, 'predictions', `${place}.png`);
      const { labels } = await readLabelPng({ path, name: path }, (value) => value);
      images.push(measureImage({ facts: set.facts, boundary: true }, item.name, truth, labels));
    }
    expect(images).toHaveLength(4);
    const stored = JSON.parse(await readFile(join(base, id, 'expected.json'), 'utf8')) as Record<
      string,
      Expected
    >;
    for (const protocol of PROTOCOLS) {
      const found = figuresOf(images, set.facts, protocol);
      const wanted = stored[protocol]!;
      for (const figure of [
        'meanIou',
        'objects',
        'perImage',
        'pixelAccuracy',
        'meanAccuracy',
        'frequencyWeightedIou',
        'meanBoundaryIou',
      ] as const)
        close(found[figure], wanted[figure] as number | null, `${protocol} ${figure}`);
      const iou = wanted['iou'] as (number | null)[];
      const first = set.facts.countsBackground[protocol] ? 0 : 1;
      for (const one of found.classes) close(one.iou, iou[one.label - first]!, one.name);
      const subsets = Object.values(wanted['subsets'] as Record<string, number | null>);
      expect(found.subsets).toHaveLength(subsets.length);
      found.subsets.forEach(({ name, meanIou }, at) => close(meanIou, subsets[at]!, name));
    }
  });
});

describe('the published evaluation', () => {
  const factsOf = async (folder: string, id: string) => {
    await using set = await open(id, join(FIXTURES, folder));
    return set.facts;
  };

  test.each([
    ['voc', 'voc2012', 21, 20, 1449, 'always'],
    ['context', 'context60', 60, 59, 5105, 'auto'],
    ['ade20k', 'ade20k', 151, 150, 2000, 'auto'],
    ['cocoObject', 'coco-object', 91, 80, 5000, 'always'],
    ['cocoStuff', 'coco-stuff', 183, 171, 5000, 'auto'],
  ] as const)(
    'of %s (%s) has a histogram of %i labels, asks %i classes on %i images',
    async (folder, id, labels, classes, images, background) => {
      const facts = await factsOf(folder, id);
      expect(facts.names).toHaveLength(labels);
      expect(facts.classes).toHaveLength(classes);
      expect(facts.officialImages).toBe(images);
      expect(facts.background).toBe(background);
      expect(facts.countsBackground.reference).toBe(true);
      expect(new Set(facts.classes.map(({ label }) => label)).size).toBe(classes);
      expect(Math.max(...facts.classes.map(({ label }) => label))).toBe(labels - 1);
      for (const { label, name } of facts.classes) expect(facts.names[label]).toBe(name);
    },
  );

  test('asks "table" for the dining table of VOC, and COCO by its own ids', async () => {
    const voc = await factsOf('voc', 'voc2012');
    expect(voc.classes[10]).toMatchObject({ label: 11, name: 'dining table', prompt: 'table' });
    // Other words are known and only asked for when wanted.
    expect(voc.classes.flatMap(({ synonyms }) => synonyms)).toHaveLength(11);
    expect(voc.classes[19]).toMatchObject({ name: 'tv monitor', prompt: 'tv monitor' });
    const coco = await factsOf('cocoObject', 'coco-object');
    const idOf = (name: string) => coco.classes.find((one) => one.name === name)?.label;
    expect(['person', 'stop sign', 'dining table', 'toothbrush'].map(idOf)).toEqual([
      1, 13, 67, 90,
    ]);
    const stuff = await factsOf('cocoStuff', 'coco-stuff');
    expect(stuff.classes.at(-1)).toMatchObject({ label: 182, name: 'wood' });
    expect(stuff.classes[80]).toMatchObject({ label: 92, name: 'banner' });
    const ade = await factsOf('ade20k', 'ade20k');
    expect([ade.names[59], ade.names[131], ade.names[0]]).toEqual([
      'screen door',
      'screen',
      'other',
    ]);
  });

  test('has the unseen classes of Vil-Seg as parts', async () => {
    const named = async (folder: string, id: string) => {
      const { names, subsets } = await factsOf(folder, id);
      const { labels } = subsets.find(({ name }) => name.includes('Vil-Seg'))!;
      return labels.map((label) => names[label]);
    };
    expect(await named('voc', 'voc2012')).toEqual([
      'potted plant',
      'sheep',
      'sofa',
      'train',
      'tv monitor',
    ]);
    expect(await named('context', 'context60')).toEqual(['cow', 'motorbike', 'sofa', 'cat']);
    const stuff = await named('cocoStuff', 'coco-stuff');
    expect(stuff).toHaveLength(15);
    expect(stuff).toEqual(
      expect.arrayContaining(['frisbee', 'giraffe', 'wall-concrete', 'playingfield']),
    );
  });

  test('takes void for background; the standard one leaves it out', () => {
    // By hand: two void pixels, one of them predicted as class 1.
    const facts = {
      names: ['background', 'a'],
      subsets: [],
      countsBackground: { standard: true, reference: true },
    } as unknown as OpenedSet['facts'];
    const truth = { labels: Uint16Array.of(0, 0, 1, 1, VOID, VOID), width: 6, height: 1 };
    const image = measureImage(
      { facts, boundary: false },
      'x',
      truth,
      Uint16Array.of(0, 0, 1, 0, 1, 0),
    );
    const iou = (protocol: 'standard' | 'reference') =>
      figuresOf([image], facts, protocol).classes.map((one) => one.iou);
    expect(iou('standard')).toEqual([2 / 3, 1 / 2]);
    expect(iou('reference')).toEqual([3 / 5, 1 / 3]);
    expect(figuresOf([image], facts, 'reference').confused[0]).toEqual({
      truth: 'a',
      readAs: 'background',
      share: 1 / 2,
    });
  });
});

describe('a copy that is not as it should be', () => {
  const VOC = 'VOCdevkit/VOC2012';
  const copy = async () => {
    const folder = await temporaryFolder();
    await cp(join(FIXTURES, 'voc'), folder, { recursive: true });
    return folder;
  };

  test('lacks a folder: it is named with what was expected', async () => {
    const folder = await copy();
    await rm(join(folder, VOC, 'SegmentationClass'), { recursive: true });
    await expect(open('voc2012', folder)).rejects.toThrow(
      `SegmentationClass is missing in ${join(folder, VOC)}; expected JPEGImages, SegmentationClass, ImageSets/Segmentation/val.txt there.`,
    );
    await expect(open('voc2012', join(folder, 'nowhere'))).rejects.toThrow('There is no folder');
  });

  test('lacks files: the first is named and the others are counted', async () => {
    const folder = await copy();
    for (const name of ['2007_000001', '2007_000002'])
      await rm(join(folder, VOC, 'SegmentationClass', `${name}.png`));
    await expect(open('voc2012', folder)).rejects.toThrow(
      /2007_000001\.png is missing \(and 1 more\); the data set lists it\./,
    );
  });

  test('has a list that leads elsewhere or names an image twice', async () => {
    const folder = await copy();
    const list = join(folder, VOC, 'ImageSets/Segmentation/val.txt');
    await writeFile(list, '2007_000000\n../../../secret\n');
    await expect(open('voc2012', folder)).rejects.toThrow(/Line 2 of .*leads out of the data set/);
    await writeFile(list, '2007_000000\n2007_000000\n');
    await expect(open('voc2012', folder)).rejects.toThrow('names 2007_000000 twice');
    await writeFile(list, '\n');
    await expect(open('voc2012', folder)).rejects.toThrow('names no image');
  });

  test('has a torn map and a number that is no class: both are told at once, with their files', async () => {
    const folder = await copy();
    const maps = join(folder, VOC, 'SegmentationClass');
    const whole = await readFile(join(maps, '2007_000000.png'));
    await writeFile(join(maps, '2007_000000.png'), whole.subarray(0, whole.length - 20));
    const data = new Uint8Array(9 * 13);
    data[9 * 4 + 2] = 77;
    await writeFile(join(maps, '2007_000001.png'), await encodePng({ kind: 'grey', data }, 9, 13));
    await using set = await open('voc2012', folder);
    const failure = await surveyTruth(set, set.items, {}).catch((error: Error) => error);
    expect((failure as Error).message.split('\n')).toEqual([
      `${join(maps, '2007_000000.png')} breaks off in the middle`,
      `${join(maps, '2007_000001.png')} holds 77 at row 5, column 3; expected 0 to 20, or 255 for void`,
    ]);
  });

  test('has a colour picture in place of a map', async () => {
    const folder = await copy();
    const path = join(folder, VOC, 'SegmentationClass', '2007_000000.png');
    const data = new Uint8Array(14 * 10 * 3);
    await writeFile(path, await encodePng({ kind: 'rgb', data }, 14, 10));
    await using set = await open('voc2012', folder);
    await expect(surveyTruth(set, set.items, {})).rejects.toThrow('expected class numbers in one');
  });

  test('has foreign classes in the file of instances', async () => {
    const folder = await temporaryFolder();
    await cp(join(FIXTURES, 'cocoObject'), folder, { recursive: true });
    const file = join(folder, 'annotations/instances_val2017.json');
    const data = JSON.parse(await readFile(file, 'utf8')) as { categories: object[] };
    data.categories.push({ id: 95, name: 'bridge' });
    await writeFile(file, JSON.stringify(data));
    await expect(open('coco-object', folder)).rejects.toThrow(
      'has the class 95 "bridge"; expected the 80 objects of COCO, ids 1 to 90.',
    );
  });

  test('does not name its classes, or names two images alike', async () => {
    const folder = await temporaryFolder();
    await cp(join(FIXTURES, 'folder'), folder, { recursive: true });
    const set = SETS.find(({ id }) => id === 'folder')!;
    await expect(set.open({ root: folder }, {})).rejects.toThrow('does not name its classes');
    await mkdir(join(folder, 'images/sub'), { recursive: true });
    await cp(join(folder, 'images/sub/p0.png'), join(folder, 'images/sub/p0.jpg'));
    await expect(open('folder', folder)).rejects.toThrow('have one mask; give them other names');
  });
});

test('image-level labels of the truth leave background and void out', async () => {
  await using set = await open('voc2012', join(FIXTURES, 'voc'));
  const found = await surveyTruth(set, set.items, {});
  expect(found.map(({ present }) => present.includes(0))).toEqual([false, false, false, false]);
  // The third image is void alone.
  expect(found[2]).toMatchObject({ present: [], width: 16, height: 16 });
  expect(found[0]!.present.length).toBeGreaterThan(2);
});
