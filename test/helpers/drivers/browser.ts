// Chromium for end-to-end tests: one browser, a fresh page per test, errors of the page are failures.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const BINARY = process.env['SALIENCE_CHROMIUM'] ?? '/usr/bin/chromium';

/** Why there is no browser here, or null. */
export const noBrowser = existsSync(BINARY) ? null : `no Chromium at ${BINARY}`;

/** A page, an engine and a model process may share two processors with other tests. */
const PATIENCE_MS = 60_000;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: BINARY,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
      '--force-color-profile=srgb',
    ],
  });
}

export interface OpenPage {
  readonly page: Page;
  /** Errors and refused content so far; a test ends with an empty list. */
  readonly troubles: string[];
}

export interface PageSize {
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen in one of the page: 2 is a browser's zoom of 200 %. */
  readonly zoom?: number;
}

/** A page at the host's link, in a context of its own. */
export async function openPage(
  browser: Browser,
  url: string,
  { width, height, zoom = 1 }: PageSize = { width: 1440, height: 900 },
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: zoom,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`page error: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  await page.goto(url);
  return { page, troubles };
}
