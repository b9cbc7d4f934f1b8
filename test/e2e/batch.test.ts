// A batch in the window, against the real engine and model: dialog and trial, the running job, its
// report, review by keys with undo, thresholds over the data set, and the numbers at the end.
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolder } from '../../electron/engine/opening/opening.ts';
import { callEngine } from '../../electron/hosts/startEngine.ts';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const SCENES = join(import.meta.dirname, '..', 'fixtures', 'scenes');
const GOOD_IMAGES = 8;

describe.skipIf(noBrowser)('a batch in the window', () => {
  let app: AppDriver;
  let tab: AppPage;
  let page: Page;

  beforeAll(async () => {
    app = await startApp();
    const folder = join(app.folder, 'scenes');
    await mkdir(folder);
    const names = (await readdir(SCENES)).filter((name) => name.endsWith('.png')).sort();
    for (const name of names.slice(0, GOOD_IMAGES))
      await cp(join(SCENES, name), join(folder, name));
    await writeFile(join(folder, 'torn.png'), 'this is no picture');
    await openFolder(app.engine.context, folder);
    tab = await app.open();
    page = tab.page;
    await page.getByRole('navigation').getByText('Review').waitFor();
  });
  afterAll(() => app?.close());

  const spoken = (part: string) =>
    page.waitForFunction((wanted) => document.body.textContent?.includes(wanted) ?? false, part);
  const reviewed = async () => (await app.engine.context.open.get()).store;
  const statusOf = async (status: number) =>
    (await reviewed()).get<{ n: number }>(
      'SELECT count(*) AS n FROM annotation WHERE status = ?',
      status,
    )!.n;

  it('opens by Ctrl+B, takes class names and tries them on six images', async () => {
    await page.keyboard.press('Control+b');
    const dialog = page.getByRole('dialog', { name: 'Pre-label images' });
    await dialog.getByPlaceholder('Class names').fill('stone, wood, sand, brick, bus');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('checkbox', { name: 'bus' }).waitFor();
    await dialog.getByRole('switch', { name: 'Only where match is at least' }).click();
    await dialog.getByRole('button', { name: /^Try it on 6/ }).click();
    await dialog.getByText('done in').waitFor();
    await expect.poll(() => dialog.getByRole('slider').count()).toBe(5);
    await expect.poll(() => dialog.getByText(/images, about/).count()).toBe(1);
    expect(await statusOf(0), 'a trial writes nothing').toBe(0);
  });

  it('moves a threshold and paints the trial again from stored maps', async () => {
    const dialog = page.getByRole('dialog');
    // Which images are tried is left to chance: take a class that was found in them.
    const found = dialog.locator('.sliders li').filter({ hasText: /\d masks?, / });
    const name = await found.first().locator('.name').textContent();
    const slider = page.getByRole('slider', { name: `Threshold of ${name}` });
    const row = dialog.locator('.sliders li').filter({ has: slider });
    const before = await row.locator('.result').textContent();
    await slider.focus();
    // The largest threshold keeps only the strongest patches.
    await page.keyboard.press('End');
    await expect
      .poll(() => row.locator('.result').textContent(), { timeout: 60_000 })
      .not.toBe(before);
    // Back to the default, 15 steps of 0.01.
    await page.keyboard.press('Home');
    for (let i = 0; i < 15; i += 1) await page.keyboard.press('ArrowRight');
  });

  it('runs the batch and reports done and failed images with reasons', async () => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Start batch' }).click();
    await page.getByRole('heading', { name: `Pre-label ${GOOD_IMAGES + 1} images` }).waitFor();
    await page.getByRole('button', { name: 'Save report' }).waitFor();
    await spoken('1 image failed');
    await expect.poll(() => page.getByText('torn.png').count()).toBeGreaterThan(0);
    expect(await statusOf(0)).toBeGreaterThan(0);
    expect(await statusOf(1)).toBe(0);
  });

  it('filters by a tile of the report and leads to these images in Label', async () => {
    await page.getByRole('button', { name: /^With proposals/ }).click();
    const images = page.getByRole('region', { name: 'Images with proposals' });
    await images.getByRole('listitem').first().waitFor();
    await images.getByRole('button', { name: 'Open these in Label' }).click();
    await page.locator('[data-canvas]').waitFor();
    await page.keyboard.press('Control+Shift+Digit4');
    await page.getByRole('button', { name: 'Save report' }).waitFor();
  });

  it('reviews by keys: accept, reject, and take the last one back', async () => {
    await page.getByRole('button', { name: /^Review \d+ (doubtful|proposal)/ }).click();
    const list = page.getByRole('listbox', { name: 'Proposals' });
    const total = await statusOf(0);
    await list.getByRole('option').first().waitFor();
    // What the numbers under a tile are stands beside the classes, leads to the help, and stays folded.
    const margin = page.getByText('Margin: how far the class leads the next one');
    await margin.waitFor();
    await page.getByText('Reading a tile').click();
    await margin.waitFor({ state: 'hidden' });
    await page.getByText('Reading a tile').click();
    await page.getByRole('button', { name: 'More in help' }).click();
    await page.getByRole('heading', { name: 'Words used here' }).waitFor();
    await page.keyboard.press('Escape');
    await list.getByRole('option').first().waitFor();
    await list.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Backspace');
    await list.getByRole('option', { name: /, accepted$/ }).waitFor();
    await list.getByRole('option', { name: /, rejected$/ }).waitFor();
    await expect.poll(() => statusOf(2)).toBe(1);
    expect(await statusOf(1)).toBe(1);
    await page.keyboard.press('Control+z');
    await list.getByRole('option', { name: /, rejected$/ }).waitFor({ state: 'detached' });
    await expect.poll(() => statusOf(2)).toBe(0);
    await expect.poll(() => statusOf(0)).toBe(total - 1);
    await expect.poll(() => list.getByRole('option', { name: /, accepted$/ }).count()).toBe(1);
  });

  it('shows the salience behind each crop instead of its mask', async () => {
    await page.getByRole('radio', { name: 'Salience' }).click();
    await page.waitForFunction(() => {
      const shown = document.querySelector<HTMLImageElement>('[role=option] img');
      return shown !== null && shown.src.endsWith('/salience') && shown.naturalWidth > 0;
    }, null);
    expect(await page.getByText('Maps not kept').count()).toBe(0);
    await page.getByRole('radio', { name: 'Masks' }).click();
  });

  it('opens a proposal large with its passes and changes its class by a digit', async () => {
    await page.getByRole('listbox', { name: 'Proposals' }).focus();
    await page.keyboard.press('Space');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Pass 1' }).waitFor();
    // There and back, whatever class it has.
    await page.keyboard.press('5');
    await page.keyboard.press('1');
    await spoken('moved to stone');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('counts what another threshold would change before it is applied', async () => {
    // Of which class most is left to judge depends on the model.
    const { name } = (await reviewed()).get<{ name: string }>(
      `SELECT category.name FROM annotation JOIN category ON category.id = annotation.category_id
       WHERE annotation.status = 0 GROUP BY category.id ORDER BY count(*) DESC LIMIT 1`,
    )!;
    await page
      .getByRole('complementary', { name: 'Classes to review' })
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .first()
      .click();
    const slider = page.getByRole('slider', { name: /for the whole project/ });
    const standsAt = () => slider.inputValue();
    // A trial of the batch may have moved the thumb; the class has a threshold of its own all the same.
    const own = async () => {
      const { categories, thresholds } = await callEngine(app.engine, 'project.summary', {});
      const { kind, threshold } = categories.find((one) => one.name === name)!;
      return String(threshold ?? thresholds[kind]);
    };
    const before = await own();
    await slider.focus();
    await page.keyboard.press('End');
    const apply = page.getByRole('button', { name: /^Apply to [1-9]/ });
    await apply.waitFor();
    const changedBefore = await statusOf(0);
    await apply.click();
    await spoken('vanished');
    expect(await statusOf(0)).toBeLessThanOrEqual(changedBefore);
    expect(await statusOf(1), 'accepted masks stay').toBe(1);
    expect([await standsAt(), await own()]).toEqual(['0.6', '0.6']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => statusOf(0)).toBe(changedBefore);
    await expect.poll(standsAt).toBe(before);
    expect(await own()).toBe(before);
  });

  it('accepts a whole group as one step that is undone at once', async () => {
    await page.getByRole('button', { name: /^All classes/ }).click();
    const open = await statusOf(0);
    const accept = page
      .getByRole('button', { name: /^Accept \d+ proposals? of the group/ })
      .first();
    await accept.click();
    await expect.poll(() => statusOf(0)).toBeLessThan(open);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => statusOf(0)).toBe(open);
  });

  it('accepts every proposal from a match on, after counting them', async () => {
    // The list came from one job's report; now it is about the whole project.
    await page.getByRole('button', { name: 'All jobs' }).click();
    const field = page.getByRole('spinbutton', { name: 'Least match to accept' });
    await field.fill('0');
    await field.press('Enter');
    const button = page.getByRole('button', { name: /^Accept \d+ proposals?$/ });
    const open = await statusOf(0);
    await expect.poll(() => button.textContent()).toContain(`Accept ${open} proposal`);
    await button.click();
    await page.getByText('All proposals are decided.').waitFor();
    expect(await statusOf(0)).toBe(0);
  });

  it('shows the numbers and saves them as CSV', async () => {
    await page.keyboard.press('Control+Shift+Digit6');
    await page.getByRole('heading', { name: 'Statistics' }).waitFor();
    const accepted = await statusOf(1);
    await spoken(`Accepted masks: ${accepted}`);
    await page.getByRole('radio', { name: 'As tables' }).click();
    await expect.poll(() => page.getByRole('row').count()).toBe(7);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save CSV' }).click();
    const lines = (await (await download).createReadStream())
      .setEncoding('utf8')
      .reduce((text: string, chunk: string) => text + chunk, '');
    expect((await lines).split('\r\n')[1]).toMatch(/^stone,\d+,/);
    // Every count leads to its images, by a filter that stands in the list.
    await page.getByRole('table').getByRole('button', { name: 'stone', exact: true }).click();
    await page.locator('.images').getByText('class stone').waitFor();
    await page.keyboard.press('Control+Shift+Digit6');
    const sizes = page.getByRole('region', { name: 'Size of accepted masks' });
    await sizes.getByRole('button').first().click();
    await page.locator('.images').getByText(/^area/).waitFor();
    await page.locator('.images').getByRole('button', { name: 'Clear', exact: true }).click();
    await page.keyboard.press('Control+Shift+Digit6');
  });

  it('had no error in the page', () => {
    // The torn file has no thumbnail: that one answer is meant.
    expect(tab.troubles.filter((line) => !line.includes('404'))).toEqual([]);
  });
});
