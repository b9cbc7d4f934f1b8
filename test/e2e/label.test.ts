// A day's work in the window, against the real engine and model: from first run to exported COCO.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '../../electron/api/errors.ts';
import { exportFormat } from '../../electron/engine/dataset/formats/registry.ts';
import { annotationsOf } from '../../electron/engine/project/annotations.ts';
import { everyImage } from '../../electron/engine/project/images/imageNames.ts';
import { openFolder } from '../../electron/engine/opening/opening.ts';
import { memorySecrets } from '../../electron/engine/secrets/secretStore.ts';
import { callEngine, startEngine } from '../../electron/hosts/startEngine.ts';
import { startApp, type AppDriver, type AppPage } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

describe.skipIf(noBrowser)('labelling in the window', () => {
  let app: AppDriver & { images: string };
  let tab: AppPage;

  beforeAll(async () => {
    app = await startApp();
    tab = await app.open();
  });
  afterAll(() => app?.close());

  it('first run: two keys open the sample, one key proposes masks, Enter accepts', async () => {
    const { page } = tab;
    const sample = page.getByRole('button', { name: 'Open sample' });
    await sample.waitFor();
    await sample.focus();
    await page.keyboard.press('Enter');
    await tab.ready();
    await page.getByText('Press I to run').waitFor();
    await tab.run();
    const proposals = (await tab.objects()).filter((line) => line.includes('proposal'));
    expect(proposals.length).toBeGreaterThan(0);
    await tab.canvas.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      document.querySelector('[data-testid="polite"]')?.textContent?.includes('accepted'),
    );
    expect((await tab.objects()).filter((line) => line.includes('accepted')).length).toBe(1);
  });

  it('inspects the passes by keys; Esc returns to the masks', async () => {
    const { page } = tab;
    await tab.canvas.focus();
    await page.keyboard.press('Period');
    const frame = page.getByRole('option', { name: /Pass 1/ });
    await expect.poll(() => frame.getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Period');
    await expect
      .poll(() => page.getByRole('option', { name: /Pass 2/ }).getAttribute('aria-selected'))
      .toBe('true');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[data-frame][aria-selected="true"]').count()).toBe(0);
  });

  it('masks of a run fade in, unless motion is unwanted', async () => {
    const { page } = tab;
    /** The faintest mask of each frame until asked for; 1 = as it stays. */
    const watch = () =>
      page.evaluate(() => {
        const state = window as unknown as {
          Konva: { stages: { children: { children: { opacity(): number }[] }[] }[] };
          faintest: number;
        };
        state.faintest = 1;
        const look = () => {
          const masks = state.Konva.stages[0]?.children[1]?.children ?? [];
          state.faintest = Math.min(state.faintest, ...masks.map((mask) => mask.opacity()));
          requestAnimationFrame(look);
        };
        look();
      });
    const faintest = () =>
      page.evaluate(() => (window as unknown as { faintest: number }).faintest);
    await watch();
    await tab.run();
    expect(await faintest()).toBe(1);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await tab.run();
    await expect.poll(faintest).toBeLessThan(1);
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });

  it('a running question stops and leaves everything as it was', async () => {
    const { page } = tab;
    const before = await tab.objects();
    await tab.canvas.focus();
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    expect(await tab.objects()).toEqual(before);
  });

  it('brush and polygon correct by hand; undo and redo walk through all of it', async () => {
    const { page } = tab;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    const before = await tab.objects();
    await tab.canvas.focus();
    await page.keyboard.press('b');
    // The model's masks may cover this place: paint over them.
    await page.getByRole('switch', { name: 'Protect other classes' }).click();
    await tab.drag([
      [40, 40],
      [120, 40],
      [120, 80],
    ]);
    await expect.poll(async () => (await tab.objects()).length).toBe(before.length + 1);
    const painted = await tab.objects();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    for (const [x, y] of [
      [200, 40],
      [280, 40],
      [280, 100],
    ] as const)
      await tab.click(x, y);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await tab.objects()).length).toBe(before.length + 2);
    await tab.saved();
    await page.keyboard.press('Control+z');
    await expect.poll(() => tab.objects()).toEqual(painted);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await tab.objects()).length).toBe(before.length);
    await page.keyboard.press('Control+Shift+z');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(async () => (await tab.objects()).length).toBe(before.length + 2);
  });

  it('with Ctrl a polygon follows the edges, found beside the page’s thread; undo takes it back', async () => {
    const { page } = tab;
    const { store } = app.engine.context.open.get();
    const own = () => annotationsOf(store, everyImage(store)[0]!.id);
    const [x, y, w, h] = own().find(({ area }) => area > 2000)!.box;
    const before = await tab.objects();
    await tab.canvas.focus();
    for (const key of ['Escape', 'Escape', 'p']) await page.keyboard.press(key);
    await page.keyboard.down('Control');
    await tab.click(x, y + h / 2);
    await tab.click(x + w / 2, y);
    await tab.click(x + w, y + h / 2);
    await page.keyboard.up('Control');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await tab.objects()).length).toBe(before.length + 1);
    expect(page.workers()).toHaveLength(1);
    await tab.saved();
    // Three presses alone would have made a triangle of a quarter of the box.
    const made = own().at(-1)!;
    expect(Math.abs(made.area - (w * h) / 4)).toBeGreaterThan(0.1 * made.area);
    await page.keyboard.press('Control+z');
    await expect.poll(() => tab.objects()).toEqual(before);
  });

  it('after a reload everything is found, undo included', async () => {
    const { page } = tab;
    await tab.saved();
    const before = await tab.objects();
    await page.reload();
    await tab.ready();
    await expect.poll(() => tab.objects()).toEqual(before);
    await tab.canvas.focus();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await tab.objects()).length).toBe(before.length - 1);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(async () => (await tab.objects()).length).toBe(before.length);
  });

  it('another threshold makes the proposals of a class anew and stays with the class', async () => {
    const { page } = tab;
    const name = (await tab.objects()).find((line) => line.includes('match'))!.split(',')[0]!;
    await page.getByRole('button', { name, exact: true }).click();
    const slider = page.getByRole('slider', { name: `Threshold, ${name}` });
    await slider.first().focus();
    const before = await slider.first().inputValue();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() =>
        app.engine.handlers.get('project.summary')!(
          {},
          { signal: new AbortController().signal, clientId: '', progress: () => {} },
        ).then((s) =>
          (s as { categories: { threshold: number | null }[] }).categories.some(
            (c) => c.threshold !== null,
          ),
        ),
      )
      .toBe(true);
    expect(Number(await slider.first().inputValue())).toBeCloseTo(Number(before) + 0.02, 5);
  });

  it('cleans all masks of a class: the largest changes are seen, one press is one step', async () => {
    const { page } = tab;
    await tab.canvas.focus();
    await page.keyboard.press('u');
    const panel = page.getByRole('region', { name: 'Clean up' });
    await panel.getByText('All images').click();
    await panel.getByText('Accepted masks too').click();
    await panel.getByRole('spinbutton', { name: 'Grow or shrink' }).fill('3');
    await page.keyboard.press('Enter');
    const tiles = page.getByRole('region', { name: 'Masks that change' }).locator('canvas');
    await tiles.first().waitFor();
    const areas = () => {
      const { store } = app.engine.context.open.get();
      return everyImage(store).flatMap(({ id }) => annotationsOf(store, id).map((a) => a.area));
    };
    const before = areas();
    await panel.getByRole('button', { name: /^Clean \d/ }).click();
    await expect.poll(areas).not.toEqual(before);
    await tab.canvas.focus();
    await page.keyboard.press('Control+z');
    await expect.poll(areas).toEqual(before);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  it('proposes the selection on the next images, and one undo takes all of it back', async () => {
    const { page } = tab;
    await page.keyboard.press('Escape');
    await tab.canvas.focus();
    await page.keyboard.press('v');
    await page.keyboard.press('Tab');
    const card = page.getByRole('region', { name: 'Propose on other images' });
    await page.keyboard.press('Control+Shift+d');
    await card.getByRole('button', { name: 'Propose on 5 images' }).waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    // The canvas has the keys again.
    await page.keyboard.press('Control+Shift+d');
    await card.getByRole('spinbutton', { name: 'How many images' }).fill('2');
    await page.keyboard.press('Enter');
    await card.getByRole('button', { name: 'Propose on 2 images' }).click();
    await card.waitFor({ state: 'detached' });
    await page.keyboard.press('d');
    await expect.poll(async () => (await tab.objects()).join()).toContain('proposal');
    const proposed = await tab.objects();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await tab.objects()).length).toBe(proposed.length - 1);
    await page.keyboard.press('a');
  });

  it('exports COCO that reads back equal', async () => {
    const { page } = tab;
    // Two slips that are the same.
    await page.keyboard.press('r');
    for (const _ of [1, 2]) {
      await tab.drag([
        [300, 20],
        [302, 22],
      ]);
      await tab.saved();
    }
    await page.keyboard.press('v');
    const drawn = (await tab.objects()).length;
    await page.keyboard.press('Control+Shift+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText(/^\d+ masks? in \d+ images?\.$/).waitFor();
    // What is mended here is looked at again, and can be taken back.
    const keepOne = dialog.getByRole('button', { name: 'Keep one of each' });
    await keepOne.click();
    await dialog.getByText('1 mask deleted in 1 image.').waitFor();
    await keepOne.waitFor({ state: 'detached' });
    expect((await tab.objects()).length).toBe(drawn - 1);
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await keepOne.click();
    await keepOne.waitFor({ state: 'detached' });
    // What is mended on the canvas: there and back by the status bar.
    const tiny = dialog.getByRole('listitem').filter({ hasText: 'Tiny masks' });
    await tiny.getByRole('button', { name: 'Show 1' }).click();
    await page.getByText('1 of 8 images').waitFor();
    await expect.poll(async () => (await tab.objects()).length).toBe(drawn - 1);
    await page.keyboard.press('Delete');
    await expect.poll(async () => (await tab.objects()).length).toBe(drawn - 2);
    await page.getByRole('button', { name: 'Back to export' }).click();
    await dialog.getByText(/^\d+ masks? in \d+ images?\.$/).waitFor();
    await tiny.waitFor({ state: 'detached' });
    const chosen = dialog.locator('.mono');
    expect(await chosen.textContent()).toMatch(/-export\/annotations\.json$/);
    // The way back keeps what was chosen; Enter goes on from where the focus begins.
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.getByRole('switch', { name: 'Look through the masks first' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: /^Export \d+ masks?$/ }).click();
    await dialog.getByText(/^masks?, (all )?equal$/).waitFor({ timeout: 60_000 });
    const report = dialog.getByText(/^\d+ remarks? of the check, written to the report:/);
    expect(await report.textContent()).toMatch(/-export\/annotations\.json\.report\.txt$/);
    // One file stands by itself, with its whole path.
    const file = await dialog.locator('.path .mono').textContent();
    expect(file).toMatch(/\.json$/);
    // The report is read here, by keys, and the way back leads to its button.
    const open = dialog.getByRole('button', { name: 'Open report' });
    await open.press('Enter');
    await dialog.getByRole('heading', { name: 'Report of the export' }).waitFor();
    await dialog.getByText(/^Salience export report\n/).waitFor();
    await dialog.getByText(/proposals in reviewed images that nobody decided/).waitFor();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => open.evaluate((button) => button === document.activeElement))
      .toBe(true);
    await dialog.getByText(/^\d+ KB$/).waitFor();
    await dialog.getByText('one file').waitFor();
    // The key of the main button, which is Done by now: nothing is written again.
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
  });

  it('shows no error of the page or of its content policy', () => {
    expect(tab.troubles).toEqual([]);
  });
});

describe.skipIf(noBrowser)('COCO in, edit, COCO out', () => {
  let app: AppDriver & { images: string };
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  it('keeps every field that was not edited', async () => {
    const { writeFile } = await import('node:fs/promises');
    const source = {
      info: { description: 'by hand', year: 2026 },
      licenses: [{ id: 7, name: 'mine', url: 'u' }],
      images: [
        { id: 41, file_name: 'beach.jpg', width: 960, height: 720, license: 7, flickr_url: 'kept' },
      ],
      categories: [{ id: 9, name: 'umbrella', supercategory: 'things', colour_of_heart: 'blue' }],
      annotations: [
        {
          id: 100,
          image_id: 41,
          category_id: 9,
          iscrowd: 0,
          area: 10_000,
          bbox: [100, 100, 100, 100],
          segmentation: [[100, 100, 200, 100, 200, 200, 100, 200]],
          note: 'keep me',
        },
        {
          id: 101,
          image_id: 41,
          category_id: 9,
          iscrowd: 0,
          area: 2500,
          bbox: [300, 300, 50, 50],
          segmentation: [[300, 300, 350, 300, 350, 350, 300, 350]],
          attributes: { a: [1, 2] },
        },
      ],
    };
    await writeFile(join(app.images, 'labels.json'), JSON.stringify(source));
    const tab = await app.open();
    const { page } = tab;
    await page.getByRole('button', { name: /Choose folder/ }).click();
    await page.getByRole('button', { name: 'Choose this folder' }).click();
    await tab.ready();
    await page.getByRole('button', { name: 'Project menu' }).click();
    await page.getByRole('menuitem', { name: 'Import labels' }).click();
    await page.getByRole('button', { name: 'Choose file', exact: true }).click();
    await page.getByRole('button', { name: /labels\.json/ }).click();
    await page.getByText('COCO: 1 image, 2 masks, 1 class.').waitFor();
    // Pressed again while labels come in, the key brings none of them twice.
    await page.getByRole('dialog', { name: 'Import labels' }).evaluate(async (dialog) => {
      const key = { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true };
      for (let press = 0; press < 2; press += 1) {
        dialog.dispatchEvent(new KeyboardEvent('keydown', key));
        await Promise.resolve();
        await Promise.resolve();
      }
    });
    await page.getByText(/imported/).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect.poll(async () => (await tab.objects()).length).toBe(2);
    // One object is moved by a pixel of paint; the other must come out as it went in.
    await tab.click(150, 150);
    await tab.canvas.focus();
    await page.keyboard.press('b');
    await tab.drag([[210, 150]]);
    await expect
      .poll(async () =>
        (await tab.objects()).some(
          (line) => !line.includes('10,000 px') && !line.includes('2,500 px'),
        ),
      )
      .toBe(true);
    await tab.saved();
    await page.keyboard.press('Control+Shift+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('textbox', { name: 'File name' }).fill('again.json');
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByRole('button', { name: /^Export \d+ masks?$/ }).click();
    await dialog.getByText(/^masks?, (all )?equal$/).waitFor({ timeout: 60_000 });
    const written = await findFile(app.folder, 'again.json');
    const out = JSON.parse(await readFile(written, 'utf8')) as typeof source;
    expect(out.images.find((image) => image.file_name === 'beach.jpg')).toMatchObject({
      id: 41,
      flickr_url: 'kept',
    });
    expect(out.categories[0]).toMatchObject(source.categories[0]!);
    const untouched = out.annotations.find((a) => a.id === 101)!;
    // The same ring may start at another corner; everything else is as it came.
    expect({ ...untouched, segmentation: corners(untouched) }).toMatchObject({
      ...source.annotations[1],
      segmentation: corners(source.annotations[1]!),
    });
    expect(out.annotations.find((a) => a.id === 100)).toMatchObject({ note: 'keep me' });
    expect(out.annotations.find((a) => a.id === 100)!.area).toBeGreaterThan(10_000);

    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.keyboard.press('Control+Shift+e');
    await dialog.getByRole('button', { name: 'Next' }).click();
    // What the format cannot hold stops the export, in red, until it can.
    const start = dialog.getByRole('button', { name: /^Export \d+ masks?$/ });
    const classes = dialog.getByRole('listitem').filter({ hasText: 'More classes than fit' });
    await expect.poll(() => start.isDisabled()).toBe(false);
    Object.assign(exportFormat('coco'), { limits: { classes: 0 } });
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    await classes.getByRole('button', { name: 'Another format' }).waitFor();
    await expect.poll(() => start.isDisabled()).toBe(true);
    // One image alone is too full: the export goes on without it, and says so.
    Object.assign(exportFormat('coco'), { limits: { objects: 1 } });
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText(/1 image would be left out and named in the report/).waitFor();
    await dialog.getByRole('button', { name: 'Export without 1 image' }).press('Enter');
    await dialog.getByRole('button', { name: 'Keep both' }).click();
    await dialog.getByText('1 image left out that the format cannot be written with').waitFor();
    await dialog.getByText(/was left out, as asked: the format has no room/).waitFor();
    await dialog.getByRole('button', { name: 'Another format' }).click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    Object.assign(exportFormat('coco'), { limits: {} });
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    // A file that reads back differently is not kept, and the way to the image stands beside it.
    const other = 'market.jpg';
    const data = { differences: [{ name: other, message: 'reads back with other masks' }] };
    const write = vi
      .spyOn(exportFormat('coco'), 'write')
      .mockRejectedValueOnce(new AppError('EXPORT_MISMATCH', 'not kept', { data }));
    await start.click();
    await dialog.getByText(`${other} reads back differently. The file was not kept.`).waitFor();
    write.mockRestore();
    await dialog.getByRole('button', { name: 'Show it' }).click();
    await page.getByRole('application', { name: other }).waitFor();
    expect(tab.troubles).toEqual([]);
  });
});

describe.skipIf(noBrowser)('two tabs on one project', () => {
  let app: AppDriver & { images: string };
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app?.close());

  it('an edit in one stands in the other, and neither loses work', async () => {
    const left = await app.open();
    await left.openSample();
    const right = await app.open();
    await right.ready();
    await left.canvas.focus();
    await left.page.keyboard.press('b');
    await left.drag([
      [50, 50],
      [90, 50],
    ]);
    await expect.poll(async () => (await right.objects()).length).toBe(1);
    await right.canvas.focus();
    await right.page.keyboard.press('b');
    await right.drag([
      [300, 300],
      [340, 300],
    ]);
    await expect.poll(async () => (await left.objects()).length).toBe(2);
    expect([...left.troubles, ...right.troubles]).toEqual([]);
  });

  it('a project that another Salience works on can be looked at, and edited here when that one lets go', async () => {
    await callEngine(app.engine, 'project.close', {});
    const other = await startEngine({
      kind: 'browser',
      log: () => undefined,
      secrets: memorySecrets(),
    });
    onTestFinished(() => other.close());
    await openFolder(other.context, app.images, { complete: true });
    await openFolder(app.engine.context, app.images);
    const tab = await app.open();
    const { page } = tab;
    const editHere = page.getByRole('button', { name: 'Edit here' });
    await editHere.click();
    await editHere.waitFor({ state: 'detached' });
    await expect.poll(() => other.context.open.current()?.readOnly).toBe(true);
    expect(tab.troubles).toEqual([]);
  });
});

/** Corners of the first ring as text, in an order that does not depend on the start. */
function corners({ segmentation }: { segmentation: number[][] }): string[] {
  const ring = segmentation[0]!;
  return ring.flatMap((x, i) => (i % 2 === 0 ? [`${x},${ring[i + 1]}`] : [])).sort();
}

async function findFile(folder: string, name: string): Promise<string> {
  const { readdir } = await import('node:fs/promises');
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.name === name) return join(entry.parentPath, entry.name);
  throw new Error(`${name} was not written below ${folder}`);
}
