// What the parent and the process with the test runner say to each other, a line each.

/** Before each answer, since tests write to the output as well. */
export const MARK = '\u0001';

export interface Asked {
  /** The file that was changed; null when nothing was. */
  readonly file: string | null;
  readonly tests: readonly string[];
}

/** The test that failed; null when all passed. */
export interface Answered {
  readonly failed: string | null;
  readonly milliseconds: number;
}
