// The whole program for end-to-end tests: real engine, real model process, real host, a browser, and
// the few words in which tests speak of the window. Everything lies in a temporary folder.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Engine } from '../../../electron/engine/engine.ts';
import { memorySecrets } from '../../../electron/engine/secrets/secretStore.ts';
import { startBrowserHost, type BrowserHost } from '../../../electron/hosts/browser/server.ts';
import {
  SAMPLE_FOLDER,
  startEngine,
  type StartOptions,
} from '../../../electron/hosts/startEngine.ts';
import { launchBrowser, openPage, type PageSize } from './browser.ts';
import { installClickPack } from '../fixtures/clickPack.ts';
import type { SamSizes } from '../fixtures/samCheckpoint.ts';
import { builtPage } from './page.ts';

export class AppDriver {
  readonly browser: Browser;
  readonly engine: Engine;
  readonly host: BrowserHost;
  readonly folder: string;
  /** Errors of all pages so far. */
  readonly troubles: string[] = [];

  constructor(browser: Browser, engine: Engine, host: BrowserHost, folder: string) {
    this.browser = browser;
    this.engine = engine;
    this.host = host;
    this.folder = folder;
  }

  /** A new tab with a session of its own. */
  async open(size?: PageSize): Promise<AppPage> {
    const { page, troubles } = await openPage(this.browser, this.host.newLink(), size);
    page.on('close', () => this.troubles.push(...troubles));
    return new AppPage(page, troubles);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.host.close();
    await this.engine.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Starts everything; `images` is a copy of the sample pictures that folder browsing starts in. */
export async function startApp(
  options: Pick<StartOptions, 'inferenceEntry'> & { readonly clickPack?: SamSizes } = {},
): Promise<AppDriver & { readonly images: string; readonly lines: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'salience-e2e-'));
  const images = join(folder, 'images');
  await cp(SAMPLE_FOLDER, images, { recursive: true });
  process.env['SALIENCE_HOME'] = join(folder, 'home');
  process.env['SALIENCE_PACKS'] = join(folder, 'packs');
  if (options.clickPack) await installClickPack(join(folder, 'packs'), options.clickPack);
  // No token of the person who runs the tests.
  process.env['HF_HOME'] = join(folder, 'hub');
  delete process.env['HF_TOKEN'];
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const engine = await startEngine({
    kind: 'browser',
    log,
    roots: [images],
    secrets: memorySecrets(),
    ...(options.inferenceEntry ? { inferenceEntry: options.inferenceEntry } : {}),
  });
  const host = await startBrowserHost({ engine, page: await builtPage(), port: 0, log });
  return Object.assign(new AppDriver(await launchBrowser(), engine, host, folder), {
    images,
    lines,
  });
}

/** One tab, in the words of a person. */
export class AppPage {
  readonly page: Page;
  readonly troubles: string[];

  constructor(page: Page, troubles: string[]) {
    this.page = page;
    this.troubles = troubles;
  }

  async openSample(): Promise<void> {
    await this.page.getByRole('button', { name: 'Open sample' }).click();
    await this.ready();
  }

  /** The image stands on the canvas. */
  async ready(): Promise<void> {
    await this.page.locator('[data-canvas]').waitFor();
    await this.page.waitForFunction(() =>
      (document.querySelector('[data-canvas]')?.getAttribute('aria-label') ?? '').includes('.'),
    );
  }

  /** Presses Run's key and waits for the end of the run. */
  async run(): Promise<void> {
    await this.canvas.focus();
    await this.page.keyboard.press('i');
    await this.page.locator('[data-frame="mask"]').waitFor({ timeout: 90_000 });
    await this.page
      .getByRole('button', { name: 'Stop' })
      .waitFor({ state: 'detached', timeout: 90_000 });
  }

  get canvas() {
    return this.page.locator('[data-canvas]');
  }

  /** Lines of the hidden list: what a screen reader is told of the objects. */
  async objects(): Promise<string[]> {
    return this.page
      .getByRole('list', { name: 'Objects on this image' })
      .locator('li')
      .allTextContents();
  }

  async saved(): Promise<void> {
    await this.page.locator('.topbar').getByText('Saved', { exact: true }).waitFor();
  }

  /** Screen place of an image point, from the status bar's zoom and the canvas's place: measured by the page. */
  async place(x: number, y: number): Promise<{ x: number; y: number }> {
    const box = (await this.canvas.boundingBox())!;
    const view = await this.page.evaluate(
      () =>
        JSON.parse(
          document.querySelector('[data-canvas]')!.getAttribute('data-view') ?? 'null',
        ) as { scale: number; x: number; y: number },
    );
    return { x: box.x + x * view.scale + view.x, y: box.y + y * view.scale + view.y };
  }

  /** Drags through image points. */
  async drag(points: readonly (readonly [number, number])[]): Promise<void> {
    const [first, ...rest] = points;
    const start = await this.place(...first!);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    for (const point of rest) {
      const at = await this.place(...point);
      await this.page.mouse.move(at.x, at.y, { steps: 4 });
    }
    await this.page.mouse.up();
  }

  async click(x: number, y: number): Promise<void> {
    const at = await this.place(x, y);
    await this.page.mouse.click(at.x, at.y);
  }
}
