// The workspace around the canvas: right clicks, picked images, files that are dropped, recent projects, paths,
// what review writes under its pictures.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../helpers/drivers/appDriver.ts';
import { launchBrowser, noBrowser } from '../helpers/drivers/browser.ts';
import { startTab, startTabWithStrip } from '../helpers/drivers/startTab.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

/** Drops a file of this name on the window, as a person lets it go there. */
function drop(page: Page, name: string, type: string): Promise<boolean> {
  return page.evaluate(
    ([fileName, fileType]) => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], fileName!, { type: fileType! }));
      const send = (kind: string) =>
        document.body.dispatchEvent(
          new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      send('dragenter');
      // Taken = the browser does not leave the page for the file.
      return [send('dragover'), send('drop')].every((goesOn) => !goesOn);
    },
    [name, type],
  );
}

describe.skipIf(noBrowser)('around the canvas', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  const start = (open = true) => (open ? startTabWithStrip(browser) : startTab(browser, { open }));
  const menu = (page: Page) => page.getByRole('menu');
  const entry = (page: Page, name: string) => menu(page).getByRole('menuitem', { name });

  it('a right click on empty canvas offers what can be done there, and the focus comes back', async () => {
    const { page, tab, end } = await start();
    const box = (await tab.canvas.boundingBox())!;
    await page.mouse.click(box.x + 6, box.y + box.height - 6, { button: 'right' });
    await menu(page).waitFor();
    await expect.poll(() => menu(page).getAttribute('aria-label')).toBe('Canvas menu');
    await expect.poll(() => entry(page, 'Paste').getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await menu(page).waitFor({ state: 'detached' });
    await expect
      .poll(() => tab.canvas.evaluate((node) => node === document.activeElement))
      .toBe(true);
    await page.mouse.click(box.x + 6, box.y + box.height - 6, { button: 'right' });
    await entry(page, 'Polygon').click();
    await page.getByRole('button', { name: 'Polygon', pressed: true }).waitFor();
    await end();
  });

  it('a right click on a class renames it, hides it, and leads to its deletion', async () => {
    const { page, host, end } = await start();
    const row = page.getByRole('group', { name: 'star' });
    await row.click({ button: 'right' });
    await entry(page, 'Hide star').click();
    await page.getByRole('button', { name: 'Show star' }).waitFor();
    await row.click({ button: 'right' });
    await entry(page, 'Rename').click();
    await page.getByRole('textbox', { name: 'Rename' }).fill('starfish');
    await page.keyboard.press('Enter');
    await expect.poll(() => host.state.categories[1]!.name).toBe('starfish');
    await page.getByRole('group', { name: 'starfish' }).click({ button: 'right' });
    await entry(page, 'Delete class').click();
    await page.getByRole('dialog', { name: 'Delete starfish?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('group', { name: 'starfish' }).click({ button: 'right' });
    await entry(page, 'Merge into…').click();
    await page.getByRole('dialog', { name: 'Merge starfish into another class' }).waitFor();
    await page.keyboard.press('Escape');
    await end();
  });

  it('images are picked by tick, range and keys; the bar marks all of them', async () => {
    const { page, host, end } = await start();
    const rows = page.locator('.images [role="option"]');
    await rows.nth(3).hover();
    await rows.nth(3).locator('.pick').click();
    await rows.nth(5).click({ modifiers: ['Shift'] });
    const bar = page.getByRole('group', { name: '3 selected' });
    const earlier = host.state.images.slice(3, 6).map(({ status }) => status);
    const undecided = host.state.images.slice(3, 6).filter(({ proposals }) => proposals > 0);
    expect(undecided.length).toBeGreaterThan(0);
    await bar.getByRole('button', { name: 'Reviewed' }).click();
    await bar.getByText(`Proposals on ${undecided.length} of 3 images are not decided.`).waitFor();
    expect(host.state.images.slice(3, 6).every(({ status }) => status === 'reviewed')).toBe(false);
    await bar.getByRole('button', { name: 'Reviewed anyway' }).click();
    await expect
      .poll(() => host.state.images.slice(3, 6).map(({ status }) => status))
      .toEqual(['reviewed', 'reviewed', 'reviewed']);
    // Taken back, each is again what it was.
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect
      .poll(() => host.state.images.slice(3, 6).map(({ status }) => status))
      .toEqual(earlier);
    await bar.getByRole('button', { name: 'All 13' }).click();
    await page.getByRole('group', { name: '13 selected' }).waitFor();
    await page.getByRole('button', { name: 'None', exact: true }).click();
    await page.getByRole('listbox', { name: 'Images of the project' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('group', { name: '1 selected' }).waitFor();
    await page.keyboard.press('Shift+F10');
    await entry(page, 'Run on this image').waitFor();
    await page.keyboard.press('Escape');
    await end();
  });

  it('what is dropped anywhere is taken or says what to do instead', async () => {
    const { page, end } = await start();
    const toast = page.locator('.toast');
    expect(await drop(page, 'cup.jpg', 'image/jpeg')).toBe(true);
    await toast.getByText('cup.jpg is one image. Drop the folder').waitFor();
    expect(await drop(page, 'labels.json', 'application/json')).toBe(true);
    await toast.getByText('A browser does not tell where a dropped file lies.').waitFor();
    expect(await drop(page, 'cups.docx', '')).toBe(true);
    await toast.getByText('cups.docx cannot be opened.').waitFor();
    await end();
  });

  it('recent projects show where they are; one is pinned and one is taken off the list', async () => {
    const { page, end } = await start(false);
    await page.getByText('~/Pictures/sample-mix').waitFor();
    await page.getByRole('button', { name: 'Menu of Launch site cameras' }).click();
    await entry(page, 'Pin').click();
    await expect
      .poll(() => page.locator('.recent .main').first().textContent())
      .toMatch(/^Launch site cameras/);
    await page.getByRole('button', { name: 'Menu of Sample mix' }).click();
    await entry(page, 'Remove from this list').click();
    await page.getByText('~/Pictures/sample-mix').waitFor({ state: 'detached' });
    // The folder chooser begins with the same ones, and goes there by a key.
    await page.keyboard.press('Control+o');
    const recent = page.getByRole('navigation', { name: 'Recent folders' });
    const folder = recent.getByRole('button').first();
    const place = await folder.getAttribute('title');
    expect(place).toMatch(/^~\//);
    await folder.press('Enter');
    await expect.poll(() => page.getByRole('textbox', { name: 'Path' }).inputValue()).toBe(place);
    await end();
  });

  it('with the whole program: Enter opens the sample, a path is pasted, labels go and come back, an export is found', async () => {
    const app = await startApp();
    const tab = await app.open();
    const { page } = tab;
    const sample = page.getByRole('button', { name: 'Open sample' });
    await sample.waitFor();
    await expect.poll(() => sample.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+o');
    // What is pasted takes the place of the path that stands there.
    await expect.poll(() => page.getByRole('textbox', { name: 'Path' }).inputValue()).not.toBe('');
    await page.keyboard.insertText(join(app.images, 'nowhere'));
    await page.keyboard.press('Enter');
    await page.getByText(`There is no folder ${join(app.images, 'nowhere')}.`).waitFor();
    await page.getByRole('textbox', { name: 'Path' }).fill(join(app.images, 'beach.jpg'));
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Path' }).inputValue())
      .toBe(app.images);
    // Its folders are walked by arrows and by their first letters.
    for (const name of ['boats', 'bridges', 'cars']) await mkdir(join(app.images, name));
    await page.keyboard.press('Enter');
    const entryNow = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.getByRole('button', { name: 'boats' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(entryNow).toMatch(/^bridges/);
    await page.keyboard.press('c');
    await expect.poll(entryNow).toMatch(/^cars/);
    await page.keyboard.press('Escape');
    await tab.openSample();
    await tab.run();
    const before = await tab.objects();
    expect(before.length).toBeGreaterThan(0);

    await page.keyboard.press('Control+Shift+Digit3');
    const caption = page.locator('.tile .under').first();
    await caption.waitFor();
    await expect.poll(() => caption.textContent()).toMatch(/^ ?(umbrella|ball|crab) ?\d\.\d\d/);
    // Every figure under a picture is explained beside the pictures.
    await page.getByText(/^Not steady: the share of the mask/).waitFor();
    // Rested on, a tile says what its numbers mean; Esc takes the card away, a key brings the next one.
    const card = page.locator('.grid .card');
    await caption.hover();
    await card.getByText(/Margin \d\.\d\d: how far (umbrella|ball|crab) leads/).waitFor();
    await expect.poll(() => card.locator('.leaders .name').count()).toBe(2);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowRight');
    await card.waitFor();
    await page.keyboard.press('Control+Shift+Digit1');

    await page.locator('.images [role="option"]').first().click({ button: 'right' });
    await entry(page, 'Delete its labels').click();
    const question = /Delete \d+ labels? of 1 image\?/;
    await page.getByRole('alert').filter({ hasText: question }).waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(() => tab.objects()).toHaveLength(0);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => tab.objects()).toEqual(before);

    await page.keyboard.press('Control+Shift+KeyE');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    // The first time as well: Enter goes on.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent?.trim()))
      .toBe('Next');
    await dialog.getByRole('switch', { name: 'Look through the masks first' }).click();
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByText(/sample-export.annotations\.json$/).waitFor();
    await dialog.getByRole('button', { name: 'Copy path' }).click();
    await page.locator('.toast').waitFor();
    await page.keyboard.press('Escape');

    // The same again: what is there is replaced only when that is chosen, or kept beside the new one.
    const again = async (choice: 'Replace' | 'Keep both') => {
      await page.keyboard.press('Control+Shift+KeyE');
      await dialog.getByRole('button', { name: 'Export', exact: true }).click();
      await dialog.getByText(/^annotations\.json is already there \(Today /).waitFor();
      await dialog.getByRole('button', { name: choice }).click();
      const path = await dialog.locator('.path .mono').textContent();
      await page.keyboard.press('Escape');
      return path!;
    };
    expect(await again('Replace')).toMatch(/sample-export.annotations\.json$/);
    expect(await again('Keep both')).toMatch(/sample-export.annotations-2\.json$/);
    // From the result to the next format, without another start.
    await page.keyboard.press('Control+Shift+KeyE');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByRole('button', { name: 'Replace' }).click();
    await dialog.getByRole('button', { name: 'Another format' }).click();
    await dialog.getByRole('combobox', { name: 'Format' }).selectOption('labelme');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByText(/^masks?, (all )?equal$/).waitFor();
    await page.keyboard.press('Escape');
    await page.close();
    expect(app.troubles).toEqual([]);
    await app.close();
  });
});
