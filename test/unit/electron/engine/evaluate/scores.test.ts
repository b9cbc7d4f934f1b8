// Scores of label maps (method.md section 15, test 11).
import { describe, expect, test } from 'vitest';
import { addInPlace, emptyHistogram } from '../../../../../electron/engine/evaluate/histogram.ts';
import type { Protocol } from '../../../../../electron/engine/evaluate/scores.ts';
import { scoresOf } from '../../../../../electron/engine/evaluate/scores.ts';

const NAMES = ['0', '1', '2', '3'];

function scores(truth: number[], predicted: number[], protocol: Protocol = 'reference') {
  const histogram = emptyHistogram(NAMES.length);
  addInPlace(histogram, Uint8Array.from(truth), Uint8Array.from(predicted));
  return scoresOf(histogram, NAMES, { protocol, background: true });
}

describe('mean IoU', () => {
  test('of a perfect prediction is 1', () => {
    expect(scores([0, 1, 2, 2], [0, 1, 2, 2])).toMatchObject({
      meanIou: 1,
      pixelAccuracy: 1,
      meanAccuracy: 1,
      frequencyWeightedIou: 1,
    });
  });

  test('leaves classes out that do not occur in the truth, but counts their false pixels', () => {
    // Class 3 is only predicted: no row of its own in the published protocol, yet it costs class 0 a pixel.
    const truth = [0, 0, 1, 1];
    const guess = [0, 3, 1, 1];
    expect(scores(truth, guess).meanIou).toBeCloseTo((1 / 2 + 1) / 2, 12);
    expect(scores(truth, guess, 'standard').meanIou).toBeCloseTo((1 / 2 + 1 + 0) / 3, 12);
  });

  test('leaves void pixels out', () => {
    expect(scores([0, 255, 1, 1], [0, 1, 1, 1]).meanIou).toBe(1);
  });

  test('refuses maps of different sizes', () => {
    expect(() => scores([0, 1], [0])).toThrow(/must have one size/);
  });
});
