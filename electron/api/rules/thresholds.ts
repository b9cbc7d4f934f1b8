// What a class is cut at when neither the caller nor the class itself says so.
import type { Category } from '../types.ts';

/**
 * The threshold of a class of `kind`, 0-0.6. Stuff is seldom salient all over, so a share of the threshold
 * cuts it; without that, background comes through in the middle of a meadow.
 */
export function usualThreshold(
  kind: Category['kind'],
  { threshold, stuffShare }: { readonly threshold: number; readonly stuffShare: number },
): number {
  return kind === 'stuff' ? Math.round(threshold * stuffShare * 1e4) / 1e4 : threshold;
}
