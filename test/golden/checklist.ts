// Gathers the comparisons of one golden case: the worst error as a share of what is allowed, and
// what had it.
import type { GoldenResult } from './goldenFamily.ts';

export interface Checklist {
  /** Largest absolute difference must not exceed `tolerance`. */
  close(what: string, ours: ArrayLike<number>, theirs: ArrayLike<number>, tolerance: number): void;
  /** At most `allowed` of the entries that count may differ. */
  same(
    what: string,
    ours: ArrayLike<number | string>,
    theirs: ArrayLike<number | string>,
    options?: { readonly allowed?: number; readonly ignored?: ArrayLike<number> },
  ): void;
  /** Every error is given in units of its own tolerance, so 1 is the limit. */
  result(): GoldenResult;
}

export function checklist(): Checklist {
  let worst = 0;
  let worstText = '';
  let checks = 0;
  const failures: string[] = [];
  const note = (error: number, tolerance: number, text: string): void => {
    checks++;
    const share = tolerance > 0 ? error / tolerance : error > 0 ? Infinity : 0;
    if (!(share <= 1)) failures.push(text);
    if (worstText === '' || !(share <= worst)) {
      worst = share;
      worstText = text;
    }
  };
  return {
    close(what, ours, theirs, tolerance) {
      let error = ours.length === theirs.length ? 0 : Infinity;
      for (let at = 0; at < theirs.length && error < Infinity; at++) {
        const difference = Math.abs((ours[at] as number) - (theirs[at] as number));
        if (!(difference <= error)) error = Number.isNaN(difference) ? Infinity : difference;
      }
      note(error, tolerance, `${what} off by ${error.toExponential(1)}`);
    },
    same(what, ours, theirs, { allowed = 0, ignored } = {}) {
      let differing = ours.length === theirs.length ? 0 : Infinity;
      let counted = 0;
      for (let at = 0; at < theirs.length; at++) {
        if (ignored?.[at] === 1) continue;
        counted++;
        if (ours[at] !== theirs[at]) differing++;
      }
      const share = differing / Math.max(1, counted);
      note(share, allowed, `${what} differs on ${differing} of ${counted}`);
    },
    result() {
      const detail =
        failures.length > 0
          ? `${failures.length} of ${checks} checks fail: ${failures.slice(0, 6).join('; ')}`
          : `of its tolerance, the worst of ${checks} checks: ${worstText}`;
      return {
        largestError: worst,
        tolerance: 1,
        detail,
        passed: checks > 0 && failures.length === 0,
      };
    },
  };
}
