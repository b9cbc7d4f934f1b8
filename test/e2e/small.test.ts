// Small windows: 1024 pixels, and 200 % of a 1440 screen. Nothing is out of reach, nothing scrolls sideways, drawers
// take the focus and give it back, and what is done most is never covered.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../electron/api/settings.ts';
import { SPOKEN } from '../../renderer/src/text/languages/languages.ts';
import { launchBrowser, noBrowser, type PageSize } from '../helpers/drivers/browser.ts';
import { HINTS, startTab } from '../helpers/drivers/startTab.ts';
import { overflowing } from '../helpers/drivers/overflow.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const COMPACT = { width: 1024, height: 700 };
const TINY = { width: 720, height: 450 };

describe.skipIf(noBrowser)('small windows', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  const start = (size: PageSize, language: Language = 'en') =>
    startTab(browser, { window: size, settings: { ...HINTS, language } });
  const sideways = (page: Page) =>
    page.evaluate(() =>
      [document.documentElement, document.body].some((one) => one.scrollWidth > innerWidth),
    );
  /** A press in its middle would reach it: it is inside the window and nothing lies over it. */
  const reachable = (control: Locator) =>
    control.evaluate((node) => {
      const { left, top, width, height, right, bottom } = node.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return right <= innerWidth && bottom <= innerHeight && node.contains(hit);
    });
  const focusIn = (page: Page, selector: string) =>
    page.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector);

  it('at 1024 the classes come as a drawer, and Run stays free', async () => {
    const { page, tab, end } = await start(COMPACT);
    const opener = page.getByRole('button', { name: /^Classes/ });
    const run = page.getByRole('button', { name: /^Run\s+I/ });
    await opener.click();
    await page.getByRole('group', { name: 'star' }).waitFor();
    await expect.poll(() => focusIn(page, '.drawer.inspector')).toBe(true);
    await expect.poll(() => reachable(run)).toBe(true);
    await expect.poll(() => reachable(page.getByRole('button', { name: 'Reject all' }))).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('group', { name: 'star' }).waitFor({ state: 'hidden' });
    await expect.poll(() => opener.evaluate((node) => node === document.activeElement)).toBe(true);
    // The column of images leads to names and filter.
    await page.getByRole('button', { name: 'Images and filter' }).click();
    await page.locator('.drawer.images').getByText('IMG_2042.jpg').click();
    await page.getByRole('application', { name: 'IMG_2042.jpg' }).waitFor();
    await tab.canvas.focus();
    await page.keyboard.press('Escape');
    await page.locator('.drawer.images').waitFor({ state: 'detached' });
    await expect.poll(() => sideways(page)).toBe(false);
    // Where the window is too low for all tools the rest come from a menu, and the one in hand has its button.
    const tools = page.getByRole('toolbar', { name: 'Tools' });
    expect(await tools.getByRole('button', { name: 'More tools' }).count()).toBe(0);
    await page.setViewportSize({ ...COMPACT, height: 360 });
    await tools.getByRole('button', { name: 'More tools' }).click();
    await page.getByRole('menuitem', { name: 'Merge' }).click();
    const merge = tools.getByRole('button', { name: 'Merge', pressed: true });
    await merge.waitFor();
    await expect.poll(() => reachable(merge)).toBe(true);
    await expect
      .poll(() => reachable(tools.getByRole('button', { name: 'More tools' })))
      .toBe(true);
    await page.keyboard.press('v');
    // A key that needs what a drawer holds opens it, here and where only the list makes room.
    for (const width of [COMPACT.width, 1150]) {
      await page.setViewportSize({ ...COMPACT, width });
      await tab.canvas.focus();
      await page.keyboard.press('/');
      await page.locator('.drawer.images').waitFor();
      await page.waitForFunction(() => document.activeElement?.id === 'image-filter');
      await tab.canvas.focus();
      await page.keyboard.press('Escape');
      await page.locator('.drawer.images').waitFor({ state: 'detached' });
    }
    await page.setViewportSize(COMPACT);
    for (let i = 0; i < 9 && !(await focusIn(page, '.drawer.inspector')); i += 1)
      await page.keyboard.press('F6');
    await expect.poll(() => focusIn(page, '.drawer.inspector')).toBe(true);
    // What cleans masks there has one way out, and ends with the drawer.
    await tab.canvas.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('u');
    const clean = page.getByRole('region', { name: 'Clean up' });
    await clean.waitFor();
    const ways = page.locator('.drawer.inspector').getByRole('button', { name: /^Close/ });
    await expect.poll(() => ways.count()).toBe(1);
    await ways.click();
    await clean.waitFor({ state: 'detached' });
    await opener.click();
    await page.getByRole('group', { name: 'star' }).waitFor();
    await end();
  });

  it('at 200 % both panels and the evidence are drawers, screens are one menu', async () => {
    const { page, end } = await start(TINY);
    await page.locator('[data-canvas]').waitFor();
    const accept = page.locator('.dock').getByRole('button', { name: /^Accept 3/ });
    for (const name of [/^Images 1 of 13/, /^Classes 7/, /^Why/]) {
      const opener = page.getByRole('button', { name });
      await expect.poll(() => reachable(opener)).toBe(true);
      await opener.click();
      await expect.poll(() => reachable(accept)).toBe(true);
      await opener.click();
    }
    await page.getByRole('button', { name: 'Screens' }).click();
    await page.getByRole('menuitemcheckbox', { name: /^Models and devices/ }).click();
    await page.getByRole('heading', { name: 'Models and devices' }).waitFor();
    await expect.poll(() => sideways(page)).toBe(false);
    await end();
  });

  // English and the next of the languages; `npm run lengths` does all of them.
  const cases = SPOKEN.slice(0, 2).flatMap((language) =>
    [COMPACT, TINY].map((size) => ({ language, size })),
  );
  const PLACES = [
    ...[1, 2, 3, 4, 5].map((digit) => `Control+Shift+Digit${digit}`),
    'Control+Comma',
    'F1',
  ];
  it('no screen scrolls sideways or cuts its words', async () => {
    for (const { language, size } of cases) {
      const { page, end } = await start(size, language);
      await page.locator(`html[lang="${language}"]`).waitFor();
      for (const keys of PLACES) {
        await page.keyboard.press(keys);
        await page.locator('main').waitFor();
        const place = `${keys} at ${size.width}, ${language}`;
        expect(await sideways(page), place).toBe(false);
        await expect.poll(() => overflowing(page), { message: place }).toEqual([]);
      }
      // Of the settings, the table of models has the most columns.
      await page.keyboard.press('Control+Comma');
      await page.locator('main nav button').first().click();
      await page.locator('[data-pack]').first().waitFor();
      await expect
        .poll(() => overflowing(page), { message: `models at ${size.width}, ${language}` })
        .toEqual([]);
      await end();
    }
  });

  it('words are found that are cut, stick out, or lie over each other; what is dropped whole is not', async () => {
    const page = await browser.newPage({ viewport: TINY });
    await page.setContent(`<style>
      * { font: 13px/20px sans-serif; box-sizing: border-box }
      .cut { width: 60px; overflow: hidden; white-space: nowrap }
      .short { width: 60px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
      .low { height: 24px; overflow: hidden; width: 90px }
      .wrap { display: flex; flex-wrap: wrap; width: 120px; height: 20px; overflow: hidden }
      .pair { display: grid; grid-template-columns: 40px 200px; white-space: nowrap }
      .toast { position: fixed; left: 40px; bottom: 0; width: 200px; background: white }
    </style>
    <button class="cut"><span>Cut by the button</span></button>
    <div class="cut"><i>Cut by a box around it</i></div>
    <button style="width: 50px; white-space: nowrap; padding: 0">Sticks out of it</button>
    <p class="low">Two lines where there is room for one</p>
    <div class="pair"><span>Over its neighbour</span><span>neighbour</span></div>
    <div class="short">Short without a tip</div>
    <input placeholder="More than the field takes" style="width: 70px" />
    <div class="short" title="Short with a tip">Short with a tip</div>
    <div class="wrap"><span>first hint</span><span>whole hint left out</span></div>
    <div class="cut" style="overflow-x: auto">What scrolls may be longer</div>
    <button>Fits</button>
    <p>9.<i style="position: absolute; clip-path: inset(50%)">Pass 9</i>times 2</p>
    <div style="position: fixed; bottom: 0">Longer than what lies over it, so both of its ends are seen</div>
    <div class="toast"><div class="pair"><span>Over another</span><span>in the toast</span></div></div>`);
    const found = (await overflowing(page)).map((fault) => fault.replace(/^[^:]*: /, ''));
    expect(found.map((fault) => fault.replace(/\d+/g, 'n'))).toEqual([
      'Cut by the button (n px cut by button.cut)',
      'Cut by a box around it (n px cut by div.cut)',
      'Sticks out of it (n px out of button)',
      'Two lines where there is room for one (a line is cut by p.low)',
      'Short without a tip (n px cut by div.short)',
      'Over its neighbour (under neighbour)',
      'Over another (under in the toast)',
      'More than the field takes (n of n px)',
    ]);
    await page.close();
  });
});
