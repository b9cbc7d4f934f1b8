// The filter of the image list in the window: chips, suggestions with counts, saved filters, keys alone.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, noBrowser } from '../helpers/drivers/browser.ts';
import { startTabWithStrip } from '../helpers/drivers/startTab.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

describe.skipIf(noBrowser)('the filter of images', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function start() {
    const { host, page, tab, end } = await startTabWithStrip(browser);
    const chips = () => page.locator('.search .chip').allTextContents();
    const rows = () => page.locator('.images [role="option"] .name').allTextContents();
    return { host, page, tab, end, chips, rows };
  }

  it('is reached by /, filled from suggestions by keys, and emptied chip by chip', async () => {
    const { page, tab, end, chips, rows } = await start();
    await tab.canvas.focus();
    await page.keyboard.press('/');
    await page.keyboard.type('class:st');
    const offered = page.getByRole('listbox', { name: 'Suggestions for the filter' });
    await offered.getByRole('option', { name: /class star/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(chips).toEqual(['class star ']);
    await expect.poll(rows).toEqual(['IMG_2041.jpg']);
    await page.keyboard.type('mar');
    // How many would be left stands beside each offer.
    await expect
      .poll(() => offered.getByRole('option', { name: /under 0.10/ }).textContent())
      .toMatch(/1 ?$/);
    await page.getByRole('option', { name: /under 0.05/ }).click();
    await page.getByText('No image fits this filter.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Drop “margin under 0.05”' }).click();
    await expect.poll(rows).toEqual(['IMG_2041.jpg']);
    await page.locator('#image-filter').focus();
    await page.keyboard.press('Backspace');
    await expect.poll(() => page.locator('#image-filter').inputValue()).toBe('class:star');
    await page.locator('#image-filter').fill('');
    await expect.poll(async () => (await rows()).length).toBeGreaterThan(5);
    await end();
  });

  it('what cannot be understood is told under the field, and the rest still filters', async () => {
    const { page, end, rows } = await start();
    await page.locator('#image-filter').fill('#2-3 margin:7');
    await page.keyboard.press('Enter');
    await page.getByText('margin is between 0 and 1.').waitFor();
    await expect.poll(rows).toEqual(['IMG_2042.jpg', 'IMG_2043.jpg']);
    await page.getByText('The open image is not in this filter.').waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.locator('#image-filter').fill('class:stra');
    await page.keyboard.press('Enter');
    await page.getByText('No class is called stra.').waitFor();
    await page.getByRole('button', { name: 'star?' }).click();
    await expect.poll(rows).toEqual(['IMG_2041.jpg']);
    await end();
  });

  it('a count is a filter that can be seen; a filter is saved, chosen by its key and deleted', async () => {
    const { page, tab, host, end, chips } = await start();
    await page.getByRole('button', { name: 'Reviewed, 3' }).click();
    await expect.poll(chips).toEqual(['status reviewed ']);
    await page.locator('#image-filter').focus();
    await page.keyboard.press('Shift+Enter');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Done ones');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => host.state.filters)
      .toEqual([{ name: 'Done ones', words: 'status:reviewed' }]);
    await page.getByRole('button', { name: /^Done ones 3/, pressed: true }).waitFor();
    await tab.canvas.focus();
    await page.keyboard.press('Alt+1');
    await expect.poll(chips).toEqual([]);
    await page.keyboard.press('Alt+1');
    await expect.poll(chips).toEqual(['status reviewed ']);
    await page.getByRole('button', { name: 'Menu of the filter Done ones' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect.poll(() => host.state.filters).toEqual([]);
    await end();
  });
});
