// Masks as rows of text, back from runs: what a test of a drawing tool compares.
import type { RleMask } from '../../electron/api/types.ts';
import { cropWindow } from '../../electron/masks/window.ts';

/** Rows of '#' and '.'. */
export function rowsOf(mask: RleMask): string[] {
  const { bits } = cropWindow(mask, 0, 0, mask.width, mask.height);
  return Array.from({ length: mask.height }, (_, y) =>
    [...bits.subarray(y * mask.width, (y + 1) * mask.width)]
      .map((bit) => (bit ? '#' : '.'))
      .join(''),
  );
}
