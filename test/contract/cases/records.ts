// What the cases about numbers, records and notations state, as checks of what the command line says.
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Checks } from '../../helpers/fixtures/caseFolder.ts';
import { INNER_WORDS } from '../../helpers/fixtures/caseFolder.ts';

const SCENE = join(import.meta.dirname, '../../fixtures/scenes');

export const RECORD_CHECKS: Checks = {
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
          id: 1,
          image_id: 1,
          category_id: 1,
          iscrowd: 0,
          area: 100,
          bbox: [5, 5, 10, 10],
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
      ...[
        'prelabel',
        one.path('images'),
        '--classes',
        'snail,umbrella,pineapple,~wood,~stone',
        '--out',
        one.path('o.json'),
      ],
      ...['--overlays', one.path('seen'), '--masks', one.path('cut')],
    );
    expect(said).not.toMatch(INNER_WORDS);
    expect((await one.read('o.json')).images).toHaveLength(2);
    for (const folder of ['seen', 'cut']) {
      const written = (await readdir(one.path(folder))).filter((name) => name.endsWith('.png'));
      expect(written).toContain('z.png');
      if (written.length < 2)
        expect({ code, told: said.includes('xxx') }).toEqual({ code: 1, told: true });
      else expect(written).toHaveLength(2);
    }
  },

  async '17-byte-order-mark'(one) {
    for (const [source, images, count] of [
      ['lm', 'lm', '1 annotation'],
      ['yolo', 'yolo/images', '1 annotation'],
      ['png/in', 'png/images', '2 annotations'],
    ] as const) {
      const project = `${source.replace('/', '-')}.salience`;
      const { code, said } = await one.import(source, { images, project });
      expect(code, said).toBe(0);
      expect(said).toMatch(new RegExp(`\\b${count}\\b`));
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
    expect(said).toContain('Imported 1 annotation on');
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
