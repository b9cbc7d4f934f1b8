// Single records of a COCO file: what is taken, what is repaired with a note, what is skipped and why.
import { describe, expect, it } from 'vitest';
import {
  asObject,
  extraFields,
  readAnnotation,
  readCategory,
  readImage,
} from '../../../../../../../electron/engine/dataset/coco/reading/records.ts';
import { Problems } from '../../../../../../../electron/engine/dataset/problems.ts';
import {
  MAX_EXTRA_DEPTH,
  MAX_EXTRA_VALUES,
} from '../../../../../../../electron/api/rules/classNames.ts';

type Json = Parameters<typeof asObject>[0];
function read<T>(work: (problems: Problems) => T) {
  const problems = new Problems();
  const found = work(problems);
  return { found, said: problems.kept.map(({ path, effect }) => `${effect} ${path}`), problems };
}

it('a record is an object', () => {
  expect(read((p) => asObject({ a: 1 }, '$', p)).found).toEqual({ a: 1 });
  for (const bad of [null, [1], 'a', 3] as Json[])
    expect(read((p) => asObject(bad, '$', p))).toMatchObject({ found: null, said: ['skipped $'] });
});

describe('an image', () => {
  const record = { id: 3, file_name: 'a.jpg', width: 4, height: 5 };
  const image = (patch: object, takesSizes = false) =>
    read((p) => readImage({ ...record, ...patch } as never, '$', takesSizes, p));

  it('has its number, name and size; other fields are kept', () => {
    expect(image({ license: 2 })).toMatchObject({
      found: { id: 3, fileName: 'a.jpg', width: 4, height: 5, extra: { license: 2 } },
      said: [],
    });
  });

  it('is skipped without an id or a name', () => {
    expect(image({ id: null })).toMatchObject({ found: null, said: ['skipped $.id'] });
    for (const name of ['', 4])
      expect(image({ file_name: name })).toMatchObject({
        found: null,
        said: ['skipped $.file_name'],
      });
  });

  it('has sides of a pixel or more, unless they can be had from the image itself', () => {
    expect(image({ width: 1, height: 1 }).found).toMatchObject({ width: 1, height: 1 });
    for (const bad of [0, -3, 1.5, '4', undefined]) {
      expect(image({ width: bad })).toMatchObject({ found: null, said: ['skipped $.width'] });
      expect(image({ height: bad })).toMatchObject({ found: null, said: ['skipped $.height'] });
      expect(image({ height: bad }, true)).toMatchObject({
        found: { width: 0, height: 0 },
        said: ['repaired $.height'],
      });
    }
    expect(image({ width: 1e9, height: 1e9 })).toMatchObject({ found: null, said: ['skipped $'] });
  });

  it('gets another number where its own cannot be written; 0 may stay without a word', () => {
    expect(image({ id: 'x7' })).toMatchObject({ found: { id: null }, said: ['repaired $.id'] });
    expect(image({ id: 0 })).toMatchObject({ found: { id: null }, said: [] });
  });
});

describe('a category', () => {
  const category = (patch: object) =>
    read((p) => readCategory({ id: 1, name: 'cat', ...patch } as never, '$', p));

  it('has a name, and what else it says', () => {
    expect(
      category({ supercategory: 'animal', isthing: 1, color: [1, 16, 255], note: 'x' }).found,
    ).toEqual({
      name: 'cat',
      supercategory: 'animal',
      isThing: true,
      color: '#0110ff',
      extra: { note: 'x' },
    });
    expect(category({ supercategory: 4 }).found).toMatchObject({
      supercategory: '',
      isThing: true,
    });
    expect(category({ isthing: 0 }).found).toMatchObject({ isThing: false });
    expect(category({ isthing: false }).found).toMatchObject({ isThing: false });
  });

  it('is skipped without an id or a name', () => {
    for (const bad of [' ', 3])
      expect(category({ name: bad })).toMatchObject({ said: ['skipped $.name'] });
    expect(category({ id: [] })).toMatchObject({ found: null, said: ['skipped $.id'] });
  });

  it('has a colour where that is one', () => {
    const colour = (color: unknown) => category({ color }).found!.color;
    expect(colour('#AbCdEf')).toBe('#abcdef');
    expect(colour([0, 255, 7])).toBe('#00ff07');
    for (const bad of [
      'abcdef',
      '#abc',
      [1, 2],
      [1, 2, 3, 4],
      [-1, 2, 3],
      [1, 256, 3],
      [1, 2, 2.5],
      ['1', 2, 3],
      7,
    ])
      expect(colour(bad)).toBe('');
  });
});

describe('an annotation', () => {
  const sound = {
    id: 9,
    image_id: 3,
    category_id: 1,
    iscrowd: 0,
    area: 4,
    bbox: [0, 0, 2, 2],
    segmentation: [[0, 0, 2, 0, 2, 2, 0, 2]],
  };
  const seen = {
    image: (id: unknown) => (id === 3 ? { width: 4, height: 5 } : undefined),
    category: (id: unknown) => (id === 1 ? { id: 70 } : undefined),
  } as never;
  const annotation = (patch: object) =>
    read((p) => readAnnotation({ ...sound, ...patch } as never, '$', seen, p));

  it('has its mask, number and class', () => {
    expect(annotation({ score: 0.5, tool: 'x' })).toMatchObject({
      found: { id: 9, categoryId: 70, score: 0.5, isCrowd: false, extra: { tool: 'x' } },
      said: [],
    });
    expect(annotation({ iscrowd: 1 }).found!.isCrowd).toBe(true);
  });

  it.each([
    [{ segments_info: [] }, '$'],
    [{ image_id: 4 }, '$.image_id'],
    [{ category_id: 2 }, '$.category_id'],
    [{ segmentation: [] }, '$.segmentation'],
    [{ segmentation: [[9, 9, 10, 9, 10, 10]] }, '$.segmentation'],
  ])('is skipped with %j', (patch, path) => {
    expect(annotation(patch)).toMatchObject({ found: null, said: [`skipped ${path}`] });
  });

  it.each<[object, string, object]>([
    [{ id: 0 }, '$.id', { id: null }],
    [{ id: undefined }, '$.id', { id: null }],
    [{ id: 'a' }, '$.id', { id: null }],
    [{ iscrowd: undefined }, '$.iscrowd', { isCrowd: false }],
    [{ iscrowd: true }, '$.iscrowd', { isCrowd: true }],
    [{ iscrowd: 'no' }, '$.iscrowd', { isCrowd: false }],
    [{ score: 'high' }, '$.score', { score: null }],
    [{ area: null }, '$.area', { id: 9 }],
    [{ bbox: [1, 2, 3] }, '$.bbox', { id: 9 }],
    [{ bbox: [1, 2, 3, '4'] }, '$.bbox', { id: 9 }],
    [{ bbox: 'all' }, '$.bbox', { id: 9 }],
  ])('is repaired with %j', (patch, path, found) => {
    expect(annotation(patch)).toMatchObject({ found, said: [`repaired ${path}`] });
  });

  it('says why its number cannot be kept', () => {
    const why = (id: unknown) => annotation({ id }).problems.kept[0]!.message;
    expect(why(0)).toContain('is 0, which pycocotools counts as unmatched');
    expect(why(undefined)).toContain('is missing; it gets a new number');
    expect(annotation({ score: null })).toMatchObject({ found: { score: null }, said: [] });
  });
});

describe('fields that nobody knows', () => {
  const nested = (depth: number): object => (depth === 0 ? {} : { in: nested(depth - 1) });
  const many = (count: number) => Array.from({ length: count }, () => 1);

  it('are kept as deep and as many as a project holds', () => {
    const kept = (value: unknown) => 'x' in extraFields({ x: value } as never, []);
    expect([kept(nested(MAX_EXTRA_DEPTH - 1)), kept(nested(MAX_EXTRA_DEPTH))]).toEqual([
      true,
      false,
    ]);
    const lists = (depth: number) =>
      Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
    expect([kept(lists(MAX_EXTRA_DEPTH - 1)), kept(lists(MAX_EXTRA_DEPTH))]).toEqual([
      ...[true, false],
    ]);
    expect([kept(many(MAX_EXTRA_VALUES - 1)), kept(many(MAX_EXTRA_VALUES))]).toEqual([true, false]);
    expect(kept({ a: { b: many(MAX_EXTRA_VALUES) } })).toBe(false);
  });

  it('share one bound, and lose keys that change prototypes', () => {
    const half = Math.floor(MAX_EXTRA_VALUES / 2) + 1;
    expect(Object.keys(extraFields({ a: many(half), b: many(half), c: 1 } as never, []))).toEqual([
      'a',
    ]);
    const record = JSON.parse(
      '{"id":1,"a":{"__proto__":{"x":1},"b":[{"c":null}]},"__proto__":2}',
    ) as never;
    expect(JSON.stringify(extraFields(record, ['id']))).toBe('{"a":{"b":[{"c":null}]}}');
  });

  it('are named where they are left out', () => {
    const { found, said } = read((p) =>
      readImage(
        {
          id: 1,
          file_name: 'a',
          width: 1,
          height: 1,
          deep: nested(MAX_EXTRA_DEPTH),
          ok: 1,
        } as never,
        ...(['$', false, p] as const),
      ),
    );
    expect(found!.extra).toEqual({ ok: 1 });
    expect(said).toEqual(['repaired $.deep']);
  });
});
