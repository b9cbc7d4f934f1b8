// Handling of uncaught errors in the window's process. It holds no data, only wiring: one failed stream must
// not end the window, but a failed start has no window to continue in.
import { app, dialog } from 'electron';

const told = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Notes them in the log; Electron itself would show a box of its own for each. */
export function catchFaults(log: (line: string) => void): void {
  process.on('uncaughtException', (error) => log(`not caught: ${told(error)}`));
  process.on('unhandledRejection', (error) => log(`not caught: ${told(error)}`));
}

/** The program has no window and will have none. */
export function startFailed(error: unknown, log: (line: string) => void, logFile: string): void {
  log(`start: ${told(error)}`);
  dialog.showErrorBox(
    'Salience cannot start',
    `${error instanceof Error ? error.message : String(error)}\n\nYour projects are as they were. What happened stands in ${logFile}`,
  );
  app.exit(1);
}

/** Counts faults; `tooMany` when `limit` of them fell into the last `withinMs`. */
export function faultCounter(limit: number, withinMs: number, now = Date.now) {
  let times: number[] = [];
  return {
    tooMany(): boolean {
      const at = now();
      times = [...times.filter((time) => at - time < withinMs), at];
      return times.length >= limit;
    },
    reset: () => void (times = []),
  };
}
