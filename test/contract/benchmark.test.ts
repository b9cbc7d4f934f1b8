// `salience benchmark` as a person calls it: drawn scenes with the built-in model in official layouts, scored
// again by arithmetic of the test's own; what is damaged, stopped or asked for otherwise.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doubtOf } from '../../electron/api/rules/doubt.ts';
import type { Annotation } from '../../electron/api/types.ts';
import { SETS } from '../../electron/engine/benchmark/registry.ts';
import type { MeasuredImage } from '../../electron/engine/benchmark/figures.ts';
import type { BenchmarkResult } from '../../electron/engine/benchmark/result.ts';
import { annotationsOf } from '../../electron/engine/project/annotations.ts';
import { everyImage } from '../../electron/engine/project/images/imageNames.ts';
import { markImages } from '../../electron/engine/project/images/images.ts';
import { listCategories } from '../../electron/engine/project/classes/categories.ts';
import { openProject } from '../../electron/engine/project/project.ts';
import { decodePng } from '../../electron/engine/dataset/png/decode.ts';
import { bitmapFromMask } from '../../electron/masks/runs/bitmap.ts';
import { encodePng } from '../../electron/engine/dataset/png/encode.ts';
import {
  drawCocoObject,
  drawFolder,
  drawnScenes,
  drawSet,
  sceneLabels,
  SCENES,
  type DrawnScene,
} from '../helpers/fixtures/benchmarkSets.ts';
import { pairsWon } from '../helpers/fixtures/pairsWon.ts';
import { tinyClipPack } from '../helpers/fixtures/clipPack.ts';
import { runCli, type CliOptions } from '../helpers/drivers/runCli.ts';

const FILES = [
  'trained-styles-1-02.png',
  'trained-styles-2-03.png',
  'trained-styles-2-05.png',
  'trained-styles-2-11.png',
  'unseen-style-1-07.png',
];
/** Names that scenes and data sets share, with their labels there. */
const LABELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  voc2012: { cat: 8, bus: 6, car: 7 },
  context60: { cat: 15, bus: 12, car: 14, grass: 29, wood: 59 },
  'coco-stuff': { cat: 17, bus: 6, car: 3, cake: 61, wood: 182, grass: 124, stone: 162 },
  ade20k: { bus: 81, car: 21, grass: 10 },
  cityscapes: { bus: 16, car: 14 },
};
let folder: string;
let scenes: DrawnScene[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salience-benchmark-'));
  scenes = await drawnScenes(FILES);
  for (const [id, labels] of Object.entries(LABELS))
    await drawSet(id, join(folder, id), scenes, new Map(Object.entries(labels)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cli = (args: readonly string[], options: Partial<CliOptions> = {}) =>
  runCli(['benchmark', ...args], { home: join(folder, 'home'), ...options });

const scoresIn = async (out: string) =>
  JSON.parse(await readFile(join(folder, out, 'scores.json'), 'utf8')) as BenchmarkResult;

/** All files below a folder with their bytes. */
async function everyByte(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    files.set(path, entry.isFile() ? (await readFile(path)).toString('base64') : '');
  }
  return files;
}

/** Runs and demands success. */
async function scored(id: string, out: string, ...more: string[]): Promise<BenchmarkResult> {
  const { code, stderr } = await cli([
    ...[id, '--root', join(folder, id), '--preset', 'pack', '--out', join(folder, out)],
    ...['--quiet', ...more],
  ]);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return scoresIn(out);
}

describe('a row of a table', () => {
  test('of VOC is what counting the exported masks by hand gives, and nothing of the copy changes', async () => {
    const before = await everyByte(join(folder, 'voc2012'));
    const result = await scored('voc2012', 'voc-out', '--no-boundary');
    expect(await everyByte(join(folder, 'voc2012'))).toEqual(before);
    const masks = join(folder, 'voc-masks');
    const project = join(folder, 'voc-out', 'benchmark.salience');
    const { code, stderr } = await runCli(
      ['export', project, '--format', 'mask-png', '--proposals', '--out', masks],
      { home: join(folder, 'home') },
    );
    expect({ code, stderr: code === 0 ? '' : stderr }).toMatchObject({ code: 0 });
    const classes = JSON.parse(await readFile(join(masks, 'classes.json'), 'utf8')) as {
      classes: { index: number; id: number }[];
    };
    const idOf = new Map(classes.classes.map(({ index, id }) => [index, id]));
    const hit = new Map<number, number>();
    const truthPx = new Map<number, number>();
    const foundPx = new Map<number, number>();
    const add = (to: Map<number, number>, key: number) => to.set(key, (to.get(key) ?? 0) + 1);
    for (const scene of scenes) {
      const truth = sceneLabels(scene, new Map(Object.entries(LABELS['voc2012']!)), 0);
      const stem = scene.file.replace(/\.png$/, '');
      const png = await decodePng(await readFile(join(masks, 'masks', `${stem}.png`)));
      truth.forEach((label, i) => {
        const found = idOf.get(png.data[i]!) ?? 0;
        add(truthPx, label);
        add(foundPx, found);
        if (found === label) add(hit, label);
      });
    }
    const iou = [...truthPx.keys()].map((label) => {
      const both = hit.get(label) ?? 0;
      return both / (truthPx.get(label)! + (foundPx.get(label) ?? 0) - both);
    });
    const mean = iou.reduce((sum, value) => sum + value, 0) / iou.length;
    expect(truthPx.size).toBe(4);
    expect(result.protocols.reference.meanIou).toBeCloseTo(mean, 12);
    expect(result.protocols.reference.meanIou).toBeGreaterThan(0.6);
    expect(result.images).toBe(5);
    expect(result).toMatchObject({
      headline: 'reference',
      classesFrom: 'truth of each image',
      limit: null,
      undone: 0,
      failures: [],
    });
  });

  test.each(['context60', 'coco-stuff', 'ade20k', 'cityscapes'])(
    'of %s comes from its own layout',
    async (id) => {
      const result = await scored(id, `${id}-out`);
      const { classes, meanIou, meanBoundaryIou } = result.protocols.standard;
      const seen = classes.filter(({ truthPx }) => truthPx > 0).map(({ name }) => name);
      expect(seen).toEqual(expect.arrayContaining(Object.keys(LABELS[id]!)));
      expect(meanIou).toBeGreaterThan(0.4);
      expect(meanBoundaryIou).toBeGreaterThan(0);
      const report = await readFile(join(folder, `${id}-out`, 'report.md'), 'utf8');
      expect(report).toContain(`# ${result.title}`);
      // Of 19 to 171 classes most are never there.
      expect(report).toMatch(/\| no truth \|/);
    },
  );

  test('of COCO Object paints instances in file order', async () => {
    await using set = await (async () => {
      const fixture = join(import.meta.dirname, '../fixtures/benchmark/cocoObject');
      return SETS.find(({ id }) => id === 'coco-object')!.open({ root: fixture }, {});
    })();
    await drawCocoObject(join(folder, 'coco-object'), scenes, set.facts.classes);
    const result = await scored('coco-object', 'coco-object-out', '--no-boundary');
    const { classes, meanIou } = result.protocols.reference;
    expect(classes.find(({ name }) => name === 'cat')!.truthPx).toBeGreaterThan(0);
    expect(meanIou).toBeGreaterThan(0.5);
  });
});

describe('classes of an image', () => {
  const lists = async (name: string, json: object) => {
    const file = join(folder, name);
    await writeFile(file, JSON.stringify(json));
    return file;
  };

  test('come from the truth, from all names, from the match or from a file; the report says which', async () => {
    const own = Object.fromEntries(scenes.map(({ file }) => [file.replace('.png', ''), ['cat']]));
    const file = await lists('lists.json', { ...own, 'unseen-style-1-07': ['c a r', 'dog'] });
    const results = [
      await scored(
        'voc2012',
        's-all',
        ...['--no-boundary', '--select', 'all', '--set', 'masks.absentBelow=0'],
      ),
      await scored('voc2012', 's-match', '--no-boundary', '--select', 'match', '--match', '0.7'),
      await scored('voc2012', 's-file', '--no-boundary', '--select', 'file', '--lists', file),
    ];
    expect(results.map(({ classesFrom }) => classesFrom)).toEqual([
      'all names',
      "the pack's own match from 0.7",
      `lists of ${file}`,
    ]);
    const found = (result: BenchmarkResult) =>
      result.protocols.standard.classes
        .filter(({ predictedPx }) => predictedPx > 0)
        .map(({ name }) => name);
    // A class in the prompt always paints something: here names that no image has, which cover those that
    // are there, and nothing is left of the score. The same maps with absent names left out show them.
    expect(found(results[0]!).length).toBeGreaterThan(4);
    expect(results[0]!.remarks?.[0]).toContain('Every name is painted in every image');
    const [all, match] = results.map(({ protocols }) => protocols.standard.meanIou!);
    expect(all).toBeLessThan(0.1);
    expect(match).toBeGreaterThan(0.4);
    expect(results[1]!.remarks).toBeUndefined();
    expect(found(results[2]!)).toEqual(['background', 'car', 'cat', 'dog']);
    const page = await readFile(join(folder, 's-all', 'report.html'), 'utf8');
    expect(page).toContain('not comparable');
  });

  test('are those that a judge keeps in rounds, where a CLIP is installed', async () => {
    const call = (out: string) => [
      ...['voc2012', '--root', join(folder, 'voc2012'), '--preset', 'pack', '--limit', '2'],
      ...['--select', 'clip', '--confidence', '0.05', '--no-boundary', '--quiet'],
      ...['--out', join(folder, out)],
    ];
    const without = await cli(call('s-clip'));
    expect(without.code).toBe(3);
    expect(without.stderr).toContain('needs a CLIP model, and none is installed');
    await tinyClipPack(join(folder, 'home', 'packs'));
    const judging = await cli([...call('s-clip'), '--pack', 'tiny-clip', '--engine', 'pnp']);
    expect(judging.code).toBe(2);
    expect(judging.stderr).toContain('PnP-OVSS does not run with the pack tiny-clip');
    const { code, stderr } = await cli(call('s-clip'));
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const result = await scoresIn('s-clip');
    expect(result.engine).toBe('PnP-OVSS');
    expect(result.classesFrom).toBe('rounds before a judge (Tiny CLIP, share above 0.05)');
    expect(result.command.join(' ')).toContain('--select clip --confidence 0.05');
    // The rounds dropped something: not every name is painted.
    const found = result.protocols.standard.classes.filter(({ predictedPx }) => predictedPx > 0);
    expect(found.length).toBeLessThan(21);
  });

  test('and words are those of the engine that is named', async () => {
    const asks = ['--pack', 'tiny-clip', '--engine', 'naclip', '--no-boundary', '--limit', '1'];
    const result = await scored('voc2012', 's-naclip', ...asks);
    expect(result.engine).toBe('Similarity (NACLIP)');
    expect(result.params.engine).toBe('naclip');
    expect(result.settings).toContain('26 background words');
    expect(result.settings).toContain('words of its published evaluation');
    const project = await openProject({
      file: join(folder, 's-naclip', 'benchmark.salience'),
      folder: join(folder, 'voc2012/VOCdevkit/VOC2012/JPEGImages'),
    });
    const person = listCategories(project.store).find(({ name }) => name === 'person')!;
    project.close();
    expect(person.synonyms).toContain('person in shirt');
    const match = await cli([
      ...['voc2012', '--root', join(folder, 'voc2012'), '--engine', 'naclip', '--select', 'match'],
    ]);
    expect(match.code).toBe(2);
    expect(match.stderr).toContain(
      'Similarity (NACLIP) does not tell which classes are present by a match',
    );
  });

  test('of a file must be classes of the data set, for every image', async () => {
    const foreign = await lists('foreign.json', { 'trained-styles-1-02.jpg': ['unicorn'] });
    const call = (file: string) =>
      cli([
        ...['voc2012', '--root', join(folder, 'voc2012'), '--out', join(folder, 's-bad')],
        ...['--select', 'file', '--lists', file, '--quiet'],
      ]);
    const first = await call(foreign);
    expect(first.code).toBe(3);
    expect(first.stderr).toContain(
      'names "unicorn" for trained-styles-1-02.jpg, which is no class',
    );
    const few = await call(await lists('few.json', { 'trained-styles-1-02.jpg': [] }));
    expect(few.stderr).toMatch(/has no list for .* and 3 more images/);
  });
});

test('a folder of one’s own gives the mean IoU of the model’s card', async () => {
  const card = await readFile(join(import.meta.dirname, '../../models/demo/card.md'), 'utf8');
  const row = /\| \+ CRF \(all steps\) \| ([\d.]+)/.exec(card)!;
  const data = JSON.parse(
    await readFile(join(import.meta.dirname, '../fixtures/scenes/truth.json'), 'utf8'),
  ) as {
    images: { file_name: string; style: string; seed: number }[];
    categories: { name: string; isthing: number }[];
  };
  const mine = data.images.filter(({ style }) => style === 'trained-styles');
  const names = data.categories.filter(({ isthing }) => isthing === 1).map(({ name }) => name);
  const drawn = await drawnScenes(mine.map(({ file_name }) => file_name));
  const own = join(folder, 'own');
  await drawFolder(own, drawn, names);
  const out = join(folder, 'own-out');
  const { code, stderr } = await cli([
    ...['folder', '--root', own, '--classes-file', join(own, 'classes.txt'), '--out', out],
    ...['--no-boundary', '--quiet'],
  ]);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const images = (await readFile(join(out, 'images.ndjson'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as MeasuredImage);
  const bySeed = [1, 2, 3].map((seed) => {
    const files = new Set(
      mine.filter((image) => image.seed === seed).map(({ file_name }) => file_name),
    );
    const [hit, truth, found] = [new Map(), new Map(), new Map()] as Map<number, number>[];
    for (const { pairs } of images.filter(({ name }) => files.has(name)))
      for (let i = 0; i < pairs.length; i += 3) {
        const [label, guess, pixels] = pairs.slice(i, i + 3) as [number, number, number];
        truth!.set(label, (truth!.get(label) ?? 0) + pixels);
        found!.set(guess, (found!.get(guess) ?? 0) + pixels);
        if (label === guess) hit!.set(label, pixels + (hit!.get(label) ?? 0));
      }
    const labels = [...new Set([...truth!.keys(), ...found!.keys()])];
    const iou = labels.map((label) => {
      const both = hit!.get(label) ?? 0;
      return both / ((truth!.get(label) ?? 0) + (found!.get(label) ?? 0) - both);
    });
    return iou.reduce((sum, value) => sum + value, 0) / iou.length;
  });
  const mean = (100 * bySeed.reduce((sum, value) => sum + value, 0)) / 3;
  expect(mean.toFixed(1)).toBe(row[1]);
  // The same masks as proposals: which figure knows the wrong ones.
  const project = await openProject({
    file: join(out, 'benchmark.salience'),
    folder: join(own, 'images'),
  });
  const masks = everyImage(project.store).flatMap(({ id, name }) => {
    const scene = drawn.find(({ file }) => name.endsWith(file))!;
    const labels = sceneLabels(scene, new Map(names.map((one, at) => [one, at + 1])), 0);
    return annotationsOf(project.store, id).map((found) => {
      const bits = bitmapFromMask(found.mask);
      const truly = labels.map((label) => Number(label === found.categoryId));
      const both = bits.filter((bit, at) => bit === 1 && truly[at] === 1).length;
      const either = bits.filter((bit, at) => bit === 1 || truly[at] === 1).length;
      return { found, wrong: both / either < 0.7 };
    });
  });
  project.close();
  expect(masks.every(({ found }) => found.unsteady !== undefined)).toBe(true);
  // The margin is the lead over whatever comes next at each pixel: never larger than that over one class.
  for (const { found } of masks) {
    const { height, rivalHeight } = found.lead!;
    expect(height - rivalHeight).toBeGreaterThanOrEqual(found.margin! - 1e-6);
  }
  const told = (of: (found: Annotation) => number) =>
    pairsWon(masks.map(({ found, wrong }) => ({ value: of(found), wrong })));
  const byMargin = told(({ margin }) => -margin!);
  expect(told((found) => found.unsteady!)).toBeGreaterThan(byMargin);
  expect(told((found) => doubtOf({ ...found, doubtful: false }))).toBeGreaterThan(byMargin + 0.1);
});

test('accepted masks of a project are a truth like any other, and the project stays as it is', async () => {
  const photos = join(folder, 'photos');
  await mkdir(photos);
  for (const { file } of scenes) await cp(join(SCENES, file), join(photos, file));
  const file = join(folder, 'photos.salience');
  const home = join(folder, 'home');
  const imported = await runCli(
    ['import', join(SCENES, 'truth.json'), '--project', file, '--images', photos, '--skip-broken'],
    { home },
  );
  expect(imported.stderr).not.toContain('Error');
  const project = await openProject({ file, folder: photos });
  const ids = everyImage(project.store).map(({ id }) => id);
  await markImages(project.store, ids.slice(0, 4), 'reviewed');
  project.close();
  const before = await readFile(file);
  // Somebody works on it meanwhile.
  const busy = await openProject({ file, folder: photos });
  const out = join(folder, 'project-out');
  const { code, stderr } = await cli([
    ...['project', '--root', file, '--out', out, '--no-boundary', '--quiet'],
  ]);
  busy.close();
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  expect((await readFile(file)).equals(before)).toBe(true);
  const result = await scoresIn('project-out');
  expect(result).toMatchObject({ set: 'project', images: 4, officialImages: null });
  expect(result.protocols.standard.meanIou).toBeGreaterThan(0.5);
  const none = await openProject({ file, folder: photos });
  await markImages(none.store, ids, 'inProgress');
  none.close();
  const empty = await cli(['project', '--root', file, '--out', join(folder, 'none'), '--quiet']);
  expect(empty.code).toBe(3);
  expect(empty.stderr).toContain('is reviewed and has an accepted mask; accept some first');
});

describe('what goes wrong', () => {
  const copyOf = async (name: string) => {
    await cp(join(folder, 'voc2012'), join(folder, name), { recursive: true });
    return join(folder, name, 'VOCdevkit/VOC2012');
  };

  test('a killed run goes on and ends with the scores of one that was not', async () => {
    const args = (out: string) => [
      ...['voc2012', '--root', join(folder, 'voc2012'), '--preset', 'pack'],
      ...['--set', 'explain.passes=2', '--no-boundary', '--out', join(folder, out)],
    ];
    let seen = 0;
    const stop = new AbortController();
    await cli([...args('killed'), '--json'], {
      kill: stop.signal,
      interruptWhen: (stderr) => {
        const done = /"stage":"Pre-labelling","done":([1-4]),/.exec(stderr);
        if (done && seen === 0) {
          seen = Number(done[1]);
          stop.abort();
        }
        return false;
      },
    });
    expect(seen).toBeGreaterThan(0);
    await expect(scoresIn('killed')).rejects.toThrow('ENOENT');
    expect((await cli([...args('killed'), '--quiet'])).code).toBe(0);
    expect((await cli([...args('whole'), '--quiet'])).code).toBe(0);
    const [one, other] = [await scoresIn('killed'), await scoresIn('whole')];
    expect(one.protocols).toEqual(other.protocols);
    expect(one.images).toBe(5);
  });

  test('Ctrl-C ends with a report of what is done, named as stopped, and the same call goes on', async () => {
    const args = [
      ...['voc2012', '--root', join(folder, 'voc2012'), '--preset', 'pack'],
      ...['--set', 'explain.passes=4', '--no-boundary', '--out', join(folder, 'stopped')],
    ];
    const stopped = await cli([...args, '--json'], {
      interruptWhen: (stderr) => /"stage":"Pre-labelling","done":[0-2],/.test(stderr),
    });
    expect(stopped.code).toBe(130);
    const first = await scoresIn('stopped');
    expect(first.undone).toBeGreaterThan(0);
    expect(await readFile(join(folder, 'stopped', 'report.md'), 'utf8')).toContain('Stopped at ');
    expect((await cli([...args, '--quiet'])).code).toBe(0);
    expect(await scoresIn('stopped')).toMatchObject({ undone: 0, images: 5 });
  });

  test('a torn image is in no figure and is named; an image that is void alone counts as asked for nothing', async () => {
    const base = await copyOf('torn');
    await truncate(join(base, 'JPEGImages/unseen-style-1-07.jpg'), 900);
    const voidOnly = join(base, 'SegmentationClass/trained-styles-2-03.png');
    const png = await decodePng(await readFile(voidOnly));
    const data = new Uint8Array(png.data.length).fill(255);
    await writeFile(voidOnly, await encodePng({ kind: 'grey', data }, png.width, png.height));
    const { code, stdout } = await cli([
      ...['voc2012', '--root', join(folder, 'torn'), '--preset', 'pack', '--quiet'],
      ...['--out', join(folder, 'torn-out')],
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('failed  unseen-style-1-07.jpg');
    const result = await scoresIn('torn-out');
    expect(result.images).toBe(4);
    expect(result.failures.map(({ name }) => name)).toEqual(['unseen-style-1-07.jpg']);
    const { standard, reference } = result.protocols;
    const background = (one: typeof standard) => one.classes.find(({ label }) => label === 0)!;
    // The void image adds its pixels to the background in one protocol and nothing in the other.
    expect(background(reference).truthPx - background(standard).truthPx).toBe(png.data.length);
    expect(await readFile(join(folder, 'torn-out', 'report.html'), 'utf8')).toContain(
      '1 image could not be measured and is in no figure',
    );
  });

  test('a truth of another size stops the call before any image is run', async () => {
    const base = await copyOf('sized');
    const path = join(base, 'SegmentationClass/trained-styles-2-03.png');
    await writeFile(path, await encodePng({ kind: 'grey', data: new Uint8Array(90 * 70) }, 90, 70));
    const { code, stderr } = await cli([
      ...['voc2012', '--root', join(folder, 'sized'), '--out', join(folder, 'sized-out')],
      '--quiet',
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      `The truth of trained-styles-2-03.jpg (trained-styles-2-03.png) is 90 x 70 px, the image 160 x 160; expected one size.`,
    );
  });

  test('a folder with the report of another call is not replaced uninvited, nor is one among the images used', async () => {
    const call = (out: string, ...more: string[]) =>
      cli(['voc2012', '--root', join(folder, 'voc2012'), '--out', out, '--quiet', ...more]);
    const out = join(folder, 'once');
    expect((await call(out, '--limit', '2', '--seed', '3')).code).toBe(0);
    const first = await scoresIn('once');
    expect(first).toMatchObject({ images: 2, limit: { images: 2, seed: 3 }, imagesOfSet: 5 });
    expect(await readFile(join(out, 'report.md'), 'utf8')).toContain(
      'A quick look: 2 of 5 images, seed 3. Not comparable with published rows.',
    );
    const other = await call(out, '--limit', '3');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('has the report of another call');
    expect((await call(out, '--limit', '3', '--overwrite')).code).toBe(0);
    expect(await scoresIn('once')).toMatchObject({ images: 3 });
    const among = join(folder, 'voc2012/VOCdevkit/VOC2012/JPEGImages/out');
    expect((await call(among)).stderr).toContain('lies among the images, which are only read');
    const unknown = await cli(['voc2021', '--root', folder]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('There is no data set "voc2021". Known are: voc2012');
    expect((await cli(['voc2012'])).stderr).toContain('--root is missing: your copy of voc2012');
  });
});

test('several runs make one table, and another JSON file is refused', async () => {
  await scored('voc2012', 't-a', '--no-boundary');
  await scored('voc2012', 't-b', '--no-boundary', '--limit', '2');
  const scores = ['t-a', 't-b'].map((out) => join(folder, out, 'scores.json'));
  const { code, stdout } = await cli(['table', ...scores]);
  expect(code).toBe(0);
  expect(stdout).toContain('| Engine | Pack | Settings | Classes come from | voc2012 |');
  expect(stdout).toMatch(/\\\* voc2012, PnP-OVSS: A quick look: 2 of 5/);
  const foreign = join(folder, 'foreign-scores.json');
  await writeFile(foreign, '{"format":"other"}');
  const refused = await cli(['table', foreign]);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('is no scores.json of "salience benchmark"');
});
