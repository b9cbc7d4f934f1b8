// Tools of the canvas while they are used.
import type { AppPage } from '../../helpers/drivers/appDriver.ts';
import { button, key, settled, type Walk } from './steps.ts';

export async function canvasTools(walk: Walk): Promise<void> {
  const { page, tab, shot } = walk;
  await key(walk, 'Tab', 'b');
  const box = (await tab.canvas.boundingBox())!;
  const to = (x: number, y: number, steps = 1) =>
    page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps });
  await to(0.4, 0.5);
  for (let i = 0; i < 8; i += 1) await page.mouse.wheel(0, -100);
  await page.mouse.down();
  await to(0.55, 0.6, 12);
  await shot('brush-stroke');
  await page.mouse.up();
  await shot('brush-after');
  await page.keyboard.press('e');
  await to(0.5, 0.5);
  await shot('eraser');
  await polygon(walk, to);
  await key(walk, 'w');
  await to(0.3, 0.3);
  await page.mouse.down();
  await to(0.34, 0.3, 4);
  await shot('wand');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  for (const [tool, name] of [
    ['r', 'box'],
    ['g', 'fill'],
    ['k', 'split'],
    ['m', 'merge'],
  ] as const) {
    await key(walk, tool);
    await shot(`tool-${name}`);
  }
}

async function polygon(
  walk: Walk,
  to: (x: number, y: number, steps?: number) => Promise<void>,
): Promise<void> {
  const { page, tab, shot } = walk;
  await key(walk, 'f', 'p');
  await settled(page);
  await shot('polygon-edit');
  const point = await firstPoint(tab);
  await page.mouse.move(point.x, point.y);
  await page.mouse.down();
  await page.mouse.move(point.x - 30, point.y + 24, { steps: 4 });
  await shot('polygon-drag');
  await page.mouse.up();
  await key(walk, 'Escape', 'Escape', 'Escape', 'Escape', 'Escape', 'p');
  await tab.click(300, 300);
  await tab.click(420, 320);
  await to(0.5, 0.7);
  await shot('polygon-draw');
  // The next side follows the strongest edge while Ctrl is held.
  await page.keyboard.down('Control');
  await to(0.56, 0.62, 6);
  await settled(page);
  await shot('polygon-live-wire');
  await page.keyboard.up('Control');
  await key(walk, 'Escape');
  await button(page, 'Go on drawing').waitFor();
  await shot('polygon-unfinished');
  await button(page, /^Discard /)
    .first()
    .click();
}

/** Where the first point of the edited outline is drawn: the highest left corner of the selection. */
async function firstPoint(tab: AppPage): Promise<{ x: number; y: number }> {
  const corner = await tab.page.locator('.labels .pill.selected').first().boundingBox();
  return corner ? { x: corner.x + 2, y: corner.y + 26 } : tab.place(0, 0);
}
