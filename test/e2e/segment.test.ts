// Click to mask as a person does it. The click model is a stand-in that knows the true objects of the
// sample scenes; without a pack the clicks go by salience, by the real built-in model.
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { TINY_SAM } from '../helpers/fixtures/samCheckpoint.ts';

const entry = fileURLToPath(new URL('../helpers/standIns/trueObjects/entry.ts', import.meta.url));
let driver: AppDriver & { readonly lines: readonly string[] };

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(driver.lines.join('\n'));
  await driver.close();
});

const bar = (app: AppPage): Locator => app.page.locator('[data-choices]');
const panel = (app: AppPage): Locator => app.page.locator('[data-region="segment"]');
const steps = (app: AppPage): Promise<number> => panel(app).locator('.step').count();

async function armed(): Promise<AppPage> {
  const app = await driver.open({ width: 1280, height: 800 });
  await app.openSample();
  await app.canvas.focus();
  await app.page.keyboard.press('s');
  await panel(app).waitFor();
  return app;
}

test('clicks become a mask, every click can be taken back, and Enter makes the object', async () => {
  driver = await startApp({ inferenceEntry: entry, clickPack: TINY_SAM });
  const app = await armed();
  // The ball of the beach.
  await app.click(500, 575);
  await bar(app).getByText('1 of').waitFor();
  const area = async () =>
    Number(
      (await panel(app).getByText(' px, ').textContent())!
        .replace(/[,\u202f]/g, '')
        .match(/\d+/)![0],
    );
  const ball = await area();
  expect(ball).toBeGreaterThan(5000);

  await app.page.keyboard.press('Tab');
  await bar(app).getByText('2 of').waitFor();
  await app.page.keyboard.press('Shift+Tab');
  await bar(app).getByText('1 of').waitFor();

  // The right button takes away; no menu opens.
  const at = await app.place(200, 200);
  await app.page.mouse.click(at.x, at.y, { button: 'right' });
  await expect.poll(() => steps(app)).toBe(2);
  expect(await app.page.getByRole('menu').count()).toBe(0);
  await app.page.keyboard.press('Backspace');
  await expect.poll(() => steps(app)).toBe(1);
  await expect.poll(area).toBe(ball);

  // Escape clears, and that too can be taken back.
  await app.page.keyboard.press('Escape');
  await expect.poll(() => steps(app)).toBe(0);
  await app.page.keyboard.press('Control+z');
  await expect.poll(() => steps(app)).toBe(1);
  await expect.poll(area).toBe(ball);

  const before = (await app.objects()).length;
  await app.page.keyboard.press('Enter');
  await expect.poll(async () => (await app.objects()).length).toBe(before + 1);
  await app.saved();
  expect(await steps(app)).toBe(0);
  await app.page.keyboard.press('Control+z');
  await expect.poll(async () => (await app.objects()).length).toBe(before);
  expect(app.troubles).toEqual([]);
});

test('a box says what is meant; what is left open waits with its image', async () => {
  driver = await startApp({ inferenceEntry: entry, clickPack: TINY_SAM });
  const app = await armed();
  await app.drag([
    [430, 500],
    [560, 640],
  ]);
  await bar(app).getByText('1 of').waitFor();
  await app.page.keyboard.press('d');
  await app.page.waitForFunction(
    () => !document.querySelector('[data-canvas]')!.getAttribute('aria-label')!.includes('beach'),
  );
  expect(await steps(app)).toBe(0);
  await app.page.keyboard.press('a');
  await app.page.getByRole('button', { name: /Go on/ }).first().click();
  await expect.poll(() => steps(app)).toBe(1);
  await bar(app).getByText('1 of').waitFor();
  expect(app.troubles).toEqual([]);
});

test('without a click model the tool says what to get, and goes by salience', async () => {
  driver = await startApp();
  const app = await driver.open({ width: 1280, height: 800 });
  await app.openSample();
  await app.run();
  await app.canvas.focus();
  await app.page.keyboard.press('s');
  await app.page.getByRole('button', { name: 'Get SlimSAM-77, 39 MB' }).waitFor();
  const first = panel(app).getByRole('combobox');
  const named = (await first.locator('option').allTextContents()).indexOf('ball');
  if (named >= 0) await first.selectOption({ label: 'ball' });
  await app.click(500, 575);
  await bar(app).getByText('from salience').waitFor();
  await app.page.keyboard.press('Enter');
  await app.saved();
  expect(app.troubles).toEqual([]);
});
