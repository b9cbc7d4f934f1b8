// The class table: one class per name however it is spelled, and ids that others want are left to them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  classKey,
  MAX_CLASSES,
  sameClassSpellings,
} from '../../../../../electron/api/classNames.ts';
import {
  addCategories,
  listCategories,
  saveCategories,
} from '../../../../../electron/engine/project/categories.ts';
import type { Project } from '../../../../../electron/engine/project/project.ts';
import { openProject } from '../../../../../electron/engine/project/project.ts';

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
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'salience-classes-'));
    project = await openProject({ file: join(root, 'p.salience'), folder: root });
  });
  afterEach(async () => {
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

  it('takes thousands of classes in a moment and refuses more than the window can save', () => {
    const names = Array.from({ length: MAX_CLASSES }, (_, i) => `class ${i}`);
    expect(addCategories(project.store, names)).toHaveLength(MAX_CLASSES);
    expect(() => addCategories(project.store, ['one more'])).toThrow(
      `A project holds ${MAX_CLASSES} classes; with these it would have ${MAX_CLASSES + 1}.`,
    );
    expect(addCategories(project.store, ['CLASS 7'])).toEqual([8]);
  });
});
