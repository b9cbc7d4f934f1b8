// Token contrast of class maps (method.md 7.3): the mean cosine between patches in class space.
// High = every place looks alike to the classes, so the head tells them apart badly.
import type { ClassMaps } from '../pipeline/planes/classMaps.ts';

/**
 * 0-1 over the patches of [classes, patches]. The published form resamples to 24 x 24 first, which a
 * mean over patches does not need. A patch without any salience counts as unlike all others.
 */
export function tokenContrast({ maps, classes, patches }: ClassMaps): number {
  // The mean of all cosines is the squared length of the mean unit vector.
  const sum = new Float64Array(classes);
  for (let patch = 0; patch < patches; patch++) {
    let square = 0;
    for (let c = 0; c < classes; c++) square += (maps[c * patches + patch] as number) ** 2;
    const length = Math.sqrt(square);
    if (length === 0) continue;
    for (let c = 0; c < classes; c++)
      sum[c] = (sum[c] as number) + (maps[c * patches + patch] as number) / length;
  }
  return sum.reduce((total, value) => total + (value / patches) ** 2, 0);
}
