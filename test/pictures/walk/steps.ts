// What every part of the walk does: keys, waiting for what a person would see, opening what a small window hides.
import type { Locator, Page } from 'playwright-core';
import type { AppDriver, AppPage } from '../../helpers/drivers/appDriver.ts';
import type { PageSize } from '../../helpers/drivers/browser.ts';
import { drawn } from '../looks.ts';

export interface Walk {
  readonly size: PageSize;
  readonly app: AppDriver;
  readonly tab: AppPage;
  readonly page: Page;
  /** A state worth looking at, in the walk's page or another one. */
  readonly shot: (name: string, page?: Page) => Promise<void>;
  /** A click model and a CLIP with small random weights are installed once, and the page knows. */
  readonly addModels: () => Promise<void>;
}

/** Keys that the canvas answers. */
export async function key({ tab, page }: Pick<Walk, 'tab' | 'page'>, ...keys: string[]) {
  await tab.canvas.focus();
  for (const one of keys) await page.keyboard.press(one);
}

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true });

export const dialog = (page: Page, name?: string): Locator =>
  page.getByRole('dialog', name === undefined ? {} : { name });

/** Pictures, maps and thumbnails on the screen have arrived; calls travel over a socket, which is never idle. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () =>
      document.querySelector('[data-frame] .waiting') === null &&
      [...document.images].every((image) => image.complete || image.offsetParent === null),
    null,
    { timeout: 60_000 },
  );
  await drawn(page);
}

/** Presses what is on the screen; what a narrow window leaves out is passed over. */
export async function pressIfShown(control: Locator): Promise<boolean> {
  const shown = (await control.count()) > 0 && (await control.first().isVisible());
  if (shown) await control.first().click();
  return shown;
}

/** A button of the top bar; a small window has it among the actions. */
export async function press(page: Page, name: string): Promise<void> {
  if (await pressIfShown(button(page, name))) return;
  await page.keyboard.press('Control+k');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

/** Small windows have classes and objects in a drawer. */
export async function withClasses({ page }: Pick<Walk, 'page'>): Promise<void> {
  const edit = page.getByRole('button', { name: /^Edit / }).first();
  if (await edit.isVisible()) return;
  await page
    .getByRole('button', { name: /^Classes/ })
    .first()
    .click();
  await edit.waitFor();
}

/** What the inspector shows in this state; in small windows it is a drawer. */
export async function withInspector({ page }: Pick<Walk, 'page'>): Promise<void> {
  if (await page.locator('.panel.inspector').isVisible()) return;
  await page
    .getByRole('button', { name: /^Classes/ })
    .first()
    .click();
}

export async function withoutDrawer({ page }: Pick<Walk, 'page'>): Promise<void> {
  await pressIfShown(page.locator('.drawer .close button'));
}

/** The run that was begun has ended. */
export async function runEnded(page: Page): Promise<void> {
  await page.locator('[data-frame="mask"]').first().waitFor({ state: 'attached', timeout: 90_000 });
  await button(page, 'Stop').waitFor({ state: 'detached', timeout: 90_000 });
  await settled(page);
}

export async function toImage({ page, tab }: Walk, name: string): Promise<void> {
  await tab.canvas.focus();
  await page.keyboard.press('Home');
  for (let steps = 0; steps < 12; steps += 1) {
    const now = (await tab.canvas.getAttribute('aria-label')) ?? '';
    if (now.includes(name)) return settled(page);
    await page.keyboard.press('d');
    await page.waitForFunction(
      (before) => document.querySelector('[data-canvas]')?.getAttribute('aria-label') !== before,
      now,
    );
  }
  throw new Error(`no image ${name}`);
}
