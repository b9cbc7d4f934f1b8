// Mean field with the exact Gaussian kernels, O(pixels squared): what the lattice approximates.
import type { CrfParameters, RgbImage } from '../../electron/inference/crf/parameters.ts';

/** Q [classes, pixels] after `iterations`, in float64 (method.md 4.12, kernels summed exactly). */
export function exactCrf(
  image: RgbImage,
  parameters: CrfParameters,
  unary: Float32Array,
  classes: number,
  iterations: number,
): Float32Array {
  const { width, height, data } = image;
  const n = width * height;
  const kernels = [new Float64Array(n * n), new Float64Array(n * n)] as const;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const away =
        ((i % width) - (j % width)) ** 2 + (Math.floor(i / width) - Math.floor(j / width)) ** 2;
      let colour = 0;
      for (let c = 0; c < 3; c++)
        colour += ((data[i * 3 + c] as number) - (data[j * 3 + c] as number)) ** 2;
      kernels[0][i * n + j] = Math.exp(-away / (2 * parameters.gaussianDeviationPx ** 2));
      kernels[1][i * n + j] = Math.exp(
        -away / (2 * parameters.bilateralDeviationPx ** 2) -
          colour / (2 * parameters.bilateralDeviationRgb ** 2),
      );
    }
  kernels.forEach(normaliseInPlace);
  const weights = [parameters.gaussianWeight, parameters.bilateralWeight];
  let q = softmax(
    unary.map((energy) => -energy),
    classes,
  );
  for (let iteration = 0; iteration < iterations; iteration++) {
    const logits = Float64Array.from(unary, (energy) => -energy);
    kernels.forEach((kernel, term) => {
      for (let c = 0; c < classes; c++)
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let j = 0; j < n; j++)
            sum += (kernel[i * n + j] as number) * (q[c * n + j] as number);
          logits[c * n + i] = (logits[c * n + i] as number) + (weights[term] as number) * sum;
        }
    });
    q = softmax(logits, classes);
  }
  return Float32Array.from(q);
}

/** K to n K n with n = 1 / sqrt(K 1). */
function normaliseInPlace(kernel: Float64Array): void {
  const n = Math.sqrt(kernel.length);
  const norm = Float64Array.from(
    { length: n },
    (_, i) =>
      1 / Math.sqrt(kernel.subarray(i * n, (i + 1) * n).reduce((sum, value) => sum + value, 0)),
  );
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      kernel[i * n + j] = (kernel[i * n + j] as number) * (norm[i] as number) * (norm[j] as number);
}

function softmax(logits: ArrayLike<number>, classes: number): Float64Array {
  const n = logits.length / classes;
  const q = new Float64Array(logits.length);
  for (let i = 0; i < n; i++) {
    const column = Array.from({ length: classes }, (_, c) => logits[c * n + i] as number);
    const highest = Math.max(...column);
    const powers = column.map((logit) => Math.exp(logit - highest));
    const sum = powers.reduce((total, power) => total + power, 0);
    powers.forEach((power, c) => (q[c * n + i] = power / sum));
  }
  return q;
}
