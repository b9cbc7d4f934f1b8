// A copy of the project file alone should hold what was said to be saved: the log of changes is folded in
// again and again while the project is open.
import type { Store } from './store.ts';

const FOLD_EVERY_MS = 1000;

/** Folds the log of changes into the file while the project is open; readers and writers go on meanwhile. */
export function folding(store: Store): { stop(): void } {
  if (store.readOnly) return { stop: () => undefined };
  let folded = store.changes();
  const timer = setInterval(() => {
    const now = store.changes();
    if (now === folded) return;
    try {
      store.pragma('wal_checkpoint(PASSIVE)');
      folded = now;
    } catch {
      // The log keeps it all; the next turn or the closing folds it in.
    }
  }, FOLD_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
