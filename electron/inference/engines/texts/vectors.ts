// The vector of a class's words over many sentences, and how alike a patch is to it.

/** The mean of the vectors [patterns, width], each of length 1, at length 1. */
export function meanDirection(vectors: Float32Array, width: number): Float32Array {
  const sum = new Float64Array(width);
  vectors.forEach((value, at) => {
    sum[at % width] = (sum[at % width] as number) + value;
  });
  const length = Math.hypot(...sum);
  return Float32Array.from(sum, (value) => value / length);
}

/** Cosines [queries, patches] of unit vectors: classes against patches [patches, width]. */
export function cosines(
  queries: readonly Float32Array[],
  patches: Float32Array,
  width: number,
): Float32Array {
  const count = patches.length / width;
  const result = new Float32Array(queries.length * count);
  queries.forEach((query, row) => {
    for (let patch = 0; patch < count; patch++) {
      let sum = 0;
      const from = patch * width;
      for (let d = 0; d < width; d++) sum += (query[d] as number) * (patches[from + d] as number);
      result[row * count + patch] = sum;
    }
  });
  return result;
}
