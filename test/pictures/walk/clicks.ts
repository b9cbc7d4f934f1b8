// The segment tool, first by salience alone, then with a click model; edges that it draws anew.
import type { Locator } from 'playwright-core';
import {
  button,
  key,
  press,
  pressIfShown,
  runEnded,
  settled,
  toImage,
  withInspector,
  type Walk,
} from './steps.ts';

const bar = ({ page }: Walk): Locator => page.locator('[data-choices]');

export async function clicks(walk: Walk): Promise<void> {
  const { page, tab, shot } = walk;
  await toImage(walk, 'beach');
  await key(walk, 'f', 's');
  await shot('segment-without-model');
  await key(walk, '2');
  await tab.click(500, 575);
  await bar(walk).getByText('from salience').waitFor();
  await explain(walk, 'Why here?');
  await shot('segment-by-salience');
  await key(walk, 'Escape', 'Escape', 'v');
  await walk.addModels();
  await settled(page);
  await key(walk, 's');
  await tab.click(500, 575);
  await bar(walk).getByText('1 of').waitFor();
  const at = await tab.place(560, 640);
  await page.mouse.click(at.x, at.y, { button: 'right' });
  await settled(page);
  await shot('segment-clicks');
  await explain(walk, 'Why this edge?');
  await shot('segment-why');
  await key(walk, 'Escape', 'Escape', 'v');
  await refine(walk);
}

/** The link stands in the panel, which a small window has in a drawer. */
async function explain(walk: Walk, link: string): Promise<void> {
  const { page } = walk;
  await withInspector(walk);
  await button(page, link).click();
  await settled(page);
}

async function refine(walk: Walk): Promise<void> {
  const { page, shot } = walk;
  await button(page, 'Refine: off').click();
  await page.getByRole('switch', { name: 'Crisp edges' }).click();
  await page.getByRole('switch', { name: 'One object per thing' }).click();
  await shot('refine-panel');
  await page.keyboard.press('Escape');
  await page.getByRole('switch', { name: 'Crisp edges' }).waitFor({ state: 'detached' });
  await key(walk, 'i');
  await button(page, 'Stop').waitFor();
  await runEnded(page);
  await key(walk, 'Tab');
  await settled(page);
  await shot('refined');
  const how = button(page, 'How was this edge found?');
  if (walk.size.width < 860) await pressIfShown(button(page, 'Why'));
  await how.click();
  await settled(page);
  await shot('refined-why');
  await pressIfShown(button(page, 'Show the passes'));
  await press(page, 'Home');
  await shot('home-with-models');
}
