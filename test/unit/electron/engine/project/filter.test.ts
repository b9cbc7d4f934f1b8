// Filters over a project: which images fit, word by word and together.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Annotation, ImageId } from '../../../../../electron/api/types.ts';
import {
  annotationWith,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  addObjects,
  type Bench,
} from '../../../../helpers/drivers/engineBench.ts';

const [CUP, PLATE] = [1, 2];

describe('filters over a project', () => {
  let folder: string;
  let bench: Bench;

  async function put(image: number, ...annotations: Annotation[]) {
    const imageId = image as ImageId;
    await bench.call('image.open', { imageId });
    await addObjects(bench, `t${image}`, imageId, ...annotations);
  }
  const proposal = (id: string, category: number, more: Partial<Annotation> = {}) =>
    annotationWith(id, category, rectangle(0, 0, 2, 2), {
      status: 'proposal',
      origin: 'model',
      match: 0.9,
      margin: 0.3,
      ...more,
    });

  beforeEach(async () => {
    folder = await imageFolder(5);
    bench = await openBench(folder);
    await bench.call('category.add', { names: ['Öltasse', 'plate', 'plate rack'] });
    // A large hand-made cup; a doubtful plate; both on the third, the doubtful one being the cup.
    await put(1, annotationWith('a', CUP, rectangle(0, 0, 8, 4)));
    await put(2, proposal('b', PLATE, { doubtful: true, margin: 0.04, match: 0.4 }));
    await put(
      3,
      proposal('c', CUP, { doubtful: true, margin: 0.02 }),
      proposal('d', PLATE),
      proposal('e', PLATE, { mask: rectangle(4, 0, 1, 1) }),
    );
    await bench.call('image.setStatus', { imageIds: [1 as ImageId], status: 'reviewed' });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const fit = async (words: string) => {
    const page = { cursor: 0, limit: 100, order: 'name' } as const;
    const { total, images } = await bench.call('image.list', { ...page, filter: { words } });
    expect(images).toHaveLength(total);
    return images.map(({ id }) => Number(id));
  };

  it('patterns of names answer as in JavaScript, and at once where that never would', async () => {
    const names = [`${'a'.repeat(200)}!.png`, 'IMG_0123.JPG', 'tüte ß.png', '😀_[1](2).tif', 'x.y'];
    const { store } = bench.engine.context.open.get();
    names.forEach((name, i) => store.run('UPDATE image SET name = ? WHERE id = ?', name, i + 1));
    for (const pattern of ['(a|aa)+$', '(a+)+$', '(a*)*!$', 'a*a*a*a*a*a*a*b'])
      expect(await fit(`/${pattern}/`), pattern).toEqual([]);
    const known = [
      String.raw`^img_\d{4}\.jpe?g$`,
      String.raw`\bTÜTE\b`,
      String.raw`^.\w\[`,
      String.raw`\u{1F600}|\u00fc`,
      String.raw`[^\p{L}.!_\d]`,
      String.raw`\(\d\)`,
      String.raw`(?<y>x)\.(?:y|z)$`,
      String.raw`\x58`,
      String.raw`[\w-]{3,}?\S`,
    ];
    for (const pattern of known) {
      const wanted = names.flatMap((name, i) =>
        new RegExp(pattern, 'iu').test(name) ? [i + 1] : [],
      );
      expect((await fit(`/${pattern}/`)).toSorted(), pattern).toEqual(wanted);
    }
  });

  it('a class by its whole name in any case, else by a part', async () => {
    expect(await fit('class:öltasse')).toEqual([1, 3]);
    // In full it is that class only, not the rack as well.
    expect(await fit('class:plate')).toEqual([2, 3]);
    expect(await fit('class:tass')).toEqual([1, 3]);
    expect(await fit('class:nothere')).toEqual([]);
  });

  it('words about objects ask the same object', async () => {
    expect(await fit('is:doubtful')).toEqual([2, 3]);
    expect(await fit('class:plate is:doubtful')).toEqual([2]);
    expect(await fit('class:öltasse is:doubtful margin:<0.03')).toEqual([3]);
  });

  it('the same word twice means either, and a minus means without', async () => {
    expect(await fit('class:öltasse class:plate')).toEqual([1, 2, 3]);
    expect(await fit('class:plate -class:öltasse')).toEqual([2]);
    expect(await fit('-is:doubtful')).toEqual([1, 4, 5]);
    expect(await fit('not status:reviewed has:labels')).toEqual([2, 3]);
  });

  it('counts the objects that the other words describe', async () => {
    expect(await fit('count:0-0')).toEqual([4, 5]);
    expect(await fit('count:>1')).toEqual([3]);
    expect(await fit('class:plate count:2')).toEqual([3]);
    expect(await fit('class:plate count:=0')).toEqual([1, 4, 5]);
  });

  it('areas in pixels and as a share, matches, margins', async () => {
    expect(await fit('area:>30')).toEqual([1]);
    expect(await fit('area:>50%')).toEqual([1]);
    expect(await fit('area:<2')).toEqual([3]);
    expect(await fit('match:<0.5')).toEqual([2]);
    expect(await fit('score:<50%')).toEqual([2]);
  });

  it('states, what an image has, whose work it is', async () => {
    expect(await fit('status:reviewed')).toEqual([1]);
    expect(await fit('is:reviewed')).toEqual([1]);
    expect(await fit('has:proposals')).toEqual([2, 3]);
    expect(await fit('is:mine')).toEqual([1]);
    expect(await fit('size:>=8')).toEqual([1, 2, 3]);
  });

  it('names by part and pattern, places in the list, days', async () => {
    expect(await fit('img2')).toEqual([2]);
    expect(await fit('/^IMG[34]\\./')).toEqual([3, 4]);
    expect(await fit('#2-3')).toEqual([2, 3]);
    expect(await fit('edited:today')).toEqual([1, 2, 3]);
    expect(await fit('edited:yesterday')).toEqual([]);
    expect(await fit('-edited:>2020-01-01')).toEqual([4, 5]);
  });

  it('what cannot be understood is left out; the rest still asks', async () => {
    expect(await fit('margin:nope status:reviewed')).toEqual([1]);
    expect(await fit('/a(/')).toEqual([1, 2, 3, 4, 5]);
  });
});
