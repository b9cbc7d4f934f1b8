// The generator of searches: the published one's numbers, and the shapes that are made of them.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../../electron/engine/tune/random.ts';

const COUNT = 4000;
const series = (seed: number, draw: (random: ReturnType<typeof seededRandom>) => number) => {
  const random = seededRandom(seed);
  return Array.from({ length: COUNT }, () => draw(random));
};
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / COUNT;

describe('a seeded generator', () => {
  it('is Mulberry32: a search that was made before is made again', () => {
    const { next } = seededRandom(1);
    expect([next(), next(), next()]).toEqual([
      0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
    ]);
  });

  it('draws every whole number below the count, and none beside', () => {
    const drawn = new Set(series(2, ({ below }) => below(5)));
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('is normal: mean 0, deviation 1, a twentieth beyond 1.96 on both sides together', () => {
    const values = series(3, ({ normal }) => normal());
    expect(Math.abs(mean(values))).toBeLessThan(0.05);
    expect(Math.abs(mean(values.map((one) => one * one)) - 1)).toBeLessThan(0.08);
    const [low, high] = [-1.96, 1.96].map(
      (bound) => values.filter((one) => (bound < 0 ? one < bound : one > bound)).length / COUNT,
    );
    expect(Math.abs(low! - 0.025)).toBeLessThan(0.01);
    expect(Math.abs(high! - 0.025)).toBeLessThan(0.01);
  });
});
