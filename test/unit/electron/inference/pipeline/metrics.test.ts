// Scores of label maps (method.md section 15, test 11).
import { describe, expect, test } from 'vitest';
import {
  addToConfusion,
  emptyConfusion,
  scoresOf,
} from '../../../../../electron/inference/pipeline/metrics.ts';

function scores(truth: number[], predicted: number[], ignoredAs?: number) {
  const matrix = emptyConfusion(4);
  addToConfusion(matrix, truth, predicted, ignoredAs);
  return scoresOf(matrix);
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

  test('leaves classes out that do not occur in the ground truth, but counts their false pixels', () => {
    // Class 3 is only predicted: no row of its own, yet it costs class 0 a pixel.
    expect(scores([0, 0, 1, 1], [0, 3, 1, 1]).meanIou).toBeCloseTo((1 / 2 + 1) / 2, 12);
  });

  test('ignores 255, or counts it as background when asked', () => {
    const truth = [0, 255, 1, 1];
    const guess = [0, 1, 1, 1];
    expect(scores(truth, guess).meanIou).toBe(1);
    expect(scores(truth, guess, 0).meanIou).toBeCloseTo((1 / 2 + 2 / 3) / 2, 12);
  });

  test('refuses maps of different sizes', () => {
    expect(() => scores([0, 1], [0])).toThrow(/expected 2 predicted labels, found 1/);
  });
});
