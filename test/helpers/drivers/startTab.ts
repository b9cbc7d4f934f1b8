// A page of the window with a project of the stand-in engine, for end-to-end tests.
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  startRendererHost,
  type RendererHost,
  type RendererHostOptions,
} from '../standIns/rendererHost.ts';
import { AppPage } from './appDriver.ts';
import { openPage, type PageSize } from './browser.ts';

/** The hints of a first visit are over: they would cover what a test clicks. */
export const HINTS = { hintsSeen: ['run', 'strip', 'accept'] };

export interface Tab {
  readonly host: RendererHost;
  readonly page: Page;
  readonly tab: AppPage;
  /** Closes page and host; fails on errors of the page. */
  readonly end: () => Promise<void>;
}

export async function startTab(
  browser: Browser,
  { window, ...options }: RendererHostOptions & { readonly window?: PageSize } = {},
): Promise<Tab> {
  const host = await startRendererHost({ open: true, settings: HINTS, ...options });
  const { page, troubles } = await openPage(browser, host.url, window);
  const tab = new AppPage(page, troubles);
  if (options.open !== false) await tab.ready();
  const end = async () => {
    expect(troubles).toEqual([]);
    await page.context().close();
    await host.close();
  };
  return { host, page, tab, end };
}

/** The same once the evidence strip has its last picture, the mask. */
export async function startTabWithStrip(
  browser: Browser,
  options: RendererHostOptions = {},
): Promise<Tab> {
  const started = await startTab(browser, options);
  await started.page.locator('[data-frame="mask"]').waitFor();
  return started;
}
