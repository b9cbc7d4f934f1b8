// The Label screen: classes, decisions, menus and small dialogs.
import {
  button,
  dialog,
  key,
  pressIfShown,
  runEnded,
  settled,
  withClasses,
  withoutDrawer,
  type Walk,
} from './steps.ts';

const CLASSES = ['sailboat', 'palm tree', 'sun', 'cloud', '~sky', '~water', '~sand'];

export async function label(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await key(walk, 'Escape', 'Escape');
  await page.getByRole('textbox', { name: 'Add a class' }).fill(CLASSES.join(', '));
  await page.keyboard.press('Enter');
  // Beside Run only where there is room.
  await page.getByText('10 of 25').waitFor({ state: 'attached' });
  await key(walk, 'i');
  await button(page, 'Stop').waitFor();
  await runEnded(page);
  await shot('label-more-classes');
  await key(walk, 'Enter', 'Enter', 'Escape');
  const accepted = await page.locator('.labels .pill').first().boundingBox();
  if (accepted) await page.mouse.move(accepted.x + 40, accepted.y + 50);
  await shot('label-accepted-hovered');
  await key(walk, 'Tab', 'l');
  await page.mouse.move(5, 5);
  await shot('label-object');
  await key(walk, 'l', 'Escape');
  await key(walk, 'Period', 'Period');
  await settled(page);
  await shot('label-pass');
  await key(walk, 'Escape');
  await menus(walk);
  await classDialogs(walk);
}

async function menus(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await key(walk, 'c');
  await shot('label-tones');
  await key(walk, 'c');
  if (await pressIfShown(button(page, 'Run options'))) await shot('run-options');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Project menu' }).click();
  await shot('project-menu');
  await page.keyboard.press('Escape');
  // A narrow window shows thumbnails alone.
  if (await pressIfShown(button(page, 'Sort'))) await shot('filter-menu');
  await page.keyboard.press('Escape');
  await key(walk, 'Control+g');
  await dialog(page).waitFor();
  await shot('go-to');
  await page.keyboard.press('Escape');
  await key(walk, 'Control+k');
  await page.getByRole('combobox', { name: 'An action, image or class' }).waitFor();
  await shot('palette');
  await page.keyboard.type('sa');
  await shot('palette-typed');
  await page.keyboard.press('Escape');
  await key(walk, 'Shift+Slash');
  await dialog(page, 'Key list').waitFor();
  await shot('key-list');
  await page.keyboard.press('Escape');
  const tag = await page.locator('.labels .pill').first().boundingBox();
  if (tag) await page.mouse.click(tag.x + 20, tag.y + 40, { button: 'right' });
  await page.getByRole('menu').waitFor();
  await shot('object-menu');
  await page.keyboard.press('Escape');
}

async function classDialogs(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await withClasses(walk);
  await shot('classes');
  await page
    .getByRole('button', { name: /^Edit / })
    .first()
    .click();
  await dialog(page, 'Class').waitFor();
  await shot('class-editor');
  await page.getByRole('radio', { name: 'lemon' }).click();
  await shot('class-editor-near');
  await button(page, 'Delete class').click();
  await shot('class-remove');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await withClasses(walk);
  await button(page, 'Class menu').click();
  await shot('class-menu');
  await page.getByRole('menuitem', { name: 'Paste a list' }).click();
  await shot('paste-classes');
  await page.keyboard.press('Escape');
  await withoutDrawer(walk);
}
