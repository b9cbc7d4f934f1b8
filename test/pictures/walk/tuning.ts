// Tune with what a search found: the scenes, their masks, and the built-in model as it is shipped.
import { giveTruth, openScenes } from '../../helpers/fixtures/scenesProject.ts';
import { button, settled, type Walk } from './steps.ts';

const SLOW = { timeout: 120_000 };

export async function tuning({ app, page, tab, shot }: Walk): Promise<void> {
  await openScenes(app);
  await giveTruth(app);
  await page.reload();
  await tab.ready();
  await page.keyboard.press('Control+Shift+Digit5');
  await button(page, 'Start search').waitFor();
  await page.getByLabel('Judge').selectOption('pack');
  await settled(page);
  await shot('tune-ready');
  const engines = page.getByRole('region', { name: 'Engines on your accepted masks' });
  await engines.getByRole('button', { name: 'Measure' }).click();
  await engines.getByRole('button', { name: 'Measure again' }).waitFor(SLOW);
  await settled(page);
  await shot('tune-engines');
  await button(page, 'Start search').click();
  await button(page, 'Search again').waitFor(SLOW);
  await page
    .getByAltText(/masks of try/)
    .nth(7)
    .waitFor(SLOW);
  await page.locator('[data-region="tries"]').evaluate((node) => node.scrollTo(0, 0));
  await settled(page);
  await shot('tune-found');
  await page.locator('.plot .mark').nth(3).click();
  await page.getByRole('region', { name: 'Chosen' }).waitFor();
  await settled(page);
  await shot('tune-chosen');
  await page.getByRole('radio', { name: 'Table' }).click();
  await shot('tune-table');
}
