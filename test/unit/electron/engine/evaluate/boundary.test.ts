// Boundary pixels of an image, counted by hand on 4 x 4 pixels, where a band is one pixel wide.
import { expect, test } from 'vitest';
import {
  addBoundaryInPlace,
  emptyBoundary,
} from '../../../../../electron/engine/evaluate/boundary.ts';

const SIZE = { width: 4, height: 4 };
const rows = (...lines: string[]) => Uint16Array.from(lines.join(''), Number);
const TRUTH = rows('1100', '1100', '1100', '1100');
const PRED = rows('1000', '1000', '1000', '1000');

function sums(truth: Uint16Array, pred: Uint16Array) {
  const found = emptyBoundary(2);
  addBoundaryInPlace(found, truth, pred, SIZE);
  return { shared: [...found.shared], joined: [...found.joined] };
}

test('are those in both bands, and those in either', () => {
  // Of label 0 the prediction has an inside of two pixels, which the truth has in its band.
  expect(sums(TRUTH, PRED)).toEqual({ shared: [6, 4], joined: [12, 8] });
});

test('are left out where the truth is void, and where the prediction is no label', () => {
  const hole = (map: Uint16Array, label: number) => map.with(0, label);
  expect(sums(hole(TRUTH, 2), PRED)).toEqual({ shared: [6, 3], joined: [12, 7] });
  expect(sums(hole(TRUTH, 255), PRED)).toEqual({ shared: [6, 3], joined: [12, 7] });
  expect(sums(TRUTH, hole(PRED, 2))).toEqual({ shared: [6, 3], joined: [12, 8] });
});

test('are added up over images', () => {
  const found = emptyBoundary(2);
  for (let image = 0; image < 2; image++) addBoundaryInPlace(found, TRUTH, TRUTH, SIZE);
  expect([...found.shared]).toEqual([16, 16]);
  expect([...found.joined]).toEqual([16, 16]);
});
