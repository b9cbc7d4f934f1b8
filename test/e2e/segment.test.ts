// Click to mask as a person does it. The click model is a stand-in that knows the true objects of the
// sample scenes; without a pack the clicks go by salience, by the real built-in model. From words to a file
// that a reader of its own understands.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { cocoPixels, type CocoFile } from '../helpers/fixtures/cocoPixels.ts';
import { TINY_SAM } from '../helpers/fixtures/samCheckpoint.ts';

const entry = fileURLToPath(new URL('../helpers/standIns/trueObjects/entry.ts', import.meta.url));
let driver: AppDriver & { readonly lines: readonly string[] };

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(driver.lines.join('\n'));
  await driver.close();
});

/** Of the sample scenes. */
const HEIGHT = 720;
const SAMPLES = fileURLToPath(new URL('../../models/demo/samples', import.meta.url));

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

test('clicks become an object, step by step; words become things with crisp edges, in a file', async () => {
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

  // Why: the clicks, every choice, the mask; another choice can be taken there.
  await panel(app).getByRole('button', { name: 'Why this edge?' }).click();
  const why = app.page.getByRole('region', { name: 'How was this edge found?' });
  await why.getByText(/found \d masks: the one it trusts most is shown\./).waitFor();
  await why.getByRole('button', { name: /Choice 2/ }).click();
  await bar(app).getByText('2 of').waitFor();
  await why.getByText('you chose the one that is shown.').waitFor();
  await why.getByRole('button', { name: /Choice 1/ }).click();
  await why.getByRole('button', { name: 'Put the explanation away' }).click();
  await why.waitFor({ state: 'detached' });
  await app.canvas.focus();

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
  await expect.poll(() => steps(app)).toBe(0);
  await app.page.keyboard.press('Control+z');
  await expect.poll(async () => (await app.objects()).length).toBe(before);
  await fromWordsToFile(app);
  expect(app.troubles).toEqual([]);
});

/** Words, edges drawn anew, one object per thing, a click that corrects, and a COCO file. */
async function fromWordsToFile(app: AppPage): Promise<void> {
  const { page } = app;
  await page.keyboard.press('v');
  await page.locator('.images [role="option"]').filter({ hasText: 'winter.jpg' }).click();
  await page.waitForFunction(() =>
    document.querySelector('[data-canvas]')!.getAttribute('aria-label')!.includes('winter'),
  );
  const names = page.locator('#prompt-input');
  await names.focus();
  // The sample's own words, which are not here.
  for (let word = 0; word < 3; word++) await page.keyboard.press('Backspace');
  await names.fill('penguin, hat, gift, house, airplane, cloud');
  await page.keyboard.press('Enter');
  await page.locator('.prompt').getByText('penguin').waitFor();
  await page.getByRole('button', { name: 'Refine: off' }).click();
  await page.getByRole('switch', { name: 'Crisp edges' }).click();
  await page.getByRole('switch', { name: 'One object per thing' }).click();
  await page.getByRole('button', { name: 'Refine: instances' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('switch', { name: 'Crisp edges' }).waitFor({ state: 'detached' });
  await app.run();
  await page.getByText(/^\d+ of \d+ edges refined, median 0\.\d\d/).waitFor();
  const rows = page.getByRole('listitem').filter({ hasText: /penguin.*edge 0\.\d\d/ });
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(2);
  await rows.first().click();
  await page.getByText(/^Edge 0\.\d\d: agrees 0\.\d\d, fit 0\.\d\d, steady/).waitFor();
  // The edge before lies beside it, and says whose is which.
  await page.getByText(/^before, CRF\s+after, Tiny/).waitFor();
  // How it was found stands in place of the passes.
  await page.getByRole('button', { name: 'How was this edge found?' }).click();
  const why = page.getByRole('region', { name: 'How was this edge found?' });
  await why.getByText(/^\d choices? of the click model$/).waitFor();
  await why.getByText(/^Change [+−]\d+ %$/).waitFor();
  await why.getByRole('button', { name: 'Show the passes' }).click();
  await why.waitFor({ state: 'detached' });

  // A click on one of them, which becomes a person's.
  const truth = JSON.parse(await readFile(join(SAMPLES, 'truth.json'), 'utf8')) as CocoFile;
  const penguins = penguinsOf(truth);
  const [x, y] = middleOf(penguins[0]!);
  await app.canvas.focus();
  await page.keyboard.press('s');
  await page.keyboard.down('Shift');
  await app.click(x, y);
  await page.keyboard.up('Shift');
  await bar(app).getByText('1 of').waitFor();
  await page.keyboard.press('Enter');
  await app.saved();
  await page.keyboard.press('v');
  await page.keyboard.press('Shift+Enter');
  await expect.poll(async () => (await app.objects()).join()).not.toContain('proposal');
  await app.saved();

  await page.keyboard.press('Control+Shift+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('button', { name: /^Export \d+ masks?$/ }).click();
  await dialog.getByText(/^masks?, (all )?equal$/).waitFor();
  const file = JSON.parse(
    await readFile((await dialog.locator('.path .mono').textContent())!, 'utf8'),
  ) as CocoFile;
  await page.keyboard.press('Escape');
  const found = penguinsOf(file);
  expect(new Set(file.annotations.map(({ id }) => id)).size).toBe(file.annotations.length);
  const bitmaps = found.map((one) => {
    const pixels = cocoPixels(one.segmentation, HEIGHT);
    expect(one.iscrowd).toBe(0);
    expect(one.area).toBe(pixels.size);
    const columns = [...pixels].map((at) => Math.floor(at / HEIGHT));
    expect(one.bbox[0]).toBe(Math.min(...columns));
    expect(one.bbox[0] + one.bbox[2]).toBe(Math.max(...columns) + 1);
    return pixels;
  });
  const union = new Set(bitmaps.flatMap((pixels) => [...pixels]));
  expect(union.size).toBe(bitmaps.reduce((sum, { size }) => sum + size, 0));
  for (const penguin of penguins) {
    const pixels = cocoPixels(penguin.segmentation, HEIGHT);
    const best = Math.max(...bitmaps.map((other) => overlap(pixels, other)));
    expect(best).toBeGreaterThan(0.95);
  }
}

/** Intersection over union. */
function overlap(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const both = [...a].filter((pixel) => b.has(pixel)).length;
  return both / (a.size + b.size - both);
}

/** Annotations of a file's penguins in winter. */
function penguinsOf({ images, categories, annotations }: CocoFile) {
  const image = images.find(({ file_name: name }) => name.endsWith('winter.jpg'))!.id;
  const penguin = categories.find(({ name }) => name === 'penguin')!.id;
  return annotations.filter((one) => one.image_id === image && one.category_id === penguin);
}

/** A place well inside: the middle of the pixels in the middle row. */
function middleOf({ segmentation }: CocoFile['annotations'][number]): readonly [number, number] {
  const pixels = [...cocoPixels(segmentation, HEIGHT)].map((at) => ({
    x: Math.floor(at / HEIGHT),
    y: at % HEIGHT,
  }));
  const rows = pixels.map(({ y }) => y).sort((a, b) => a - b);
  const y = rows[Math.floor(rows.length / 2)]!;
  const columns = pixels.filter((pixel) => pixel.y === y).map((pixel) => pixel.x);
  return [columns.sort((a, b) => a - b)[Math.floor(columns.length / 2)]! + 0.5, y + 0.5];
}

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
  // Crisp edges need a click model, and say which.
  await app.page.getByRole('button', { name: 'Refine: off' }).click();
  const edges = app.page.getByRole('dialog', { name: 'Edges and objects of a run' });
  await edges.getByRole('button', { name: 'Get SlimSAM-77, 39 MB' }).waitFor();
  await edges.getByRole('switch', { name: 'One object per thing' }).waitFor();
  expect(await edges.getByRole('switch', { name: 'Crisp edges' }).count()).toBe(0);
  await app.page.keyboard.press('Escape');
  await app.canvas.focus();
  await app.page.keyboard.press('s');
  await app.page.getByRole('button', { name: 'Get SlimSAM-77, 39 MB' }).waitFor();
  const first = panel(app).getByRole('combobox');
  const named = (await first.locator('option').allTextContents()).indexOf('ball');
  if (named >= 0) await first.selectOption({ label: 'ball' });
  await app.click(500, 575);
  await bar(app).getByText('from salience').waitFor();
  await panel(app).getByRole('button', { name: 'Why here?' }).click();
  const why = app.page.getByRole('region', { name: 'Why here?' });
  await why.getByText(/The click starts at salience 0\.\d\d of /).waitFor();
  // Its salience, and what of it is lit.
  await expect.poll(() => why.locator('canvas').count()).toBe(2);
  await app.canvas.focus();
  await app.page.keyboard.press('Enter');
  await app.saved();
  expect(app.troubles).toEqual([]);
});
