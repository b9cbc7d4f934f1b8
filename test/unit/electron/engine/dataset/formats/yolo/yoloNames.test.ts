// Class names of YOLO data sets, in the notations and places that trainers and tools use.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readClassNames } from '../../../../../../../electron/engine/dataset/formats/yolo/yoloNames.ts';
import { parseNames } from '../../../../../../../electron/engine/dataset/formats/yolo/yoloYaml.ts';
import { temporaryFolder } from '../../../../../../helpers/fixtures/dataset.ts';

describe('names in YAML', () => {
  it.each([
    ['a table in braces', 'names: {0: cat, 1: dog}', ['cat', 'dog']],
    [
      'a list over lines',
      'names: [cat,\n  \'traffic light\', "a, b"]\n',
      ['cat', 'traffic light', 'a, b'],
    ],
    ['comments between', 'names:\n  # pets\n  - cat # small\n\n  - dog\n', ['cat', 'dog']],
    [
      'words that YAML has meanings for',
      'names: [yes, no, null, 12, 1e3, ~]',
      ['yes', 'no', 'null', '12', '1e3', '~'],
    ],
    ['a block text', 'names:\n  0: >-\n    two\n    words\n', ['two words']],
    ['quoted numbers', 'names:\n  "1": b\n  \'0\': a\n', ['a', 'b']],
    ['an anchor', 'a: &x cat\nnames: [*x, dog]', ['cat', 'dog']],
    ['nothing behind the key', 'names:\n', []],
  ])('%s', (_what, yaml, expected) => {
    expect(parseNames(yaml)).toEqual(expected);
  });

  it.each([
    ['a broken list', 'names: [cat, dog\n', /is not valid YAML: .* at line \d+/],
    ['a number that is none', 'names: {a: cat}', /class number "a"; expected 0, 1, 2/],
    ['lists in lists', 'names: [[cat]]', /name for class 0 that is no text/],
    ['brackets without end', `names: ${'['.repeat(100_000)}`, /nested too deep|not valid YAML/],
    [
      'a bomb of anchors',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefg'[i]!}`).join()}]`)
        .join('\n')}\nnames: [*h]`,
      /is not valid YAML|no text/,
    ],
  ])('%s is named', (_what, yaml, message) => {
    expect(() => parseNames(yaml)).toThrow(message);
  });
});

describe('names of a data set', () => {
  const read = async (files: Record<string, string>, below = '') => {
    const folder = await temporaryFolder();
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const own = Object.keys(files)
      .filter((name) => name.startsWith(below === '' ? '' : `${below}/`))
      .map((name) => name.slice(below === '' ? 0 : below.length + 1));
    return readClassNames(join(folder, below), own);
  };

  it('stand in data.yaml before another, in classes.txt or in obj.names', async () => {
    expect(await read({ 'a.yaml': 'names: [x]', 'data.yaml': '\ufeffnames: [cat]' })).toEqual([
      'cat',
    ]);
    expect(await read({ 'labels/classes.txt': 'cat\r\ndog\r\n' })).toEqual(['cat', 'dog']);
    expect(await read({ 'obj.data': 'names = data/obj.names', 'obj.names': 'cat\n' })).toEqual([
      'cat',
    ]);
  });

  it('are found one or two folders up, no further', async () => {
    expect(
      await read({ 'data.yaml': 'names: [cat]', 'train/labels/a.txt': '' }, 'train/labels'),
    ).toEqual(['cat']);
    expect(await read({ 'data.yaml': 'names: [cat]', 'train/labels/a.txt': '' }, 'train')).toEqual([
      'cat',
    ]);
    await expect(read({ 'data.yaml': 'names: [cat]', 'a/b/c/x.txt': '' }, 'a/b/c')).rejects.toThrow(
      /expected "names" in data\.yaml, a classes\.txt or an obj\.names here or/,
    );
  });

  it('that cannot be read are told file by file', async () => {
    await expect(read({ 'data.yaml': 'names: {a: b}', 'x.yaml': 'names: [' })).rejects.toThrow(
      /data\.yaml has the class number "a".*x\.yaml is not valid YAML/,
    );
  });
});
