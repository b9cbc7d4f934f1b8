// Execution providers in the order the user wants them: the first that works is used, and why the
// others did not is kept for people to read.

/** A provider that was tried and failed. */
export interface ProviderFailure {
  readonly provider: string;
  /** Its own words. */
  readonly reason: string;
}

/** What `attempt` gave on the first provider that did not throw. */
export interface Chosen<T> {
  readonly provider: string;
  readonly result: T;
  /** Providers before it in the order. */
  readonly failures: readonly ProviderFailure[];
}

/** Tries each provider in turn; throws with every reason when none works. */
export async function firstThatWorks<T>(
  order: readonly string[],
  attempt: (provider: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<Chosen<T>> {
  const failures: ProviderFailure[] = [];
  let last: unknown;
  for (const provider of order) {
    signal?.throwIfAborted();
    try {
      return { provider, result: await attempt(provider), failures };
    } catch (error) {
      last = error;
      failures.push({ provider, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const reasons = failures.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
  throw new Error(`no execution provider could do it (${reasons || 'none was named'})`, {
    cause: last,
  });
}
