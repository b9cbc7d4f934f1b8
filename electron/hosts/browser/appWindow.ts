// Opens the link of `salience serve`: as a window without tabs where a Chromium is here, else in the
// browser that people use, and says so where neither can be had.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browsers.ts';

/** A browser that ends sooner has not been closed by a person. */
const TOO_SOON_MS = 3000;

export interface Desk {
  readonly platform: NodeJS.Platform;
  readonly userId: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly browser: string | null;
}

export const thisDesk = (): Desk => ({
  platform: process.platform,
  userId: process.getuid?.(),
  env: process.env,
  browser: findBrowser(),
});

/** Why no browser can be opened from here, or null. */
export function whyNoBrowser({ platform, userId, env }: Desk): string | null {
  if (platform !== 'linux') return null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return 'There is no display here: open the link in a browser on this computer.';
  if (userId === 0 && !env['SALIENCE_CHROMIUM'])
    return 'No browser opens for root: open the link in the browser of an ordinary user.';
  return null;
}

/** What opens a link in the browser that people have chosen. */
export function linkOpener(platform: NodeJS.Platform, url: string): readonly [string, string[]] {
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return [platform === 'darwin' ? 'open' : 'xdg-open', [url]];
}

export interface Opening {
  readonly tell: (line: string) => void;
  /** Aborting closes the window. */
  readonly signal: AbortSignal;
}

/** Opens the link; resolves when a person has closed the window, never where it is a tab of theirs. */
export async function openAppWindow(
  url: string,
  { tell, signal }: Opening,
  desk: Desk = thisDesk(),
): Promise<void> {
  const why = whyNoBrowser(desk);
  if (why !== null) {
    tell(why);
    return forever();
  }
  if (desk.browser !== null) {
    const begun = performance.now();
    const ended = await runWindow(desk.browser, url, signal);
    if (ended === null || signal.aborted || performance.now() - begun > TOO_SOON_MS) return;
    tell(`${desk.browser} could not open the window (${ended}).`);
  }
  const [program, args] = linkOpener(desk.platform, url);
  const failed = await endOf(program, args, signal);
  if (failed !== null) tell('No browser could be opened: open the link yourself.');
  else if (desk.browser === null) tell('It opens in your browser.');
  return forever();
}

/** Chromium without tabs and address bar, with a profile of its own; resolves with why it failed, or null. */
async function runWindow(
  browser: string,
  url: string,
  signal: AbortSignal,
): Promise<string | null> {
  const profile = await mkdtemp(join(tmpdir(), 'salience-window-'));
  try {
    const own = [`--app=${url}`, `--user-data-dir=${profile}`];
    const plain = ['--no-first-run', '--no-default-browser-check', '--window-size=1440,900'];
    return await endOf(browser, [...own, ...plain], signal);
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

function endOf(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  const child = spawn(program, args, { stdio: 'ignore', signal });
  return new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (code, signal) =>
      done(code === 0 ? null : String(signal ?? `exit code ${code}`)),
    );
  });
}

const forever = () => new Promise<void>(() => {});
