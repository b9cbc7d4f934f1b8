// What the parent and the process with the test runner say to each other, a line each.

/** Before each line, since tests write to the output as well. */
export const MARK = '\u0001';

export interface Asked {
  /** The file that was changed; null when nothing was. */
  readonly file: string | null;
  readonly tests: readonly string[];
  /** Processor time after which a silent test counts as stuck; a busy machine does not make it so. */
  readonly silenceMs: number;
}

export interface Answered {
  /** The test file that failed first; null when all passed. */
  readonly failed: string | null;
  /** Of processor time. */
  readonly milliseconds: number;
}

/** What became of a question: `stuck` names the test file that did not end; null before the first. */
export type Outcome = Answered | { readonly stuck: string | null };
