// Execution providers in the order the user wants them: the first that works is used, and why the
// others did not is kept for people to read.
import { AppError } from '../../api/errors.ts';

/** A provider that was tried and failed. */
export interface ProviderFailure {
  readonly provider: string;
  /** Its own words. */
  readonly reason: string;
}

/** The providers still to be tried, and what became of the others. */
export interface ProviderOrder {
  /** The one in use. */
  readonly provider: string;
  readonly failures: readonly ProviderFailure[];
  /** Runs `attempt` on the provider in use, and on each next one when it throws. */
  attempt<T>(attempt: (provider: string) => Promise<T>): Promise<T>;
}

/**
 * Starts with the first of `order`. A provider that failed is not tried again; when the last one
 * fails, its own error is thrown if it was alone, else one with every reason.
 */
export function providerOrder(
  order: readonly string[],
  /** Called with the failed provider before the next is tried, to free its sessions. */
  leave: (provider: string) => Promise<void> = async () => {},
): ProviderOrder {
  const failures: ProviderFailure[] = [];
  let at = 0;
  const current = () => {
    const provider = order[at];
    if (provider === undefined) throw new Error('no execution provider was named');
    return provider;
  };
  return {
    get provider() {
      return current();
    },
    failures,
    async attempt(attempt) {
      for (;;) {
        const provider = current();
        try {
          return await attempt(provider);
        } catch (error) {
          // Without its libraries the runtime has no provider at all.
          if (error instanceof AppError && error.code === 'RUNTIME_MISSING') throw error;
          if (at === order.length - 1) throw lastFailure(failures, provider, error);
          failures.push({ provider, reason: wordsOf(error) });
          at++;
          await leave(provider);
        }
      }
    },
  };
}

function lastFailure(failures: readonly ProviderFailure[], provider: string, error: unknown) {
  if (failures.length === 0) return error;
  const reasons = [...failures, { provider, reason: wordsOf(error) }];
  return new Error(
    `no execution provider could do it (${reasons.map((one) => `${one.provider}: ${one.reason}`).join('; ')})`,
    { cause: error },
  );
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
