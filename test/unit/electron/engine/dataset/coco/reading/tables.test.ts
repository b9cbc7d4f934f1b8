// Images and categories of a file by whatever ids they have, and the numbers they get here.
import { describe, expect, it } from 'vitest';
import { importEnglish } from '../../../../../../../electron/api/said/importWords.ts';
import type { Json } from '../../../../../../../electron/api/types.ts';
import {
  idFault,
  keptId,
  keyOf,
  lookUp,
  type Key,
} from '../../../../../../../electron/engine/dataset/coco/reading/keys.ts';
import {
  CategoryTable,
  ImageTable,
} from '../../../../../../../electron/engine/dataset/coco/reading/tables.ts';
import { parseJson } from '../../../../../../../electron/engine/dataset/json.ts';
import { Problems } from '../../../../../../../electron/engine/dataset/problems.ts';
import type { JsonObject } from '../../../../../../../electron/engine/dataset/types.ts';

const json = (text: string): Json => (parseJson(text) as { value: Json }).value;
const LONG = json('12345678901234567890');
const told = (problems: Problems) =>
  problems.told().map(({ path, message }) => `${path}: ${message}`);

describe('an id', () => {
  it.each([
    [7, 7],
    ['7', '"7'],
    [LONG, '#12345678901234567890'],
    ['', null],
    [null, null],
    [[1], null],
    [{}, null],
    [json('NaN'), null],
  ])('%j has the key %j', (id, key) => {
    expect(keyOf(id)).toBe(key);
  });

  it('is found as it is, else in the other form', () => {
    const table = (...ids: Json[]) =>
      new Map(ids.map((id) => [keyOf(id) as Key, JSON.stringify(id)]));
    expect(lookUp(table(7, '7'), 7)).toBe('7');
    expect(lookUp(table(7, '7'), '7')).toBe('"7"');
    expect(lookUp(table('7'), 7)).toBe('"7"');
    expect(lookUp(table(7), '7')).toBe('7');
    expect(lookUp(table(-7), '-7')).toBe('-7');
    expect(lookUp(table('12345678901234567890'), LONG)).toBe('"12345678901234567890"');
    expect(lookUp(table(LONG), '12345678901234567890')).toBe(JSON.stringify(LONG));
    expect(lookUp(table('cat'), 'cat')).toBe('"cat"');
    for (const id of ['cat', '7a', 8, null, LONG]) expect(lookUp(table(7), id)).toBeUndefined();
  });

  it.each([
    [1, 1, null],
    [2 ** 53 - 1, 2 ** 53 - 1, null],
    [0, null, 'is no whole number'],
    [1.5, null, 'is no whole number'],
    [-3, null, 'is no whole number'],
    [2 ** 53, null, 'is a number beyond 2^53'],
    [-(2 ** 53), null, 'is a number beyond 2^53'],
    [-(2 ** 53) + 1, null, 'is no whole number'],
    ['7', null, 'is text'],
    [LONG, null, 'is a number beyond 2^53'],
    [json('NaN'), null, 'is no whole number'],
  ])('%j is kept as %j', (id, kept, fault) => {
    expect(keptId(id)).toBe(kept);
    if (fault === null) expect(idFault(id)).toBeNull();
    else expect(importEnglish(idFault(id)!)).toContain(fault);
  });
});

describe('categories', () => {
  const table = (...records: JsonObject[]) => {
    const problems = new Problems();
    const categories = new CategoryTable();
    for (const [i, record] of records.entries())
      categories.add(record, `$.categories[${i}]`, problems);
    const numbers = categories.all(problems).map(({ id, name }) => [name, id]);
    return { categories, numbers, problems, told: told(problems) };
  };

  it('keep their numbers; others get those after the largest', () => {
    const {
      numbers,
      told: said,
      categories,
      problems,
    } = table(
      { id: 'a', name: 'text' },
      { id: 0, name: 'zero' },
      { id: 4, name: 'four' },
      { id: 2, name: 'two' },
      { id: 1.5, name: 'half' },
    );
    expect(numbers).toEqual([
      ['text', 5],
      ['zero', 6],
      ['four', 4],
      ['two', 2],
      ['half', 7],
    ]);
    expect(said).toEqual([
      '$.categories[0].id: is text; exports have whole numbers, it gets a new one',
      '$.categories[1].id: is 0, which several readers take for "no class"; "zero" gets the number 6',
      '$.categories[4].id: is no whole number of 1 or more; it gets a new one',
    ]);
    expect(categories.find('a', problems)?.id).toBe(5);
    expect(categories.find('4', problems)?.name).toBe('four');
    expect(categories.find(9, problems)).toBeUndefined();
    // Asked again they are the same, and nothing is told twice.
    expect(categories.all(problems)).toHaveLength(5);
    expect(told(problems)).toEqual(said);
  });

  it('do not count on from numbers beyond a thousand million', () => {
    expect(table({ id: 1e9, name: 'far' }, { id: 'a', name: 'new' }).numbers).toEqual([
      ['far', 1e9],
      ['new', 1],
    ]);
    expect(
      table({ id: 1e9 - 1, name: 'near' }, { id: 1e9, name: 'far' }, { id: 'a', name: 'new' })
        .numbers,
    ).toEqual([
      ['near', 1e9 - 1],
      ['far', 1e9],
      ['new', 1e9 + 1],
    ]);
  });

  it('with the id of another one are skipped, and told', () => {
    const { numbers, told: said } = table({ id: 1, name: 'cat' }, { id: 1, name: 'dog' });
    expect(numbers).toEqual([['cat', 1]]);
    expect(said).toEqual(['$.categories[1].id: 1 is already taken by another category']);
  });
});

describe('images', () => {
  const record = (id: Json, name: string, side = 4): JsonObject => ({
    id,
    file_name: name,
    ...(side > 0 ? { width: side, height: side } : {}),
  });
  const table = (...records: JsonObject[]) => {
    const problems = new Problems();
    const images = new ImageTable();
    for (const [i, one] of records.entries()) images.add(one, `$.images[${i}]`, true, problems);
    return { images, problems, told: told(problems) };
  };

  it('are found by their ids, and kept twice where two have one name', () => {
    const { images, told: said } = table(
      record(5, 'a.png'),
      record('x', 'b.png'),
      record(9, 'a.png'),
    );
    expect([5, 'x', 9, '9', 7].map((id) => images.placeOf(id))).toEqual([0, 1, 2, 2, undefined]);
    expect(said).toEqual([
      '$.images[1].id: is text; exports have whole numbers, it gets a new one',
      '$.images[2].file_name: "a.png" is listed twice; both are kept',
    ]);
    expect(images.isUnsized).toBe(false);
  });

  it('with the id of another one are skipped', () => {
    const { images, told: said } = table(record(5, 'a.png'), record(5, 'b.png'));
    expect(images.images.map(({ fileName }) => fileName)).toEqual(['a.png']);
    expect(said).toEqual(['$.images[1].id: 5 is already taken by another image']);
  });

  it('say that one has no size of its own, wherever it stands', () => {
    expect(table(record(1, 'a.png', 0), record(2, 'b.png')).images.isUnsized).toBe(true);
    expect(table(record(1, 'a.png'), record(2, 'b.png', 0)).images.isUnsized).toBe(true);
  });
});
