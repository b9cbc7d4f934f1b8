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
      values: Float32Array.from(pixels.flat()),
      channels,
      hasAlpha: true,
      opaque: 1,
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

describe('a range with far ends', () => {
  const grey = (values: readonly number[]) =>
    spread({
      values: Float32Array.from(values),
      channels: 1,
      hasAlpha: false,
      opaque: 1,
      noData: null,
    });
  const rising = (count: number) => Array.from({ length: count }, (_, at) => at);

  it('leaves out one percent of many samples that reach ten times further', () => {
    // 2000 samples of 0 to 99, five at either end far away and different.
    const many = Array.from({ length: 2000 }, (_, at) => at % 100);
    const far = [...many, -9000, -8000, -7000, -6000, 6000, 7000, 8000, 9000];
    const found = grey(far);
    expect(found.range[0]).toBeGreaterThanOrEqual(0);
    expect(found.range[1]).toBeLessThanOrEqual(99);
    expect(found.notes.join()).toContain('1 % of the samples, which reach from -9000 to 9000');
    // Nearly as far is not far.
    expect(grey([...many, -400, -300, -250, -200, 300, 350, 380, 400]).range).toEqual([-400, 400]);
  });

  it('of nearly all equal samples is told whole', () => {
    const equal = [...Array<number>(2000).fill(7), 3, 4, 5, 6, 8, 9, 10, 11];
    expect(grey(equal).range).toEqual([3, 11]);
  });

  it('of few samples has no percentiles', () => {
    const few = [...rising(900).map((at) => at / 9), -9000, -8000, -7000, 7000, 8000, 9000];
    expect(grey(few).range).toEqual([-9000, 9000]);
  });
});
