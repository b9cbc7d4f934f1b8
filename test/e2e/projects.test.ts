// One window, several projects; several windows, one project: nothing of one reaches another, whatever
// is drawn can be saved, and a window that cannot save does not let anybody draw.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { memorySecrets } from '../../electron/engine/secrets/secretStore.ts';
import { openFolder } from '../../electron/engine/opening/opening.ts';
import { startEngine } from '../../electron/hosts/startEngine.ts';
import { COMMANDS } from '../../renderer/src/keys/commands.ts';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const OWN = 'own pictures';

/** These lead away from the Label screen, cover or hide what is looked at, or take a minute. */
const APART = new Set(['model.run', 'view.panels', 'view.contrast', 'evidence.open']);

/** Keys of everything else that the Label screen answers, as the browser driver names them. */
const LABEL_KEYS = COMMANDS.filter(
  ({ id, group, keys }) => keys.length > 0 && group !== 'app' && !APART.has(id),
).map(({ id, keys }) => [id, keys[0]!.replace('Mod+', 'Control+')] as const);

/** A folder of two plain pictures in colours that the sample does not have. */
async function ownFolder(images: string): Promise<string> {
  const folder = join(images, OWN);
  await mkdir(folder, { recursive: true });
  for (const [name, background] of [
    ['a.png', '#ff00ff'],
    ['b.png', '#00ffff'],
  ] as const)
    await sharp({ create: { width: 320, height: 240, channels: 3, background } })
      .png()
      .toFile(join(folder, name));
  return folder;
}

async function openOwn(tab: AppPage): Promise<void> {
  const { page } = tab;
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('list').getByRole('button', { name: OWN }).click();
  await dialog.getByRole('button', { name: 'Choose this folder' }).click();
  await page.getByRole('application', { name: 'a.png' }).waitFor();
  await tab.ready();
}

async function openSample(tab: AppPage): Promise<void> {
  await tab.page.locator('.topbar .logo').first().click();
  await tab.page.getByRole('button', { name: 'Open sample' }).click();
  await tab.page.getByRole('application', { name: 'beach' }).waitFor();
  await tab.ready();
}

/** Objects drawn by hand so far are on the disk, with the classes that the project knows. */
async function drawBox(tab: AppPage, at: number): Promise<void> {
  const before = (await tab.objects()).length;
  await tab.canvas.focus();
  await tab.page.keyboard.press('f');
  await tab.page.keyboard.press('r');
  // The key of an armed tool goes to its next shape.
  await tab.page.getByRole('radio', { name: 'Rectangle' }).click();
  await tab.drag([
    [at, at],
    [at + 30, at + 24],
  ]);
  await expect.poll(async () => (await tab.objects()).length).toBe(before + 1);
  await tab.saved();
}

async function everyCommand(tab: AppPage, firstImage: string): Promise<void> {
  for (const [, key] of LABEL_KEYS) {
    await tab.canvas.focus();
    await tab.page.keyboard.press(key);
    await tab.page.keyboard.press('Escape');
  }
  await tab.canvas.focus();
  await tab.page.keyboard.press('Home');
  await tab.page.getByRole('application', { name: firstImage }).waitFor();
  await tab.saved();
}

const news = (tab: AppPage) => tab.page.getByRole('region', { name: 'Notifications' });

const thumbnails = (page: Page) =>
  page
    .locator('.images img')
    .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).src).filter(Boolean));

/** Colour in the middle of the first thumbnail, as the browser shows it. */
const firstColor = (page: Page) =>
  page
    .locator('.images img')
    .first()
    .evaluate(async (img) => {
      const picture = img as HTMLImageElement;
      await picture.decode();
      const canvas = new OffscreenCanvas(1, 1);
      const context = canvas.getContext('2d')!;
      context.drawImage(picture, 0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((v) => Math.round(v / 64));
    });

describe.skipIf(noBrowser)('projects in one window', () => {
  let app: AppDriver & { images: string };
  let tab: AppPage;
  beforeAll(async () => {
    app = await startApp();
    await ownFolder(app.images);
    tab = await app.open();
    await tab.openSample();
  });
  afterAll(() => app?.close());

  it('A, then B, then A: all that is drawn is saved, and every command acts on the open one', async () => {
    await drawBox(tab, 20);
    await drawBox(tab, 60);
    await everyCommand(tab, 'beach');
    await openOwn(tab);
    await tab.page.locator('#prompt-input').fill('thing');
    await tab.page.keyboard.press('Enter');
    await drawBox(tab, 20);
    await everyCommand(tab, 'a.png');
    await drawBox(tab, 90);
    const { context } = app.engine;
    const classesOf = () =>
      context.open
        .get()
        .store.all<{ name: string }>(
          'SELECT DISTINCT category.name FROM annotation JOIN category ON category.id = category_id',
        )
        .map(({ name }) => name);
    expect(classesOf()).toEqual(['thing']);
    await openSample(tab);
    await everyCommand(tab, 'beach');
    await drawBox(tab, 120);
    expect(tab.troubles).toEqual([]);
  });

  it('shows thumbnails of the open project, though its images have the numbers of the other', async () => {
    await openOwn(tab);
    await expect.poll(() => firstColor(tab.page)).toEqual([4, 0, 4]);
    const own = await thumbnails(tab.page);
    await openSample(tab);
    const sample = await thumbnails(tab.page);
    expect(own.filter((src) => sample.includes(src))).toEqual([]);
    await expect.poll(() => firstColor(tab.page)).not.toEqual([4, 0, 4]);
  });

  it('pastes by the name of the class, and offers to add one that is not there', async () => {
    await openOwn(tab);
    await tab.canvas.focus();
    await tab.page.keyboard.press('Control+a');
    await tab.page.keyboard.press('Control+c');
    await openSample(tab);
    await tab.canvas.focus();
    const before = (await tab.objects()).length;
    await tab.page.keyboard.press('Control+v');
    await news(tab).getByText('There is no class “thing” in this project.').waitFor();
    expect((await tab.objects()).length).toBe(before);
    await tab.page.getByRole('button', { name: 'Add class thing' }).click();
    await expect
      .poll(async () => (await tab.objects()).filter((line) => line.startsWith('thing')).length)
      .toBeGreaterThan(0);
    await tab.saved();
    expect(tab.troubles).toEqual([]);
  });

  it('counts at once what is decided and reviewed, in chips and at Home', async () => {
    const { page } = tab;
    await openOwn(tab);
    const chip = (name: string) => page.getByRole('button', { name, exact: true });
    const { store } = app.engine.context.open.get();
    store.run('UPDATE image SET mark = 0, status = 0');
    await tab.canvas.focus();
    await page.keyboard.press('End');
    await page.getByRole('application', { name: 'b.png' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await chip('Reviewed, 1').waitFor();
    // The next open image comes by itself.
    await page.getByRole('application', { name: 'a.png' }).waitFor();
    await tab.ready();
    await drawBox(tab, 30);
    await chip('In progress, 1').waitFor();
    await page.locator('.topbar .logo').first().click();
    await page.getByText('1 of 2').first().waitFor();
    await page.getByRole('button', { name: 'Label', exact: true }).click();
    await tab.ready();
  });

  it('a typed status leaves with the words, and a class that nobody has is told', async () => {
    const { page } = tab;
    const field = page.getByRole('combobox', { name: 'Filter images' });
    // Suggestions of the filter are options as well.
    const rows = page.locator('.images .row');
    await expect.poll(() => rows.count()).toBe(2);
    await field.fill('status:reviewed');
    await expect.poll(() => rows.count()).toBe(1);
    await field.fill('');
    await expect.poll(() => rows.count()).toBe(2);
    await field.fill('class:nothere');
    await page.getByText('No class is called nothere.').waitFor();
    await field.fill('');
    await expect.poll(() => rows.count()).toBe(2);
    expect(tab.troubles).toEqual([]);
  });
});

describe.skipIf(noBrowser)('two windows', () => {
  let app: AppDriver & { images: string };
  beforeAll(async () => {
    app = await startApp();
    await ownFolder(app.images);
  });
  afterAll(() => app?.close());

  it('take back their own steps first, and tell the other of one of its steps', async () => {
    const left = await app.open();
    await left.openSample();
    const right = await app.open();
    await right.ready();
    await drawBox(right, 20);
    await drawBox(left, 100);
    await expect.poll(async () => (await right.objects()).length).toBe(2);
    await right.canvas.focus();
    await right.page.keyboard.press('Control+z');
    await expect.poll(async () => (await left.objects()).length).toBe(1);
    await right.page.keyboard.press('Control+z');
    await expect.poll(async () => (await left.objects()).length).toBe(0);
    await news(left)
      .getByText(/^Undone in the other window: /)
      .waitFor();
    expect([...left.troubles, ...right.troubles]).toEqual([]);
  });

  it('one that opens another project stops the other one, which can come back', async () => {
    const left = await app.open();
    await left.ready();
    const right = await app.open();
    await right.ready();
    await openOwn(right);
    await left.page.getByText(/^Another window opened “own pictures”\./).waitFor();
    await left.canvas.focus();
    const before = await left.objects();
    await left.page.keyboard.press('r');
    await left.drag([
      [40, 40],
      [80, 80],
    ]);
    await expect.poll(() => left.objects()).toEqual(before);
    await left.page.getByRole('button', { name: /again$/ }).click();
    await left.page.getByText(/^Another window opened/).waitFor({ state: 'detached' });
    await drawBox(left, 40);
    await right.page.getByText(/^Another window opened/).waitFor();
    await right.page.getByRole('button', { name: /^Go to / }).click();
    await right.page.getByRole('application', { name: 'beach' }).waitFor();
    expect([...left.troubles, ...right.troubles]).toEqual([]);
  });

  it('one that only looks draws nothing, says why, and edits once the other has gone', async () => {
    const other = await startEngine({
      kind: 'browser',
      log: () => undefined,
      secrets: memorySecrets(),
    });
    onTestFinished(() => other.close());
    const { context } = app.engine;
    await context.open.inTurn(() => context.open.close());
    const own = join(app.images, OWN);
    await openFolder(other.context, own, { complete: true });
    await openFolder(context, own);
    const tab = await app.open();
    await tab.ready();
    const { page } = tab;
    await expect.poll(() => page.locator('[data-tip="Open in another window"]').count()).toBe(9);
    await tab.canvas.focus();
    for (const key of ['r', 'b', 'Delete', 'Control+v']) await page.keyboard.press(key);
    await tab.drag([
      [40, 40],
      [80, 80],
    ]);
    await page
      .getByText(/^This window only looks/)
      .first()
      .waitFor();
    await expect.poll(() => tab.objects()).toEqual([]);
    await expect
      .poll(() => tab.canvas.evaluate((node) => getComputedStyle(node).cursor))
      .toContain('locked');
    // Looking goes on: the next image can be reached.
    await page.keyboard.press('d');
    await page.getByRole('application', { name: 'b.png' }).waitFor();
    await other.close();
    await page.getByRole('button', { name: 'Edit here' }).click();
    await page.getByRole('button', { name: 'Edit here' }).waitFor({ state: 'detached' });
    await page.locator('#prompt-input').fill('thing');
    await page.keyboard.press('Enter');
    await drawBox(tab, 40);
    expect(tab.troubles).toEqual([]);
  });
});
