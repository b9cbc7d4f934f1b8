// A crop as the salience view shows it: the photograph greyed and darkened, the map over it in ember.
import { emberTable } from '../../api/rules/ember.ts';
import type { ScoreMap } from '../../api/run.ts';

/** The window's own looks: grey by 85 % and dark by 38 % under a map, its alpha 0.86 v^0.75. */
const GREY = 0.85;
const DARK = 0.38;
const ALPHA = Float32Array.from({ length: 256 }, (_, v) => 0.86 * (v / 255) ** 0.75);

/** Value 0-255 of the patch at a place of the image, 0-1 from left and top. */
export function mapAt({ rows, columns, values }: ScoreMap, x: number, y: number): number {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(x * columns)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y * rows)));
  return values[row * columns + column]!;
}

/** RGB of the photograph under a map whose value at a pixel is `valueAt`. */
export function underSalience(
  rgb: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  valueAt: (x: number, y: number) => number,
): Uint8Array {
  const seen = new Uint8Array(rgb.length);
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 3) {
      const value = valueAt(x, y);
      const alpha = ALPHA[value]!;
      const grey = 0.2126 * rgb[at]! + 0.7152 * rgb[at + 1]! + 0.0722 * rgb[at + 2]!;
      for (let channel = 0; channel < 3; channel += 1) {
        const photo = (1 - DARK) * (grey + (1 - GREY) * (rgb[at + channel]! - grey));
        seen[at + channel] = photo + alpha * (emberTable[3 * value + channel]! - photo);
      }
    }
  return seen;
}
