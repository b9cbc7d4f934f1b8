// A benchmark in the window: its job tells the figures beside the published rows and where the report is.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETS } from '../../electron/engine/benchmark/registry.ts';
import { runBenchmark } from '../../electron/engine/benchmark/run.ts';
import { writeReport } from '../../electron/engine/benchmark/report/write.ts';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';
import { drawnScenes, drawSet } from '../helpers/fixtures/benchmarkSets.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const PICTURES = process.env['SALIENCE_PICTURES'];

describe.skipIf(noBrowser)('a benchmark in the window', { timeout: 300_000 }, () => {
  let app: AppDriver;
  let tab: AppPage;
  let page: Page;
  let out: string;

  beforeAll(async () => {
    app = await startApp();
    const scenes = await drawnScenes(['trained-styles-2-03.png', 'trained-styles-2-11.png']);
    const root = join(app.folder, 'voc');
    await drawSet(
      'voc2012',
      root,
      scenes,
      new Map([
        ['cat', 8],
        ['bus', 6],
      ]),
    );
    out = join(app.folder, 'out');
    await using set = await SETS.find(({ id }) => id === 'voc2012')!.open({ root }, {});
    const plan = {
      folder: out,
      set,
      packId: '',
      params: { preset: 'pack' as const, overrides: {} },
      selection: { kind: 'truth' as const },
      limit: null,
      synonyms: false,
      boundary: false,
      retryFailed: false,
    };
    const signal = new AbortController().signal;
    const measured = await runBenchmark(app.engine.context, plan, { signal });
    const command = ['salience benchmark voc2012'];
    await writeReport(app.engine.context, plan, measured, { command, fonts: [] });
    tab = await app.open();
    page = tab.page;
    await page.getByRole('navigation').getByText('Jobs').click();
  });
  afterAll(() => app?.close());

  it('shows this run beside the published rows, with its classes', async () => {
    const card = page.getByRole('region', { name: 'Benchmark' });
    await card.getByText('Pascal VOC 2012 val, 21 classes').waitFor();
    const rows = await card.getByRole('row').allTextContents();
    expect(rows.filter((row) => row.includes('This run'))).toHaveLength(2);
    expect(rows.some((row) => row.includes('PnP-OVSS, paper') && row.includes('51.3'))).toBe(true);
    await card.getByText('not comparable').waitFor();
    await card.getByText('This copy lists 2 images, the official list 1,449.').waitFor();
    await expect.poll(() => card.getByText('no truth').count()).toBe(18);
    if (PICTURES)
      for (const theme of ['dark', 'light'] as const) {
        await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
        await page.screenshot({ path: join(PICTURES, `benchmark-${theme}.png`) });
      }
  });

  it('opens the report in a tab of its own, where nothing runs and nothing is fetched', async () => {
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Open the report' }).click();
    const report = await opened;
    await report.getByRole('heading', { name: 'Pascal VOC 2012 val, 21 classes' }).waitFor();
    expect(await report.evaluate(() => window.opener)).toBeNull();
    await expect.poll(() => report.locator('.picture').count()).toBeGreaterThan(0);
    const answer = (await report.reload())!.headers();
    expect(answer['content-type']).toBe('text/html; charset=utf-8');
    expect(answer['content-security-policy']).toContain("sandbox; default-src 'none'");
    const stranger = await (
      await fetch(report.url().replace(/[^/]*localhost/, '127.0.0.1'))
    ).text();
    expect(stranger).toContain('Open Salience with the start link');
    await report.close();
  });

  it('opens it by the system on the desktop, and only as this program wrote it', async () => {
    const opened: string[] = [];
    Object.assign(app.engine.context.host, { openPage: (path: string) => opened.push(path) });
    await page.reload();
    await page.getByRole('navigation').getByText('Jobs').click();
    const open = page.getByRole('button', { name: 'Open the report' });
    await open.click();
    await expect.poll(() => opened).toEqual([join(out, 'report.html')]);
    await writeFile(join(out, 'report.html'), '<script>alert(1)</script>');
    await open.click();
    const notices = page.getByRole('region', { name: 'Notifications' });
    await notices.getByText('does not begin as a report of this program does').waitFor();
    expect(opened).toHaveLength(1);
    expect(tab.troubles).toEqual([]);
  });
});
