// What the maps of the last round say about pixels: each map as it is, and the background where no map
// is strong.

/** [1 + queries, pixels] of maps [queries][pixels]; channel 0 is (1 - the strongest map)^factor. */
export function withComplement(
  maps: readonly Float32Array[],
  pixels: number,
  factor: number,
): Float32Array {
  const planes = new Float32Array((1 + maps.length) * pixels);
  maps.forEach((map, at) => planes.set(map, (1 + at) * pixels));
  for (let pixel = 0; pixel < pixels; pixel++) {
    let strongest = 0;
    for (const map of maps) strongest = Math.max(strongest, map[pixel] as number);
    planes[pixel] = (1 - strongest) ** factor;
  }
  return planes;
}
