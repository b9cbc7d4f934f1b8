// Settings that fit finished masks better: what was found, on which evidence, and what was done about it. Plain
// data only.
import type { CategoryId, Category, ImageId, RleMask } from '../types.ts';
import type { PrelabelParams } from '../run.ts';
import type { HeldOutFigures } from '../tuning.ts';

/** What a fit may move, in the order in which it is shown. */
export type CorrectionKnob =
  'things' | 'stuff' | 'rule' | 'colour' | 'reach' | 'blur' | 'temperature' | 'passes';

export interface KnobChange {
  readonly knob: CorrectionKnob;
  readonly now: number | string;
  readonly then: number | string;
}

/**
 * 'offer': settings are suggested, and 'edges': that masks grow or shrink. All others are reasons for none: too few
 * finished images, nothing corrected, chosen by doubt, maps that do not show the classes, none better, none clearly.
 */
export type CorrectionVerdict =
  | 'offer'
  | 'edges'
  | 'few'
  | 'untouched'
  | 'doubtFirst'
  | 'easyFirst'
  | 'wrongMaps'
  | 'stay'
  | 'unclear';

/** Finished images that do not count as evidence, by reason. */
export interface LeftOut {
  /** The model was never asked. */
  readonly noRun: number;
  readonly noMaps: number;
  /** Made by another model or method. */
  readonly otherModel: number;
  /** Asked in other words, or with other passes, layers and the like. */
  readonly otherRun: number;
  /** The file has another size now, or cannot be read. */
  readonly otherFile: number;
  /** No accepted mask of a class that the model was asked for. */
  readonly nothing: number;
  /** Another finished image looks the same. */
  readonly copies: number;
  /** More images than can be judged in a minute: the latest are. */
  readonly older: number;
}

export interface EdgeOffer {
  readonly kind: Category['kind'];
  /** Above 0: masks are drawn wider than proposed. */
  readonly pixels: number;
  /** Corrected masks that fit better with it, of all of them. */
  readonly up: number;
  readonly masks: number;
}

/** What adoption would touch. */
export interface OpenImages {
  readonly images: number;
  /** Of these, those that were looked at, all but the first ones of a large project. */
  readonly looked: number;
  readonly changed: number;
  readonly withoutMaps: number;
}

export interface CorrectionReport extends HeldOutFigures {
  /** ISO time. */
  readonly at: string;
  readonly verdict: CorrectionVerdict;
  /** A smaller price was asked of each change. */
  readonly harder: boolean;
  /** Finished images that are missing before more can be said. */
  readonly missing: number;
  /** Share of the choices that agree with the one of all images. */
  readonly stable: number;
  /** Settings that were tried. */
  readonly tried: number;
  readonly changes: readonly KnobChange[];
  readonly edges: EdgeOffer | null;
  readonly open: OpenImages;
  readonly leftOut: LeftOut;
  /** Finished images that would count if the model ran on them again, and how long that takes on this computer. */
  readonly again: { readonly images: number; readonly ms: number };
  /** Classes that fit badly while others do well. */
  readonly weak: readonly CategoryId[];
}

export type CorrectionFate = 'none' | 'offered' | 'used' | 'declined';

/** How settings that were adopted do on images that were finished later. */
export interface SinceThen {
  readonly images: number;
  readonly up: number;
  readonly down: number;
  /** Clearly worse on many images: the way back is offered. */
  readonly back: boolean;
}

export interface CorrectionState {
  /** Finished images with accepted masks, and how many are needed. */
  readonly finished: number;
  readonly needed: number;
  readonly report: CorrectionReport | null;
  readonly fate: CorrectionFate;
  /** Settings are being compared in the background. */
  readonly running: boolean;
  readonly since: SinceThen | null;
  /** Images that the settings in use changed and that still have proposals: review may begin with them. */
  readonly changed: number;
}

/** One open image with its proposals as they are and as they would be. */
export interface CorrectionPair {
  readonly imageId: ImageId;
  readonly name: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  /** 1 - overlap of the mask that changes most. */
  readonly change: number;
  readonly before: readonly PairMask[];
  readonly after: readonly PairMask[];
}

export interface PairMask {
  readonly categoryId: CategoryId;
  readonly mask: RleMask;
}

export interface CorrectionUse {
  /** Proposals that were replaced, gone, and kept as they were. */
  readonly changed: number;
  readonly vanished: number;
  readonly unchanged: number;
  readonly withoutMaps: number;
  readonly params: PrelabelParams;
}
