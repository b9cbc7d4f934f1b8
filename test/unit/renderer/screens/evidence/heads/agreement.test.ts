// Coverage of patches by masks, and how well a map tells the mask's patches from the others.
import { describe, expect, test } from 'vitest';
import type { RleMask } from '../../../../../../electron/api/types.ts';
import {
  agreement,
  coverage,
} from '../../../../../../renderer/src/screens/evidence/heads/agreement.ts';
import type { ScoreMap } from '../../../../../../electron/api/run.ts';

const map = (...values: number[]): ScoreMap => ({
  rows: 2,
  columns: 2,
  values: Uint8Array.from(values),
  maximum: 1,
});
/** Left half of an 8 x 6 image. */
const leftHalf: RleMask = { width: 8, height: 6, counts: Uint32Array.of(0, 24, 24) };

describe('coverage', () => {
  test('of half an image is one on its half of the grid and zero on the other', () => {
    expect([...coverage([leftHalf], 2, 2)]).toEqual([1, 0, 1, 0]);
  });

  test('of a patch that is cut through is the share of its pixels', () => {
    // Columns 0-5 of 8: patch column 1 holds columns 4-7, half of them are set.
    const mask: RleMask = { width: 8, height: 6, counts: Uint32Array.of(0, 36, 12) };
    const cover = coverage([mask], 2, 2);
    expect(cover[1]).toBeCloseTo(0.5, 6);
    expect(cover[0]).toBeCloseTo(1, 6);
  });

  test('adds up to the area of the mask when the grid does not divide it', () => {
    const mask: RleMask = { width: 7, height: 5, counts: Uint32Array.of(3, 9, 23) };
    const cover = coverage([mask], 3, 3);
    const pixels = [2, 2, 1].flatMap((rows) => [3, 2, 2].map((columns) => rows * columns));
    const set = cover.reduce((sum, share, patch) => sum + share * pixels[patch]!, 0);
    expect(set).toBeCloseTo(9, 4);
    const full: RleMask = { width: 7, height: 5, counts: Uint32Array.of(0, 35) };
    expect([...coverage([full], 3, 3)]).toEqual(new Array(9).fill(1));
  });

  test('of no mask is nothing', () => {
    expect([...coverage([], 2, 2)]).toEqual([0, 0, 0, 0]);
  });
});

describe('agreement', () => {
  const cover = coverage([leftHalf], 2, 2);

  test('is one when every patch inside is stronger than every patch outside', () => {
    expect(agreement(map(200, 10, 100, 90), cover)).toBe(1);
  });

  test('is zero when the map looks everywhere else', () => {
    expect(agreement(map(0, 255, 0, 255), cover)).toBe(0);
  });

  test('is one half for a constant map and does not depend on scale', () => {
    expect(agreement(map(7, 7, 7, 7), cover)).toBe(0.5);
    expect(agreement(map(20, 10, 4, 8), cover)).toBe(agreement(map(200, 100, 40, 80), cover));
  });

  test('is unknown without patches on both sides or on another grid', () => {
    expect(agreement(map(1, 2, 3, 4), Float32Array.of(1, 1, 1, 1))).toBeNull();
    expect(agreement(map(1, 2, 3, 4), Float32Array.of(0, 0, 0, 0))).toBeNull();
    expect(agreement(map(1, 2, 3, 4), new Float32Array(9))).toBeNull();
  });
});
