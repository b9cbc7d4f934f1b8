// What is said of objects and images, the filter, cleaning up, proposing on other images.
import { button, dialog, key, settled, withInspector, withoutDrawer, type Walk } from './steps.ts';

export async function objects(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await fields(walk);
  await filter(walk);
  await key(walk, 'Control+a', 'u');
  await withInspector(walk);
  const clean = page.getByRole('region', { name: 'Clean up' });
  await clean.waitFor();
  await shot('clean-up-off');
  await clean.getByRole('spinbutton', { name: 'Grow or shrink' }).fill('4');
  await page.keyboard.press('Enter');
  await clean.getByText(/^−0 px, \+\d/).waitFor();
  await shot('clean-up');
  await clean.getByRole('spinbutton', { name: 'Grow or shrink' }).fill('-30');
  await page.keyboard.press('Enter');
  await clean.getByRole('button', { name: /^Clean \d/ }).waitFor();
  await settled(page);
  await shot('clean-up-vanish');
  await clean
    .getByRole('radio', { name: 'All images' })
    .or(clean.getByText('All images'))
    .first()
    .click();
  await settled(page);
  await shot('clean-up-class');
  await key(walk, 'Escape', 'Escape', 'Escape');
  await key(walk, 'Tab', 'Control+Shift+d');
  await page.getByRole('region', { name: 'Propose on other images' }).waitFor();
  await page.getByRole('button', { name: /^Propose on \d/ }).waitFor();
  await shot('propagate');
  await page.keyboard.press('Escape');
}

async function fields(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await key(walk, 'Tab', ';');
  await page.getByRole('toolbar', { name: 'Fields of the selection' }).waitFor();
  await shot('fields-none');
  await withInspector(walk);
  await page.getByRole('button', { name: /^Add a field to / }).click();
  const table = dialog(page);
  await table.getByLabel('Name').fill('Material');
  await table.getByLabel('Choices, one a line').fill('cardboard\nwood\nglass');
  await shot('fields-table');
  await page.keyboard.press('Control+Enter');
  await table.waitFor({ state: 'hidden' });
  await key(walk, ';');
  const strip = page.getByRole('toolbar', { name: 'Fields of the selection' });
  if (!(await strip.isVisible())) await key(walk, ';');
  await strip.waitFor();
  await strip.focus();
  await page.keyboard.press('1');
  await page.getByRole('radio', { name: 'wood' }).waitFor();
  await shot('fields-strip');
  for (const press of ['2', 'o']) await page.keyboard.press(press);
  await shot('fields-said');
  await page.keyboard.press('n');
  await page.keyboard.type('Is this one thing or two?');
  await shot('fields-note');
  for (const level of [1, 2, 3]) await page.keyboard.press(level === 0 ? 'Tab' : 'Escape');
}

async function filter(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await key(walk, 'Escape', '/');
  await page.waitForFunction(() => document.activeElement?.id === 'image-filter');
  await page.keyboard.type('cla');
  await page.getByRole('listbox', { name: 'Suggestions for the filter' }).waitFor();
  await settled(page);
  await shot('filter-suggestions');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('class:ball');
  await page.keyboard.press('Enter');
  await page.keyboard.type('mar');
  await settled(page);
  await shot('filter-chips');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('margin:5');
  await page.keyboard.press('Enter');
  await settled(page);
  await shot('filter-fault');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await button(page, 'Clear').first().click();
  await page.locator('.images [role="option"]').nth(1).hover();
  await page.keyboard.press('Escape');
  await withoutDrawer(walk);
}
