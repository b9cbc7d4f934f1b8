// The small parts of the command line: class lists, progress lines, ranges of media.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { parseClassList, readClasses } from '../../../../electron/hosts/cli/arguments/classList.ts';
import { exportCommand } from '../../../../electron/hosts/cli/exchange.ts';
import {
  describeProgress,
  duration,
  progressPrinter,
} from '../../../../electron/hosts/cli/progress.ts';
import { parseRange } from '../../../../electron/hosts/mediaResponse.ts';

const names = (text: string) => parseClassList(text).map(({ name }) => name);
const file = (name: string, text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'salience-cli-')), name);
  writeFileSync(path, text);
  return path;
};

describe('class lists', () => {
  test('names are split at commas and lines, trimmed, kept once', () => {
    expect(names('cat, traffic light,,cat\r\n dog # a comment\n')).toEqual([
      'cat',
      'traffic light',
      'dog',
    ]);
  });

  test('a class may have other words for the model, synonyms and a stuff mark', () => {
    expect(parseClassList('mug=cup|espresso cup, ~grass')).toMatchObject([
      { name: 'mug', prompt: 'cup', synonyms: ['espresso cup'], kind: 'thing' },
      { name: 'grass', prompt: 'grass', synonyms: [], kind: 'stuff' },
    ]);
  });

  test('COCO categories keep their ids', async () => {
    const path = file(
      'c.json',
      '\uFEFF{"categories":[{"id":7,"name":"cat"},{"id":90,"name":"sand","isthing":0}]}',
    );
    expect(await readClasses({ cocoCategories: path })).toMatchObject([
      { id: 7, name: 'cat', kind: 'thing' },
      { id: 90, name: 'sand', kind: 'stuff' },
    ]);
  });

  test.each([
    [{}, /Which classes/],
    [{ classes: ' , ' }, /empty/],
    [{ classes: 'a', classesFile: 'b' }, /Use one of/],
    [{ classesFile: '/nowhere.txt' }, /no file/],
    [{ classes: '=x' }, /no name/],
  ])('%o is refused with a sentence', async (options, message) => {
    await expect(readClasses(options)).rejects.toThrow(message);
  });

  test('a COCO file without categories, or a category without a name, is named with its place', async () => {
    await expect(readClasses({ cocoCategories: file('a.json', '{}') })).rejects.toThrow(
      /no list "categories"/,
    );
    await expect(readClasses({ cocoCategories: file('b.json', '[{"id":1}]') })).rejects.toThrow(
      /categories\[0\]\.name/,
    );
    await expect(readClasses({ cocoCategories: file('c.json', '{') })).rejects.toThrow(/not JSON/);
  });
});

describe('progress', () => {
  test('a line says what, how many, how fast, how long and where', () => {
    expect(
      describeProgress({
        stage: 'Pre-labelling',
        done: 3,
        total: 10,
        failed: 1,
        imagesPerSecond: 1.234,
        secondsLeft: 96,
        provider: 'cpu',
      }),
    ).toBe('Pre-labelling  3 of 10 · 1 failed · 1.23 images/s · 1 min 36 s left · on cpu');
    expect([5, 65, 7261].map(duration)).toEqual(['5 s', '1 min 5 s', '2 h 1 min']);
  });

  test('programs get one JSON object per line', () => {
    const stream = new PassThrough();
    const printer = progressPrinter(stream, true);
    printer.update({ stage: 'a', done: 1, total: 2 });
    printer.line('b.jpg failed');
    expect(
      String(stream.read())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { event: 'progress', stage: 'a', done: 1, total: 2 },
      { event: 'message', text: 'b.jpg failed' },
    ]);
  });

  test('a pipe is not flooded', () => {
    const stream = new PassThrough();
    let clock = 0;
    const printer = progressPrinter(stream, false, () => clock);
    for (let done = 0; done < 100; done++) {
      clock += 100;
      printer.update({ stage: 'a', done, total: 1000 });
    }
    expect(String(stream.read()).trim().split('\n')).toHaveLength(2);
  });
});

describe('ranges', () => {
  test.each([
    [null, null],
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', null],
    ['bytes=0-1,3-4', null],
    ['lines=1-2', null],
  ])('%s', (header, expected) => expect(parseRange(header, 100)).toEqual(expected));
});

test.each(['7', '-0.1', 'half'])(
  'a validation share of %s is refused before anything is opened',
  (validation) => {
    const words = { out: 'yolo', format: 'yolo-seg', validation };
    expect(() => exportCommand('none.salience', words)).toThrow(/share from 0 to 1/);
  },
);
