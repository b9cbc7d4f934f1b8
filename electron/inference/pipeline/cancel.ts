// How a long call is stopped: between units of work it asks whether somebody no longer wants it.
// A thread that is busy computing receives no events, so a shared flag can be asked as well.

export interface Stoppable {
  readonly signal?: AbortSignal | undefined;
  /** Polled between units of work, e.g. reads a flag in shared memory. */
  readonly cancelled?: (() => boolean) | undefined;
}

/** Throws the caller's own abort reason when the work is no longer wanted. */
export function throwIfCancelled({ signal, cancelled }: Stoppable): void {
  signal?.throwIfAborted();
  if (cancelled?.()) throw new DOMException('The work was cancelled', 'AbortError');
}
