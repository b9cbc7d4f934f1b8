// What a fit says: an offer, or one of the reasons for none. Every reason has its own sentence in the window.
import { average, isClear, LEAST_IMAGES, LEAST_NOW, type HeldOut } from '../../learn/heldOut.ts';

export type FitVerdict =
  'offer' | 'few' | 'untouched' | 'doubtFirst' | 'easyFirst' | 'wrongMaps' | 'stay' | 'unclear';

/** Where even the best setting fits worse, the maps are wrong. */
const LEAST_BEST = 0.45;

export interface Finding {
  readonly held: HeldOut;
  /** Mean overlap now, and with the best of all settings tried. */
  readonly now: number;
  readonly best: number;
  /** The setting in use was chosen. */
  readonly stays: boolean;
}

export function verdictOf({ held, now, best, stays }: Finding): FitVerdict {
  if (now < LEAST_NOW || best < LEAST_BEST) return 'wrongMaps';
  if (stays) return 'stay';
  return isClear(held) ? 'offer' : 'unclear';
}

/** Share of the evidence that each half of all images, the doubtful and the sure, must give. */
const LEAST_SHARE = 0.25;

export interface Halves {
  /** Doubt of every image that the model proposed something for, finished or not. */
  readonly all: readonly number[];
  /** Doubt of the images of the evidence. */
  readonly evidence: readonly number[];
}

/**
 * Why evidence says nothing before it is judged, and how many images would mend that: too few, nothing that was
 * corrected, or chosen by doubt. Images must be finished because it is their turn, not because they are bad.
 */
export function tooEarly(
  { all, evidence }: Halves,
  corrected: boolean,
): { readonly verdict: FitVerdict; readonly missing: number } | null {
  if (evidence.length < LEAST_IMAGES)
    return { verdict: 'few', missing: LEAST_IMAGES - evidence.length };
  if (!corrected) return { verdict: 'untouched', missing: 0 };
  const middle = middleOf(all);
  const sure = evidence.filter((doubt) => doubt < middle).length;
  const even = evidence.filter((doubt) => doubt === middle).length;
  const doubtful = evidence.length - sure - even;
  // Images right in the middle count for the half that needs them.
  if (sure + even < LEAST_SHARE * evidence.length)
    return { verdict: 'doubtFirst', missing: missingFor(sure + even, evidence.length) };
  if (doubtful + even < LEAST_SHARE * evidence.length)
    return { verdict: 'easyFirst', missing: missingFor(doubtful + even, evidence.length) };
  return null;
}

/** So many more of one half until it is a quarter of all. */
const missingFor = (have: number, all: number): number =>
  Math.ceil((LEAST_SHARE * all - have) / (1 - LEAST_SHARE));

function middleOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[half] ?? 0)
    : average([sorted[half - 1] ?? 0, sorted[half] ?? 0]);
}

/** Overlap of masks that were accepted as they were counts at most so much: anything within a tenth would do. */
const UNTOUCHED = 0.9;

export interface JudgedClass {
  readonly overlap: number;
  /** A person changed or drew what is accepted. */
  readonly corrected: boolean;
}

/** What a setting is worth on an image. */
export const rowValue = (classes: readonly JudgedClass[]): number =>
  average(
    classes.map(({ overlap, corrected }) => (corrected ? overlap : Math.min(overlap, UNTOUCHED))),
  );
