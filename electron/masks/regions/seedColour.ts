// The colour that the wand compares with: the middle one of a few pixels, so that no single grain decides.
import type { SampleSide } from '../../api/types.ts';

export interface Seed {
  readonly x: number;
  readonly y: number;
  /** Side of the square around the seed whose colour counts; 1 = the seed's own. */
  readonly sample: SampleSide;
}

interface Colours {
  readonly width: number;
  readonly height: number;
  /** Row-major, `channels` bytes a pixel, red, green and blue first. */
  readonly data: ArrayLike<number>;
  readonly channels: 3 | 4;
}

/**
 * Median of each channel in the square around the seed, as much of it as lies in the image. The median
 * rather than the mean: beside an edge a mean is a colour that neither side has. Of an even number of
 * pixels the darker of the middle two counts, which is a colour of the image.
 */
export function seedColour(
  { width, height, data, channels }: Colours,
  { x, y, sample }: Seed,
): readonly [red: number, green: number, blue: number] {
  const reach = (sample - 1) / 2;
  const places: number[] = [];
  for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row += 1)
    for (let at = Math.max(0, x - reach); at <= Math.min(width - 1, x + reach); at += 1)
      places.push((row * width + at) * channels);
  const middle = (channel: number): number =>
    places.map((place) => data[place + channel]!).sort((a, b) => a - b)[(places.length - 1) >> 1]!;
  return [middle(0), middle(1), middle(2)];
}
