// The small parts of the command line: class lists, progress lines, ranges of media.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import {
  parseClassLines,
  parseClassList,
  readClasses,
  readImageLabels,
} from '../../../../../electron/hosts/cli/arguments/classList.ts';
import { parseOverride } from '../../../../../electron/hosts/cli/arguments/overrides.ts';
import { folderNames } from '../../../../../electron/hosts/cli/artifacts/maps.ts';
import { printable, printableJson } from '../../../../../electron/hosts/cli/terminal/lines.ts';
import {
  readAsked,
  readParams,
} from '../../../../../electron/hosts/cli/prelabel/prelabelRequest.ts';
import { exportCommand, withheldNotes } from '../../../../../electron/hosts/cli/exchange.ts';
import {
  describeProgress,
  duration,
  progressPrinter,
} from '../../../../../electron/hosts/cli/terminal/progress.ts';
import { cpuMsOf } from '../../../../helpers/drivers/loopTurns.ts';
import { parseRange } from '../../../../../electron/hosts/mediaResponse.ts';

const names = (text: string) => parseClassList(text).map(({ name }) => name);
const file = (name: string, text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'salience-cli-')), name);
  writeFileSync(path, text);
  return path;
};

test('an export says what its options keep out, and how to have it', () => {
  expect(withheldNotes({ proposals: 0, unreviewed: 0 })).toEqual([]);
  expect(withheldNotes({ proposals: 1, unreviewed: 0 })).toEqual([
    '1 proposal left out. Accept it in the window, or add --proposals.',
  ]);
  expect(withheldNotes({ proposals: 71, unreviewed: 2 })).toEqual([
    '71 proposals left out. Accept them in the window, or add --proposals.',
    '2 images left out that nobody marked as reviewed.',
  ]);
});

describe('edges and things', () => {
  const read = (options: { refine?: string; instances?: boolean; stuffEdges?: boolean }) =>
    readParams({ preset: 'pack', ...options }).overrides;

  test('are settings of a run like all others', () => {
    expect(read({})).toEqual({});
    expect(read({ refine: 'sam', instances: true })).toEqual({
      'proposals.refine': 'sam',
      'proposals.instances': true,
    });
    expect(read({ refine: 'sam:mobile-sam', stuffEdges: true })).toEqual({
      'proposals.refine': 'sam:mobile-sam',
      'proposals.stuffEdges': true,
    });
    expect(() => read({ stuffEdges: true })).toThrow(/add --refine sam/);
  });

  test.each(['', 'sam:', 'crf', 'samba'])('a click model is not "%s"', (refine) => {
    expect(() => read({ refine })).toThrow(/--refine takes sam, or sam:<pack>/);
  });
});

describe('single settings', () => {
  test.each([
    ['masks.blur=0.03', ['masks.blur', 0.03]],
    ['pnp.layers=0', ['pnp.layers', [0]]],
    // As scripts of earlier programs say it.
    ['explain.layers=0', ['pnp.layers', [0]]],
    ['pnp.layers=0,1', ['pnp.layers', [0, 1]]],
    ['pnp.layers=[2, 3]', ['pnp.layers', [2, 3]]],
    ['pnp.heads=', ['pnp.heads', []]],
    ['masks.passWeights=1,0.5', ['masks.passWeights', [1, 0.5]]],
    ['pnp.captions=joint', ['pnp.captions', 'joint']],
    ['pnp.prefix=', ['pnp.prefix', '']],
    ['pnp.prefix=a picture = of', ['pnp.prefix', 'a picture = of']],
    ['masks.crf=false', ['masks.crf', false]],
  ])('%s is read', (text, expected) => {
    expect(parseOverride(text)).toEqual(expected);
  });

  test.each([
    ['masks.blur', /takes name=value/],
    ['masks.blur=', /has no value; write it behind the "="/],
    ['pnp.layers=first', /takes numbers with commas/],
    ['pnp.layers=0,,1', /takes numbers with commas/],
  ])('%s is refused with an example', (text, message) => {
    expect(() => parseOverride(text)).toThrow(message);
  });
});

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

  test('lines of a file are classes, commas and all; a note stands at the start or after a blank', () => {
    const text = 'building, edifice\r\n# a note\nC# logo\n\n~grass # stuff\nmug=cup|espresso cup\n';
    expect(parseClassLines(text, 'f').map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'building, edifice thing',
      'C# logo thing',
      'grass stuff',
      'mug thing',
    ]);
    expect(names('C# logo,item #1, cat # the small one')).toEqual(['C# logo', 'item #1', 'cat']);
  });

  test.each([
    ['a list', () => parseClassList('Duck, duck'), /--classes .*"Duck", "duck".*keep one of them/],
    ['lines', () => parseClassLines('a\u0308\n\u00e4', 'x.txt'), /x\.txt names one class in 2/],
  ])('%s with one class in two spellings is refused with both', (_what, call, message) => {
    expect(call).toThrow(message);
  });

  test('files in another encoding are read or refused by name', async () => {
    const list = file('utf16.txt', '');
    writeFileSync(list, '\ufeffcat\nB\u00e4r\n', 'utf16le');
    expect((await readClasses({ classesFile: list })).map(({ name }) => name)).toEqual([
      'cat',
      'B\u00e4r',
    ]);
    writeFileSync(list, Buffer.from([0x42, 0xe4, 0x72, 0x0a]));
    await expect(readClasses({ classesFile: list })).rejects.toThrow(
      /utf16\.txt is not UTF-8 text \(line 1\); save it as UTF-8/,
    );
  });

  test('a hundred thousand classes of one image are refused at once', async () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `class ${i}`);
    const path = file('many.json', JSON.stringify({ 'a.jpg': many }));
    const ms = await cpuMsOf(() =>
      expect(readImageLabels(path)).rejects.toThrow(/"a\.jpg": 100000 classes are too many/),
    );
    expect(ms).toBeLessThan(5000);
  });

  test('image labels take ids and words from a list, in their own order, and name what it lacks', async () => {
    const imageLabels = file('l.json', '{"a.jpg": ["dog", "CAT"], "b.jpg": ["cat"]}');
    const cocoCategories = file(
      'c.json',
      '{"categories":[{"id":7,"name":"cat"},{"id":9,"name":"dog"},{"id":0,"name":"sky"}]}',
    );
    const options = { imageLabels, cocoCategories } as Parameters<typeof readAsked>[0];
    const asked = await readAsked(options);
    expect(asked.wishes?.map(({ id, name }) => [id, name])).toEqual([
      [7, 'cat'],
      [9, 'dog'],
      [null, 'sky'],
    ]);
    expect([...asked.labels!]).toEqual([
      ['a.jpg', ['dog', 'cat']],
      ['b.jpg', ['cat']],
    ]);
    const typo = file('t.json', '{"a.jpg": ["cta"]}');
    await expect(readAsked({ ...options, imageLabels: typo })).rejects.toThrow(
      /t\.json names classes that .*c\.json does not have: "cta" \(at a\.jpg\)/,
    );
  });

  test.each([
    ['0.4', 0.4],
    [true, 'pack'],
    ['clip', { by: 'clip', threshold: 0.3 }],
    ['clip:0.45', { by: 'clip', threshold: 0.45 }],
  ])('--auto %s says who chooses classes, and from where', async (auto, expected) => {
    expect((await readAsked({ classes: 'cat', auto })).auto).toEqual(expected);
  });

  test.each(['clips', 'clip:2', '0'])('--auto %s is refused', async (auto) => {
    await expect(readAsked({ classes: 'cat', auto })).rejects.toThrow(/takes a probability/);
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

/** Everything in a stream so far; newer Nodes give it piece by piece. */
function written(stream: PassThrough): string {
  let text = '';
  for (let piece: unknown; (piece = stream.read()) !== null;) text += String(piece);
  return text;
}

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

  test('work that nobody has counted yet shows no total, and quiet shows no progress at all', () => {
    expect(
      describeProgress({ stage: 'Check COCO file', done: 3189, total: 6379, unit: 'bytes' }),
    ).toBe('Check COCO file  49 %');
    expect(describeProgress({ stage: 'Check COCO file', done: 3, total: 0 })).toBe(
      'Check COCO file  3',
    );
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text) } as never;
    const printer = progressPrinter(stream, { quiet: true });
    printer.update({ stage: 'Write COCO file', done: 1, total: 1 });
    printer.line('a.png failed');
    expect(written).toEqual(['a.png failed\n']);
  });

  test('programs get one JSON object per line', () => {
    const stream = new PassThrough();
    const printer = progressPrinter(stream, { json: true });
    printer.update({ stage: 'a', done: 1, total: 2 });
    printer.line('b.jpg failed');
    expect(
      written(stream)
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
    const printer = progressPrinter(stream, {}, () => clock);
    for (let done = 0; done < 100; done++) {
      clock += 100;
      printer.update({ stage: 'a', done, total: 1000 });
    }
    expect(written(stream).trim().split('\n')).toHaveLength(2);
  });

  test('a pipe gets the end of a stage once', () => {
    const stream = new PassThrough();
    const printer = progressPrinter(stream, {});
    for (const done of [8, 8]) printer.update({ stage: 'a', done, total: 8 });
    printer.update({ stage: 'b', done: 8, total: 8 });
    expect(written(stream)).toBe('a  8 of 8\nb  8 of 8\n');
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

describe('lines', () => {
  test('show what a terminal would obey, and JSON stays JSON', () => {
    const evil = 'a\u001b]0;x\u0007\n\u009b31m\u202eb\u2028';
    expect(printable(evil)).toBe('a\\u{1b}]0;x\\u{7}\\u{a}\\u{9b}31m\\u{202e}b\\u{2028}');
    expect(printable('Größe 漢字 🐈 á')).toBe('Größe 漢字 🐈 á');
    const json = printableJson({ name: evil, list: [evil] }, 2);
    expect(JSON.parse(json)).toEqual({ name: evil, list: [evil] });
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test('classes whose names make one folder get one each', () => {
    expect(folderNames(['a/b', 'a_b', 'A_B', 'x', 'a?b'])).toEqual([
      'a_b',
      'a_b-2',
      'A_B-3',
      'x',
      'a_b-4',
    ]);
  });
});
