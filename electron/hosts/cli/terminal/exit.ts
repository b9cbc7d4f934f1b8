// How commands end: exit codes for pipelines, and what Ctrl-C means.

export const EXIT = {
  /** All done. */
  ok: 0,
  /** Some items failed; the rest is done. */
  someFailed: 1,
  /** The words of the call are off. */
  usage: 2,
  /** Nothing could be started: no pack, no folder, no disk. */
  couldNotStart: 3,
  /** Stopped by Ctrl-C; what was finished is kept. */
  interrupted: 130,
} as const;

/** Ctrl-C came while something was done that cannot be kept in part. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** What a command says at the first Ctrl-C, and once it has stopped. */
export interface StopWords {
  readonly stopping: string;
  readonly stopped: string;
}

/** By what is on its way when Ctrl-C comes, and what of it stays. */
export const STOP = {
  images: {
    stopping: 'Stopping after the image in flight; finished images are kept.',
    stopped: 'Stopped. What is finished is kept; the same command goes on.',
  },
  worker: {
    stopping: 'Finishing the images in flight; the rest goes back for others.',
    stopped: 'Stopped. What is finished is stored, the rest is there for others.',
  },
  tries: {
    stopping: 'Stopping after the try in flight; tries that were made are kept.',
    stopped: 'Stopped. Tries that were made are kept; the same command goes on from there.',
  },
  download: {
    stopping: 'Stopping; what has arrived is kept.',
    stopped: 'Stopped. What has arrived is kept; the same command goes on from there.',
  },
  look: { stopping: 'Stopping.', stopped: 'Stopped. Nothing was changed.' },
  copy: {
    stopping: 'Stopping.',
    stopped: 'Stopped before it was done; the same command begins anew.',
  },
} as const satisfies Readonly<Record<string, StopWords>>;

export interface Interrupt {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  release(): void;
}

/** First Ctrl-C (or SIGTERM) asks for a stop after what is in flight; the second ends at once. */
export function onInterrupt(words: StopWords, say: (line: string) => void): Interrupt {
  const controller = new AbortController();
  const handler = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    say(`${words.stopping} Press Ctrl-C again to stop at once.`);
    controller.abort(new InterruptedError(words.stopped));
  };
  process.on('SIGINT', handler);
  process.on('SIGTERM', handler);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', handler);
      process.off('SIGTERM', handler);
    },
  };
}
