// Vectors of words: their mean direction, and how alike patches are to them.
import { expect, test } from 'vitest';
import {
  cosines,
  meanDirection,
} from '../../../../../../electron/inference/engines/texts/vectors.ts';

test('the mean of directions has length 1, whatever their number', () => {
  const [x, y, z] = meanDirection(Float32Array.of(1, 0, 0, 0, 1, 0), 3);
  expect([x, y]).toEqual([Math.fround(Math.SQRT1_2), Math.fround(Math.SQRT1_2)]);
  expect(z).toBe(0);
  expect([...meanDirection(Float32Array.of(0, 1, 0, 1, 0, 1), 2)]).toEqual([0, 1]);
  // Two of three point one way: 2 and 1 of the root of 5.
  const three = meanDirection(Float32Array.of(1, 0, 1, 0, 0, -1), 2);
  expect([...three]).toEqual([Math.fround(2 / Math.sqrt(5)), Math.fround(-1 / Math.sqrt(5))]);
});

test('every class is compared with every patch', () => {
  const queries = [Float32Array.of(1, 0), Float32Array.of(0.6, 0.8)];
  const patches = Float32Array.of(1, 0, 0, 1, -0.6, 0.8);
  expect([...cosines(queries, patches, 2)].map((one) => Number(one.toFixed(6)))).toEqual([
    1, 0, -0.6, 0.6, 0.8, 0.28,
  ]);
  expect(cosines([], patches, 2)).toHaveLength(0);
});
