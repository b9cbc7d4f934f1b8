// Three ways to order questions that may come faster than their answers: the newest replaces the others, the
// newest waits for the running one, or all run one after the other.

export interface Newest<I extends readonly unknown[], O> {
  /** Resolves with null when a newer question took its place. */
  ask(...input: I): Promise<O | null>;
  /** Aborts the running question. */
  stop(): void;
}

/** A newer question aborts the signal of the older one, whose answer or failure is dropped. */
export function newest<I extends readonly unknown[], O>(
  work: (signal: AbortSignal, ...input: I) => Promise<O>,
): Newest<I, O> {
  let asking: AbortController | null = null;
  return {
    async ask(...input) {
      asking?.abort();
      const { signal } = (asking = new AbortController());
      try {
        const answer = await work(signal, ...input);
        return signal.aborted ? null : answer;
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
    stop: () => asking?.abort(),
  };
}

export interface NewestWaits<I> {
  /** Resolves when no question runs or waits. */
  ask(input: I): Promise<void>;
  /** Drops the waiting question; the running one goes on. */
  forget(): void;
  /** The running question, with the one that waits behind it. */
  readonly running: Promise<void> | null;
}

/**
 * One question at a time; of those that come meanwhile the newest waits. A picture follows a slider this way
 * instead of starting over at every move. A failure ends the turn and rejects.
 */
export function newestWaits<I>(work: (input: I) => Promise<void>): NewestWaits<I> {
  let waiting: { readonly input: I } | null = null;
  let running: Promise<void> | null = null;
  const all = async () => {
    while (waiting) {
      const { input } = waiting;
      waiting = null;
      await work(input);
    }
  };
  return {
    ask(input) {
      waiting = { input };
      running ??= all().finally(() => (running = null));
      return running;
    },
    forget: () => (waiting = null),
    get running() {
      return running;
    },
  };
}

/** One after the other in the order of the calls; a failure is the caller's and stops none behind it. */
export function serial(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
