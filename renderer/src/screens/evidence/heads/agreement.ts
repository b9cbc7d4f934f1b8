// How well a map of one layer and head tells the mask's patches from the others.
import type { RleMask } from '../../../../../electron/api/types.ts';
import { columnsOf } from '../../../../../electron/masks/runs/columns.ts';
import type { ScoreMap } from '../../../../../electron/api/run.ts';

/** Share of each patch that the masks cover, 0-1, row-major. Masks have the size of the image. */
export function coverage(masks: readonly RleMask[], rows: number, columns: number): Float32Array {
  const cover = new Float32Array(rows * columns);
  const first = masks[0];
  if (!first) return cover;
  const rowOf = cells(first.height, rows);
  const columnOf = cells(first.width, columns);
  for (const mask of masks) {
    const { width, starts, spans } = columnsOf(mask);
    for (let x = 0; x < width; x += 1)
      for (let s = starts[x]!; s < starts[x + 1]!; s += 1)
        for (let y = spans[2 * s]!; y < spans[2 * s + 1]!; y += 1) {
          const at = rowOf.of[y]! * columns + columnOf.of[x]!;
          cover[at] = cover[at]! + 1;
        }
  }
  // Patches at the end hold fewer pixels where the grid does not divide the image.
  for (let at = 0; at < cover.length; at += 1) {
    const pixels = rowOf.size[Math.floor(at / columns)]! * columnOf.size[at % columns]!;
    cover[at] = pixels > 0 ? Math.min(1, cover[at]! / pixels) : 0;
  }
  return cover;
}

/** Cell of each sample, and samples in each cell. */
function cells(length: number, count: number): { of: Uint16Array; size: Uint32Array } {
  const of = Uint16Array.from({ length }, (_, at) => Math.floor((at * count) / length));
  const size = new Uint32Array(count);
  for (const cell of of) size[cell] = size[cell]! + 1;
  return { of, size };
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
