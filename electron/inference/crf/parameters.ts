// What a dense CRF run is set to (method.md 4.12 and the knob table in 14), and the one place
// where images, parameters and unaries are refused before any memory is taken.

/** Parameters of the two pairwise terms; spatial deviations in working pixels, colour in 0-255. */
export interface CrfParameters {
  readonly gaussianDeviationPx: number;
  readonly gaussianWeight: number;
  readonly bilateralDeviationPx: number;
  readonly bilateralDeviationRgb: number;
  readonly bilateralWeight: number;
}

/** The published settings: Gaussian 3 px weight 7, bilateral 50 px and 5 grey levels weight 10. */
export const REFERENCE_CRF: CrfParameters = {
  gaussianDeviationPx: 3,
  gaussianWeight: 7,
  bilateralDeviationPx: 50,
  bilateralDeviationRgb: 5,
  bilateralWeight: 10,
};

/**
 * 'exact': rounded the same on every machine, with the largest logit subtracted before the softmax. 'fast': fused
 * multiply-adds where the processor has them, powers of two in place of exponentials, and from nine classes on one class
 * less, vertices that gather their pixels, and whole numbers of 16 bits.
 */
export type CrfPrecision = 'exact' | 'fast';

/** 8-bit RGB, row-major [height, width, 3]. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Largest side of a working image; a larger image is reduced first and Q upsampled. */
const MAX_CRF_SIDE_PX = 4096;
const MAX_CRF_CLASSES = 256;
/**
 * Largest lattice coordinate by number of dimensions, neighbours included: keys hold 16 bits each in
 * the TypeScript table, and 12 bits each in the packed keys of five dimensions.
 */
const MAX_COORDINATE: Readonly<Record<2 | 5, number>> = { 2: 32767 - 3, 5: 2047 - 6 };

/** Throws a RangeError naming what is wrong with the image or a parameter, and what would do. */
export function checkCrfInput(image: RgbImage, parameters: CrfParameters): void {
  const { width, height, data } = image;
  for (const [name, side] of Object.entries({ width, height }))
    if (!Number.isInteger(side) || side < 1 || side > MAX_CRF_SIDE_PX)
      throw new RangeError(
        `CRF image ${name} is ${side}; expected 1 to ${MAX_CRF_SIDE_PX} pixels, reduce the working size`,
      );
  if (data.length !== width * height * 3)
    throw new RangeError(
      `CRF image holds ${data.length} bytes; expected ${width * height * 3} for ${width}x${height} RGB`,
    );
  for (const [name, value] of Object.entries(parameters) as [string, number][]) {
    const isWeight = name.endsWith('Weight');
    if (!Number.isFinite(value) || value < 0 || (!isWeight && value === 0))
      throw new RangeError(
        `CRF parameter ${name} is ${value}; expected a finite number ${isWeight ? 'of 0 or more' : 'above 0'}`,
      );
  }
  checkReach('gaussianDeviationPx', spatialReach(image, parameters.gaussianDeviationPx), 2);
  checkReach(
    'bilateralDeviationPx and bilateralDeviationRgb',
    [
      ...spatialReach(image, parameters.bilateralDeviationPx),
      ...[255, 255, 255].map((level) => level / parameters.bilateralDeviationRgb),
    ],
    5,
  );
}

/** Throws a RangeError unless `unary` is [classes, pixels] of finite numbers. */
export function checkUnary(unary: Float32Array, classes: number, pixels: number): void {
  checkShape('unary', unary, classes, pixels);
  checkFinite('unary', unary, pixels);
}

/** Throws a RangeError unless `scores` is [classes, pixels] of finite numbers and the temperature is above 0. */
export function checkScores(
  scores: Float32Array,
  classes: number,
  pixels: number,
  temperature: number,
): void {
  checkShape('scores', scores, classes, pixels);
  checkTemperature(temperature);
  checkFinite('scores', scores, pixels);
}

/** Throws a RangeError unless the softmax temperature is a finite number above 0. */
export function checkTemperature(temperature: number): void {
  if (!(temperature > 0) || !Number.isFinite(temperature))
    throw new RangeError(`softmax temperature is ${temperature}; expected a finite number above 0`);
}

/** Throws a RangeError unless there is a number for every class and pixel, and a possible number of classes. */
export function checkShape(
  name: string,
  values: Float32Array,
  classes: number,
  pixels: number,
): void {
  if (!Number.isInteger(classes) || classes < 1 || classes > MAX_CRF_CLASSES)
    throw new RangeError(`CRF got ${classes} classes; expected 1 to ${MAX_CRF_CLASSES}`);
  if (values.length !== classes * pixels)
    throw new RangeError(
      `CRF ${name} holds ${values.length} numbers; expected ${classes} classes x ${pixels} pixels`,
    );
}

/** Throws a RangeError that says where the first number is that is not finite, if there is one. */
export function checkFinite(name: string, values: Float32Array, pixels: number): void {
  for (let at = 0; at < values.length; at++)
    if (!Number.isFinite(values[at]))
      throw new RangeError(
        `CRF ${name} of class ${Math.floor(at / pixels)} is ${values[at]} at pixel ${at % pixels}; expected finite numbers`,
      );
}

/** Length of feature axis i (0-based) in lattice units, before elevation (method.md 4.12). */
export function axisScale(axis: number, dimensions: number): number {
  const deviation = Math.fround(Math.sqrt(2 / 3) * (dimensions + 1));
  return Math.fround((1 / Math.sqrt((axis + 1) * (axis + 2))) * deviation);
}

function spatialReach({ width, height }: RgbImage, deviationPx: number): number[] {
  return [(width - 1) / deviationPx, (height - 1) / deviationPx];
}

function checkReach(names: string, reach: readonly number[], dimensions: 2 | 5): void {
  const allowed = MAX_COORDINATE[dimensions];
  const scaled = reach.map((length, axis) => length * axisScale(axis, dimensions));
  const highest = scaled.reduce((sum, length) => sum + length, 0);
  const lowest = Math.max(...scaled.map((length, axis) => (axis + 1) * length));
  const coordinate = Math.round(Math.max(highest, lowest));
  if (coordinate > allowed)
    throw new RangeError(
      `CRF ${names} too small for this image: lattice coordinate ${coordinate} is above ${allowed}; raise the deviations or reduce the working size`,
    );
}
