// A salience map as a small picture: Ember colours, zero clear, dropped patches near black.
import type { ScoreMap } from '../../../electron/api/run.ts';
import { emberTable } from '../../../electron/api/rules/ember.ts';

const DROPPED = [12, 12, 14] as const;
/** The design's 0.86 v^0.75 for every value: a power per pixel would hold up the thread. */
const ALPHA = Float32Array.from({ length: 256 }, (_, v) => 255 * 0.86 * (v / 255) ** 0.75);

export interface ScorePicture {
  readonly canvas: OffscreenCanvas;
  /** Blurred maps are drawn smooth, patch maps as squares. */
  readonly smooth: boolean;
}

/** `blend` 0-1 scales the alpha: 1 is the design's 0.86 v^0.75. `opaque` fills every pixel. */
export function scorePicture(
  map: ScoreMap,
  options: { dropped?: readonly number[]; smooth?: boolean; blend?: number; opaque?: boolean } = {},
): ScorePicture {
  const { dropped = [], smooth = false, blend = 1, opaque = false } = options;
  const canvas = new OffscreenCanvas(map.columns, map.rows);
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(map.columns, map.rows);
  const colors = emberTable;
  for (let i = 0; i < map.values.length; i += 1) {
    const value = map.values[i]!;
    image.data[4 * i] = colors[3 * value]!;
    image.data[4 * i + 1] = colors[3 * value + 1]!;
    image.data[4 * i + 2] = colors[3 * value + 2]!;
    image.data[4 * i + 3] = opaque ? 255 : ALPHA[value]! * blend;
  }
  for (const patch of dropped) image.data.set([...DROPPED, 255], 4 * patch);
  context.putImageData(image, 0, 0);
  return { canvas, smooth };
}
