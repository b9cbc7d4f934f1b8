// A map as it travels to the page: a byte for each place, and the value that the highest byte stands for.
import type { ScoreMap } from '../../api/run.ts';

export function quantised(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  maximum: number,
): ScoreMap {
  const bytes = new Uint8Array(rows * columns);
  const scale = maximum > 0 ? 255 / maximum : 0;
  for (let i = 0; i < bytes.length; i += 1)
    bytes[i] = Math.min(255, Math.max(0, Math.round(values[i]! * scale)));
  return { rows, columns, values: bytes, maximum };
}
