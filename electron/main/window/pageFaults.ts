// Handling of a page that ended or hangs, and of a graphics process that ended. Every accepted edit is in the
// project file by then, so a reloaded page shows it; a person is always told why the window was empty.
import type { BrowserWindow, MessageBoxOptions, RenderProcessGoneDetails } from 'electron';
import { app, dialog } from 'electron';
import { faultCounter } from '../system/faults.ts';
import { relaunchOptions } from '../system/restart.ts';

type Log = (line: string) => void;

/** A page that ends twice within this time is not loaded a third time without asking. */
const PAGE_MS = 60_000;
/** The graphics process restarts by itself; after this many ends within that time it will not stay up. */
const GPU_LOSSES = 3;
const GPU_MS = 5 * 60_000;

const PAGE_GONE: MessageBoxOptions = {
  type: 'error',
  message: 'The window ended twice in a minute',
  detail:
    'Your projects are as they were. Open it again, or quit and start Salience anew. If it goes on, a smaller image or fewer open programs may help.',
  buttons: ['Open again', 'Quit'],
  defaultId: 0,
  cancelId: 1,
};
const PAGE_HANGS: MessageBoxOptions = {
  type: 'warning',
  message: 'The window does not answer',
  detail:
    'It may be busy with a large image. Loading it again loses only a stroke or outline that is not finished.',
  buttons: ['Wait', 'Load again'],
  defaultId: 0,
  cancelId: 0,
};
const GPU_GONE: MessageBoxOptions = {
  type: 'warning',
  message: 'The graphics driver ended three times in five minutes',
  detail:
    'Salience can start again without it: the window then draws more slowly, models run as before. Your projects are as they were.',
  buttons: ['Start again without graphics', 'Go on'],
  defaultId: 0,
  cancelId: 1,
};

/** Loads the page again when it ended, asks when it ends at once or hangs. */
export function watchPage(window: BrowserWindow, log: Log): void {
  const losses = faultCounter(2, PAGE_MS);
  let given: AbortController | null = null;

  const ended = async (details: RenderProcessGoneDetails) => {
    log(`page ended: ${details.reason}, code ${details.exitCode}`);
    given?.abort();
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    if (losses.tooMany()) {
      losses.reset();
      const { response } = await dialog.showMessageBox(window, PAGE_GONE);
      if (response === 1) return app.quit();
    }
    if (!window.isDestroyed()) window.webContents.reload();
  };
  const hangs = async () => {
    log('page does not answer');
    if (given) return;
    given = new AbortController();
    const { response } = await dialog.showMessageBox(window, {
      ...PAGE_HANGS,
      signal: given.signal,
    });
    const asked = !given.signal.aborted;
    given = null;
    // Ending it makes it load again.
    if (asked && response === 1 && !window.isDestroyed())
      window.webContents.forcefullyCrashRenderer();
  };

  window.webContents.on('render-process-gone', (_event, details) => void ended(details));
  window.on('unresponsive', () => void hangs());
  window.on('responsive', () => {
    log('page answers again');
    given?.abort();
  });
}

/** Notes every process of Chromium that ended; asks once when the graphics process does not stay. */
export function watchProcesses(current: () => BrowserWindow | null, log: Log): void {
  const losses = faultCounter(GPU_LOSSES, GPU_MS);
  let asked = false;
  app.on('child-process-gone', (_event, { type, reason, exitCode, name, serviceName }) => {
    const who = [type, name ?? serviceName].filter(Boolean).join(' ');
    log(`process ended: ${who}, ${reason}, code ${exitCode}`);
    if (type !== 'GPU' || reason === 'clean-exit' || !losses.tooMany() || asked) return;
    asked = true;
    const window = current();
    if (!window) return;
    void dialog.showMessageBox(window, GPU_GONE).then(({ response }) => {
      if (response !== 0) return;
      app.relaunch(relaunchOptions([...process.argv.slice(1), '--disable-gpu'], process.env));
      app.quit();
    });
  });
}
