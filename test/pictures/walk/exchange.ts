// Export with its check and its result, import, and the start screen afterwards.
import { dialog, key, press, settled, type Walk } from './steps.ts';

export async function exchange(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await key(walk, 'Enter', 'Enter');
  await page.keyboard.press('Control+Shift+e');
  const out = dialog(page, 'Export');
  await out.waitFor();
  await settled(page);
  await shot('export');
  await out.getByRole('button', { name: 'Next' }).click();
  await out.getByText(/^\d+ masks? in \d+ images?\.$/).waitFor();
  await shot('export-check');
  await out.getByRole('button', { name: /^Export \d+ masks?$/ }).click();
  await out.getByText(/^masks?, (all )?equal$/).waitFor({ timeout: 60_000 });
  await shot('export-done');
  await out.getByRole('button', { name: 'Open report' }).click();
  await out.getByRole('heading', { name: 'Report of the export' }).waitFor();
  await shot('export-report');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Project menu' }).click();
  await page.getByRole('menuitem', { name: 'Import labels' }).click();
  await dialog(page, 'Import labels').waitFor();
  await shot('import');
  await page.keyboard.press('Escape');
  await key(walk, 'd');
  await settled(page);
  await shot('label-next');
  await press(page, 'Home');
  await page.getByText('Recent projects').waitFor();
  await settled(page);
  await shot('home-recent');
}
