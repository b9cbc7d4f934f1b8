// The windows of this engine, so that all of them can be asked to save what is under way before the project
// is let go. A window that does not answer is not waited for longer than a moment.
export interface Windows {
  /** Counts a window in until `signal` aborts; resolves then. */
  stays(clientId: string, signal: AbortSignal): Promise<void>;
  /** A window has written what it had. */
  settled(clientId: string): void;
  /** Calls `ask`, then resolves when every window has settled or the time is over. */
  allSettled(ask: () => void): Promise<void>;
}

const WITHIN_MS = 3000;

export function createWindows(): Windows {
  /** One entry per connection: a window that connects again is there twice for a moment. */
  const connected = new Set<{ readonly clientId: string }>();
  let waiting: { readonly left: Set<string>; readonly done: () => void } | null = null;
  const settle = (clientId: string) => {
    if (waiting?.left.delete(clientId) && waiting.left.size === 0) waiting.done();
  };
  return {
    async stays(clientId, signal) {
      const window = { clientId };
      connected.add(window);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      connected.delete(window);
      settle(clientId);
    },
    settled: settle,
    allSettled: (ask) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(done, WITHIN_MS);
        function done(): void {
          clearTimeout(timer);
          waiting = null;
          resolve();
        }
        const left = new Set([...connected].map(({ clientId }) => clientId));
        waiting = { left, done };
        ask();
        if (left.size === 0) done();
      }),
  };
}
