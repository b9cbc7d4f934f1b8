// What the judge sees of a picture, and how its votes become scores.
import { describe, expect, it } from 'vitest';
import {
  judgePixels,
  judgeScores,
} from '../../../../../../../electron/inference/engines/rounds/judging/judge.ts';

const plain = { mean: [0, 0, 0], std: [1, 1, 1] };
/** A picture whose red grows to the right and whose green grows downwards, a step a pixel. */
const ramp = (width: number, height: number) => ({
  width,
  height,
  rgb: Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return [pixel % width, Math.floor(pixel / width), 7][at % 3]!;
  }),
});
const seen = (width: number, height: number, side: number) => {
  const planes = judgePixels(ramp(width, height), side, plain);
  const at = (plane: number, x: number, y: number) =>
    Math.round(planes[plane * side * side + y * side + x]! * 255);
  return {
    left: at(0, 0, 0),
    right: at(0, side - 1, 0),
    top: at(1, 0, 0),
    bottom: at(1, 0, side - 1),
  };
};

describe('the picture', () => {
  it('is its middle at the size of the shorter side, halves going to the even place', () => {
    expect(seen(8, 8, 8)).toEqual({ left: 0, right: 7, top: 0, bottom: 7 });
    expect(seen(12, 8, 8)).toEqual({ left: 2, right: 9, top: 0, bottom: 7 });
    expect(seen(8, 12, 8)).toEqual({ left: 0, right: 7, top: 2, bottom: 9 });
    // 2.5 goes to 2, 1.5 to 2, 0.5 to 0.
    expect(seen(13, 8, 8).left).toBe(2);
    expect(seen(8, 11, 8).top).toBe(2);
    expect(seen(9, 8, 8).left).toBe(0);
    expect(seen(8, 15, 8).top).toBe(4);
  });

  it('keeps its proportions when it is made smaller', () => {
    const planes = judgePixels(ramp(60, 30), 10, plain);
    const red = Array.from({ length: 10 }, (_, x) => Math.round(planes[x]! * 255));
    // 20 columns of three pixels each, of which the 6th to 15th are seen.
    red.forEach((value, x) => expect(Math.abs(value - (3 * (x + 5) + 1))).toBeLessThanOrEqual(1));
    expect(planes[2 * 100]! * 255).toBeCloseTo(7, 3);
  });

  it('is normalised', () => {
    const image = { width: 2, height: 2, rgb: new Uint8Array(12).fill(51) };
    const planes = judgePixels(image, 2, { mean: [0.1, 0.2, 0.3], std: [0.5, 1, 2] });
    expect([planes[0], planes[4], planes[8]].map((one) => Math.round(one! * 1e5) / 1e5)).toEqual([
      ...[0.2, 0, -0.05],
    ]);
  });
});

describe('scores', () => {
  const unit = (...values: number[]) => Float32Array.from(values);
  const softmax = (values: readonly number[]) => {
    const powers = values.map(Math.exp);
    const sum = powers.reduce((a, b) => a + b);
    return powers.map((power) => power / sum);
  };

  it('are a softmax of the votes of all sentences', () => {
    const picture = unit(0.6, 0.8);
    const texts = [
      [unit(1, 0), unit(0, 1), unit(0.6, 0.8)],
      [unit(0.8, 0.6), unit(-1, 0), unit(0, -1)],
    ];
    const cosines = texts.map((sentence) => sentence.map(([x, y]) => 0.6 * x! + 0.8 * y!));
    const votes = cosines.map((row) => softmax(row.map((one) => 4 * one)));
    const expected = softmax(votes[0]!.map((vote, query) => vote + votes[1]![query]!));
    judgeScores(picture, texts, 4).forEach((score, query) =>
      expect(score).toBeCloseTo(expected[query]!, 6),
    );
  });

  it('stay numbers at any scale, and are none without a query', () => {
    const scores = judgeScores(unit(1, 0), [[unit(1, 0), unit(-1, 0)]], 5000);
    expect(scores[0]).toBeCloseTo(Math.E / (Math.E + 1), 9);
    expect(judgeScores(unit(1), [], 1)).toHaveLength(0);
  });
});
