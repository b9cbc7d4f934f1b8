// Symmetric normalisation: weights become barycentric weight times n = 1 / sqrt(K 1 + 1e-20).
// From then on splat and slice need no other factor than alpha and the term's weight.

/** Zeros, and a copy: faster than the host's on memory that threads share. */
export function clearBytes(at: usize, bytes: usize): void {
  memory.fill(at, 0, bytes);
}

export function copyBytes(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}

/** Adds every pixel's weights to rows f32[rows + 1]. */
export function splatOnes(entries: u32, vertexOf: usize, weightOf: usize, rows: usize): void {
  for (let entry: u32 = 0; entry < entries; entry++) {
    const at = (<usize>entry) << 2;
    const row = rows + ((<usize>load<u32>(vertexOf + at)) << 2);
    store<f32>(row, load<f32>(row) + load<f32>(weightOf + at));
  }
}

/** Multiplies weights [pixels, corners] by n, read from the blurred rows. */
export function normalise(
  pixels: u32,
  corners: u32,
  vertexOf: usize,
  weightOf: usize,
  rows: usize,
  alpha: f32,
): void {
  let at: usize = 0;
  const stride = (<usize>corners) << 2;
  for (let pixel: u32 = 0; pixel < pixels; pixel++) {
    let sum: f32 = 0;
    for (let i: usize = 0; i < stride; i += 4)
      sum +=
        load<f32>(weightOf + at + i) *
        alpha *
        load<f32>(rows + ((<usize>load<u32>(vertexOf + at + i)) << 2));
    const n = <f32>(1.0 / sqrt(<f64>sum + 1e-20));
    for (let i: usize = 0; i < stride; i += 4)
      store<f32>(weightOf + at + i, load<f32>(weightOf + at + i) * n);
    at += stride;
  }
}
