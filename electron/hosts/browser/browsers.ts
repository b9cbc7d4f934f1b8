// Where a Chromium-like browser may live; used for the app window and by the browser tests.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const LINUX = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/usr/bin/microsoft-edge-stable',
  '/usr/bin/brave-browser',
  '/snap/bin/brave',
];

const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

const WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  'Chromium\\Application\\chrome.exe',
];

/** Every place to look at, the most likely first: for all users, then this person's own. */
export function browserPlaces(
  platform: NodeJS.Platform,
  home: string,
  env: Environment,
): readonly string[] {
  switch (platform) {
    case 'win32':
      return [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].flatMap((base) =>
        base ? WINDOWS.map((path) => win32.join(base, path)) : [],
      );
    case 'darwin':
      return ['/', home].flatMap((base) =>
        MAC.map((name) => posix.join(base, `Applications/${name}.app/Contents/MacOS/${name}`)),
      );
    default:
      return LINUX;
  }
}

/** The first browser that exists, or null. SALIENCE_CHROMIUM names one outright. */
export function findBrowser(): string | null {
  const { env } = process;
  const places = browserPlaces(process.platform, homedir(), env);
  return (
    [env['SALIENCE_CHROMIUM'] ?? '', ...places].find((path) => path && existsSync(path)) ?? null
  );
}
