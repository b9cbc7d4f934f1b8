// What one image adds to all scores, kept image by image: a score of any part of a data set, in any
// protocol and for any classes, is a sum of these.
import { addBoundaryInPlace, emptyBoundary } from './boundary.ts';
import { addInPlace, emptyHistogram } from './histogram.ts';
import { scoresOf, type BoundarySums, type Rules, type Scores } from './scores.ts';

/** Not labelled; left out of scores or taken for background, as the protocol says. */
export const VOID = 65_535;

export interface ImageScore {
  /** True label, predicted label, pixels; three numbers a pair, only pairs that occur. */
  readonly pairs: readonly number[];
  /** Label, shared and joined boundary pixels; three numbers a label. Null where nobody asked. */
  readonly bands: readonly number[] | null;
}

export interface LabelMapOf {
  /** Row-major. */
  readonly labels: Uint16Array;
  readonly width: number;
  readonly height: number;
}

/** How often each true label was predicted as each label, as one list of three numbers a pair. */
export function pairsOf(truth: LabelMapOf, pred: Uint16Array, classes: number): number[] {
  // One row more than there are classes: void pixels.
  const counts = emptyHistogram(classes + 1);
  addInPlace(
    counts,
    truth.labels.map((label) => Math.min(label, classes)),
    pred,
  );
  const pairs: number[] = [];
  for (let row = 0; row <= classes; row++) {
    const at = row * (classes + 2);
    for (let column = 0; column <= classes; column++) {
      // Whatever is no label of the data set is one wrong answer.
      const beyond = column === classes ? counts.counts[at + classes + 1]! : 0;
      const pixels = counts.counts[at + column]! + beyond;
      if (pixels > 0) pairs.push(row === classes ? VOID : row, column, pixels);
    }
  }
  return pairs;
}

/** Boundary pixels by label; takes longer than all other scores together. */
export function bandsOf(
  truth: LabelMapOf,
  pred: Uint16Array,
  classes: number,
  rules: Rules,
): number[] {
  const { labels } = truth;
  const sums = emptyBoundary(classes);
  const real = labels.map((label) => counted(label, rules));
  addBoundaryInPlace(sums, real, pred, truth);
  return [...sums.joined].flatMap((joined, label) =>
    joined > 0 ? [label, sums.shared[label]!, joined] : [],
  );
}

/** The label as which a true pixel counts; VOID = it does not. */
export function counted(label: number, { protocol, background }: Rules): number {
  const seen = label === VOID && protocol === 'reference' ? 0 : label;
  return seen === 0 && !background ? VOID : seen;
}

/** Scores of images together; `names` by label. */
export function sumOfImages(
  images: Iterable<ImageScore>,
  names: readonly string[],
  rules: Rules,
): Scores {
  const classes = names.length;
  const histogram = emptyHistogram(classes);
  let bands: BoundarySums | null = null;
  for (const image of images) {
    for (let i = 0; i < image.pairs.length; i += 3) {
      const [label, guess, pixels] = image.pairs.slice(i, i + 3) as [number, number, number];
      const row = counted(label, rules);
      if (row < classes) histogram.counts[row * (classes + 1) + guess]! += pixels;
    }
    if (!image.bands) continue;
    bands ??= emptyBoundary(classes);
    for (let i = 0; i < image.bands.length; i += 3) {
      const label = image.bands[i]!;
      bands.shared[label]! += image.bands[i + 1]!;
      bands.joined[label]! += image.bands[i + 2]!;
    }
  }
  return scoresOf(histogram, names, rules, bands);
}
