// How well a map of one layer and head tells the mask's patches from the others.
import type { RleMask, ScoreMap } from '../../../../electron/api/types.ts';
import { columnsOf } from '../../masks/columns.ts';

/** Share of each patch that the masks cover, 0-1, row-major. Masks have the size of the image. */
export function coverage(masks: readonly RleMask[], rows: number, columns: number): Float32Array {
  const cover = new Float32Array(rows * columns);
  for (const mask of masks) {
    const { width, height, starts, spans } = columnsOf(mask);
    const share = (rows * columns) / (width * height);
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor((x * columns) / width);
      for (let s = starts[x]!; s < starts[x + 1]!; s += 1)
        addSpan(cover, column, spans[2 * s]!, spans[2 * s + 1]!, { rows, columns, height, share });
    }
  }
  for (let i = 0; i < cover.length; i += 1) cover[i] = Math.min(1, cover[i]!);
  return cover;
}

function addSpan(
  cover: Float32Array,
  column: number,
  first: number,
  end: number,
  grid: { rows: number; columns: number; height: number; share: number },
): void {
  let y = first;
  while (y < end) {
    const row = Math.floor((y * grid.rows) / grid.height);
    const rowEnd = Math.max(y + 1, Math.ceil(((row + 1) * grid.height) / grid.rows));
    const stop = Math.min(end, rowEnd);
    const at = row * grid.columns + column;
    cover[at] = cover[at]! + (stop - y) * grid.share;
    y = stop;
  }
}

/**
 * Chance that a patch inside the mask has a higher value than one outside (area under the ROC curve;
 * ties count half, patches on the edge count by their share). Null without both kinds of patches.
 */
export function agreement(map: ScoreMap, cover: Float32Array): number | null {
  if (map.values.length !== cover.length) return null;
  // 256 values: counting per value replaces sorting.
  const inside = new Float64Array(256);
  const outside = new Float64Array(256);
  for (let i = 0; i < cover.length; i += 1) {
    const value = map.values[i]!;
    inside[value] = inside[value]! + cover[i]!;
    outside[value] = outside[value]! + 1 - cover[i]!;
  }
  let below = 0;
  let wins = 0;
  let insideAll = 0;
  for (let value = 0; value < 256; value += 1) {
    wins += inside[value]! * (below + outside[value]! / 2);
    below += outside[value]!;
    insideAll += inside[value]!;
  }
  return insideAll < 1e-6 || below < 1e-6 ? null : wins / (insideAll * below);
}
