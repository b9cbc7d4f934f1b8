// The browser host in a real browser: its start page, two hosts at once, and what other programs of this
// computer get to see of its cookie.
import { mkdirSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeStartPage } from '../../electron/hosts/browser/appWindow.ts';
import { startBrowserHost, type BrowserHost } from '../../electron/hosts/browser/server.ts';
import { launchBrowser, noBrowser } from '../helpers/drivers/browser.ts';
import { createServedEngine } from '../helpers/drivers/servedEngine.ts';
import { temporaryFolder, type TemporaryFolder } from '../helpers/drivers/temporaryFolder.ts';

let folder: TemporaryFolder;
let browser: Browser;
const hosts: BrowserHost[] = [];
let other: Server;
/** Cookie headers that another program of this computer was sent. */
const seen: (string | undefined)[] = [];

describe.skipIf(noBrowser !== null)(
  `the browser host in a browser (${noBrowser ?? 'Chromium'})`,
  () => {
    beforeAll(async () => {
      folder = await temporaryFolder();
      const page = join(folder.path, 'page');
      mkdirSync(page);
      writeFileSync(join(page, 'index.html'), '<!doctype html><title>the page</title>');
      for (let n = 0; n < 2; n += 1)
        hosts.push(
          await startBrowserHost({ engine: createServedEngine(''), page, port: 0, log: () => {} }),
        );
      other = createServer((request, response) => {
        seen.push(request.headers.cookie);
        response.end('other');
      });
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      for (const host of hosts) await host.close();
      other?.close();
      await folder?.[Symbol.asyncDispose]();
    });

    test('two hosts are open side by side, and neither logs the other out', async () => {
      const context = await browser.newContext();
      const pages = [await context.newPage(), await context.newPage()];
      for (const [index, page] of pages.entries()) await page.goto(hosts[index]!.url);
      for (const page of pages) {
        await page.reload();
        expect(await page.title()).toBe('the page');
      }
      await context.close();
    });

    test('by the plain address as well, where a browser does not find the name', async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      for (const host of hosts) {
        const link = new URL(host.newLink());
        link.hostname = '127.0.0.1';
        await page.goto(link.href);
        expect(await page.title()).toBe('the page');
      }
      await page.goto(`http://127.0.0.1:${hosts[0]!.port}/`);
      expect(await page.title()).toBe('the page');
      await context.close();
    });

    test('no other program of this computer is sent its cookie', async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(hosts[0]!.newLink());
      const { port } = other.address() as AddressInfo;
      for (const name of ['127.0.0.1', 'localhost', 'other.localhost'])
        await page.goto(`http://${name}:${port}/`);
      expect(seen.filter((cookie) => cookie !== undefined)).toEqual([]);
      expect(seen.length).toBeGreaterThanOrEqual(3);
      await context.close();
    });

    test('the page that an app window starts with leads in once, and only its user can read it', async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const start = await writeStartPage(folder.path, hosts[0]!.newLink());
      if (process.platform !== 'win32') expect((await stat(start)).mode & 0o777).toBe(0o600);
      await page.goto(pathToFileURL(start).href);
      await expect.poll(() => page.title()).toBe('the page');
      const elsewhere = await browser.newContext();
      const second = await elsewhere.newPage();
      await second.goto(pathToFileURL(start).href);
      await expect.poll(() => second.textContent('body')).toMatch(/was used before/);
      await Promise.all([context.close(), elsewhere.close()]);
    });
  },
);
