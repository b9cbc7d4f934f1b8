// Token maps to class maps: pieces, synonyms, the last word of the published code, threshold rules.
import { describe, expect, test } from 'vitest';
import { fromTokens } from '../../../../../../electron/inference/pipeline/planes/classMaps.ts';
import { cutMaps } from '../../../../../../electron/inference/pipeline/planes/threshold.ts';
import type { SalienceRun } from '../../../../../../electron/inference/pipeline/salienceRun.ts';

/** One patch, tokens 0-5: class 0 has the words [1, 3) and [3, 4), class 1 the word [4, 6). */
const run: Pick<SalienceRun, 'captions' | 'classes' | 'rows' | 'columns'> = {
  rows: 1,
  columns: 1,
  classes: [0, 1].map((id) => ({ id: id + 1, name: '', words: [], match: 1, asked: true })),
  captions: [
    {
      text: '',
      ids: [0, 0, 0, 0, 0, 0, 0],
      pieces: [],
      spans: [
        { classIndex: 0, wordIndex: 0, start: 1, end: 3 },
        { classIndex: 0, wordIndex: 1, start: 3, end: 4 },
        { classIndex: 1, wordIndex: 0, start: 4, end: 6 },
      ],
    },
  ],
};
const tokens = [[9, 2, 4, 7, 10, 20, 99]];

describe('class maps', () => {
  test.each([
    ['max', 'mean', [7, 15]],
    ['mean', 'mean', [5, 15]],
    ['max', 'sum', [7, 30]],
  ] as const)(
    'with synonyms by %s and the last word by %s are %j',
    (synonyms, lastClass, expected) => {
      expect([...fromTokens(run, tokens, { synonyms, lastClass }).maps]).toEqual(expected);
    },
  );
});

describe('the cut', () => {
  const maps = { maps: Float32Array.of(1, 2, 3, 5, 8, 8, 8, 8), classes: 2, patches: 4 };

  test('keeps the height of what survives, counts it, and finds constant maps absent', () => {
    const cut = cutMaps(maps, 'grey', [0.25, 0.25]);
    expect([...cut.maps]).toEqual([0, 2, 3, 5, 0, 0, 0, 0]);
    expect([cut.kept, cut.present]).toEqual([
      [3, 0],
      [true, false],
    ]);
    expect([...cut.normalised.subarray(0, 4)]).toEqual([0, 0.25, 0.5, 1]);
  });

  test('can be binary, or no cut at all', () => {
    expect([...cutMaps(maps, 'binary', [0.5, 0.5]).maps.subarray(0, 4)]).toEqual([0, 0, 1, 1]);
    expect([...cutMaps(maps, 'constant', [0.5, 0.5]).maps.subarray(0, 4)]).toEqual([
      0, 0.25, 0.5, 1,
    ]);
  });
});
