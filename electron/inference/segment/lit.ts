// A plane of numbers under clicks: what lies above a cut and touches a click, and values between cells.
import type { ClickPrompt } from '../../api/clicks/clicks.ts';
import { maskFromBitmap } from '../../masks/runs/bitmap.ts';
import { components } from '../../masks/regions/components.ts';
import { unionAll } from '../../masks/runs/combine.ts';
import { isInside } from '../../masks/runs/rle.ts';
import type { RleMask } from '../../api/types.ts';

/** Row-major numbers. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The prompt with its places in cells of a plane that covers `width` x `height` from (x, y) on. */
export function promptIn(
  { points, box }: ClickPrompt,
  plane: Pick<Plane, 'width' | 'height'>,
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): ClickPrompt {
  const across = plane.width / area.width;
  const down = plane.height / area.height;
  return {
    points: points.map(({ x, y, adds }) => ({
      x: (x - area.x) * across,
      y: (y - area.y) * down,
      adds,
    })),
    box: box && [
      (box[0] - area.x) * across,
      (box[1] - area.y) * down,
      box[2] * across,
      box[3] * down,
    ],
  };
}

/**
 * The parts above `cut` under the clicks, or all of them in the box without one; nothing outside of a box.
 * Null where none is. The prompt is in cells.
 */
export function litParts(plane: Plane, cut: number, { points, box }: ClickPrompt): RleMask | null {
  const { width, height, values } = plane;
  const above = Uint8Array.from(values, (value, at) => {
    if (value <= cut) return 0;
    if (!box) return 1;
    const [x, y] = [(at % width) + 0.5, Math.floor(at / width) + 0.5];
    return Number(x >= box[0] && y >= box[1] && x <= box[0] + box[2] && y <= box[1] + box[3]);
  });
  const adding = points.filter(({ adds }) => adds);
  const parts = components(maskFromBitmap(above, width, height)).filter(
    (part) =>
      adding.length === 0 ||
      adding.some(({ x, y }) => isInside(part, Math.floor(x), Math.floor(y))),
  );
  return parts.length === 0 ? null : unionAll(parts, width, height);
}

/** Value between the cells of a plane, edges clamped; cells have their middle at half. */
export function between(plane: Plane, x: number, y: number): number {
  const { width, height, values } = plane;
  const column = Math.min(width - 1, Math.max(0, x - 0.5));
  const row = Math.min(height - 1, Math.max(0, y - 0.5));
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const [across, down] = [column - left, row - top];
  const upper = mix(values[top * width + left]!, values[top * width + right]!, across);
  const lower = mix(values[bottom * width + left]!, values[bottom * width + right]!, across);
  return mix(upper, lower, down);
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

/** A part of a plane at another size; `part` is in its cells. */
export function resampled(
  plane: Plane,
  part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  width: number,
  height: number,
): Plane {
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      values[y * width + x] = between(
        plane,
        part.x + ((x + 0.5) * part.width) / width,
        part.y + ((y + 0.5) * part.height) / height,
      );
  return { width, height, values };
}
