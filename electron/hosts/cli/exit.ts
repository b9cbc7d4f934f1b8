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

export interface Interrupt {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  release(): void;
}

/** First Ctrl-C (or SIGTERM) asks for a stop after what is in flight; the second ends at once. */
export function onInterrupt(say: (line: string) => void): Interrupt {
  const controller = new AbortController();
  const handler = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    say(
      'Stopping after the image in flight. Press Ctrl-C again to stop at once; finished images are kept.',
    );
    controller.abort(
      new InterruptedError('Stopped. What is finished is kept; the same command goes on.'),
    );
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
