// The app window of the browser host: an installed Chromium or Chrome without tabs and address bar, with
// a profile of its own. The start link is a secret and the arguments of a process are not: the browser
// gets a page that only this user can read, and that page leads to the link.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeWorkFolder } from '../../files/workFolder.ts';
import { findBrowser } from './browsers.ts';

export interface AppWindow {
  readonly note: string | null;
  readonly closed: Promise<void>;
}

const never = (note: string): AppWindow => ({ note, closed: new Promise(() => {}) });

/** Opens the window at a start link; without a browser or a display, a note says what to do instead. */
export async function openAppWindow(url: string): Promise<AppWindow> {
  const browser = findBrowser();
  if (!browser) return never('No Chromium or Chrome was found: open the link in your browser.');
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return never('There is no display here: open the link in a browser on this computer.');
  const profile = await makeWorkFolder('window', workPlace(browser));
  const child = spawn(
    browser,
    [
      `--app=${pathToFileURL(await writeStartPage(profile, url)).href}`,
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--window-size=1440,900',
    ],
    { stdio: 'ignore' },
  );
  const closed = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  }).finally(() => rm(profile, { recursive: true, force: true }));
  return { note: null, closed };
}

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
