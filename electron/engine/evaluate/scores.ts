// Scores from a confusion histogram (method.md section 8): IoU = TP / (TP + FP + FN), accuracies, and
// the means the literature uses. A class without a value is null, never 0 by accident.
import { sumsOf } from './histogram.ts';
import type { Histogram } from './histogram.ts';

/**
 * standard: the mean is over classes that occur in the truth or in the prediction, void pixels are left
 * out. reference: over classes that occur in the truth only, void pixels count as background, as the
 * published evaluation does.
 */
export type Protocol = 'standard' | 'reference';

/** How labels are counted. */
export interface Rules {
  readonly protocol: Protocol;
  /** Label 0 is a class; otherwise its true pixels are left out. */
  readonly background: boolean;
}

export interface ClassScore {
  readonly label: number;
  readonly name: string;
  readonly iou: number | null;
  /** Share of the true pixels that were found. */
  readonly recall: number | null;
  /** Share of the predicted pixels that are right. */
  readonly precision: number | null;
  readonly boundaryIou: number | null;
  readonly truthPx: number;
  readonly predictedPx: number;
}

export interface Scores {
  readonly meanIou: number | null;
  readonly pixelAccuracy: number | null;
  readonly meanAccuracy: number | null;
  readonly frequencyWeightedIou: number | null;
  readonly meanBoundaryIou: number | null;
  readonly classes: readonly ClassScore[];
}

/** Shared and joined boundary pixels per label, summed over the images. */
export interface BoundarySums {
  readonly shared: Float64Array;
  readonly joined: Float64Array;
}

export function scoresOf(
  histogram: Histogram,
  names: readonly string[],
  { protocol, background }: Rules,
  boundary: BoundarySums | null = null,
): Scores {
  const { truth, predicted, correct } = sumsOf(histogram);
  const total = truth.reduce((sum, count) => sum + count, 0);
  const all = names.map((name, label): ClassScore => {
    const union = truth[label]! + predicted[label]! - correct[label]!;
    return {
      label,
      name,
      iou: ratio(correct[label]!, union),
      recall: ratio(correct[label]!, truth[label]!),
      precision: ratio(correct[label]!, predicted[label]!),
      boundaryIou: boundary ? ratio(boundary.shared[label]!, boundary.joined[label]!) : null,
      truthPx: truth[label]!,
      predictedPx: predicted[label]!,
    };
  });
  const classes = all.filter(({ label }) => background || label > 0);
  const counted = countedClasses(classes, protocol);
  const right = correct.reduce((sum, count) => sum + count, 0);
  return {
    meanIou: mean(counted.map((c) => c.iou)),
    pixelAccuracy: ratio(right, total),
    meanAccuracy: mean(classes.map((c) => c.recall)),
    frequencyWeightedIou:
      total === 0 ? null : classes.reduce((sum, c) => sum + (c.truthPx / total) * (c.iou ?? 0), 0),
    meanBoundaryIou: mean(counted.map((c) => c.boundaryIou)),
    classes,
  };
}

/** Mean over some of the classes of a score, as its protocol counts; null when none of them occurs. */
export function meanIouOf(classes: readonly ClassScore[], protocol: Protocol): number | null {
  return mean(countedClasses(classes, protocol).map((c) => c.iou));
}

const countedClasses = (classes: readonly ClassScore[], protocol: Protocol) =>
  protocol === 'reference' ? classes.filter((c) => c.truthPx > 0) : classes;

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
