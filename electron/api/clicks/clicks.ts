// Masks from clicks and boxes: the types that page and engine share.
import type { Box, RleMask } from '../types.ts';

/** A click in pixels of the image; whole numbers are corners of pixels. */
export interface ClickPoint {
  readonly x: number;
  readonly y: number;
  /** False takes away. */
  readonly adds: boolean;
}

/** All clicks and the box given for one object. */
export interface ClickPrompt {
  readonly points: readonly ClickPoint[];
  readonly box: Box | null;
}

/** Where a decode starts: from nothing, from a choice of an earlier decode, or from an existing mask. */
export type ClickStart =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'choice'; readonly decode: number; readonly candidate: number }
  | { readonly kind: 'mask'; readonly mask: RleMask };

/** One of the masks that the clicks may mean. */
export interface ClickChoice {
  /** Its number in the decode. */
  readonly candidate: number;
  /** The model's own estimate, 0-1. */
  readonly fit: number;
  /** Stability, 0-1: 1 = another cut gives the same mask. */
  readonly steady: number;
}

/** How logits become a mask. */
export interface ClickCut {
  /** Pixels above it are inside; 0 is the model's own, from -4 (looser) to 4 (tighter). */
  readonly cut: number;
  /** Islands and holes under 16 px or 0.05 % of the mask are removed. */
  readonly specks: boolean;
  /** Only the part under this place is kept. */
  readonly part: { readonly x: number; readonly y: number } | null;
}

/** Sides of a crop, inside of the image, that a mask reaches. */
export interface CropSides {
  readonly left: boolean;
  readonly top: boolean;
  readonly right: boolean;
  readonly bottom: boolean;
}

/** A mask at the image's size. */
export interface ClickMask {
  readonly mask: RleMask;
  readonly meets: CropSides;
}

export interface ClickAnswer extends ClickMask {
  /** Names this decode in later questions; forgotten when the model process ends. */
  readonly decode: number;
  /** The first is the mask that is given. */
  readonly choices: readonly ClickChoice[];
  readonly milliseconds: number;
}

/** The answer to clicks from stored salience, used where no click model is installed. */
export type SalienceAnswer =
  | {
      readonly kind: 'mask';
      readonly mask: RleMask;
      /** Salience under the click, or the most in the box, 0-1. */
      readonly value: number;
      /** What was cut at, and what the class is cut at otherwise. */
      readonly cut: number;
      readonly usual: number;
      /** Where edges were sought. */
      readonly window: Box;
      readonly milliseconds: number;
    }
  /** No run of this class is stored for the image. */
  | { readonly kind: 'noMaps' }
  /** The salience there is too low. */
  | { readonly kind: 'dark'; readonly value: number };
