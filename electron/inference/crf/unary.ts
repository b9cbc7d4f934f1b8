// Class scores to unary energies: -ln(clip(softmax(scores / temperature), 1e-5, 1)) (method.md 4.12).
// Plain; the WASM CRF does the same while it lays the numbers out (assembly/run.ts).
import { checkTemperature } from './parameters.ts';

const LEAST_PROBABILITY = 1e-5;
const HIGHEST_ENERGY = -Math.log(LEAST_PROBABILITY);

/** `scores` [classes, pixels] to energies of the same shape. Throws a RangeError on a bad temperature. */
export function unaryFromScores(
  scores: Float32Array,
  classes: number,
  temperature = 1,
): Float32Array {
  checkTemperature(temperature);
  const pixels = scores.length / classes;
  if (!Number.isInteger(pixels))
    throw new RangeError(`${scores.length} scores do not divide into ${classes} classes`);
  const unary = new Float32Array(scores.length);
  const shifted = new Float64Array(classes);
  for (let pixel = 0; pixel < pixels; pixel++) {
    let highest = -Infinity;
    for (let c = 0; c < classes; c++)
      highest = Math.max(highest, scores[c * pixels + pixel] as number);
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      shifted[c] = ((scores[c * pixels + pixel] as number) - highest) / temperature;
      sum += Math.exp(shifted[c] as number);
    }
    // -ln(e^x / sum) without a logarithm per class; the clip becomes an upper limit.
    const logSum = Math.log(sum);
    for (let c = 0; c < classes; c++)
      unary[c * pixels + pixel] = Math.min(HIGHEST_ENERGY, logSum - (shifted[c] as number));
  }
  return unary;
}

/**
 * Probabilities that need not add up to 1, as scores whose energies are theirs: softmax and energy of a
 * logarithm differ from -ln(p) by one number per pixel, which no label depends on.
 */
export function probabilityScores(probabilities: Float32Array): Float32Array {
  return probabilities.map((value) => Math.log(Math.min(1, Math.max(LEAST_PROBABILITY, value))));
}
