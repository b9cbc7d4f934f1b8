// The confusion histogram that all scores come from: rows are true labels, columns predicted ones.
import type { LabelMap } from '../../masks/runs/bitmap.ts';

/** Counts are exact up to 2^53 pixels. The last column counts predictions that are no known label. */
export interface Histogram {
  /** Labels are 0 to classes - 1. */
  readonly classes: number;
  /** Row-major [classes, classes + 1]. */
  readonly counts: Float64Array;
}

export function emptyHistogram(classes: number): Histogram {
  return { classes, counts: new Float64Array(classes * (classes + 1)) };
}

/**
 * Adds one image. True labels of `classes` and more (255 and other void values) are left out.
 * Both maps are row-major and of one length.
 */
export function addInPlace({ classes, counts }: Histogram, truth: LabelMap, pred: LabelMap): void {
  if (truth.length !== pred.length)
    throw new RangeError(
      `the prediction has ${pred.length} pixels, the truth ${truth.length}; both must have one size`,
    );
  const columns = classes + 1;
  for (let i = 0; i < truth.length; i++) {
    const row = truth[i]!;
    if (row >= classes) continue;
    const column = pred[i]!;
    counts[row * columns + (column < classes ? column : classes)]!++;
  }
}

/** Sums per label: pixels that are truly it, predicted as it, and both. */
export function sumsOf({ classes, counts }: Histogram): {
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly correct: Float64Array;
} {
  const truth = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  const correct = new Float64Array(classes);
  for (let row = 0; row < classes; row++)
    for (let column = 0; column <= classes; column++) {
      const count = counts[row * (classes + 1) + column]!;
      truth[row]! += count;
      if (column < classes) predicted[column]! += count;
      if (column === row) correct[row] = count;
    }
  return { truth, predicted, correct };
}
