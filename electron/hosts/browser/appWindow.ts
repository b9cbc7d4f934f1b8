// Opens the link of `salience serve`: as a window without tabs where a Chromium is here, else in the
// browser that people use, and says so where neither can be had. The link is a secret and the arguments of a
// process are not: browsers get a page that only this user can read, and that page leads to the link.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeWorkFolder } from '../../files/workFolder.ts';
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
  // The page stays: a browser that runs already reads it when it likes.
  const folder = await makeWorkFolder('link', tmpdir());
  const page = pathToFileURL(await writeStartPage(folder, url)).href;
  const [program, args] = linkOpener(desk.platform, page);
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
  const profile = await makeWorkFolder('window', workPlace(browser));
  try {
    const own = [
      `--app=${pathToFileURL(await writeStartPage(profile, url)).href}`,
      `--user-data-dir=${profile}`,
    ];
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

/** A browser that came as a snap sees a folder for temporary files of its own; this one both see. */
function workPlace(browser: string): string {
  const ofSnap = join(homedir(), 'snap', 'chromium', 'common');
  return /chromium/.test(browser) && existsSync(ofSnap) ? ofSnap : tmpdir();
}

/** Writes the page that leads to `url`, readable by this user alone; returns its path. */
export async function writeStartPage(folder: string, url: string): Promise<string> {
  const path = join(folder, 'start.html');
  // Start links hold letters, digits and `:/?=._-` only: nothing that HTML reads in another way.
  if (!/^[\w:/?=.-]+$/.test(url))
    throw new Error('a start link with letters that no start link has');
  await writeFile(
    path,
    `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${url}"><title>Salience</title>`,
    { mode: 0o600, flag: 'wx' },
  );
  return path;
}
