// The other screens: tuning, figures, models, help, settings.
import { button, dialog, key, press, pressIfShown, settled, type Walk } from './steps.ts';

export async function screens(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  // For figures to tell of.
  await key(walk, 'Enter', 'Enter');
  await page.keyboard.press('Control+Shift+Digit5');
  await settled(page);
  await shot('tune');
  await page.keyboard.press('Control+Shift+Digit6');
  await page.locator('[data-region="filters"]').waitFor();
  await settled(page);
  await shot('statistics');
  await models(walk);
  await page.keyboard.press('F1');
  await page.locator('[data-help]').waitFor();
  for (const topic of ['Five-minute tour', 'What salience is', 'Words used here', 'All keys']) {
    const nav = page.getByRole('navigation', { name: 'Pages of the help' });
    await nav.getByRole('button', { name: topic }).click();
    await settled(page);
    await shot(`help-${topic.toLowerCase().replaceAll(' ', '-')}`);
  }
  await page.keyboard.press('Escape');
  await settings(walk);
}

async function models({ page, shot }: Walk): Promise<void> {
  await press(page, 'Models and devices');
  await page.locator('[data-pack]').first().waitFor();
  await settled(page);
  await shot('models');
  await page.locator('[data-device]').last().scrollIntoViewIfNeeded();
  await settled(page);
  await shot('models-devices');
  for (const name of ['Add from a folder', 'Mirror and token', 'How to get it']) {
    if (!(await pressIfShown(button(page, name)))) continue;
    await dialog(page).waitFor();
    await shot(`models-${name.toLowerCase().replaceAll(' ', '-')}`);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
  }
}

async function settings({ page, shot }: Walk): Promise<void> {
  await page.keyboard.press('Control+Comma');
  await page.getByRole('heading', { name: 'Shortcuts' }).waitFor();
  await shot('settings-shortcuts');
  await page
    .getByRole('button', { name: /^Fill, G. Change/ })
    .first()
    .click();
  await page.keyboard.press('f');
  await shot('settings-conflict');
  await page.keyboard.press('Escape');
  const nav = page.getByRole('navigation', { name: 'Settings' });
  for (const name of ['Appearance', 'Canvas', 'Storage', 'About']) {
    await nav.getByRole('button', { name }).click();
    await page.getByRole('heading', { name, exact: true }).first().waitFor();
    await shot(`settings-${name.toLowerCase()}`);
  }
}
