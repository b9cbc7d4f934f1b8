// Engines: how masks are found, side by side, and the evidence of Similarity and Rounds.
import { button, dialog, key, runEnded, settled, type Walk } from './steps.ts';

export async function engines(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await key(walk, 'Shift+i');
  await dialog(page, 'Compare engines on ').waitFor();
  await settled(page);
  if ((await button(page, 'Get it').count()) > 0) await shot('compare-engines-missing');
  await page.keyboard.press('Escape');
  await walk.addModels();
  await compareEngines(walk);
  for (const engine of ['naclip', 'car'] as const) {
    await choose(walk, engine);
    await key(walk, 'i');
    await button(page, 'Stop').waitFor();
    await runEnded(page);
    await shot(`label-${engine}`);
    await page.keyboard.press('Control+Shift+Digit2');
    await page.locator('[data-region], .evidence').first().waitFor();
    await settled(page);
    await shot(`evidence-${engine}`);
    await page.keyboard.press('Control+Shift+Digit1');
    await walk.tab.ready();
  }
  await choose(walk, 'pnp');
}

async function compareEngines(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await key(walk, 'Shift+i');
  const compare = dialog(page, 'Compare engines on ');
  const ended = () =>
    compare.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached', timeout: 300_000 });
  await compare.getByRole('button', { name: 'Try on 6 images' }).waitFor({ timeout: 300_000 });
  await ended();
  await settled(page);
  await shot('compare-engines');
  for (const shown of ['Salience', 'Difference']) {
    await compare.getByRole('radio', { name: shown }).click();
    await settled(page);
    await shot(`compare-${shown.toLowerCase()}`);
  }
  await compare.getByRole('radio', { name: 'Masks' }).click();
  await compare.getByRole('button', { name: 'Try on 6 images' }).click();
  const six = compare.locator('[data-region="six-images"]');
  await six.waitFor();
  await ended();
  await six.scrollIntoViewIfNeeded();
  await settled(page);
  await shot('compare-six');
  await page.keyboard.press('Escape');
  await compare.waitFor({ state: 'detached' });
}

async function choose(walk: Walk, engine: string): Promise<void> {
  const { page, shot } = walk;
  await page.locator('.topbar [aria-haspopup="dialog"]').click();
  const how = dialog(page, 'How masks are found');
  await how.waitFor();
  const row = how.locator(`[data-engine="${engine}"]`);
  await row.waitFor();
  await shot(`model-choice-${engine}`);
  await row.locator('input').check();
  await how.getByRole('button', { name: 'Use in this project' }).click();
  await how.waitFor({ state: 'detached' });
}
