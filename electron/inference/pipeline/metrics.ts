// Agreement of label maps with ground truth: confusion matrix and the figures made of it
// (method.md 8).

/** Rows true, columns predicted: [classes, classes]. */
export interface Confusion {
  readonly classes: number;
  readonly counts: Float64Array;
}

export interface Scores {
  readonly pixelAccuracy: number;
  readonly meanAccuracy: number;
  readonly frequencyWeightedIou: number;
  /** Mean over classes that occur in the ground truth. */
  readonly meanIou: number;
  /** NaN for classes that occur in neither map. */
  readonly iou: Float64Array;
}

/** An empty matrix of `classes` labels, 0 included. */
export function emptyConfusion(classes: number): Confusion {
  return { classes, counts: new Float64Array(classes * classes) };
}

/**
 * Adds one image. True labels outside 0 ... classes-1 (such as 255) are ignored, or counted as
 * `ignoredAs` when given (the released VOC evaluation counts them as background).
 */
export function addToConfusion(
  { classes, counts }: Confusion,
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  ignoredAs?: number,
): void {
  if (truth.length !== predicted.length)
    throw new RangeError(`expected ${truth.length} predicted labels, found ${predicted.length}`);
  for (let at = 0; at < truth.length; at++) {
    const own = truth[at] as number;
    const row = own < classes ? own : ignoredAs;
    const column = predicted[at] as number;
    if (row === undefined || column >= classes) continue;
    counts[row * classes + column] = (counts[row * classes + column] as number) + 1;
  }
}

/** The usual figures of a confusion matrix. */
export function scoresOf({ classes, counts }: Confusion): Scores {
  const at = (row: number, column: number): number => counts[row * classes + column] as number;
  const labels = Array.from({ length: classes }, (_, label) => label);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const truth = labels.map((row) => labels.reduce((sum, column) => sum + at(row, column), 0));
  const guess = labels.map((column) => labels.reduce((sum, row) => sum + at(row, column), 0));
  const hits = labels.map((label) => at(label, label));
  const of = (values: readonly number[], label: number): number => values[label] as number;
  const iou = Float64Array.from(
    labels,
    (label) => of(hits, label) / (of(truth, label) + of(guess, label) - of(hits, label)),
  );
  const occurring = labels.filter((label) => of(truth, label) > 0);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    pixelAccuracy: hits.reduce((sum, count) => sum + count, 0) / total,
    meanAccuracy: mean(occurring.map((label) => of(hits, label) / of(truth, label))),
    frequencyWeightedIou: occurring.reduce(
      (sum, label) => sum + (of(truth, label) / total) * (iou[label] as number),
      0,
    ),
    meanIou: mean(occurring.map((label) => iou[label] as number)),
    iou,
  };
}
