// Where a Chromium-like browser may live; used for the app window and by the browser tests.
import { existsSync } from 'node:fs';

const PLACES = [
  process.env['SALIENCE_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The first browser that exists, or null. SALIENCE_CHROMIUM names one outright. */
export const findBrowser = (): string | null =>
  PLACES.find((path) => path !== '' && existsSync(path)) ?? null;
