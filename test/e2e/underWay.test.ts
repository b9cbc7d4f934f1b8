// Nothing under way is lost: points, moved corners and strokes meet undo, other images, other tools, runs and a reload.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageId } from '../../electron/api/types.ts';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { launchBrowser, noBrowser } from '../helpers/drivers/browser.ts';
import { startTabWithStrip } from '../helpers/drivers/startTab.ts';
import { type RendererHost, type RendererHostOptions } from '../helpers/standIns/rendererHost.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const FIRST = 1 as ImageId;
const SECOND = 2 as ImageId;
const CORNERS = [
  [20, 20],
  [120, 20],
  [120, 120],
  [20, 120],
] as const;

describe.skipIf(noBrowser)('what is under way', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  const start = (options?: RendererHostOptions) => startTabWithStrip(browser, options);
  const objectsOf = (host: RendererHost, id: ImageId) => [
    ...(host.state.documents.get(id)?.values() ?? []),
  ];
  const press = async (page: Page, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Four corners of a new polygon, nothing selected before. */
  async function drawFour(page: Page, tab: AppPage) {
    await tab.canvas.focus();
    await press(page, 'Escape', 'Escape', 'p');
    for (const [x, y] of CORNERS) await tab.click(x, y);
  }
  /** Opens the outline of the first ring and drags one of its corners far out; tells the mask before. */
  async function moveCorner(host: RendererHost, page: Page, tab: AppPage) {
    await page.locator('.objects .main', { hasText: 'ring' }).click();
    await tab.canvas.focus();
    await page.keyboard.press('p');
    const fields = page.getByRole('group', { name: 'Points by number' });
    const value = (axis: string) => fields.getByRole('spinbutton', { name: axis }).inputValue();
    const at = [Number(await value('x')), Number(await value('y'))] as const;
    const before = ringArea(host);
    await tab.drag([at, [2, 2]]);
    return before;
  }
  const ringArea = (host: RendererHost) =>
    objectsOf(host, FIRST).find((object) => object.categoryId === 3)!.area;
  const imageName = (page: Page) => page.locator('[data-canvas]').getAttribute('aria-label');

  it('a polygon left open stays with its image, and coming back goes on where it was', async () => {
    const { host, page, tab, end } = await start();
    const before = objectsOf(host, FIRST).length;
    await drawFour(page, tab);
    await page.keyboard.press('d');
    await expect.poll(() => imageName(page)).toContain('IMG_2042');
    await press(page, 'Enter');
    await tab.click(300, 200);
    await press(page, 'Enter');
    expect(objectsOf(host, SECOND)).toEqual([]);
    await press(page, 'Escape', 'Escape', 'a');
    await expect.poll(() => imageName(page)).toContain('IMG_2041');
    await page.getByRole('button', { name: 'Go on drawing' }).click();
    await expect.poll(() => page.locator('.options').innerText()).toContain('4 points');
    await press(page, 'Enter');
    await expect.poll(() => objectsOf(host, FIRST).length).toBe(before + 1);
    expect(objectsOf(host, FIRST).at(-1)!.area).toBe(100 * 100);
    await expect.poll(() => page.getByRole('button', { name: 'Go on drawing' }).count()).toBe(0);
    await end();
  });

  it.each(['Escape', 'v', 'b', 'd'])('moved corners are kept when %s leaves them', async (key) => {
    const { host, page, tab, end } = await start();
    const before = await moveCorner(host, page, tab);
    await page.keyboard.press(key);
    await expect.poll(() => ringArea(host)).not.toBe(before);
    await page.keyboard.press('Control+z');
    await expect.poll(() => ringArea(host)).toBe(before);
    await end();
  });

  it('undo and redo walk the points of a polygon before anything that is saved', async () => {
    const { host, page, tab, end } = await start();
    await tab.canvas.focus();
    await press(page, 'Escape', 'Escape', 'b');
    await tab.drag([
      [300, 20],
      [340, 20],
    ]);
    await press(page, 'Escape', 'Escape');
    await tab.saved();
    const saved = objectsOf(host, FIRST);
    await drawFour(page, tab);
    const points = () => page.locator('.options').innerText();
    await expect.poll(points).toContain('4 points');
    await expect.poll(() => page.locator('.statusbar').innerText()).toContain('Undo: Point 4');
    await press(page, 'Control+z', 'Control+z');
    await expect.poll(points).toContain('2 points');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(points).toContain('3 points');
    expect(objectsOf(host, FIRST)).toEqual(saved);
    await press(page, 'Control+z', 'Control+z', 'Control+z');
    expect(objectsOf(host, FIRST)).toEqual(saved);
    await page.keyboard.press('Control+z');
    await expect.poll(() => objectsOf(host, FIRST).length).toBe(saved.length - 1);
    await end();
  });

  it('undo takes back a moved corner before what is saved', async () => {
    const { host, page, tab, end } = await start();
    await tab.canvas.focus();
    await press(page, 'Escape', 'Escape', 'b');
    await tab.drag([
      [300, 20],
      [340, 20],
    ]);
    await tab.saved();
    const saved = objectsOf(host, FIRST).length;
    await press(page, 'v');
    const before = await moveCorner(host, page, tab);
    await press(page, 'Control+z', 'Escape');
    await tab.saved();
    expect([ringArea(host), objectsOf(host, FIRST).length]).toEqual([before, saved]);
    await end();
  });

  it('the class at the first press holds although a run ends meanwhile', async () => {
    const { host, page, tab, end } = await start({ stageMs: 150 });
    await tab.canvas.focus();
    await press(page, 'Escape', 'Escape');
    await press(page, 'i', 'b');
    const [from, to] = [await tab.place(20, 20), await tab.place(120, 20)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await page.mouse.move(to.x + 20, to.y, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(() => objectsOf(host, FIRST).findLast((object) => object.origin === 'user')?.categoryId)
      .toBe(1);
    await end();
  });

  it('a reload keeps the points of a polygon and finishes moved corners', async () => {
    const { host, page, tab, end } = await start();
    await drawFour(page, tab);
    await expect.poll(() => page.locator('.options').innerText()).toContain('4 points');
    await page.reload();
    await tab.ready();
    await page.getByRole('button', { name: 'Go on drawing' }).waitFor();
    const before = await moveCorner(host, page, tab);
    await page.reload();
    await tab.ready();
    await expect.poll(() => ringArea(host)).not.toBe(before);
    await end();
  });

  it('a discarded shape comes back by undo', async () => {
    const { page, tab, end } = await start();
    await drawFour(page, tab);
    await page.keyboard.press('Escape');
    const goOn = page.getByRole('button', { name: 'Go on drawing' });
    await goOn.waitFor();
    await page
      .getByRole('button', { name: /^Discard/ })
      .first()
      .click();
    await goOn.waitFor({ state: 'detached' });
    await tab.canvas.focus();
    await page.keyboard.press('Control+z');
    await goOn.waitFor();
    await end();
  });
});

describe.skipIf(noBrowser)('steps over more than one object', () => {
  let app: AppDriver & { images: string };
  let tab: AppPage;
  beforeAll(async () => {
    app = await startApp();
    tab = await app.open();
    await tab.openSample();
  });
  afterAll(() => app?.close());
  const clear = async () => {
    await tab.canvas.focus();
    for (const key of ['Escape', 'Escape', 'Escape']) await tab.page.keyboard.press(key);
  };
  /** Draws a rectangle of the class in the list's nth place. */
  const box = async (key: string, x: number, y: number) => {
    await clear();
    await tab.page.keyboard.press(key);
    await tab.page.keyboard.press('r');
    await tab.drag([
      [x, y],
      [x + 60, y + 40],
    ]);
    await tab.saved();
  };

  it('a deleted class says what it takes along, gives it to another class, and comes back', async () => {
    const { page } = tab;
    await box('1', 20, 20);
    await box('1', 120, 20);
    await clear();
    const lines = await tab.objects();
    expect(lines.length).toBe(2);
    const name = lines[0]!.split(',')[0]!;
    await page.locator('.classes').getByText(name, { exact: true }).first().click();
    await page.getByRole('button', { name: `Edit ${name}` }).click();
    await page.getByRole('button', { name: 'Delete class' }).click();
    const dialog = page.getByRole('dialog', { name: `Delete ${name}?` });
    await dialog.getByText('2 objects have this class, in 1 image.').waitFor();
    const choice = dialog.getByRole('combobox', { name: 'Its objects' });
    const other = (await choice.locator('option').allTextContents())[1]!.replace('Move to ', '');
    await choice.selectOption({ label: `Move to ${other}` });
    await dialog.getByRole('button', { name: `Move 2 objects to ${other}` }).click();
    await expect
      .poll(async () => (await tab.objects()).map((line) => line.split(',')[0]))
      .toEqual([other, other]);
    await expect
      .poll(() => page.locator('.classes').getByText(name, { exact: true }).count())
      .toBe(0);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => tab.objects()).toEqual(lines);
    await page.locator('.classes').getByText(name, { exact: true }).first().waitFor();

    // The palette merges the class in hand: nothing is chosen before somebody does.
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'An action, image or class' }).fill('merge class');
    await page.keyboard.press('Enter');
    const merge = page.getByRole('dialog', { name: `Merge ${name} into another class` });
    await merge.getByText('2 objects have this class, in 1 image.').waitFor();
    await expect
      .poll(() => merge.getByRole('button', { name: 'Merge into …' }).isDisabled())
      .toBe(true);
    await merge.getByRole('combobox', { name: 'Into' }).selectOption({ label: other });
    await merge.getByRole('button', { name: `Merge into ${other}` }).click();
    await expect
      .poll(async () => (await tab.objects()).map((line) => line.split(',')[0]))
      .toEqual([other, other]);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => tab.objects()).toEqual(lines);
  });

  it('undo takes back a dragged threshold, slider and mask together, before what was drawn', async () => {
    const { page } = tab;
    await tab.run();
    await clear();
    const drawn = (await tab.objects()).filter((line) => line.includes('accepted')).length;
    const found = (await tab.objects()).find((line) => line.includes('proposal'))!.split(',')[0]!;
    await page.locator('.classes').getByText(found, { exact: true }).first().click();
    const slider = page.getByRole('slider', { name: /^Threshold, / });
    const [value, before] = [await slider.inputValue(), await tab.objects()];
    await slider.focus();
    for (let i = 0; i < 12; i += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(() => tab.objects()).not.toEqual(before);
    const undo = page.locator('.statusbar').getByText(/Undo: Threshold of /);
    await undo.waitFor();
    expect(await slider.inputValue()).not.toBe(value);
    await tab.canvas.focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => slider.inputValue()).toBe(value);
    await expect.poll(() => tab.objects()).toEqual(before);
    expect((await tab.objects()).filter((line) => line.includes('accepted')).length).toBe(drawn);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => slider.inputValue()).not.toBe(value);
    expect(tab.troubles).toEqual([]);
  });
});
