// Compares arrays with their recorded values and picks the one that fits worst.
import type { GoldenResult } from './goldenFamily.ts';

export interface Comparison {
  readonly name: string;
  readonly got: ArrayLike<number>;
  readonly want: ArrayLike<number>;
  /** Allowed difference as a share of the largest recorded value... */
  readonly tolerance: number;
  /** ...which is taken as at least this: 1 for activations, less for gradients. Default 1. */
  readonly unit?: number;
  /** Allowed in any case: what the recording's own F32 run was off by, some times over. */
  readonly atLeast?: number;
}

/** The comparison with the largest share of its tolerance; a NaN or another length is a failure. */
export function largest(comparisons: readonly Comparison[]): GoldenResult {
  if (comparisons.length === 0) throw new Error('nothing was compared');
  const results = comparisons.map(({ name, got, want, tolerance, unit = 1, atLeast = 0 }) => {
    if (got.length !== want.length)
      return failed(`${name}: ${got.length} values, ${want.length} recorded`);
    let error = 0;
    let scale = unit;
    for (let i = 0; i < want.length; i++) {
      const difference = Math.abs((got[i] as number) - (want[i] as number));
      // Not `>`: it would let a NaN pass.
      if (!(difference <= error)) error = difference;
      scale = Math.max(scale, Math.abs(want[i] as number));
    }
    const allowed = Math.max(tolerance * scale, atLeast);
    const detail = `${name} (${comparisons.length} arrays compared)`;
    return { largestError: error, tolerance: allowed, detail, passed: error <= allowed };
  });
  const share = (one: GoldenResult) =>
    one.passed ? one.largestError / one.tolerance : Number.MAX_VALUE;
  return results.reduce((worst, one) => (share(one) > share(worst) ? one : worst));
}

const failed = (detail: string): GoldenResult => ({
  largestError: Infinity,
  tolerance: 0,
  detail,
  passed: false,
});
