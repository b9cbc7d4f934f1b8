// The class table: one class per name however it is spelled, and ids that others want are left to them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  classKey,
  MAX_CLASSES,
  sameClassSpellings,
} from '../../../../../../electron/api/rules/classNames.ts';
import type { CategoryFields, CategoryId } from '../../../../../../electron/api/types.ts';
import {
  addCategories,
  changeCategories,
  listCategories,
  markRemoved,
  reviveCategory,
  saveCategories,
} from '../../../../../../electron/engine/project/classes/categories.ts';
import { classColor } from '../../../../../../electron/engine/project/classes/classColors.ts';
import type { Project } from '../../../../../../electron/engine/project/project.ts';
import { openProject } from '../../../../../../electron/engine/project/project.ts';

describe('class names', () => {
  it.each([
    ['Turkey', 'turkey'],
    ['\u00c4rger', 'a\u0308RGER'],
    [' traffic  light ', 'Traffic Light'],
    ['\u0130', 'i\u0307'],
  ])('%s and %s are one class', (a, b) => {
    expect(classKey(a)).toBe(classKey(b));
  });

  it('that differ in anything else stay apart', () => {
    const names = ['car', 'cars', 'ca r', 'c\u00e1r', 'K\u00fche', 'Kuche'];
    expect(new Set(names.map(classKey)).size).toBe(names.length);
    expect(sameClassSpellings(['cat', 'Cat', 'dog', 'cat'])).toEqual([['cat', 'Cat']]);
  });
});

describe('the class table', () => {
  let root: string;
  let project: Project;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'salience-classes-'));
    project = await openProject({ file: join(root, 'p.salience'), folder: root });
  });
  beforeEach(() => void project.store.run('DELETE FROM category'));
  afterAll(async () => {
    project.close();
    await rm(root, { recursive: true, force: true });
  });
  const table = () => listCategories(project.store).map(({ id, name }) => [id, name]);

  it('gives wanted numbers to those who want them before others get one', () => {
    expect(addCategories(project.store, ['duck', 'grass', 'water'], [null, 1, 2])).toEqual([
      3, 1, 2,
    ]);
    expect(addCategories(project.store, ['sand', 'sky'], [2, 40])).toEqual([41, 40]);
    expect(addCategories(project.store, ['far'], [Number.MAX_SAFE_INTEGER])).toEqual([
      Number.MAX_SAFE_INTEGER,
    ]);
    expect(addCategories(project.store, ['next'])).toEqual([42]);
  });

  it('knows a class again under another spelling', () => {
    expect(addCategories(project.store, ['\u00c4rger', ' a\u0308RGER', 'dog'], [5, 6, 7])).toEqual([
      5, 5, 7,
    ]);
    expect(table()).toEqual([
      [5, '\u00c4rger'],
      [7, 'dog'],
    ]);
  });

  it('refuses a second class of one name, but not to save what was alike before', () => {
    const [cat, dog] = addCategories(project.store, ['cat', 'dog']);
    // As an earlier version of the program let them be, which compared ASCII letters only.
    project.store.run('UPDATE category SET name = ? WHERE id = ?', '\u00c4', cat!);
    project.store.run('UPDATE category SET name = ? WHERE id = ?', '\u00e4', dog!);
    const list = listCategories(project.store);
    saveCategories(project.store, [{ ...list[0]!, color: '#112233' }]);
    expect(listCategories(project.store)[0]!.color).toBe('#112233');
    addCategories(project.store, ['bird']);
    const bird = listCategories(project.store).at(-1)!;
    expect(() => saveCategories(project.store, [{ ...bird, name: ' \u00c4 ' }])).toThrow(
      expect.objectContaining({ code: 'NAME_TAKEN' }),
    );
    expect(table().at(-1)).toEqual([bird.id, 'bird']);
  });

  it('gives new classes places, colours and the free digits as keys, in order', () => {
    addCategories(project.store, ['a', 'b', 'c']);
    const [, b] = listCategories(project.store);
    saveCategories(project.store, [{ ...b!, hotkey: 7 }]);
    markRemoved(project.store, 3 as CategoryId);
    // The digits of b and c are free again; those of a and now of b are not.
    const names = Array.from({ length: 8 }, (_, at) => `next ${at}`);
    addCategories(project.store, names);
    const list = listCategories(project.store);
    expect(list.map(({ hotkey }) => hotkey)).toEqual([1, 7, 2, 3, 4, 5, 6, 8, 9, null]);
    expect(list.map(({ order }) => order)).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(list.map(({ id }) => id)).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(list[0]!.color).toBe(classColor(0));
    expect(list[9]!.color).toBe(classColor(10));
  });

  it('brings a removed class back by its name, without a second one', () => {
    const [cup] = addCategories(project.store, ['cup', 'plate']);
    markRemoved(project.store, cup!);
    expect(table()).toEqual([[2, 'plate']]);
    expect(listCategories(project.store, true)).toHaveLength(2);
    expect(addCategories(project.store, ['CUP', 'cup'])).toEqual([1, 1]);
    expect(table()).toEqual([
      [1, 'cup'],
      [2, 'plate'],
    ]);
    expect(() => markRemoved(project.store, 9 as CategoryId)).toThrow('There is no class 9.');
    markRemoved(project.store, cup!);
    expect(() => markRemoved(project.store, cup!)).toThrow('There is no class 1.');
    reviveCategory(project.store, cup!);
    expect(table()).toHaveLength(2);
    expect(() => reviveCategory(project.store, 9 as CategoryId)).toThrow('There is no class 9.');
  });

  it('does not count on from numbers beyond a thousand million', () => {
    expect(addCategories(project.store, ['far'], [1e9])).toEqual([1e9]);
    expect(addCategories(project.store, ['next'])).toEqual([1]);
    expect(addCategories(project.store, ['near'], [1e9 - 1])).toEqual([1e9 - 1]);
    // The number after it is taken.
    expect(addCategories(project.store, ['after'])).toEqual([1e9 + 1]);
    expect(addCategories(project.store, ['zero', 'below'], [0, -1])).toEqual([1e9 + 2, 1e9 + 3]);
  });

  it('is changed field by field, where the field is as the sender knew it or as it is wanted', () => {
    const [cup, plate] = addCategories(project.store, ['cup', 'plate']);
    const change = (before: Partial<CategoryFields>, after: Partial<CategoryFields>, id = cup!) =>
      changeCategories(project.store, [{ id, before, after }]);
    change({ prompt: '' }, { prompt: 'mug' });
    expect(listCategories(project.store)[0]).toMatchObject({ name: 'cup', prompt: 'mug' });
    // Somebody else wanted the same.
    change({ prompt: '' }, { prompt: 'mug' });
    expect(() => change({ prompt: '', color: '' }, { prompt: 'glass', color: '#000000' })).toThrow(
      'prompt, color of the class cup changed since.',
    );
    expect(listCategories(project.store)[0]).toMatchObject({ prompt: 'mug' });
    expect(() => change({ name: 'cup' }, { name: 'Plate' })).toThrow('would be called');
    expect(() => change({}, { prompt: 'x' }, 9 as CategoryId)).toThrow('Class 9 is not in this');
    markRemoved(project.store, plate!);
    expect(() => change({}, { prompt: 'x' }, plate!)).toThrow('Class 2 is not in this project');
    // The name of a class that is gone is free.
    change({ name: 'cup' }, { name: 'Plate' });
    expect(table()).toEqual([[1, 'Plate']]);
  });

  it('takes thousands of classes in a moment and refuses more than the window can save', () => {
    const names = Array.from({ length: MAX_CLASSES }, (_, i) => `class ${i}`);
    expect(addCategories(project.store, names)).toHaveLength(MAX_CLASSES);
    expect(() => addCategories(project.store, ['one more'])).toThrow(
      `A project holds ${MAX_CLASSES} classes; with these it would have ${MAX_CLASSES + 1}.`,
    );
    markRemoved(project.store, 1 as CategoryId);
    markRemoved(project.store, 2 as CategoryId);
    expect(() => addCategories(project.store, ['class 0', 'one more', 'another'])).toThrow(
      `with these it would have ${MAX_CLASSES + 1}.`,
    );
    expect(addCategories(project.store, ['class 0', 'one more'])).toHaveLength(2);
    expect(addCategories(project.store, ['CLASS 7'])).toEqual([8]);
  });
});
