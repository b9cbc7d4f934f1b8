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

/** Asked now and then inside long loops; throws to end them. */
export type Poll = () => void;

/** Items between two polls: a few milliseconds of plain work. */
const BLOCK = 1 << 20;

/** Calls `work` on consecutive blocks of 0 ... length-1, asking before each. */
export function inBlocks(
  length: number,
  poll: Poll | undefined,
  work: (from: number, to: number) => void,
): void {
  for (let from = 0; from < length; from += BLOCK) {
    poll?.();
    work(from, Math.min(length, from + BLOCK));
  }
}
