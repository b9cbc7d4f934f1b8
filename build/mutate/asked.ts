// What the parent and the process with the test runner say to each other, a line each.

/** Before each line, since tests write to the output as well. */
export const MARK = '\u0001';

export interface Asked {
  /** The file that was changed; null when nothing was. */
  readonly file: string | null;
  readonly tests: readonly string[];
}

/** Sent whenever a test file starts or a test ends, so that silence means a test that does not end. */
export interface Progress {
  readonly at: string;
}

/** The test file that failed first; null when all passed. */
export interface Answered {
  readonly failed: string | null;
  readonly milliseconds: number;
}

/** What became of a question: `stuck` names the test file after which nothing was heard. */
export type Outcome = Answered | { readonly stuck: string | null };
