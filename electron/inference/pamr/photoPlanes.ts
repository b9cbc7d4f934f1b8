// A photograph as quick edges read it.

/** [3, pixels] of bytes [pixels, 3]. */
export function planesOf(rgb: Uint8Array): Float32Array {
  const pixels = rgb.length / 3;
  const planes = new Float32Array(rgb.length);
  for (let at = 0; at < pixels; at++)
    for (let plane = 0; plane < 3; plane++)
      planes[plane * pixels + at] = rgb[at * 3 + plane] as number;
  return planes;
}
