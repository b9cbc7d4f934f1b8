// What the cases about names of images, files and classes state, as checks of what the command line says.
import { cp, mkdir } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Checks } from '../../helpers/fixtures/caseFolder.ts';
import { INNER_WORDS } from '../../helpers/fixtures/caseFolder.ts';

export const NAME_CHECKS: Checks = {
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
};
