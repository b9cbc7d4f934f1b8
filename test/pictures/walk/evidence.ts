// The Evidence screen of Salience.
import { button, dialog, settled, type Walk } from './steps.ts';

export async function evidence({ page, shot }: Walk): Promise<void> {
  await page.keyboard.press('Control+Shift+Digit2');
  await page.getByRole('option', { name: /^Mask/ }).waitFor({ timeout: 60_000 });
  await settled(page);
  await shot('evidence');
  const heads = page.getByRole('radio', { name: 'Layers and heads' });
  if (await heads.isVisible()) {
    await heads.click();
    await shot('evidence-heads');
    await page.getByRole('radio', { name: 'Image', exact: true }).click();
  } else {
    await button(page, 'Open grid').click();
    await dialog(page).waitFor();
    await settled(page);
    await shot('evidence-heads');
    await page.keyboard.press('Escape');
  }
  await button(page, /Side by side/)
    .first()
    .click();
  await settled(page);
  await shot('evidence-compare');
  await button(page, 'Overlay')
    .or(page.getByRole('radio', { name: 'Overlay' }))
    .first()
    .click();
}
