// The background channel: where no class survived the threshold, or a constant height
// (method.md 4.10).
import { applyOperatorsInto, type AxisOperator } from './axisOperator.ts';
import type { CutMaps } from './threshold.ts';
import type { MaskParams } from '../../../link/params.ts';

/** Classes from which on context data sets go without background. */
const AUTO_LIMIT = 3;

/** Whether a background channel comes first, for `classes` classes in the prompt. */
export function hasBackground(mode: MaskParams['background'], classes: number): boolean {
  return mode === 'always' || (mode === 'auto' && classes < AUTO_LIMIT);
}

/**
 * 1 where every upsampled class map is exactly 0, else 0, in `plane` or in a new one; with smoothed
 * segment operators the plane comes out blurred. Between grid nodes bilinear values are zero exactly
 * when all four corners are, so the indicator is constant per segment and needs no full-size blur.
 */
export function nothingSurvives(
  cut: Pick<CutMaps, 'maps' | 'classes' | 'patches'>,
  rowSegments: AxisOperator,
  columnSegments: AxisOperator,
  plane: Float32Array = new Float32Array(rowSegments.length * columnSegments.length),
): Float32Array {
  const rows = (rowSegments.cells + 1) / 2;
  const columns = (columnSegments.cells + 1) / 2;
  applyOperatorsInto(plane, emptySegments(cut, rows, columns), rowSegments, columnSegments);
  return plane;
}

/** [2 rows - 1, 2 columns - 1]: 1 where all nodes around a segment are zero in every class. */
function emptySegments(
  { maps, classes, patches }: Pick<CutMaps, 'maps' | 'classes' | 'patches'>,
  rows: number,
  columns: number,
): Uint8Array {
  const empty = new Uint8Array(patches).fill(1);
  for (let c = 0; c < classes; c++)
    for (let patch = 0; patch < patches; patch++)
      if (maps[c * patches + patch] !== 0) empty[patch] = 0;
  const tall = 2 * rows - 1;
  const wide = 2 * columns - 1;
  const segments = new Uint8Array(tall * wide);
  for (let r = 0; r < tall; r++)
    for (let c = 0; c < wide; c++) {
      const node = (row: number, column: number): boolean => empty[row * columns + column] === 1;
      const above = Math.floor(r / 2);
      const below = Math.ceil(r / 2);
      const left = Math.floor(c / 2);
      const right = Math.ceil(c / 2);
      segments[r * wide + c] =
        node(above, left) && node(above, right) && node(below, left) && node(below, right) ? 1 : 0;
    }
  return segments;
}
