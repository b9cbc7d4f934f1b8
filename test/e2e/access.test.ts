// The window for everyone: no finding by axe in any theme, everything reachable by keys.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../helpers/drivers/axe.ts';
import { launchBrowser, noBrowser, openPage } from '../helpers/drivers/browser.ts';
import { startRendererHost, type RendererHost } from '../helpers/standIns/rendererHost.ts';

const FIELDS = [
  { kind: 'choice', name: 'Material', needed: true, choices: ['cardboard', 'wood'] },
  { kind: 'tick', name: 'Closed', needed: false },
] as const;

describe.skipIf(noBrowser)('access', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  describe.each(['dark', 'light', 'contrast'] as const)('%s theme', (theme) => {
    let host: RendererHost;
    let page: Page;
    let troubles: string[];
    beforeAll(async () => {
      host = await startRendererHost({
        open: true,
        settings: { theme, hintsSeen: ['run', 'strip', 'accept'] },
      });
      host.state.categories = host.state.categories.map((one) => ({ ...one, fields: FIELDS }));
      ({ page, troubles } = await openPage(browser, host.url));
      await page.locator('[data-frame]').first().waitFor();
    });
    afterAll(async () => {
      await page.context().close();
      await host.close();
    });

    it('Label has no finding, with a selection, its fields and a drawing tool', async () => {
      await page.getByRole('button', { name: 'circle', exact: true }).click();
      expect(await axeFindings(page)).toEqual([]);
      await page.locator('[data-canvas]').focus();
      await page.keyboard.press(';');
      await page.getByRole('toolbar', { name: 'Fields of the selection' }).waitFor();
      await page.keyboard.press('1');
      await page.getByRole('radio', { name: 'wood' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      for (const key of ['Escape', 'Escape']) await page.keyboard.press(key);
      await page.keyboard.press('b');
      await page.getByRole('switch', { name: 'Protect other classes' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
    });

    it('dialogs have none', async () => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'An action, image or class' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Shift+Slash');
      await page.getByRole('dialog', { name: 'Key list' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Shift+e');
      await page.getByRole('dialog', { name: 'Export' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Edit circle' }).click();
      await page.getByRole('dialog', { name: 'Class' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
    });

    // What stands in other screens has the same colours: one theme tells how it is built.
    if (theme === 'dark')
      it('suggestions, help and keys have none', async () => {
        await page.locator('[data-canvas]').focus();
        await page.keyboard.press('/');
        await page.keyboard.type('cla');
        await page.getByRole('listbox', { name: 'Suggestions for the filter' }).waitFor();
        expect(await axeFindings(page)).toEqual([]);
        for (const key of ['Escape', 'Escape', 'F1']) await page.keyboard.press(key);
        await page.getByRole('button', { name: 'Words used here' }).click();
        await page.getByRole('heading', { name: 'Words used here' }).waitFor();
        expect(await axeFindings(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Comma');
        await page.getByRole('group', { name: 'Keyboard' }).waitFor();
        expect(await axeFindings(page)).toEqual([]);
        await page.keyboard.press('Control+Shift+Digit1');
        await page.locator('[data-frame]').first().waitFor();
      });

    it('the start screen has none', async () => {
      await page.getByRole('button', { name: 'Home' }).click();
      await page.getByRole('heading', { name: 'Label images, and see why' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(troubles).toEqual([]);
    });
  });

  it('everything from an empty project to a drawn object works by keys alone', async () => {
    const host = await startRendererHost({ settings: { hintsSeen: ['run', 'strip', 'accept'] } });
    const { page, troubles } = await openPage(browser, host.url);
    const sample = page.getByRole('button', { name: 'Open sample' });
    await sample.waitFor();
    await sample.focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-canvas]').waitFor();
    await page.keyboard.press('Control+i');
    await page.keyboard.type('circle, star,');
    await page.keyboard.press('Enter');
    await page.locator('[data-frame]').first().waitFor();
    for (
      let i = 0;
      i < 12 && !(await page.evaluate(() => document.activeElement?.hasAttribute('data-canvas')));
      i += 1
    )
      await page.keyboard.press('F6');
    const objects = () =>
      page.getByRole('list', { name: 'Objects on this image' }).locator('li').allTextContents();
    // The film comes before the masks: a decision needs a proposal to decide on.
    await expect.poll(async () => (await objects()).length).toBe(2);
    const before = (await objects()).length;
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await objects()).filter((line) => line.includes('accepted')).length)
      .toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('b');
    await page.keyboard.press('ArrowDown');
    for (let i = 0; i < 18; i += 1) await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.down('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.up('Space');
    await expect.poll(async () => (await objects()).length).toBe(before + 1);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await objects()).length).toBe(before);
    expect(troubles).toEqual([]);
    await page.context().close();
    await host.close();
  });

  it('keys never act while a text field has the focus', async () => {
    const host = await startRendererHost({ open: true });
    const { page } = await openPage(browser, host.url);
    await page.locator('[data-frame]').first().waitFor();
    const before = await page.locator('.statusbar').textContent();
    await page.getByRole('combobox', { name: 'Filter images' }).focus();
    await page.keyboard.type('bdi');
    expect(
      await page.getByRole('button', { name: 'Select', exact: true }).getAttribute('aria-pressed'),
    ).toBe('true');
    expect(before).toContain('IMG_2041');
    await expect.poll(() => page.locator('.statusbar').textContent()).toContain('IMG_2041');
    await page.context().close();
    await host.close();
  });
});
