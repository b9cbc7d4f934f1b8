// classes.json of PNG masks: as it is written, and what is no such table.
import { describe, expect, it } from 'vitest';
import {
  ClassTable,
  parseClassMap,
} from '../../../../../../../electron/engine/dataset/formats/maskImages/classMap.ts';
import { category } from '../../../../../../helpers/fixtures/dataset.ts';

const classes = (count: number) =>
  Array.from({ length: count }, (_, at) => category(at + 11, `class ${at}`));

describe('a table of classes', () => {
  it('numbers them from 1, and has as many as two bytes hold', () => {
    const table = new ClassTable(classes(3));
    expect([11, 12, 13].map((id) => table.indexOf(id))).toEqual([1, 2, 3]);
    expect(() => table.indexOf(14)).toThrow('category 14 of an annotation is not in the table');
    expect(new ClassTable(classes(65_534)).indexOf(11 + 65_533)).toBe(65_534);
    expect(() => new ClassTable(classes(65_535))).toThrow('65535 classes; PNG masks hold 65534');
  });

  it('leaves 255 to pixels that are not labelled while a byte is enough', () => {
    const ignore = (count: number) =>
      (JSON.parse(new ClassTable(classes(count)).json()) as { ignore: number | null }).ignore;
    expect([254, 255].map((count) => new ClassTable(classes(count)).isWide)).toEqual([false, true]);
    expect([254, 255].map(ignore)).toEqual([255, null]);
  });

  it('brings the colours of its classes as a palette, black first', () => {
    const table = new ClassTable([
      { ...category(1, 'cat'), color: '#0a141e' },
      { ...category(2, 'dog'), color: '#ff8040' },
      { ...category(3, 'odd'), color: '' },
    ]);
    const png = table.png(Uint8Array.of(1, 2)) as { kind: string; palette: Uint8Array };
    expect([...png.palette.subarray(0, 15)]).toEqual([
      0, 0, 0, 10, 20, 30, 255, 128, 64, 0, 0, 0, 255, 255, 255,
    ]);
    expect(png.palette).toHaveLength(768);
    expect(table.png(Uint16Array.of(1))).toEqual({ kind: 'grey', data: Uint16Array.of(1) });
  });

  it('is read as it was written', () => {
    const written = [
      { ...category(7, 'cat', { supercategory: 'animal' }), color: '#0a141e' },
      { ...category(3, 'sand', { isThing: false }), color: '#ffffff' },
    ];
    const { categories, categoryOf, ignore } = parseClassMap(
      new ClassTable(written).json(),
      'classes.json',
    );
    expect(categories).toEqual(written.map((one) => ({ ...one, extra: {} })));
    expect([...categoryOf]).toEqual([
      [1, 7],
      [2, 3],
    ]);
    expect(ignore).toBe(255);
  });
});

describe('a file', () => {
  const parse = (...entries: readonly object[]) =>
    parseClassMap(JSON.stringify({ classes: entries }), 'there/classes.json');

  it('may say no more than number and name', () => {
    const { categories, ignore } = parse({ index: 1, name: 'a' }, { index: 65_535, name: 'b' });
    expect(categories).toEqual([
      { id: 1, name: 'a', supercategory: '', isThing: true, color: '', extra: {} },
      { id: 65_535, name: 'b', supercategory: '', isThing: true, color: '', extra: {} },
    ]);
    expect(ignore).toBeNull();
    expect(parse({ index: 2, name: 'a', id: 9, color: 'red' }).categories[0]).toMatchObject({
      id: 9,
      color: '',
    });
  });

  it.each<[string, readonly object[]]>([
    ['$.classes[0].index is 0; expected 1 to 65535', [{ index: 0, name: 'a' }]],
    ['$.classes[0].index is 65536; expected', [{ index: 65_536, name: 'a' }]],
    ['$.classes[0].index is 1.5; expected', [{ index: 1.5, name: 'a' }]],
    ['$.classes[0].index is "1"; expected', [{ index: '1', name: 'a' }]],
    ['$.classes[0].name is ""; expected a class name', [{ index: 1, name: '' }]],
    ['$.classes[0].name is missing; expected', [{ index: 1 }]],
    ['$.classes[0].id is 0; expected its own whole number', [{ index: 1, name: 'a', id: 0 }]],
    ['$.classes[0].id is 0.5; expected', [{ index: 1, name: 'a', id: 0.5 }]],
    ['$.classes[0].id is "x"; expected', [{ index: 1, name: 'a', id: 'x' }]],
    [
      '$.classes[1].id is 1; expected',
      [
        { index: 1, name: 'a' },
        { index: 2, name: 'b', id: 1 },
      ],
    ],
    [
      '$.classes[1].index 1 is used twice',
      [
        { index: 1, name: 'a' },
        { index: 1, name: 'b', id: 2 },
      ],
    ],
  ])('is told where %s', (fault, entries) => {
    expect(() => parse(...entries)).toThrow(
      expect.objectContaining({
        code: 'IMPORT_INVALID',
        message: expect.stringMatching(/: there\/classes\.json$/),
      }),
    );
    expect(() => parse(...entries)).toThrow(fault);
  });

  it.each(['[]', '{}', '{"classes": {}}', '3', '{'])('with %s is no table', (text) => {
    expect(() => parseClassMap(text, 'classes.json')).toThrow(/classes\.json$/);
  });
});
