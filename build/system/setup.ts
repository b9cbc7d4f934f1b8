// Installs the system packages that the tests need (Chromium), or says what is missing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser } from '../../electron/hosts/browser/browsers.ts';

/** Makes a browser available where the machine allows it; returns its path, or null with a printed reason. */
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
