// Scores to unary energies.
import { describe, expect, test } from 'vitest';
import { unaryFromScores } from '../../../../../electron/inference/crf/unary.ts';

describe('unaryFromScores', () => {
  test('is the negative logarithm of the softmax over classes', () => {
    const unary = unaryFromScores(Float32Array.of(0, 2, 0, 0), 2);
    const p = 1 / (1 + Math.exp(-2));
    [Math.log(2), -Math.log(p), Math.log(2), -Math.log(1 - p)].forEach((energy, at) =>
      expect(unary[at]).toBeCloseTo(energy, 6),
    );
  });

  test('sharpens with a low temperature and stops at a probability of 1e-5', () => {
    const unary = unaryFromScores(Float32Array.of(1, 0), 2, 0.05);
    expect(unary[0]).toBeCloseTo(0, 6);
    expect(unary[1]).toBeCloseTo(-Math.log(1e-5), 5);
  });

  test('stands scores that would overflow', () => {
    expect([...unaryFromScores(Float32Array.of(3e38, -3e38), 2)]).toEqual([
      0,
      Math.fround(-Math.log(1e-5)),
    ]);
  });

  test('refuses a temperature of zero and scores that do not divide', () => {
    expect(() => unaryFromScores(new Float32Array(4), 2, 0)).toThrow('temperature is 0');
    expect(() => unaryFromScores(new Float32Array(5), 2)).toThrow('5 scores');
  });
});
