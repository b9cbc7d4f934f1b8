// How far two devices or precisions are apart on the same maps.

/** Largest difference relative to the largest value of the first. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  let scale = 1e-12;
  for (let i = 0; i < a.length; i += 1) {
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    // A map that is not a number differs as much as can be.
    if (Number.isNaN(difference)) return Infinity;
    largest = Math.max(largest, difference);
    scale = Math.max(scale, Math.abs(a[i] as number));
  }
  return largest / scale;
}
