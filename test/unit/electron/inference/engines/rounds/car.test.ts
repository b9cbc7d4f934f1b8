// What a finished run of CLIP as RNN shows of its rounds.
import { describe, expect, it } from 'vitest';
import { car } from '../../../../../../electron/inference/engines/rounds/car.ts';

const round = (queries: number[], kept: number[], scores: number[][], stuff = false) => ({
  queries,
  kept,
  fallback: false,
  ...(stuff ? { stuff } : {}),
  scores: scores.map((row) => Float64Array.from(row)),
  maps: queries.map((query) => ({
    share: 1,
    cam: new Float32Array(4),
    map: new Float32Array(4).fill(query),
  })),
});
const run = {
  rows: 2,
  columns: 2,
  inputWidth: 64,
  inputHeight: 96,
  params: { confidence: 0.4 },
  classes: [
    { id: 11, name: 'cat', words: ['cat'] },
    { id: 12, name: 'dog', words: ['dog', 'hound'] },
    { id: 13, name: 'sky', words: ['sky'] },
  ],
  passes: [
    round(
      [0, 1],
      [1],
      [
        [0.3, 0.7],
        [0.2, 0.8],
      ],
    ),
    round([1], [1], [[0.9]]),
    round([2], [2], [[0.6]], true),
  ],
} as never;

describe('evidence', () => {
  const evidence = car.evidence(run, {} as never);

  it('says what the judge saw of each class, and in its place', () => {
    expect(evidence.passes.map(({ judged }) => judged)).toEqual([
      [
        { categoryId: 11, score: 0.3, kept: false, seen: 'dog', seenScore: 0.7, saw: [0.3, 0.7] },
        { categoryId: 12, score: 0.8, kept: true, seen: null, seenScore: 0.8, saw: [0.2, 0.8] },
      ],
      [{ categoryId: 12, score: 0.9, kept: true, seen: null, seenScore: 0.9, saw: [0.9] }],
      [{ categoryId: 13, score: 0.6, kept: true, seen: null, seenScore: 0.6, saw: [0.6] }],
    ]);
  });

  it('numbers its rounds, marks those of stuff, and has the longer side of its input', () => {
    expect(evidence.passes.map(({ index, needed }) => [index, needed])).toEqual([
      [0, 0.4],
      [1, 0.4],
      [2, 0.4],
    ]);
    expect(evidence.passes.map((pass) => 'stuff' in pass)).toEqual([false, false, true]);
    expect(evidence.inputSide).toBe(96);
    expect(evidence.tokens).toEqual([['cat'], ['dog', 'hound'], ['sky']]);
  });
});

it('a round has no picture of a class that did not take part, nor has one that is not there', () => {
  const image = { width: 2, height: 2, rgb: new Uint8Array(12) };
  expect(car.judgePicture!(run, image, 0, 1)).toBeNull();
  expect(car.judgePicture!(run, image, 0, 9)).toBeNull();
});
