// Feature vectors of the two pairwise kernels: position, and position with colour (method.md 4.12).
// Divisions are rounded to float32 one by one, so that lattice cells are those of the reference.
import type { CrfParameters, RgbImage } from './parameters.ts';

/** [N, 2] float32, row-major: (x, y) over the Gaussian deviation. */
export function gaussianFeatures(image: RgbImage, parameters: CrfParameters): Float32Array {
  const { width, height } = image;
  const features = new Float32Array(width * height * 2);
  let at = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      features[at++] = x / Math.fround(parameters.gaussianDeviationPx);
      features[at++] = y / Math.fround(parameters.gaussianDeviationPx);
    }
  return features;
}

/** [N, 5] float32, row-major: (x, y) over the spatial and (r, g, b) over the colour deviation. */
export function bilateralFeatures(image: RgbImage, parameters: CrfParameters): Float32Array {
  const { width, height, data } = image;
  const px = Math.fround(parameters.bilateralDeviationPx);
  const rgb = Math.fround(parameters.bilateralDeviationRgb);
  const features = new Float32Array(width * height * 5);
  let at = 0;
  let byte = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      features[at++] = x / px;
      features[at++] = y / px;
      features[at++] = (data[byte++] as number) / rgb;
      features[at++] = (data[byte++] as number) / rgb;
      features[at++] = (data[byte++] as number) / rgb;
    }
  return features;
}
