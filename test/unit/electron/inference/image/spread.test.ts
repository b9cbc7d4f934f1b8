// Samples of 16 bits, signed and unsigned, spread over bytes by the range that they have.
import { describe, expect, it } from 'vitest';
import { spread } from '../../../../../electron/inference/image/formats/spread.ts';

const grey = (values: Int16Array | Uint16Array | Float32Array) =>
  spread({ values, channels: 1, hasAlpha: false, opaque: 1, noData: null });
const bytesOf = (values: Int16Array | Uint16Array | Float32Array) =>
  [...grey(values).rgb].filter((_, at) => at % 3 === 0);

describe('16-bit samples', () => {
  it.each([
    ['signed', Int16Array.of(-100, -60, 20, 100)],
    ['unsigned', Uint16Array.of(40_000, 40_040, 40_120, 40_200)],
    ['floating', Float32Array.of(-1, -0.6, 0.2, 1)],
  ])('%s ones: the lowest is black, the highest white, the rest between', (_kind, values) => {
    expect(bytesOf(values)).toEqual([0, 51, 153, 255]);
  });

  it('of one channel are grey, of three stay colours', () => {
    expect([...grey(Int16Array.of(-5, 5)).rgb]).toEqual([0, 0, 0, 255, 255, 255]);
    const values = Int16Array.of(-10, 0, 10, 10, 0, -10);
    const { rgb } = spread({ values, channels: 3, hasAlpha: false, opaque: 1, noData: null });
    expect([...rgb]).toEqual([0, 128, 255, 255, 128, 0]);
  });
});

describe('samples that count for the range', () => {
  const withAlpha = (pixels: readonly (readonly number[])[], channels: number) =>
    spread({
      ...{ values: Float32Array.from(pixels.flat()), channels, hasAlpha: true, opaque: 1 },
      noData: null,
    });

  it('are those of pixels that can be seen', () => {
    // The first and the last can not.
    const grey = [
      [-900, 0],
      [10, 1],
      [20, 1],
      [900, 0],
    ];
    expect(withAlpha(grey, 2).range).toEqual([10, 20]);
    const colours = [
      [-900, 1, 2, 0],
      [10, 15, 12, 1],
      [14, 20, 11, 1],
      [900, 1, 2, 0],
    ];
    expect(withAlpha(colours, 4).range).toEqual([10, 20]);
    expect([...withAlpha(grey, 2).rgb.subarray(0, 6)]).toEqual([255, 255, 255, 0, 0, 0]);
  });

  it('pixels that can be seen through are as much white', () => {
    const { rgb } = withAlpha(
      [
        [0, 0.5],
        [10, 1],
        [4, 0.25],
      ],
      2,
    );
    expect([rgb[0], rgb[3], rgb[6]]).toEqual([128, 255, 217]);
  });
});
