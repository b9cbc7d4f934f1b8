// Installs the system packages that the tests need (Chromium), or says what is missing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Where a Chromium-like browser may live; the first that exists is used by e2e and `npm start`. */
export const BROWSERS = [
  process.env['SALIENCE_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export const findBrowser = (): string | null =>
  BROWSERS.find((path) => path !== '' && existsSync(path)) ?? null;

/** Makes a browser available where the machine lets us; returns its path or null with a printed reason. */
export function ensureBrowser(): string | null {
  const found = findBrowser();
  if (found) return found;
  const aptAsRoot =
    process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!aptAsRoot) {
    console.error(
      'No Chromium found. Install one (Debian: apt-get install chromium) or set SALIENCE_CHROMIUM.',
    );
    return null;
  }
  console.log('Installing Chromium for the browser tests …');
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  return findBrowser();
}
