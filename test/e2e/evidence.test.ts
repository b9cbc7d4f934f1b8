// The Evidence screen in Chromium: passes by keys and pointer, read-out, comparing, settings tried live.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CategoryId, ImageId } from '../../electron/api/types.ts';
import { axeFindings } from '../helpers/drivers/axe.ts';
import { launchBrowser, noBrowser, openPage } from '../helpers/drivers/browser.ts';
import { startRendererHost, type RendererHost } from '../helpers/standIns/rendererHost.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const FIRST = 1 as ImageId;
const STAR = 2 as CategoryId;

describe.skipIf(noBrowser)('evidence', () => {
  let browser: Browser;
  let host: RendererHost;
  let page: Page;
  let troubles: string[];

  const frame = (name: RegExp) => page.getByRole('option', { name });
  const isPinned = (name: RegExp) =>
    expect.poll(() => frame(name).first().getAttribute('aria-selected'));
  const legend = () => page.locator('.legend').innerText();
  const settled = () => frame(/^Mask after CRF/).waitFor();

  beforeAll(async () => {
    browser = await launchBrowser();
    host = await startRendererHost({
      open: true,
      settings: { hintsSeen: ['run', 'strip', 'accept'] },
    });
    ({ page, troubles } = await openPage(browser, host.url));
    await page.locator('[data-frame]').first().waitFor();
    await page.keyboard.press('Control+Shift+Digit2');
    await frame(/^star/).click();
    await settled();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  it('shows classes with their match, words of the prompt, every pass and the way to the mask', async () => {
    await expect.poll(() => frame(/^star Match 91 %/).getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => frame(/^cat Match 3 % absent/).count()).toBe(1);
    await expect
      .poll(() => page.locator('.prompt').innerText())
      .toMatch(/A picture of circle\s*star\s*ring/);
    const names = await page
      .locator('[data-frame]')
      .evaluateAll((all) => all.map((one) => one.textContent!.replace(/\s+/g, ' ').trim()));
    expect(names.slice(0, 8)).toEqual([
      'Pass 1 weight 2×2 z 3.40 All patches',
      'Pass 2 weight 1×1 z 3.10 10 hidden',
      'Pass 3 weight 1×1 z 2.80 20 hidden',
      'Pass 4 weight 1×1 z 2.50 30 hidden',
      'Sum passes 1 to 4',
      'Cut at 0.15',
      'Blurred σ 0.05',
      'Mask after CRF',
    ]);
    expect(names.slice(8)).toEqual(['circle 0.97', 'ring 0.88', 'box 0.79', 'cat 0.03']);
  });

  it('scrubs by keys and slider, pins by click, and Esc returns', async () => {
    await page.keyboard.press('Period');
    await isPinned(/^Pass 1/).toBe('true');
    await page.keyboard.press('Period');
    await isPinned(/^Pass 2/).toBe('true');
    await page.keyboard.press('End');
    await isPinned(/^Mask/).toBe('true');
    await page.keyboard.press('Home');
    await isPinned(/^Pass 1/).toBe('true');
    await expect.poll(() => legend()).toContain('star, pass 1');
    await page.getByRole('slider', { name: 'Pass shown' }).fill('3');
    await isPinned(/^Pass 3/).toBe('true');
    await frame(/^Cut/).click();
    await isPinned(/^Cut/).toBe('true');
    await page.mouse.move(5, 5);
    await page.keyboard.press('Escape');
    await isPinned(/^Cut/).toBe('false');
    await expect.poll(() => legend()).toContain('star, blurred');
  });

  it('reads a patch by arrow keys: its sum, each pass, hidden where it was dropped', async () => {
    const viewer = page.getByRole('application');
    await viewer.focus();
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowRight', 'ArrowLeft'])
      await page.keyboard.press(key);
    const words = await page.locator('.readout').innerText();
    expect(words).toMatch(/Patch \d+, \d+\s+Sum\s+\d\.\d\d\s+Pass 1/);
    // A patch inside the star was dropped before the last pass.
    const texts = new Set<string>();
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press('ArrowDown');
      texts.add((await page.locator('.readout').innerText()).replace(/\s+/g, ' '));
    }
    expect([...texts].some((text) => /Pass(es)? [234]( to 4)? hidden/.test(text))).toBe(true);
    await expect
      .poll(() => page.locator('.statusbar').innerText())
      .toMatch(/Patch \d+, \d+ of 21 × 21/);
    await viewer.blur();
  });

  it('holds the photograph with Q and switches the overlay with O', async () => {
    await page.keyboard.down('q');
    await page.locator('.legend').waitFor({ state: 'detached' });
    await page.keyboard.up('q');
    await page.locator('.legend').waitFor();
    await page.keyboard.press('o');
    await page.locator('.legend').waitFor({ state: 'detached' });
    await page.keyboard.press('o');
    await page.locator('.legend').waitFor();
  });

  it('outlines the head in use among all layers and heads and shows any of them', async () => {
    await page.getByRole('button', { name: /^Layer 12, head 12, agreement/ }).waitFor();
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(144);
    expect(
      await page
        .locator('[role="gridcell"] button.used')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-head'))),
    ).toEqual(['head8/10']);
    await page
      .getByRole('button', { name: /^Layer 2, head 3/ })
      .first()
      .click();
    await page.mouse.move(5, 5);
    await expect.poll(() => legend()).toContain('layer 2, head 3');
    await page.getByRole('button', { name: 'Open grid' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('compares two classes side by side and as a difference with a sign', async () => {
    await page.getByLabel('Compare with', { exact: true }).selectOption({
      label: 'Another class: circle',
    });
    await page.getByRole('button', { name: 'Side by side' }).click();
    await expect.poll(() => page.locator('[data-pane]').count()).toBe(2);
    await page.getByRole('radio', { name: 'Difference' }).click();
    await expect.poll(legend).toContain('star less circle');
    await page.getByRole('radio', { name: 'Overlay' }).click();
    await page.getByLabel('Compare with', { exact: true }).selectOption({ label: 'The photo' });
  });

  it('tries a threshold on stored maps, resets it, and puts it to use for one class only', async () => {
    const slider = page.getByRole('slider', { name: 'Threshold, star' });
    const use = page.getByRole('button', { name: 'Use for star' });
    const before = [...host.state.documents.get(FIRST)!.values()];
    await expect.poll(() => use.isDisabled()).toBe(true);
    await slider.fill('0.4');
    await frame(/^Cut at 0.40/).waitFor();
    await settled();
    // Nothing is written while it is tried.
    expect([...host.state.documents.get(FIRST)!.values()]).toEqual(before);
    await page.getByRole('button', { name: 'Reset' }).click();
    await frame(/^Cut at 0.15/).waitFor();
    await page.keyboard.press('Equal');
    await frame(/^Cut at 0.16/).waitFor();
    await slider.fill('0.4');
    await settled();
    await use.click();
    await expect
      .poll(() => host.state.categories.find((one) => one.id === STAR)?.threshold)
      .toBe(0.4);
    await page.getByText('star uses these settings on this image.').first().waitFor();
    await expect.poll(() => use.isDisabled()).toBe(true);
    const after = [...host.state.documents.get(FIRST)!.values()];
    const others = (all: typeof before) => all.filter((one) => one.categoryId !== STAR);
    expect(others(after)).toEqual(others(before));
    expect(after.filter((one) => one.categoryId === STAR)).not.toEqual(
      before.filter((one) => one.categoryId === STAR),
    );
  });

  it('leaves out later passes, says so in the film, and gives weights back', async () => {
    await page.getByRole('slider', { name: 'Passes used' }).fill('2');
    await frame(/^Pass 4 not used/).waitFor();
    await frame(/^Sum passes 1 to 2/).waitFor();
    await expect
      .poll(() => page.getByRole('spinbutton', { name: 'Weight of pass 1' }).inputValue())
      .toBe('2');
    await page.getByRole('button', { name: 'Reference' }).click();
    await frame(/^Sum passes 1 to 4/).waitFor();
    await page.getByRole('switch', { name: 'Snap to edges (CRF)' }).click();
    await frame(/^Mask without CRF/).waitFor();
    await expect.poll(() => page.getByRole('slider', { name: 'Rounds' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Reset' }).click();
    await settled();
  });

  it('says what it needs where the model has not run, and runs it', async () => {
    await page.keyboard.press('d');
    await page.getByText('Run the model on this image to see why.').waitFor();
    await page.getByRole('button', { name: /^Run/ }).click();
    await settled();
    expect(host.state.runs.size).toBe(2);
  });

  it('ran without an error of the page or its content policy', () => {
    expect(troubles).toEqual([]);
  });
});

describe.skipIf(noBrowser)('evidence for everyone', () => {
  it.each(['dark', 'light', 'contrast'] as const)('%s has no finding', async (theme) => {
    const browser = await launchBrowser();
    const host = await startRendererHost({
      open: true,
      settings: { theme, hintsSeen: ['run', 'strip', 'accept'] },
    });
    try {
      const { page } = await openPage(browser, host.url);
      await page.locator('[data-frame]').first().waitFor();
      await page.keyboard.press('Control+Shift+Digit2');
      await page.getByRole('option', { name: /^Mask after CRF/ }).waitFor();
      await page.getByRole('button', { name: /^Layer 12, head 12/ }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    } finally {
      await browser.close();
      await host.close();
    }
  });
});
