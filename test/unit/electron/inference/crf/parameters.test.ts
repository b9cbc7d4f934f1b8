// What a CRF refuses before it takes memory, at every limit.
import { describe, expect, it } from 'vitest';
import {
  axisScale,
  checkCrfInput,
  checkFinite,
  checkScores,
  checkShape,
  checkTemperature,
  REFERENCE_CRF,
  type CrfParameters,
} from '../../../../../electron/inference/crf/parameters.ts';

const image = (width: number, height: number) => ({
  width,
  height,
  data: new Uint8Array(Math.max(0, Math.trunc(width * height * 3) || 0)),
});
const check = (width: number, height: number, more: Partial<CrfParameters> = {}) => {
  const wide = { gaussianDeviationPx: 500, bilateralDeviationPx: 500 };
  return () => checkCrfInput(image(width, height), { ...REFERENCE_CRF, ...wide, ...more });
};

describe('an image', () => {
  it('has sides of 1 to 4096 pixels', () => {
    for (const [width, height] of [
      [1, 1],
      [4096, 1],
      [1, 4096],
    ] as const)
      expect(check(width, height)).not.toThrow();
    for (const [width, height] of [
      [0, 1],
      [1, 0],
      [4097, 1],
      [1, 4097],
      [1.5, 2],
    ] as const)
      expect(check(width, height)).toThrow(/expected 1 to 4096 pixels/);
  });

  it('has three bytes for each pixel', () => {
    const data = new Uint8Array(17);
    expect(() => checkCrfInput({ width: 3, height: 2, data }, REFERENCE_CRF)).toThrow(
      'holds 17 bytes; expected 18 for 3x2 RGB',
    );
  });
});

describe('parameters', () => {
  it('are finite, weights 0 at least, deviations above 0', () => {
    expect(check(4, 4, { gaussianWeight: 0, bilateralWeight: 0 })).not.toThrow();
    expect(check(4, 4, { gaussianWeight: -0.1 })).toThrow(
      /gaussianWeight is -0\.1; .* of 0 or more/,
    );
    expect(check(4, 4, { bilateralDeviationRgb: 0 })).toThrow(/Rgb is 0; .* above 0/);
    expect(check(4, 4, { bilateralDeviationPx: -1 })).toThrow(/above 0/);
    expect(check(4, 4, { gaussianDeviationPx: Infinity })).toThrow(/finite/);
    expect(check(4, 4, { bilateralWeight: NaN })).toThrow(/finite/);
  });

  it('keep the coordinates of the lattice within its keys', () => {
    // Two dimensions: 2047 pixels along one side over the deviation, by the length of that axis.
    const reach = (side: number, axis: number, deviation: number) =>
      Math.round((axis === 1 ? 2 : 1) * ((side - 1) / deviation) * axisScale(axis, 2));
    const most = 32_767 - 3;
    for (const axis of [0, 1]) {
      const [width, height] = axis === 0 ? [2048, 1] : [1, 2048];
      let deviation = 0.05;
      while (reach(2048, axis, deviation) > most) deviation += 1e-4;
      expect(check(width, height, { gaussianDeviationPx: deviation })).not.toThrow();
      expect(check(width, height, { gaussianDeviationPx: deviation / 1.001 })).toThrow(
        /gaussianDeviationPx too small for this image: lattice coordinate \d+ is above 32764/,
      );
    }
    expect(check(4, 4, { bilateralDeviationRgb: 0.1 })).toThrow(/is above 2041/);
  });
});

describe('numbers of the classes', () => {
  it('are so many for each of 1 to 256 classes', () => {
    const shape =
      (classes: number, pixels = 2) =>
      () =>
        checkShape(
          'unary',
          new Float32Array(Math.max(0, Math.trunc(classes * pixels))),
          classes,
          pixels,
        );
    for (const classes of [1, 256]) expect(shape(classes)).not.toThrow();
    for (const classes of [0, 257, 1.5]) expect(shape(classes)).toThrow(/expected 1 to 256/);
    expect(() => checkShape('unary', new Float32Array(5), 2, 3)).toThrow(
      'holds 5 numbers; expected 2 classes x 3 pixels',
    );
  });

  it('are finite, the first that is not is told with its class and pixel', () => {
    const values = new Float32Array(12);
    values[8] = NaN;
    expect(() => checkFinite('scores', values, 5)).toThrow('scores of class 1 is NaN at pixel 3');
    expect(() => checkFinite('scores', values.subarray(0, 8), 5)).not.toThrow();
  });

  it('are scaled by a temperature above 0', () => {
    for (const temperature of [0, -1, NaN, Infinity])
      expect(() => checkTemperature(temperature)).toThrow(/expected a finite number above 0/);
    expect(() => checkScores(new Float32Array(4), 2, 2, 1e-3)).not.toThrow();
    expect(() => checkScores(new Float32Array(4), 2, 2, 0)).toThrow(/temperature is 0/);
    expect(() => checkScores(new Float32Array(3), 2, 2, 1)).toThrow(/holds 3 numbers/);
  });
});
