// Tuning in the window, against the real engine and model: what it needs, a search with its marks,
// masks of tries, the setting put into the project and taken back.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paramsOf } from '../../electron/engine/opening/opening.ts';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';
import { giveTruth, openScenes } from '../helpers/fixtures/scenesProject.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const SLOW = { timeout: 120_000 };
/** Pictures for comparing with the design are kept where this variable says. */
const PICTURES = process.env['SALIENCE_PICTURES'];

describe.skipIf(noBrowser)('tuning in the window', { timeout: 300_000 }, () => {
  let app: AppDriver;
  let tab: AppPage;
  let page: Page;
  const project = () => app.engine.context.open.get();
  const picture = async (name: string) => {
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  };

  beforeAll(async () => {
    app = await startApp();
    await openScenes(app);
    await app.engine.context.settings.set({
      ...app.engine.context.settings.value(),
      theme: 'dark',
    });
    tab = await app.open();
    page = tab.page;
    await page.getByRole('navigation').getByText('Tune').click();
  });
  afterAll(() => app?.close());

  it('says how many images with class names it needs and how many there are', async () => {
    await page.getByText('Needs 20 images with class names. You have 0.').waitFor();
    await picture('tune-empty');
  });

  it('opens once the images have class names', async () => {
    await giveTruth(app);
    await page.getByRole('button', { name: 'Start search' }).waitFor();
    await expect.poll(() => page.getByText('weaker judge than CLIP').count()).toBe(1);
  });

  it('measures models and settings on the accepted masks, best first, and uses a row', async () => {
    const engines = page.getByRole('region', { name: 'Engines on your accepted masks' });
    await engines.getByText('6 reviewed images have accepted masks.').waitFor();
    await expect.poll(() => engines.getByText('not measured').count()).toBe(3);
    await engines.getByRole('button', { name: 'Measure' }).click();
    await engines.getByRole('button', { name: 'Measure again' }).waitFor(SLOW);
    const shares = async () =>
      (await engines.locator('td strong').allTextContents()).map((figure) => Number(figure));
    expect(await shares()).toEqual((await shares()).toSorted((a, b) => b - a));
    expect((await shares()).length).toBe(3);
    await picture('tune-engines');
    const before = paramsOf(project());
    await engines.getByRole('button', { name: 'Use' }).first().click();
    const notices = page.getByRole('region', { name: 'Notifications' });
    await notices.getByText('with these settings is in use').waitFor();
    expect(paramsOf(project())).not.toEqual(before);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => paramsOf(project())).toEqual(before);
  });

  it('says how many finished images settings can be compared on, and why others have no say', async () => {
    const learned = page.getByRole('region', { name: 'Learn from corrections' });
    // They may have been compared in the background before.
    await learned.getByRole('button', { name: /^Compare (settings|again)$/ }).click();
    await learned.getByText('Finish 8 more images to compare settings.').waitFor(SLOW);
    await learned.getByText('Details').click();
    await learned.getByText('6 finished images had no run of the model.').waitFor();
    await learned
      .getByRole('button', { name: 'Run the model on 6 finished images again' })
      .waitFor();
  });

  it('pauses, goes on, and ends with every layer and head', async () => {
    await page.getByRole('button', { name: 'Start search' }).click();
    await page.locator('.plot .mark').first().waitFor(SLOW);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Search again' }).waitFor(SLOW);
    const cells = page.getByRole('button', { name: /^Layer \d, head (\d|mean): reward/ });
    // Three layers with a gradient, four heads and their mean.
    await expect.poll(() => cells.count()).toBe(15);
  });

  it('shows masks of the best and the worst try, and of the mark that is clicked', async () => {
    await page
      .getByAltText(/masks of try/)
      .nth(7)
      .waitFor(SLOW);
    await picture('tune-dark-1440');
    await page.locator('.plot .mark').nth(3).click();
    await picture('tune-chosen');
    await page
      .getByRole('region', { name: 'Chosen' })
      .getByAltText(/masks of try 4/)
      .first()
      .waitFor(SLOW);
  });

  it('says how well the reward predicts mIoU where reviewed images have masks', async () => {
    await page.getByText('6 of these images have accepted masks').waitFor();
    await page.getByRole('button', { name: 'Show mIoU' }).click();
    await expect.poll(() => page.locator('.miou').count()).toBeGreaterThan(10);
  });

  it('has a table with a row for each try', async () => {
    await page.getByRole('radio', { name: 'Table' }).click();
    const rows = await page
      .getByRole('row')
      .filter({ hasText: /^(Try|Now in use)/ })
      .count();
    expect(rows).toBeGreaterThan(15);
    await picture('tune-table');
    await page.getByRole('radio', { name: 'Chart' }).click();
  });

  it('puts the best setting into the project, and Undo takes it back', async () => {
    const before = paramsOf(project());
    await page.getByRole('button', { name: 'Use in this project' }).click();
    await page.getByRole('button', { name: 'In use in this project' }).waitFor();
    expect(paramsOf(project()).overrides['pnp.layers']).not.toEqual([2]);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => paramsOf(project())).toEqual(before);
  });

  it('fits smaller windows and the light theme', async () => {
    for (const theme of ['dark', 'light', 'contrast'] as const) {
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
      for (const [width, height] of [
        [1440, 900],
        [1280, 800],
        [1100, 700],
      ] as const) {
        await page.setViewportSize({ width, height });
        const overflow = await page.evaluate(() => document.body.scrollWidth - innerWidth);
        expect(overflow, `${theme} ${width}`).toBeLessThanOrEqual(0);
        await picture(`tune-${theme}-${width}`);
      }
    }
    expect(tab.troubles).toEqual([]);
  });
});
