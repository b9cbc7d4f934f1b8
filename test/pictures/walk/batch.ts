// A batch: its dialog with a trial, the running job, its report, and the review of what it proposed.
import { dialog, settled, type Walk } from './steps.ts';

export async function batch({ page, shot }: Walk): Promise<void> {
  await page.keyboard.press('Control+b');
  const asked = dialog(page, 'Pre-label images');
  await asked.waitFor();
  await settled(page);
  await shot('batch-dialog');
  await asked.getByRole('button', { name: /^Try it on / }).click();
  await asked.getByText('done in').waitFor({ timeout: 180_000 });
  await settled(page);
  await shot('batch-trial');
  await asked.getByRole('button', { name: 'Start batch' }).click();
  await page.getByRole('heading', { name: /^Pre-label \d+ images?/ }).waitFor();
  await shot('batch-running');
  await page.getByRole('button', { name: 'Save report' }).waitFor({ timeout: 120_000 });
  await settled(page);
  await shot('batch-report');
  await page.keyboard.press('Control+Shift+Digit3');
  const list = page.getByRole('listbox', { name: 'Proposals' });
  await list.getByRole('option').first().waitFor();
  await settled(page);
  await shot('review');
  await list.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Backspace');
  await list.getByRole('option').nth(3).hover();
  await settled(page);
  await shot('review-decided');
  await list.focus();
  await page.keyboard.press('Space');
  await settled(page);
  await shot('review-large');
  await page.keyboard.press('Escape');
}
