// Whether a mutant is killed: a test that passes without it fails, or does not end, with it.
import type { Questions } from './questions.ts';

/** A test that is silent for this much processor time with a mutant runs once more without it. */
const SILENCE_MS = 20_000;
/** A mutant is killed by time when a test is silent for this many times its whole time without it. */
const LONGER = 8;
/** The runner asks nothing that is silent for longer than this without a mutant. */
const LONGEST_MS = 180_000;

export interface Judge {
  /**
   * The first of `tests` that fails with the mutant in `file` and passes without it; null when the mutant
   * survives. `without` asks a question while the mutant is taken out.
   */
  killerOf(
    file: string,
    tests: readonly string[],
    without: <T>(ask: () => Promise<T>) => Promise<T>,
  ): Promise<string | null>;
}

export function createJudge(questions: Questions, leftOut: (test: string) => void): Judge {
  /** Milliseconds of each test without a mutant; null for one that fails: what it says means nothing. */
  const known = new Map<string, number | null>();

  async function usualMs(file: string, test: string): Promise<number | null> {
    if (!known.has(test)) {
      const answer = await questions.ask({ file, tests: [test], silenceMs: LONGEST_MS });
      const passes = !('stuck' in answer) && answer.failed === null;
      known.set(test, passes ? answer.milliseconds : null);
      if (!passes) leftOut(test);
    }
    return known.get(test)!;
  }

  return {
    async killerOf(file, tests, without) {
      let left = tests.filter((test) => known.get(test) !== null);
      while (left.length > 0) {
        const answer = await questions.ask({ file, tests: left, silenceMs: SILENCE_MS });
        const test = 'stuck' in answer ? (answer.stuck ?? left[0]!) : answer.failed;
        if (test === null) return null;
        const usual = await without(() => usualMs(file, test));
        if (usual !== null) {
          if (!('stuck' in answer) || LONGER * usual <= SILENCE_MS) return test;
          const again = await questions.ask({ file, tests: [test], silenceMs: LONGER * usual });
          if ('stuck' in again || again.failed !== null) return test;
        }
        // What came before it passed.
        left = left.slice(Math.max(0, left.indexOf(test)) + 1);
      }
      return null;
    },
  };
}
