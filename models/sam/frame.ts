// The square that the model sees: the image, scaled so that its longer side fits, in the upper left corner.
// Converts places of the image to the model's, and pixels to the encoder's input.

/** Size of the scaled image inside the square. */
export interface ModelFrame {
  readonly side: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Normalisation of bytes: stretched from 0 at `darkest` to 1 at `brightest`, minus the mean, divided by the
 * deviation.
 */
export interface FrameColours {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  readonly darkest: number;
  readonly brightest: number;
}

/** ImageNet's colours, as the published models were trained. */
const COLOURS: FrameColours = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
  darkest: 0,
  brightest: 255,
};

/** The frame of an image of `width` x `height` pixels in a model of `side`. */
export function modelFrame(width: number, height: number, side: number): ModelFrame {
  const scale = side / Math.max(width, height);
  const scaled = (length: number) => Math.max(1, Math.floor(length * scale + 0.5));
  return { side, width: scaled(width), height: scaled(height) };
}

/** A place of the image in the model's frame; by the rounded sizes, not by the scale. */
export function intoFrame(
  frame: ModelFrame,
  image: { readonly width: number; readonly height: number },
  { x, y }: { readonly x: number; readonly y: number },
): { readonly x: number; readonly y: number } {
  return { x: (x * frame.width) / image.width, y: (y * frame.height) / image.height };
}

/**
 * pixel_values [1,3,side,side] from the scaled image, row-major RGB. Zeros are filled in behind the
 * normalisation, so that what is outside the image is the mean colour.
 */
export function framePixels(
  rgb: Uint8Array,
  { side, width, height }: ModelFrame,
  colours: FrameColours = COLOURS,
): Float32Array {
  if (rgb.length !== width * height * 3)
    throw new RangeError(`${rgb.length} bytes are no image of ${width}x${height}`);
  const pixels = new Float32Array(3 * side * side);
  const { darkest, brightest } = colours;
  // An image of one value has no range: it is black.
  const range = Math.max(1, brightest - darkest);
  for (const [channel, mean] of colours.mean.entries()) {
    const deviation = colours.std[channel] as number;
    for (let y = 0; y < height; y++) {
      const row = (channel * side + y) * side;
      for (let x = 0; x < width; x++) {
        const value = rgb[(y * width + x) * 3 + channel] as number;
        pixels[row + x] = ((value - darkest) / range - mean) / deviation;
      }
    }
  }
  return pixels;
}
