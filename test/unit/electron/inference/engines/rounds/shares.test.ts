// What queries take of an image among all texts, and the way on which each takes more.
import { describe, expect, it } from 'vitest';
import { sharesOf } from '../../../../../../electron/inference/engines/rounds/shares.ts';
import { randomFrom } from '../../../../../helpers/fixtures/random.ts';

const WIDTH = 8;
const SCALE = 5;
const unit = (vector: Float32Array) => vector.map((value) => value / Math.hypot(...vector));
function scene(seed: number, count: number) {
  const random = randomFrom(seed);
  const vector = () => Float32Array.from({ length: WIDTH }, () => random() - 0.5);
  const texts = Array.from({ length: count }, () => unit(vector()));
  return { features: vector(), texts };
}
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, one, at) => sum + one * b[at]!, 0);
/** The vector a step farther along another. */
const along = (from: Float32Array, way: Float32Array, step: number) =>
  from.map((value, at) => value + step * way[at]!);

describe('shares of queries', () => {
  it.each([1, 2, 3, 4])('of all texts are one together (scene %d)', (seed) => {
    const { features, texts } = scene(seed, 6);
    const all = sharesOf(features, texts, 6, SCALE);
    expect(all.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    // The other texts take their part, asked or not; how long the vector is does not matter.
    const some = sharesOf(
      features.map((value) => 7 * value),
      texts,
      2,
      SCALE,
    );
    expect(some).toHaveLength(2);
    for (const [at, { share }] of some.entries()) expect(share).toBeCloseTo(all[at]!.share, 6);
  });

  it('differ by e for each unit of scaled likeness, and none overflows', () => {
    const texts = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    const [one, other] = sharesOf(Float32Array.of(3, 0), texts, 2, 2) as [
      ReturnType<typeof sharesOf>[number],
      ReturnType<typeof sharesOf>[number],
    ];
    expect(one.share / other.share).toBeCloseTo(Math.exp(2), 9);
    expect(sharesOf(Float32Array.of(3, 0), texts, 2, 5000).map(({ share }) => share)).toEqual([
      1, 0,
    ]);
  });

  it.each([1, 2, 3, 4])('grow along their start as on no other way (scene %d)', (seed) => {
    const { features, texts } = scene(seed, 4);
    const image = unit(features);
    const random = randomFrom(seed + 100);
    for (const [query, { share, start }] of sharesOf(image, texts, 3, SCALE).entries()) {
      expect(Math.hypot(...start!)).toBeCloseTo(1, 6);
      expect(dot(start!, image)).toBeCloseTo(0, 6);
      const gain = (way: Float32Array) =>
        sharesOf(along(image, way, 0.01), texts, 3, SCALE)[query]!.share - share;
      expect(gain(start!)).toBeGreaterThan(0);
      for (let tries = 0; tries < 20; tries += 1) {
        const way = unit(Float32Array.from({ length: WIDTH }, () => random() - 0.5));
        expect(gain(way)).toBeLessThan(gain(start!) * 1.02);
      }
    }
  });

  it('of one text alone cannot change', () => {
    expect(sharesOf(Float32Array.of(2, 1), [Float32Array.of(1, 0)], 1, SCALE)).toEqual([
      { share: 1, start: null },
    ]);
  });
});
