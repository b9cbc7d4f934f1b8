// The walk that every picture of the window comes from: one tab, one step after another, a name for each
// state worth looking at. Steps wait for what a person would see.
import type { Locator, Page } from 'playwright-core';
import type { AppDriver, AppPage } from '../helpers/drivers/appDriver.ts';

type Shot = (name: string) => Promise<void>;

export interface Walk {
  readonly app: AppDriver & { readonly images: string };
  readonly tab: AppPage;
  readonly page: Page;
  readonly shot: Shot;
}

const CLASSES = ['sailboat', 'palm tree', 'sun', 'cloud', '~sky', '~water', '~sand'];

/** Every state of the workspace, in the order in which it can be reached. */
export async function walkWorkspace({ tab, page, shot }: Walk): Promise<void> {
  const key = async (...keys: string[]) => {
    await tab.canvas.focus();
    for (const one of keys) await page.keyboard.press(one);
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const dialog = (name: string) => page.getByRole('dialog', { name });

  await button('Open sample').waitFor();
  await shot('home-first');
  await button('What is inside').click();
  await dialog('The sample project').waitFor();
  await shot('home-inside');
  await page.keyboard.press('Escape');
  await button(/Choose folder/).click();
  await page.getByRole('dialog').waitFor();
  await shot('folder-browser');
  await page.keyboard.press('Escape');

  await tab.openSample();
  await photoDrawn(page);
  await shot('label-first');
  await key('i');
  await page.locator('.stages').waitFor();
  await page
    .getByText(/Pass \d/)
    .first()
    .waitFor();
  await shot('label-running');
  await page.locator('[data-frame="mask"]').waitFor({ state: 'attached', timeout: 20_000 });
  await button('Stop').waitFor({ state: 'detached', timeout: 20_000 });
  await settled(page);
  await shot('label-proposals');
  await page.keyboard.press('Escape');
  await key('Escape', 'Escape');
  await page.getByRole('textbox', { name: 'Add a class' }).fill(CLASSES.join(', '));
  await page.keyboard.press('Enter');
  // Beside Run only where there is room.
  await page.getByText('10 of 25').waitFor({ state: 'attached' });
  await key('i');
  await button('Stop').waitFor({ timeout: 20_000 });
  await button('Stop').waitFor({ state: 'detached', timeout: 90_000 });
  await settled(page);
  await shot('label-more-classes');
  await key('Enter', 'Enter', 'Escape');
  const accepted = page.locator('.labels .pill').first();
  await hover(page, accepted);
  await shot('label-accepted-hovered');
  await key('Tab', 'l', 'Escape');
  await page.mouse.move(5, 5);
  await shot('label-locked');
  await key('Tab', 'l', 'Escape');
  await key('Period', 'Period');
  await settled(page);
  await shot('label-pass');
  await key('Escape');

  await key('c');
  await shot('label-tones');
  await key('c');
  await button('Run options').click();
  await shot('run-options');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Project menu' }).click();
  await shot('project-menu');
  await page.keyboard.press('Escape');
  // A narrow window shows thumbnails alone.
  if (await button('Sort').isVisible()) {
    await button('Sort').click();
    await shot('filter-menu');
    await page.keyboard.press('Escape');
  }
  await key('Control+g');
  await shot('go-to');
  await page.keyboard.press('Escape');
  await key('Control+k');
  await page.getByRole('combobox', { name: 'An action, image or class' }).waitFor();
  await shot('palette');
  await page.keyboard.type('sa');
  await shot('palette-typed');
  await page.keyboard.press('Escape');
  await key('Shift+Slash');
  await dialog('Key list').waitFor();
  await shot('key-list');
  await page.keyboard.press('Escape');
  await withClasses(page);
  await page
    .getByRole('button', { name: /^Edit / })
    .first()
    .click();
  await dialog('Class').waitFor();
  await shot('class-editor');
  await page.getByRole('radio', { name: 'lemon' }).click();
  await shot('class-editor-near');
  await page.keyboard.press('Escape');
  await withClasses(page);
  await button('Class menu').click();
  await page.getByRole('menuitem', { name: 'Paste a list' }).click();
  await shot('paste-classes');
  await page.keyboard.press('Escape');
  await withoutDrawer(page);

  await key('Tab', 'b');
  const box = (await tab.canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.5);
  for (let i = 0; i < 8; i += 1) await page.mouse.wheel(0, -100);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.6, { steps: 12 });
  await shot('brush-stroke');
  await page.mouse.up();
  await shot('brush-after');
  await page.keyboard.press('e');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await shot('eraser');
  await key('f', 'p');
  await settled(page);
  await shot('polygon-edit');
  const point = await firstPoint(tab);
  await page.mouse.move(point.x, point.y);
  await page.mouse.down();
  await page.mouse.move(point.x - 30, point.y + 24, { steps: 4 });
  await shot('polygon-drag');
  await page.mouse.up();
  await key('Escape', 'Escape', 'Escape', 'Escape', 'Escape', 'p');
  await tab.click(300, 300);
  await tab.click(420, 320);
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.7);
  await shot('polygon-draw');
  await key('Escape');
  await button('Go on drawing').waitFor();
  await shot('polygon-unfinished');
  await button(/^Discard /)
    .first()
    .click();
  await key('w');
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.34, box.y + box.height * 0.3, { steps: 4 });
  await shot('wand');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  for (const [tool, name] of [
    ['r', 'box'],
    ['g', 'fill'],
    ['k', 'split'],
    ['m', 'merge'],
  ] as const) {
    await key(tool);
    await shot(`tool-${name}`);
  }
  await key('Escape', 'Escape', 'Escape');
  await key('Tab', 'Control+Shift+d');
  await page.getByRole('region', { name: 'Propose on other images' }).waitFor();
  await page.getByRole('button', { name: /^Propose on \d/ }).waitFor();
  await shot('propagate');
  await page.keyboard.press('Escape');
  await key('Escape');
  await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.6, { button: 'right' });
  await shot('object-menu');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+Shift+Digit2');
  await page.getByRole('option', { name: /^Mask/ }).waitFor({ timeout: 60_000 });
  await settled(page);
  await shot('evidence');
  await button(/Side by side/)
    .first()
    .click();
  await settled(page);
  await shot('evidence-compare');
  await page
    .getByRole('button', { name: 'Overlay', exact: true })
    .or(page.getByRole('radio', { name: 'Overlay' }))
    .first()
    .click();
  await page.keyboard.press('Control+Shift+Digit5');
  await settled(page);
  await shot('tune');
  for (const [number, name, inside] of [
    [3, 'review', '.tile'],
    [4, 'jobs', '.jobs'],
    [6, 'statistics', '[data-region="filters"]'],
  ] as const) {
    await page.keyboard.press(`Control+Shift+Digit${number}`);
    await page.locator(inside).first().waitFor();
    await settled(page);
    await shot(name);
  }
  await press(page, 'Models and devices');
  await page.locator('[data-pack]').first().waitFor();
  await settled(page);
  await shot('models');

  await page.keyboard.press('F1');
  await page.locator('[data-help]').waitFor();
  await page.getByRole('button', { name: 'Five-minute tour' }).first().click();
  await settled(page);
  await shot('help');
  await page.keyboard.press('Escape');

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
  for (const name of ['Appearance', 'Canvas', 'Storage', 'About']) {
    await page.getByRole('navigation').getByRole('button', { name }).click();
    await page.getByRole('heading', { name, exact: true }).first().waitFor();
    await shot(`settings-${name.toLowerCase()}`);
  }
  await page.keyboard.press('Control+Shift+Digit1');
  await tab.ready();
  await page.keyboard.press('Control+Shift+e');
  await dialog('Export').waitFor();
  await shot('export');
  await dialog('Export').getByRole('button', { name: 'Export', exact: true }).click();
  await dialog('Export')
    .getByText(/all equal/)
    .waitFor({ timeout: 60_000 });
  await shot('export-done');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Project menu' }).click();
  await page.getByRole('menuitem', { name: 'Import labels' }).click();
  await dialog('Import labels').waitFor();
  await shot('import');
  await page.keyboard.press('Escape');
  await key('d');
  await settled(page);
  await shot('label-next');
  await press(page, 'Home');
  await page.getByText('Recent projects').waitFor();
  await settled(page);
  await shot('home-recent');
}

/** Pictures, maps and thumbnails on the screen have arrived; calls travel over a socket, which is never idle. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () =>
      document.querySelector('[data-frame] .waiting') === null &&
      [...document.images].every((image) => image.complete || image.offsetParent === null),
  );
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 120))),
  );
}

/** A button of the top bar; a small window has it among the actions. */
async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  if (await button.isVisible()) return button.click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

/** Small windows have their classes in a drawer. */
async function withClasses(page: Page): Promise<void> {
  const edit = page.getByRole('button', { name: /^Edit / }).first();
  if (await edit.isVisible()) return;
  await page
    .getByRole('button', { name: /^Classes/ })
    .first()
    .click();
  await edit.waitFor();
}

async function withoutDrawer(page: Page): Promise<void> {
  const close = page.locator('.drawer .close button');
  if (await close.first().isVisible()) await close.first().click();
}

/** The photograph stands on the canvas: its middle is not clear. */
async function photoDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-canvas] canvas');
    const at = canvas && [canvas.width >> 1, canvas.height >> 1];
    return at && canvas.getContext('2d')!.getImageData(at[0]!, at[1]!, 1, 1).data[3]! > 0;
  });
}

async function hover(page: Page, place: Locator): Promise<void> {
  const box = await place.boundingBox();
  if (box) await page.mouse.move(box.x + 40, box.y + 50);
}

/** Where the first point of the edited outline is drawn: the highest left corner of the selection. */
async function firstPoint(tab: AppPage): Promise<{ x: number; y: number }> {
  const corner = await tab.page.locator('.labels .pill.selected').first().boundingBox();
  return corner ? { x: corner.x + 2, y: corner.y + 26 } : tab.place(0, 0);
}
