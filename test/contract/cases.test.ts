// The collection of label files as the world writes them, beside the repository: every case is run through
// the command line, and what its expected.md states is asserted here.
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CaseFolder } from '../helpers/caseFolder.ts';
import { caseNames, casesRoot, openCase } from '../helpers/caseFolder.ts';

const SCENE = join(import.meta.dirname, '../fixtures/scenes');
/** What a person must never be shown. */
const INNER_WORDS = /ENOENT|ENAMETOOLONG|The job stopped|run the same command again|\bat .*\.ts:/;

const CASES: Readonly<Record<string, (one: CaseFolder) => Promise<void>>> = {
  async '01-two-coco-files'(one) {
    expect(await one.import('train.json')).toMatchObject({ code: 0 });
    expect(await one.import('val.json')).toMatchObject({ code: 0 });
    const { images } = await one.export();
    expect(images.map((image) => image.replace(/: \w+/, ':'))).toEqual([
      'a.png: 100',
      'b.png: 100',
    ]);
    for (const format of ['coco-polygon', 'coco-instances', 'coco-stuff', 'cvat'])
      expect(
        await one.run(
          'export',
          one.path('p.salience'),
          '--format',
          format,
          '--out',
          one.path(format),
        ),
        format,
      ).toMatchObject({ code: 0 });
    const again = ['--project', one.path('p.salience'), '--out', one.path('again.json')];
    const run = await one.run('prelabel', one.path('images'), '--classes', 'cat', ...again);
    expect(run, run.said).toMatchObject({ code: 0 });
    await one.read('again.json');
  },

  async '02-classes-differ-in-case'(one) {
    const dry = await one.import('labels.json', { options: ['--dry-run'] });
    expect(dry.said).toMatch(/"Turkey" \(1\) and "turkey" \(2\) become one class, "Turkey"/);
    const { code, said } = await one.import('labels.json');
    expect(code).toBe(0);
    expect(said).toMatch(/"Turkey" \(1\) and "turkey" \(2\) become one class/);
    expect(said).toContain('1 class,');
    expect((await one.export()).images).toEqual(['a.png: Turkey 100, Turkey 45']);
    const twice = await one.import('twice.json', { project: 'q.salience' });
    expect(twice.said).toMatch(/"cat" \(\d+\) and "cat" \(1\) become one class, "cat"/);
    expect(twice.said).not.toContain('both are kept');
    expect(Object.keys((await one.export('q.salience')).categories)).toEqual(['cat']);
  },

  async '03-prelabel-classes-differ-in-case'(one) {
    for (const option of [
      ['--classes', 'Duck,duck'],
      ['--coco-categories', one.path('categories.json')],
      ['--image-labels', one.path('labels.json')],
    ]) {
      const out = ['--out', one.path('o.json')];
      const { code, said } = await one.run('prelabel', one.path('images'), ...option, ...out);
      expect({ option, code }).toEqual({ option, code: 2 });
      expect(said).toMatch(/"Duck", "duck"|"duck", "Duck"/);
      expect(said).toContain('keep one of them');
      expect(said).not.toMatch(INNER_WORDS);
    }
  },

  async '04-text-that-is-not-utf-8'(one) {
    const { code, said } = await one.import('images');
    expect(code).toBe(3);
    expect(said).toMatch(/a\.json: is not UTF-8 text.*save it as UTF-8/);
    expect(said).not.toContain('\ufffd');
  },

  async '05-masks-that-match-no-image'(one) {
    const { code, said } = await one.import('masks_in');
    expect(said).toMatch(/masks\/zz\.png belongs to no image here/);
    expect(code).toBe(1);
    const { images } = await one.export();
    expect(images).toHaveLength(1);
    expect(images[0]).toMatch(/^a\.png: \w+ \d+/);
  },

  async '06-backslash-in-a-file-name'(one) {
    // Windows takes the backslash for a folder; there is no such name there.
    await mkdir(one.path('images'));
    await cp(one.path('a.png'), one.path('images', 'scan\\0001.png'));
    await cp(one.path('a.png'), one.path('images', 'ok.png'));
    const { code, said } = await one.run(
      ...['prelabel', one.path('images'), '--classes', 'cat', '--out', one.path('o.json')],
    );
    expect(code, said).toBe(0);
    const { images } = await one.read('o.json');
    const names = images.map((image) => image.slice(0, image.indexOf(': ')));
    expect(names.sort()).toEqual(
      process.platform === 'win32' ? ['ok.png', 'scan/0001.png'] : ['ok.png', 'scan\\0001.png'],
    );
  },

  async '07-yolo-train-images-train-labels'(one) {
    const { code, said } = await one.import('.', { images: '.' });
    expect(code, said).toBe(0);
    const { images, categories } = await one.export();
    expect(images.map((image) => image.replace(/: \w+/, ':'))).toEqual([
      'train/images/a.png: 192',
      'valid/images/b.png: 192',
    ]);
    expect(Object.keys(categories)).toEqual(['cat', 'dog']);
    for (const source of ['train', 'train/labels']) {
      const part = await one.import(source, { images: 'train/images', project: 'q.salience' });
      expect(part, part.said).toMatchObject({ code: 0 });
    }
    expect((await one.export('q.salience')).images).toHaveLength(1);
  },

  async '08-labelme-in-another-folder'(one) {
    const { code, said } = await one.import('labels');
    expect(code, said).toBe(0);
    const { images } = await one.export();
    expect(images).toEqual(['a.png: cat 100', 'b.png: cat 100', 'c.png: cat 100']);
  },

  async '09-labelme-without-sizes'(one) {
    const { code, said } = await one.import('images');
    expect(code, said).toBe(0);
    expect((await one.export()).images.join()).toMatch(/^a\.png: \w+ 100$/);
  },

  async '10-coco-names-with-paths'(one) {
    const { code, said } = await one.import('labels.json');
    expect(code, said).toBe(0);
    const { images } = await one.export();
    expect(images).toEqual(['a.png: cat 100', 'b.png: cat 100', 'c.png: cat 100']);
  },

  async '11-coco-without-image-sizes'(one) {
    const { code, said } = await one.import('labels.json');
    expect(code, said).toBe(0);
    expect(said).toMatch(/\$\.images\[0\]\.width is missing; taken from the image/);
    expect(said).toMatch(/\$\.images\[1\]\.width is 0; taken from the image/);
    expect(said).toMatch(/\$\.images\[2\]\.width is "40"; taken from the image/);
    const { images } = await one.export();
    expect(images).toEqual(['a.png: cat 100', 'b.png: cat 100', 'c.png: cat 100']);
  },

  async '12-coco-ids-as-text'(one) {
    const { code, said } = await one.import('labels.json');
    expect(code, said).toBe(0);
    expect(said).toMatch(/id is text; exports have whole numbers/);
    expect((await one.export()).images).toEqual(['a.png: cat 100']);
  },

  async '13-names-composed-and-decomposed'(one) {
    const name = 'B\u00e4r \u00e9.png';
    await mkdir(one.path('images'));
    await cp(one.path('a.png'), one.path('images', name.normalize('NFD')));
    const [onDisk] = await readdir(one.path('images'));
    const labels = {
      images: [{ id: 1, file_name: name.normalize('NFC'), width: 40, height: 30 }],
      categories: [{ id: 1, name: 'cat' }],
      annotations: [
        {
          ...{ id: 1, image_id: 1, category_id: 1, iscrowd: 0, area: 100, bbox: [5, 5, 10, 10] },
          segmentation: [[5, 5, 15, 5, 15, 15, 5, 15]],
        },
      ],
    };
    await writeFile(one.path('labels.json'), JSON.stringify(labels));
    const { code, said } = await one.import('labels.json');
    expect(code, said).toBe(0);
    expect((await one.export()).images).toEqual([`${onDisk!}: cat 100`]);
  },

  async '14-category-id-0'(one) {
    const list = ['--coco-categories', one.path('categories.json'), '--out', one.path('o.json')];
    const run = await one.run('prelabel', one.path('images'), ...list);
    expect(run, run.said).toMatchObject({ code: 0 });
    const { categories } = await one.read('o.json');
    expect(categories).toMatchObject({ grass: 1, water: 2 });
    expect(run.said).toContain(`the class "duck" has the number ${categories['duck']!}`);
    const { code, said } = await one.import('categories.json');
    expect(code, said).toBe(0);
    const imported = (await one.export()).categories;
    expect(imported).toMatchObject({ grass: 1, water: 2 });
    expect(said).toContain(`"duck" gets the number ${imported['duck']!}`);
  },

  async '15-long-file-name'(one) {
    const long = `${'x'.repeat(246)}.jpg`;
    const [scene] = (await readdir(SCENE)).filter((name) => name.endsWith('.png')).sort();
    await mkdir(one.path('images'));
    for (const name of [long, 'z.jpg']) await cp(join(SCENE, scene!), one.path('images', name));
    const { code, said } = await one.run(
      ...['prelabel', one.path('images'), '--classes', 'duck,~grass', '--out', one.path('o.json')],
      ...['--overlays', one.path('seen'), '--masks', one.path('cut')],
    );
    expect(said).not.toMatch(INNER_WORDS);
    expect((await one.read('o.json')).images).toHaveLength(2);
    for (const folder of ['seen', 'cut']) {
      const written = await readdir(one.path(folder));
      expect(written).toContain('z.png');
      if (written.length < 2)
        expect({ code, told: said.includes('xxx') }).toEqual({ code: 1, told: true });
      else expect(written).toHaveLength(2);
    }
  },

  async '17-byte-order-mark'(one) {
    for (const [source, images, count] of [
      ['lm', 'lm', 1],
      ['yolo', 'yolo/images', 1],
      ['png/in', 'png/images', 2],
    ] as const) {
      const project = `${source.replace('/', '-')}.salience`;
      const { code, said } = await one.import(source, { images, project });
      expect(code, said).toBe(0);
      expect(said).toContain(`${count} annotations`);
    }
  },

  async '18-yaml-names'(one) {
    for (const [source, images, classes] of [
      ['flow-dict', 'flow-dict/images', 2],
      ['wrapped', 'wrapped/images', 5],
      ['darknet', 'darknet/obj_train_data', 2],
    ] as const) {
      const project = `${source}.salience`;
      const { code, said } = await one.import(source, { images, project });
      expect(code, said).toBe(0);
      const found = await one.export(project);
      expect(found.images.join()).toMatch(/^a\.png: cat \d+$/);
      expect(Object.keys(found.categories)).toHaveLength(classes);
      if (source === 'wrapped') expect(Object.keys(found.categories)[3]).toBe('a, b');
    }
  },

  async '21-polygons-nested-otherwise'(one) {
    for (const [file, words] of [
      ['pairs.json', /corners in pairs/],
      ['deep.json', /one list too deep/],
    ] as const) {
      const { code, said } = await one.import(file, { project: `${file}.salience` });
      expect(code, said).toBe(0);
      expect(said).toMatch(words);
      expect((await one.export(`${file}.salience`)).images).toEqual(['a.png: cat 100']);
    }
    const flat = await one.import('flat.json', { project: 'flat.salience' });
    expect(flat.code).toBe(3);
    expect(flat.said).toMatch(/is a flat list of numbers; expected a list of polygons \[\[x, y/);
  },

  async '22-nan-in-a-field-nobody-reads'(one) {
    const { code, said } = await one.import('labels.json');
    expect(code, said).toBe(0);
    expect(said).toMatch(/\$\.annotations\[0\]\.area is NaN; counted from the mask/);
    expect(said).toMatch(/\$\.annotations\[1\]\.score is Infinity; left out/);
    expect((await one.export()).images).toEqual(['a.png: cat 100, cat 45']);
  },

  async '23-harmless-repairs'(one) {
    const { code, said } = await one.import('labels.json');
    expect(code, said).toBe(0);
    expect(said).toMatch(/iscrowd is missing; read as 0/);
    expect(said).toContain('0 left out');
    expect((await one.export()).images).toEqual(['a.png: cat 100, cat 45']);
  },

  async '24-one-class-a-line'(one) {
    const list = ['--classes-file', one.path('classes.txt'), '--out', one.path('o.json')];
    const run = await one.run('prelabel', one.path('images'), ...list);
    expect(run, run.said).toMatchObject({ code: 0 });
    const names = Object.keys((await one.read('o.json')).categories);
    expect(names).toEqual(['building, edifice', 'road, route', 'C# logo', 'grass']);
    const json = JSON.parse(await readFile(one.path('o.json'), 'utf8')) as {
      categories: { name: string; isthing: number }[];
    };
    expect(json.categories.at(-1)).toMatchObject({ name: 'grass', isthing: 0 });
    const call = ['--classes', 'C# logo,cat', '--out', one.path('call.json')];
    await one.run('prelabel', one.path('images'), ...call);
    expect(Object.keys((await one.read('call.json')).categories)).toEqual(['C# logo', 'cat']);
  },

  async '25-labelme-empty-group'(one) {
    const { code, said } = await one.import('images');
    expect(code, said).toBe(0);
    expect((await one.export()).images).toEqual(['a.png: cat 100, cat 40']);
  },

  async '26-boxes-among-masks'(one) {
    const refused = await one.import('labels.json');
    expect(refused.code).toBe(3);
    expect(refused.said).toMatch(/^2 items cannot be read/m);
    expect(refused.said).toMatch(/key points or a box only has no mask \(2 such items\)/);
    expect(refused.said).toMatch(/the 1 that is sound/);
    expect(refused.said).toContain('--skip-broken');
    const { code, said } = await one.import('labels.json', { options: ['--skip-broken'] });
    expect(code).toBe(1);
    expect(said).toContain('Imported 1 annotations');
  },

  async '29-labels-in-the-stored-frame'(one) {
    const { code, said } = await one.import('labels.json');
    expect(code).toBe(1);
    expect(said).toMatch(/turned by its EXIF orientation 6/);
    expect(said).toContain('--turn-labels');
    const turned = await one.import('labels.json', { options: ['--turn-labels'] });
    expect(turned, turned.said).toMatchObject({ code: 0 });
    await one.export();
    const json = JSON.parse(await readFile(one.path('out1.json'), 'utf8')) as {
      images: { width: number; height: number }[];
      annotations: { bbox: number[]; area: number }[];
    };
    expect(json.images[0]).toMatchObject({ width: 30, height: 40 });
    expect(json.annotations).toMatchObject([{ bbox: [15, 5, 10, 10], area: 100 }]);
  },
};

const root = casesRoot();

describe('label files as the world writes them', () => {
  if (root === null) {
    console.log('cases: ../shared/cases is not here; NONE of the cases is run');
    test('are beside the repository in ../shared/cases', (context) => {
      context.skip('../shared/cases is not here; none of the cases was run');
    });
    return;
  }
  const names = caseNames(root);

  test('are all there', () => {
    expect(Object.keys(CASES).filter((name) => !names.includes(name))).toEqual([]);
  });

  for (const name of names)
    test(name, async (context) => {
      const check = CASES[name];
      if (!check) return context.skip('nothing here asserts what its expected.md states');
      await check(await openCase(root, name));
    });
});
