// Gains on images that were left out of the choice: their mean, its uncertainty, and whether that justifies an
// offer.

/** Fewer finished images tell too little. */
export const LEAST_IMAGES = 8;
/** Below it maps do not show the classes, and nothing learned from masks helps. */
export const LEAST_NOW = 0.35;
const LEAST_POINTS = 0.01;
const LEAST_UP = 3;
/** Overlaps that differ by less are alike. */
const ALIKE = 0.005;

export interface HeldOut {
  readonly images: number;
  readonly up: number;
  readonly down: number;
  readonly alike: number;
  /** Mean gain in overlap, 0-1. */
  readonly mean: number;
  /** Of the mean. */
  readonly error: number;
}

export function heldOut(gains: readonly number[]): HeldOut {
  const images = gains.length;
  const mean = average(gains);
  const spread = Math.sqrt(
    gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / Math.max(1, images - 1),
  );
  const error = spread / Math.sqrt(Math.max(1, images));
  const up = gains.filter((gain) => gain > ALIKE).length;
  const down = gains.filter((gain) => gain < -ALIKE).length;
  return { images, up, down, alike: images - up - down, mean, error };
}

/** A gain that is larger than its own doubt, on enough images. */
export const isClear = ({ up, mean, error }: HeldOut): boolean =>
  mean >= LEAST_POINTS && mean > error && up >= LEAST_UP;

export const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
