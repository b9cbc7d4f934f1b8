// What an import does to the class table: which classes are one, which numbers they get, and the fields that the
// attributes of a file show.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_CLASS_NAME, MAX_CLASSES } from '../../../../../electron/api/rules/classNames.ts';
import { MAX_FIELDS, type Field } from '../../../../../electron/api/rules/fields/fields.ts';
import type { CategoryId, Json } from '../../../../../electron/api/types.ts';
import type { ImportedDataset } from '../../../../../electron/engine/dataset/formats/format.ts';
import { Problems } from '../../../../../electron/engine/dataset/problems.ts';
import type {
  DatasetAnnotation,
  DatasetCategory,
} from '../../../../../electron/engine/dataset/types.ts';
import {
  importClasses,
  planClasses,
} from '../../../../../electron/engine/exchange/importClasses.ts';
import { ImportedFields } from '../../../../../electron/engine/exchange/importFields.ts';
import {
  addCategories,
  listCategories,
  markRemoved,
} from '../../../../../electron/engine/project/classes/categories.ts';
import { openProject, type Project } from '../../../../../electron/engine/project/project.ts';

let root: string;
let project: Project;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-imported-'));
  project = await openProject({ file: join(root, 'p.salience'), folder: root });
});
beforeEach(() => void project.store.run('DELETE FROM category'));
afterAll(async () => {
  project.close();
  await rm(root, { recursive: true, force: true });
});

const category = (id: number, name: string, more: Partial<DatasetCategory> = {}) => ({
  id,
  name,
  supercategory: '',
  isThing: true,
  color: '',
  extra: {},
  ...more,
});

describe('the classes of a file', () => {
  const plan = (categories: readonly DatasetCategory[], hasOwnNumbers = true) => {
    const problems = new Problems();
    const dataset = { categories, hasOwnNumbers } as unknown as ImportedDataset;
    const found = planClasses(project, dataset, problems);
    return { ...found, told: problems.told().map(({ path, message }) => `${path}: ${message}`) };
  };

  it('say nothing where all keep their names and numbers', () => {
    const { count, note, told } = plan([category(1, 'cup'), category(7, 'plate')]);
    expect([count, note, told]).toEqual([2, null, []]);
  });

  it('are told where spellings become one class, with the numbers of the file where it has any', () => {
    const three = [category(1, 'cup'), category(2, ' CUP'), category(3, 'Cup'), category(4, 'saw')];
    const { count, told, note } = plan(three);
    expect(count).toBe(2);
    expect(told).toEqual([
      expect.stringMatching(
        /^classes: "cup" \(1\) and " CUP" \(2\) and "Cup" \(3\) become one class, "cup": class names differ/,
      ),
    ]);
    // A class has one number, and that is no news of its other spellings.
    expect(note).toBeNull();
    expect(plan(three, false).told[0]).toMatch(/^classes: "cup" and " CUP" and "Cup" become/);
  });

  it('are told where one goes to a class that is spelled otherwise here, also to a removed one', () => {
    const [cup, plate] = addCategories(project.store, ['Cup', 'Plate']);
    expect(plan([category(1, 'Cup'), category(2, 'Plate')]).told).toEqual([]);
    markRemoved(project.store, plate!);
    const { told } = plan([category(1, 'cup'), category(2, 'plate'), category(3, 'saw')]);
    expect(told).toEqual([
      'classes: "cup" goes to the class "Cup" of the project',
      'classes: "plate" goes to the class "Plate" of the project',
    ]);
    expect(cup).toBe(1);
  });

  it('are told where their numbers differ, twenty by name', () => {
    addCategories(project.store, ['mine']);
    const { note } = plan([category(1, 'cup'), category(2, 'saw')]);
    expect(note).toBe('Classes have other numbers in this project than in the file: "cup" 1 -> 3.');
    expect(plan([category(1, 'cup')], false).note).toBeNull();
    const many = (count: number) => {
      const names = Array.from({ length: count }, (_, at) => `class ${at}`);
      addCategories(project.store, names);
      return plan(names.map((name, at) => category(1000 + at, name))).note!;
    };
    expect(many(20)).toMatch(/"class 19" 1019 -> 21\.$/);
    expect(many(21)).toMatch(/"class 19" 1019 -> 21 and 1 more\.$/);
  });

  it('are as many as a project holds, and no more', () => {
    const classes = (count: number) =>
      Array.from({ length: count }, (_, at) => category(at + 1, `class ${at}`));
    expect(plan(classes(MAX_CLASSES)).count).toBe(MAX_CLASSES);
    expect(() => plan(classes(MAX_CLASSES + 1))).toThrow(`${MAX_CLASSES + 1} classes;`);
  });

  it('are cut to what the class table takes', () => {
    const longest = 'a'.repeat(MAX_CLASS_NAME);
    const whole = plan([category(1, longest, { supercategory: longest })]);
    expect([whole.categories[0]!.name, whole.told]).toEqual([longest, []]);
    const { categories, told } = plan([
      category(1, `${longest}b`, { supercategory: `${longest}c` }),
    ]);
    expect([categories[0]!.name, categories[0]!.supercategory]).toEqual([longest, longest]);
    expect(told).toEqual([
      `"${'a'.repeat(40)}": is a class name of 501 letters; cut to 500`,
      `"${'a'.repeat(40)}": is a group name of 501 letters; cut to 500`,
    ]);
  });

  it('bring colour, group and kind to classes that are new, and the first spelling decides', () => {
    const [mine] = addCategories(project.store, ['cup']);
    const before = listCategories(project.store)[0]!;
    const stuff = { color: '#0a0B0c', supercategory: 'ground', isThing: false };
    const file = [
      category(3, 'cup', stuff),
      category(5, 'sand', stuff),
      category(6, 'SAND', { color: '#ffffff' }),
      category(8, 'odd', { color: 'red' }),
    ];
    const ids = importClasses(project, plan(file));
    expect([...ids]).toEqual([
      [3, mine],
      [5, 5],
      [6, 5],
      [8, 8],
    ]);
    const [cup, sand, odd] = listCategories(project.store);
    expect(cup).toEqual(before);
    expect(sand).toMatchObject({ color: '#0a0B0c', supercategory: 'ground', kind: 'stuff' });
    expect(odd!.color).toMatch(/^#[0-9a-f]{6}$/);
    expect(odd!.kind).toBe('thing');
  });
});

describe('the fields of a file', () => {
  const seen = (
    annotations: readonly Record<string, Json>[],
    categories: readonly DatasetCategory[] = [category(1, 'cup')],
  ) => {
    const fields = new ImportedFields(categories);
    for (const attributes of annotations)
      fields.see({ categoryId: 1, extra: { attributes } } as unknown as DatasetAnnotation);
    return fields;
  };
  const fieldsAfter = (
    annotations: readonly Record<string, Json>[],
    known: readonly Field[] = [],
  ) => {
    const categories = [category(1, 'cup', { extra: { fields: known as unknown as Json } })];
    addCategories(project.store, ['cup']);
    seen(annotations, categories).settle(project, categories, false);
    return listCategories(project.store)[0]!.fields ?? [];
  };
  const texts = (count: number, times: number) =>
    Array.from({ length: count * times }, (_, at) => ({ Kind: `kind ${at % count}` }));

  it.each([
    ['a tick', [{ Kind: true }, { Kind: false }], { kind: 'tick' }],
    ['a number', [{ Kind: 3 }], { kind: 'number', min: null, max: null, unit: '' }],
    ['a choice of what each text is there for twice', texts(2, 2), { kind: 'choice' }],
    ['a choice of twenty', texts(20, 2), { kind: 'choice' }],
    ['a text where there are more', texts(21, 2), { kind: 'text' }],
    [
      'a text where most are there once',
      [{ Kind: 'a' }, { Kind: 'b' }, { Kind: 'a' }],
      { kind: 'text' },
    ],
    [
      'a text where blanks or case tell apart',
      [{ Kind: 'a' }, { Kind: 'A' }, { Kind: 'a' }, { Kind: 'A' }],
      { kind: 'text' },
    ],
  ])('show %s', (_what, annotations, field) => {
    expect(fieldsAfter(annotations)).toMatchObject([{ name: 'Kind', needed: false, ...field }]);
  });

  it('show the choices in their order, and none where values are of several kinds', () => {
    const two = [{ Kind: 'b' }, { Kind: 'a' }, { Kind: 'b' }, { Kind: 'a' }];
    expect(fieldsAfter(two)).toMatchObject([{ choices: ['a', 'b'] }]);
    project.store.run('DELETE FROM category');
    expect(fieldsAfter([{ Kind: 'a' }, { Kind: 1 }])).toEqual([]);
  });

  it('are those that it declares, then those that values show under a name that a field can have', () => {
    const declared: Field[] = [{ kind: 'tick', name: 'Closed', needed: true }];
    const found = fieldsAfter(
      [{ closed: true, Tilt: 4, ' blank': true, occluded: 'partly' }],
      declared,
    );
    expect(found.map(({ name, needed }) => [name, needed])).toEqual([
      ['Closed', true],
      ['Tilt', false],
    ]);
  });

  it('are as many as a class can have, those that are there already included', () => {
    const many = (count: number, word: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`${word} ${at}`, true]));
    expect(fieldsAfter([many(MAX_FIELDS - 1, 'a')])).toHaveLength(MAX_FIELDS - 1);
    const more = fieldsAfter([many(3, 'b')]);
    expect(more).toHaveLength(MAX_FIELDS);
    expect(more.at(-1)).toMatchObject({ name: 'b 0' });
  });

  it('are told class by class, twenty by name, and a dry run leaves the project alone', () => {
    const categories = Array.from({ length: 21 }, (_, at) => category(at + 1, `class ${at}`));
    addCategories(
      project.store,
      categories.map(({ name }) => name),
    );
    const fields = new ImportedFields(categories);
    for (const { id } of categories)
      fields.see({
        categoryId: id,
        extra: { attributes: { Kind: 'a', Tall: true } },
      } as unknown as DatasetAnnotation);
    const [told, ...rest] = fields.settle(project, categories, true);
    expect(told).toMatch(
      /^Classes get fields for the attributes of the file\. "class 0": "Kind" \(text\), "Tall" \(tick\); "class 1"/,
    );
    expect(told).toMatch(/"class 19": "Kind" \(text\), "Tall" \(tick\); and 1 more class\.$/);
    expect(rest).toEqual([]);
    expect(listCategories(project.store).every((one) => (one.fields ?? []).length === 0)).toBe(
      true,
    );
    const few = fields.settle(project, categories.slice(0, 20), false);
    expect(few[0]).toMatch(/"class 19": "Kind" \(text\), "Tall" \(tick\)\.$/);
    const made = listCategories(project.store).map((one) => (one.fields ?? []).length);
    expect(made).toEqual([...Array<number>(20).fill(2), 0]);
  });

  it('are told as strange where attributes are no values, and not at all where there are none', () => {
    const categories = [category(1, 'cup')];
    const strange = seen([{ deep: { a: 1 } }, { deep: [1] }, { Kind: 'a' }]);
    const [, note] = strange.settle(project, categories, true);
    expect(note).toMatch(/^Attributes of 2 annotations are lists, objects or too long/);
    expect(seen([]).settle(project, categories, true)).toEqual([]);
    // Of a class that the file does not declare nothing is known.
    expect(seen([{ Kind: 'a' }], []).settle(project, categories, true)).toEqual([]);
  });

  it('go to the class by name, however it is spelled here', () => {
    addCategories(project.store, ['other', 'CUP']);
    const categories = [category(1, 'cup')];
    seen([{ Kind: true }]).settle(project, categories, false);
    const fields = Object.fromEntries(
      listCategories(project.store).map(({ name, fields: own }) => [name, (own ?? []).length]),
    );
    expect(fields).toEqual({ other: 0, CUP: 1 });
    expect(2 as CategoryId).toBe(listCategories(project.store)[1]!.id);
  });
});
