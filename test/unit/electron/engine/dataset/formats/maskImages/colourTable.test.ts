// Tables of colours in the forms in which they are passed around.
import { describe, expect, it } from 'vitest';
import {
  hex,
  isNotLabelled,
  looksLikeColourTable,
  parseColourTable,
  rgb,
  vocClasses,
} from '../../../../../../../electron/engine/dataset/formats/maskImages/colourTable.ts';

const read = (text: string) =>
  (parseColourTable(text, 'there/map.txt') ?? []).map(
    ({ name, colour, index }) => `${index} ${name} ${hex(colour)}`,
  );

describe('a table of colours', () => {
  it.each([
    ['cat:128,0,64::', '0 cat #800040'],
    ['cat:255,254,0:part:action', '0 cat #fffe00'],
    ['cat,1,2,3', '0 cat #010203'],
    ['"big cat", 1, 2, 3', '0 big cat #010203'],
    ['128 0 64 cat', '0 cat #800040'],
    ['128,0,64,big cat', '0 big cat #800040'],
    ['cat #80ff40', '0 cat #80ff40'],
    ['cat: #80FF40', '0 cat #80ff40'],
  ])('may have lines like %s', (line, found) => {
    expect(read(line)).toEqual([found]);
    expect(looksLikeColourTable(`heading\n${line}`)).toBe(true);
  });

  it('numbers its classes by their lines; headings, remarks and blanks are none', () => {
    expect(read('# name:r,g,b\nname,r,g,b\n// more\n\nbackground,0,0,0\r\ncat,1,2,3\n')).toEqual([
      '0 background #000000',
      '1 cat #010203',
    ]);
  });

  it('is told where a line is none, with its number', () => {
    expect(() => read('cat,1,2,3\ndog,4,5')).toThrow(/^line 2 is "dog,4,5"; expected .*map\.txt$/);
    expect(() => read('cat,1,2,3\n\ndog,4,5,256')).toThrow(/^line 3/);
    expect(() => read(`cat,1,2,3\n${'x'.repeat(70)}`)).toThrow(
      new RegExp(`^line 2 is "${'x'.repeat(60)}"`),
    );
  });

  it('has no lines of more than a thousand letters', () => {
    const line = (length: number) => `${'a'.repeat(length - 6)},1,2,3`;
    expect(read(line(1000))).toHaveLength(1);
    expect(read(line(1001))).toEqual([]);
  });

  it('is refused where two classes have one colour, and not where one is there twice', () => {
    expect(() => read('cat,1,2,3\ndog,1,2,3')).toThrow(
      '#010203 is the colour of "cat" and of "dog"; give one of them another: there/map.txt',
    );
    expect(read('cat,1,2,3\ncat,1,2,3')).toHaveLength(2);
  });

  it.each([
    ['{"cat": [128, 0, 64], "dog": "#80ff40"}', ['0 cat #800040', '1 dog #80ff40']],
    ['[{"name": "cat", "color": [1, 2, 3]}]', ['0 cat #010203']],
    [
      '{"classes": [{"title": "cat", "colour": [1, 2, 3, 255], "index": 7}, {"name": "dog", "color": "#000001"}]}',
      ['7 cat #010203', '1 dog #000001'],
    ],
    // What has no colour, or none that there is, is left out.
    [
      '{"a": [1, 2], "b": [256, 0, 0], "c": [-1, 0, 0], "d": [0.5, 0, 0], "e": "red", "f": [0, 255, 0]}',
      ['5 f #00ff00'],
    ],
    ['[{"color": [1, 2, 3]}, {"name": "cat"}, 3]', []],
  ])('may be JSON: %s', (text, found) => {
    expect(read(text)).toEqual(found);
  });

  it('is told where it is no JSON, and is nothing without a colour', () => {
    expect(() => read('[{')).toThrow(/is not valid JSON.*map\.txt$/);
    expect(parseColourTable('cat\ndog\n', 'classes.txt')).toBeNull();
    expect(parseColourTable('{"cat": 3}', 'classes.json')).toBeNull();
  });

  it('looks like none where a file of that name has no colours in it', () => {
    for (const text of ['cat\ndog', '["cat", "dog"]', '{"names": {"0": "cat"}}', ''])
      expect(looksLikeColourTable(text), text).toBe(false);
    for (const text of ['[{"color": 1}]', '{"colour" : []}', ' {"a": [ 1, 2 ,3 ]}'])
      expect(looksLikeColourTable(text), text).toBe(true);
  });
});

it('what nobody labelled is no class, however it is called', () => {
  for (const name of [
    'background',
    '_background_',
    'BG',
    'void',
    'Unlabelled',
    'unlabeled',
    'ignore',
  ])
    expect(isNotLabelled(name), name).toBe(true);
  for (const name of ['backgrounds', 'my background', 'voids', 'cat'])
    expect(isNotLabelled(name), name).toBe(false);
});

it('the classes of Pascal VOC have the colours of the palette that is given', () => {
  const palette = Uint8Array.from({ length: 768 }, (_, at) => at % 256);
  const found = vocClasses(palette);
  expect(found).toHaveLength(21);
  expect(found[0]).toEqual({ name: 'background', index: 0, colour: rgb(0, 1, 2) });
  expect(found[20]).toEqual({ name: 'tvmonitor', index: 20, colour: rgb(60, 61, 62) });
  expect([rgb(1, 2, 3), rgb(255, 0, 128)]).toEqual([0x010203, 0xff0080]);
});
