// How many patches Salience DropOut hides after each pass, and which.
import { describe, expect, test } from 'vitest';
import {
  chooseDrops,
  dropCounts,
  dropScores,
} from '../../../../../../electron/inference/pipeline/explain/dropout.ts';
import type { Caption } from '../../../../../../electron/inference/pipeline/tokenize/caption.ts';

/** Hidden before each pass. */
function totals(counts: readonly number[]): number[] {
  return counts.reduce<number[]>((sums, count) => [...sums, (sums.at(-1) ?? 0) + count], [0]);
}

describe('drop counts', () => {
  test.each([
    [{ kind: 'count', patches: 10 } as const, 441, 4, [0, 10, 20, 30]],
    [{ kind: 'fraction', fraction: 10 / 441 } as const, 441, 4, [0, 10, 20, 30]],
    [{ kind: 'fraction', fraction: 10 / 441 } as const, 2304, 4, [0, 52, 104, 156]],
    [{ kind: 'half' } as const, 441, 5, [0, 220, 330, 385, 412]],
    [{ kind: 'half' } as const, 2304, 5, [0, 1152, 1728, 2016, 2160]],
    [{ kind: 'count', patches: 10 } as const, 25, 5, [0, 10, 20, 25, 25]],
    [{ kind: 'count', patches: 10 } as const, 441, 1, [0]],
  ])('of %j on %i patches give the totals of %i passes', (rule, patches, passes, expected) => {
    expect(totals(dropCounts(rule, patches, passes))).toEqual(expected);
  });
});

const caption = (spans: readonly [classIndex: number, start: number, end: number][]): Caption => ({
  text: '',
  ids: [0, 0, 0, 0, 0],
  pieces: ['', '', '', '', ''],
  spans: spans.map(([classIndex, start, end]) => ({ classIndex, wordIndex: 0, start, end })),
});

describe('drop scores', () => {
  // Five tokens, one patch: rows 1 and 2 belong to class 0, row 3 to class 1, row 4 is the end.
  const map = Float32Array.of(100, 2, 4, 5, 7);
  const one = caption([
    [0, 1, 3],
    [1, 3, 4],
  ]);

  test('add every piece, so that long names weigh more', () => {
    expect([...dropScores([map], [one], 1, { score: 'pieces' })]).toEqual([11]);
  });

  test('are those of each patch by itself', () => {
    // Three patches: the second has twice, the third half of what the first has.
    const wide = Float32Array.from([...map].flatMap((value) => [value, 2 * value, value / 2]));
    expect([...dropScores([wide], [one], 3, { score: 'pieces' })]).toEqual([11, 22, 5.5]);
    const ended = { ...one, pieces: ['', 'dog', '##s', 'cat', ''] };
    const options = { score: 'pieces', paddedLength: 6 } as const;
    expect([...dropScores([wide], [ended], 3, options)]).toEqual([18, 36, 9]);
  });

  test('or the mean of each class', () => {
    expect([...dropScores([map], [one], 1, { score: 'classes' })]).toEqual([3 + 5]);
  });

  test('average the words of a class', () => {
    const synonyms = caption([
      [0, 1, 2],
      [0, 2, 3],
    ]);
    expect([...dropScores([map], [synonyms], 1, { score: 'classes' })]).toEqual([3]);
  });

  test('take the end token in when the published batch was padded beyond it', () => {
    const options = { score: 'pieces', paddedLength: 6 } as const;
    expect([...dropScores([map], [one], 1, options)]).toEqual([18]);
    expect([...dropScores([map], [one], 1, { ...options, paddedLength: 5 })]).toEqual([11]);
  });

  test('take no word for an end token where captions have none', () => {
    const bare = { ...one, pieces: ['', 'dog', '##s', 'cat', 'of'] };
    const options = { score: 'pieces', paddedLength: 6 } as const;
    expect([...dropScores([map], [bare], 1, options)]).toEqual([11]);
  });
});

describe('the choice of patches', () => {
  const scores = Float64Array.of(5, 1, 0, 0, 9);

  test('takes the highest, best last', () => {
    expect(chooseDrops(scores, new Uint8Array(5), 2, true)).toEqual([0, 4]);
  });

  test('never takes a hidden patch again', () => {
    const hidden = Uint8Array.of(0, 0, 0, 0, 1);
    expect(chooseDrops(scores, hidden, 4, true)).toEqual([2, 3, 1, 0]);
    expect(chooseDrops(scores, hidden, 99, true)).not.toContain(4);
  });

  test('may take a hidden patch when too few are positive, as the published code may', () => {
    const hidden = Uint8Array.of(1, 0, 0, 0, 1);
    expect(chooseDrops(scores, hidden, 2, false)).toEqual([4, 1]);
  });

  test('takes none when none is asked for', () => {
    expect(chooseDrops(scores, new Uint8Array(5), 0, true)).toEqual([]);
  });
});
