// When learning is offered, and what sets a class apart.
import { describe, expect, test } from 'vitest';
import { directionsOf } from '../../../../../electron/engine/learn/directions.ts';
import { learnFigures } from '../../../../../electron/engine/learn/gate.ts';
import type { PooledImage } from '../../../../../electron/link/tuneScores.ts';

const MIXES = [0, 0.2, 0.5];
/** Overlaps of images: words alone, then with two mixes. */
const rows = (count: number, row: (image: number) => number[]) =>
  Array.from({ length: count }, (_, image) => row(image));

describe('learning is', () => {
  test('offered where enough images gain more than the doubt about it', () => {
    const found = learnFigures(
      rows(10, (image) => [0.6, 0.64 + 0.004 * (image % 3), 0.55]),
      MIXES,
    );
    expect(found).toMatchObject({ verdict: 'offer', mix: 0.2, images: 10, up: 10, down: 0 });
    expect(found.then - found.now).toBeCloseTo(0.0436, 3);
  });

  test('not offered on few images, however clear', () => {
    expect(
      learnFigures(
        rows(7, () => [0.6, 0.9, 0.5]),
        MIXES,
      ).verdict,
    ).toBe('few');
  });

  test('offered from eight images on, whose maps show at least 0.35 of the classes', () => {
    const verdict = (count: number, now: number) =>
      learnFigures(
        rows(count, () => [now, now + 0.2, now - 0.1]),
        MIXES,
      ).verdict;
    expect([verdict(8, 0.6), verdict(7, 0.6)]).toEqual(['offer', 'few']);
    expect([verdict(8, 0.35), verdict(8, 0.349)]).toEqual(['offer', 'wrongMaps']);
  });

  test('judged image by image by the mix that is best on all others', () => {
    // Of all together the third mix is best, by the first image alone.
    const found = learnFigures([[0.5, 0.5, 1], ...rows(3, () => [0.5, 0.6, 0.45])], MIXES);
    expect(found.mix).toBe(0.5);
    expect(found).toMatchObject({ images: 4, now: 0.5 });
    // The first is judged by the second mix, on which it gains nothing; the others by the third, which costs them 0.05.
    expect(found).toMatchObject({ up: 0, down: 3, alike: 1 });
    expect(found.then).toBeCloseTo(0.5 - 0.15 / 4, 12);
    expect(learnFigures([], MIXES)).toMatchObject({ verdict: 'few', images: 0, now: 0 });
  });

  test('not offered where words alone are best', () => {
    const found = learnFigures(
      rows(12, () => [0.6, 0.55, 0.4]),
      MIXES,
    );
    expect(found).toMatchObject({ verdict: 'stay', mix: 0, up: 0, down: 0, alike: 12 });
  });

  test('not offered where maps do not show the classes', () => {
    expect(
      learnFigures(
        rows(12, () => [0.2, 0.3, 0.2]),
        MIXES,
      ).verdict,
    ).toBe('wrongMaps');
  });

  test('not offered where one image alone makes the gain', () => {
    const found = learnFigures(
      rows(10, (image) => (image === 0 ? [0.3, 0.9, 0.3] : [0.7, 0.69, 0.5])),
      MIXES,
    );
    // The others would not have chosen it: left out, that image is judged by words alone.
    expect(found.verdict).not.toBe('offer');
    expect(found.up).toBe(0);
  });

  test('not offered where gains are smaller than their spread', () => {
    const found = learnFigures(
      rows(10, (image) => [0.6, image % 2 === 0 ? 0.75 : 0.48, 0.3]),
      MIXES,
    );
    expect(found.verdict).toBe('unclear');
  });
});

const image = (...classes: [id: number, weight: number, x: number, y: number][]): PooledImage => ({
  classes: classes.map(([categoryId, weight, x, y]) => ({
    categoryId,
    weight,
    sum: Float32Array.of(weight * x, weight * y),
  })),
  all: { weight: 100, sum: Float32Array.of(50, 50) },
});

test('a class points away from the mean of all patches, over all images', () => {
  const [first, ...rest] = directionsOf([image([1, 10, 1, 0]), image([1, 30, 1, 0])]);
  expect(rest).toEqual([]);
  expect(first?.categoryId).toBe(1);
  expect([...first!.vector]).toEqual([Math.fround(Math.SQRT1_2), Math.fround(-Math.SQRT1_2)]);
});

test('four patches are enough, and a class that is like all patches points nowhere', () => {
  const found = directionsOf([image([1, 4, 1, 0], [2, 3.9, 1, 0], [3, 10, 0.5, 0.5])]);
  expect(found.map(({ categoryId }) => categoryId)).toEqual([1]);
});

test('images count by their patches', () => {
  // 30 patches along the first, 10 along the second: 0.75 and 0.25, less 0.5 of all.
  const [found] = directionsOf([image([1, 30, 1, 0]), image([1, 10, 0, 1])]);
  expect([...found!.vector]).toEqual([Math.fround(Math.SQRT1_2), Math.fround(-Math.SQRT1_2)]);
  const [other] = directionsOf([image([1, 10, 1, 0]), image([1, 30, 0, 1])]);
  expect(other!.vector[0]).toBeLessThan(0);
});

test('a class with next to nothing under its masks is left to its words', () => {
  const found = directionsOf([image([1, 1, 1, 0], [2, 20, 0, 1])]);
  expect(found.map(({ categoryId }) => categoryId)).toEqual([2]);
  expect(directionsOf([])).toEqual([]);
});
