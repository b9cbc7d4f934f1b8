// Figures of measured images in both protocols. All come from one confusion matrix an image, so that a
// part of the classes or of the images has figures of its own without a second run.
import {
  bandsOf,
  counted,
  pairsOf,
  sumOfImages,
  VOID,
  type LabelMapOf,
} from '../evaluate/imageScore.ts';
import { meanIouOf, type Protocol, type Rules, type Scores } from '../evaluate/scores.ts';
import type { SetFacts } from './set.ts';

export const PROTOCOLS: readonly Protocol[] = ['standard', 'reference'];

/** What is kept of an image. */
export interface MeasuredImage {
  readonly name: string;
  /** True label (65535 = void), predicted label, pixels. */
  readonly pairs: readonly number[];
  /** Label, shared and joined boundary pixels; null where they were not wanted. */
  readonly bands: Readonly<Record<Protocol, readonly number[]>> | null;
}

export interface Confused {
  readonly truth: string;
  readonly readAs: string;
  /** Of the true pixels of the class, 0-1. */
  readonly share: number;
}

export interface Figures extends Scores {
  /** Mean IoU without background. */
  readonly objects: number | null;
  /** Mean of the mean IoU of single images. */
  readonly perImage: number | null;
  readonly subsets: readonly { readonly name: string; readonly meanIou: number | null }[];
  /** Most confused pairs, the largest share of the truth first. */
  readonly confused: readonly Confused[];
}

export function measureImage(
  { facts, boundary }: { readonly facts: SetFacts; readonly boundary: boolean },
  name: string,
  truth: LabelMapOf,
  pred: Uint16Array,
): MeasuredImage {
  const classes = facts.names.length;
  const pairs = pairsOf(truth, pred, classes);
  if (!boundary) return { name, pairs, bands: null };
  const bands = (protocol: Protocol) => bandsOf(truth, pred, classes, rulesOf(facts, protocol));
  const standard = bands('standard');
  // Protocols differ in void pixels and in what label 0 is.
  const alike =
    facts.countsBackground.standard === facts.countsBackground.reference &&
    !truth.labels.includes(VOID);
  return {
    name,
    pairs,
    bands: { standard, reference: alike ? standard : bands('reference') },
  };
}

const rulesOf = ({ countsBackground }: SetFacts, protocol: Protocol): Rules => ({
  protocol,
  background: countsBackground[protocol],
});

export function figuresOf(
  images: readonly MeasuredImage[],
  facts: SetFacts,
  protocol: Protocol,
): Figures {
  const rules = rulesOf(facts, protocol);
  const scores = sumOfImages(
    images.map(({ pairs, bands }) => ({ pairs, bands: bands?.[protocol] ?? null })),
    facts.names,
    rules,
  );
  const named = scores.classes.filter(({ name }) => name !== '');
  const only = (labels: readonly number[]) =>
    meanIouOf(
      named.filter(({ label }) => labels.includes(label)),
      protocol,
    );
  const each = images
    .map((image) => imageIou(image, facts, protocol))
    .filter((value) => value !== null);
  return {
    ...scores,
    classes: named,
    objects: meanIouOf(
      named.filter(({ label }) => label > 0),
      protocol,
    ),
    perImage: each.length === 0 ? null : each.reduce((sum, value) => sum + value, 0) / each.length,
    subsets: facts.subsets.map(({ name, labels }) => ({ name, meanIou: only(labels) })),
    confused: confusedPairs(images, facts, rules),
  };
}

/** Mean IoU of one image; null where it has nothing that counts. */
export function imageIou(
  { pairs }: MeasuredImage,
  facts: SetFacts,
  protocol: Protocol,
): number | null {
  return sumOfImages([{ pairs, bands: null }], facts.names, rulesOf(facts, protocol)).meanIou;
}

const MOST_PAIRS = 8;
/** Less of a class than this is noise of its outline. */
const LEAST_SHARE = 0.01;

function confusedPairs(
  images: readonly MeasuredImage[],
  { names }: SetFacts,
  rules: Rules,
): Confused[] {
  const pixels = new Map<string, number>();
  const ofTruth = new Map<number, number>();
  for (const { pairs } of images)
    for (let i = 0; i < pairs.length; i += 3) {
      const truth = counted(pairs[i]!, rules);
      const readAs = pairs[i + 1]!;
      const count = pairs[i + 2]!;
      if (truth === VOID) continue;
      ofTruth.set(truth, (ofTruth.get(truth) ?? 0) + count);
      if (truth === readAs || readAs >= names.length) continue;
      const key = `${truth} ${readAs}`;
      pixels.set(key, (pixels.get(key) ?? 0) + count);
    }
  return [...pixels]
    .map(([key, count]) => {
      const [truth, readAs] = key.split(' ').map(Number) as [number, number];
      return { truth: names[truth]!, readAs: names[readAs]!, share: count / ofTruth.get(truth)! };
    })
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_PAIRS);
}
