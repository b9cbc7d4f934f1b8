// A model process that fails three times in a row is not started again until a minute has passed, or
// until another model or device is chosen or tested.

const FAILURES_TO_BREAK = 3;

export interface Breaker {
  isOpen(): boolean;
  failures(): number;
  /** Counts a failure; true when the breaker is open now. */
  failed(): boolean;
  /** Any answer shows a working process, also one that refuses an input. */
  answered(): void;
  close(): void;
}

/** An open breaker lets one request try again after `breakerMs`. */
export function createBreaker(breakerMs: number, nowMs: () => number): Breaker {
  let failures = 0;
  let openUntilMs = 0;
  return {
    isOpen: () => failures >= FAILURES_TO_BREAK && nowMs() < openUntilMs,
    failures: () => failures,
    failed() {
      failures += 1;
      if (failures < FAILURES_TO_BREAK) return false;
      openUntilMs = nowMs() + breakerMs;
      return true;
    },
    answered() {
      failures = 0;
    },
    close() {
      failures = 0;
      openUntilMs = 0;
    },
  };
}
