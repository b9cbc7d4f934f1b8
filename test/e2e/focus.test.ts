// Keys do what the hints say: the focus is where a person goes on, in dialogs and on the canvas.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageId } from '../../electron/api/types.ts';
import { AppPage } from '../helpers/drivers/appDriver.ts';
import { launchBrowser, noBrowser, openPage } from '../helpers/drivers/browser.ts';
import { startRendererHost } from '../helpers/standIns/rendererHost.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const FIRST = 1 as ImageId;

describe.skipIf(noBrowser)('focus', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function start() {
    const settings = { hintsSeen: ['run', 'strip', 'accept'] };
    const host = await startRendererHost({ open: true, settings });
    const { page, troubles } = await openPage(browser, host.url);
    const tab = new AppPage(page, troubles);
    await tab.ready();
    await page.locator('[data-frame="mask"]').waitFor();
    return { host, page, tab, troubles };
  }
  const focused = (page: Page) =>
    page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? '';
    });
  const accepted = (host: Awaited<ReturnType<typeof start>>['host']) =>
    [...host.state.documents.get(FIRST)!.values()].filter((one) => one.status === 'accepted')
      .length;

  it('a dialog that is typed into takes letters and Enter at once', async () => {
    const { page, tab, host, troubles } = await start();
    await tab.canvas.focus();
    await page.keyboard.press('Control+g');
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('[data-canvas]').getAttribute('aria-label'))
      .toContain('IMG_2045');
    await page.keyboard.press('Control+g');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('[data-canvas]').getAttribute('aria-label'))
      .toContain('IMG_2041');
    await page.locator('.objects .main', { hasText: 'star' }).click();
    await tab.canvas.focus();
    await page.keyboard.press('Control+e');
    await page.keyboard.type('rock');
    await page.keyboard.press('Enter');
    const classes = () => [...host.state.documents.get(FIRST)!.values()].map((o) => o.categoryId);
    await expect.poll(classes).toContain(7);
    expect(troubles).toEqual([]);
    await page.context().close();
    await host.close();
  });

  it('a dialog without a field begins on its main button, never on the cross', async () => {
    const { page, tab, host } = await start();
    await tab.canvas.focus();
    await page.keyboard.press('Control+Shift+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.waitFor();
    expect(await focused(page)).not.toBe('Close');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+b');
    await page.getByRole('dialog').waitFor();
    expect(await focused(page)).not.toBe('Close');
    await page.context().close();
    await host.close();
  });

  it('Enter accepts after a click on a tab and after a click on a tool', async () => {
    const { page, tab, host } = await start();
    const before = accepted(host);
    await page.getByRole('button', { name: 'Review' }).first().click();
    await page.locator('[data-canvas]').waitFor({ state: 'detached' });
    await page.locator('.topbar').getByText('Label', { exact: true }).click();
    await tab.ready();
    await page.keyboard.press('Enter');
    await expect.poll(() => accepted(host)).toBe(before + 1);
    const tools = page.getByRole('toolbar', { name: 'Tools' });
    await tools.getByRole('button', { name: 'Brush' }).click();
    await tools.getByRole('button', { name: 'Select' }).click();
    await page.keyboard.press('Enter');
    await expect.poll(() => accepted(host)).toBe(before + 2);
    await page.context().close();
    await host.close();
  });

  it('fields for new points come with the cursor of the arrow keys, and fill says why it did nothing', async () => {
    const { page, tab, host } = await start();
    await tab.canvas.focus();
    for (const key of ['Escape', 'Escape', 'p']) await page.keyboard.press(key);
    const fields = page.getByRole('group', { name: 'Points by number' });
    expect(await fields.count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await fields.waitFor();
    await page.keyboard.press('g');
    await tab.click(590, 5);
    await page.getByText(/Fill closes a hole/).waitFor();
    await page.context().close();
    await host.close();
  });

  it('after the host ended the page stays, says what to do, and keeps what is drawn', async () => {
    const { page, tab, host } = await start();
    await tab.canvas.focus();
    for (const key of ['Escape', 'Escape', 'p']) await page.keyboard.press(key);
    for (const [x, y] of [
      [20, 20],
      [120, 20],
    ] as const)
      await tab.click(x, y);
    await host.close();
    await page.getByText(/start it again and open its new link/).waitFor();
    await tab.click(120, 120);
    await expect.poll(() => page.locator('.options').innerText()).toContain('3 points');
    await page.keyboard.press('Enter');
    await page.locator('.topbar').getByText('Not saved').waitFor();
    expect((await tab.objects()).some((line) => line.includes('accepted'))).toBe(true);
    await page.context().close();
  });
});
