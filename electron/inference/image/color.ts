// Between 8-bit colour and numbers: the model's normalised planes.

/** RGB bytes [pixels, 3] to normalised planes [3, pixels] float32, each step rounded as float32. */
export function normaliseToChw(
  rgb: Uint8Array,
  pixels: number,
  { mean, std }: { readonly mean: readonly number[]; readonly std: readonly number[] },
): Float32Array {
  if (rgb.length !== pixels * 3)
    throw new RangeError(`expected ${pixels * 3} bytes of RGB, found ${rgb.length}`);
  const planes = new Float32Array(pixels * 3);
  for (let channel = 0; channel < 3; channel++) {
    const table = Float32Array.from({ length: 256 }, (_, value) =>
      Math.fround(
        Math.fround(Math.fround(value / 255) - Math.fround(mean[channel] as number)) /
          Math.fround(std[channel] as number),
      ),
    );
    for (let i = 0; i < pixels; i++)
      planes[channel * pixels + i] = table[rgb[i * 3 + channel] as number] as number;
  }
  return planes;
}
