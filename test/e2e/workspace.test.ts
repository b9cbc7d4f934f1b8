// The workspace's rules one by one, on steady data: what a key, a slider or a field does to what is there.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageId } from '../../electron/api/types.ts';
import { REPORT } from '../helpers/standIns/rendererHost/corrections.ts';
import { launchBrowser, noBrowser } from '../helpers/drivers/browser.ts';
import { startTabWithStrip } from '../helpers/drivers/startTab.ts';
import {
  category,
  type RendererHost,
  type RendererHostOptions,
} from '../helpers/standIns/rendererHost.ts';

if (noBrowser) console.log(`skipped: ${noBrowser}`);

const FIRST = 1 as ImageId;

describe.skipIf(noBrowser)('workspace', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  const start = (options?: RendererHostOptions) => startTabWithStrip(browser, options);
  const selectedRow = (page: Page) => page.locator('.objects [aria-current="true"] .main');
  const first = (host: RendererHost) => [...host.state.documents.get(FIRST)!.values()];

  it('a dragged threshold keeps its class, its selection and its slider', async () => {
    const { page, host, end } = await start();
    await page.locator('.objects .main', { hasText: 'star' }).click();
    const slider = page.getByRole('slider', { name: 'Threshold, star' });
    await slider.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await expect.poll(() => host.state.categories[1]!.threshold).toBeCloseTo(0.18, 5);
    await expect.poll(() => slider.inputValue()).toBe('0.18');
    await expect.poll(() => selectedRow(page).allTextContents()).toEqual(['star']);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('type')))
      .toBe('range');
    await end();
  });

  it('Enter and Backspace leave other proposals alone while a decided object is selected', async () => {
    const { page, tab, host, end } = await start();
    const open = () => first(host).filter((object) => object.status === 'proposal').length;
    const before = open();
    await page.locator('.objects .main', { hasText: 'box' }).click();
    await tab.canvas.focus();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    // Enter went on to the most doubtful one; deciding it takes another.
    await expect.poll(() => selectedRow(page).allTextContents()).toEqual(['star']);
    expect(open()).toBe(before);
    await page.keyboard.press('Enter');
    await expect.poll(open).toBe(before - 1);
    await end();
  });

  it('a fallback has its details, and nothing found by the drawn model leads to others', async () => {
    const { page, tab, host, end } = await start();
    host.state.categories.splice(0, Infinity, category(20, 'zebra'));
    await page.reload();
    await tab.ready();
    await tab.canvas.focus();
    await page.keyboard.press('d');
    await page.getByRole('application', { name: /,\s0 objects, 0 proposals/ }).waitFor();
    await page.keyboard.press('i');
    const banner = page.locator('.banner');
    await banner.getByText('The built-in model knows drawn things only.').waitFor();
    await banner.getByRole('button', { name: 'Add a model for photographs' }).click();
    await page.getByRole('heading', { name: 'Models and devices' }).waitFor();
    await page.keyboard.press('Control+Shift+Digit1');
    host.publish('notice', { level: 'warn', code: 'DEVICE_FELL_BACK', message: 'No CUDA.' });
    await banner.getByText('No CUDA.').waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByRole('heading', { name: 'Models and devices' }).waitFor();
    expect(await page.getByRole('button', { name: 'Details' }).count()).toBe(0);
    await end();
  });

  it('the cursor says what a press would do: a cross with a gap, a padlock over a locked mask', async () => {
    const { page, tab, host, end } = await start();
    const cursor = () => tab.canvas.evaluate((canvas) => getComputedStyle(canvas).cursor);
    /** The picture of the cursor is there: the page's policy and host let it through. */
    const picture = async () => {
      const url = /url\("([^"]+)"\)/.exec(await cursor())?.[1] ?? '';
      // Asked by the page: only a browser knows every name under localhost as this computer.
      const type = await page.evaluate(
        async (address) => (await fetch(address)).headers.get('content-type'),
        url,
      );
      return [url.split('/').at(-1)!.split(/[-.]/)[0], type];
    };
    await tab.canvas.focus();
    await page.keyboard.press('r');
    await expect.poll(picture).toEqual(['cross', 'image/svg+xml']);
    await page.keyboard.press('v');
    const ring = first(host).find(({ categoryId }) => categoryId === 3)!;
    const inside = async () => {
      // Somewhere on the mask itself: its first run of pixels, columns first.
      const { height, counts } = ring.mask;
      const pixel = counts[0]! + Math.floor(counts[1]! / 2);
      const at = await tab.place(Math.floor(pixel / height) + 0.5, (pixel % height) + 0.5);
      await page.mouse.move(at.x, at.y);
    };
    await inside();
    await expect.poll(cursor).toBe('pointer');
    await page.locator('.objects .main', { hasText: 'ring' }).click();
    await tab.canvas.focus();
    await page.keyboard.press('l');
    await expect.poll(() => first(host).find(({ id }) => id === ring.id)!.locked).toBe(true);
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);
    await inside();
    await expect.poll(picture).toEqual(['locked', 'image/svg+xml']);
    await end();
  });

  it('arrows move the selection, several presses in one step, and the colour under the pointer is told', async () => {
    const { page, tab, host, end } = await start();
    const ring = () => first(host).find(({ categoryId }) => categoryId === 3)!;
    const before = ring().box;
    await page.locator('.objects .main', { hasText: 'ring' }).click();
    await tab.canvas.focus();
    for (const key of ['ArrowLeft', 'ArrowLeft', 'Shift+ArrowUp']) await page.keyboard.press(key);
    await expect
      .poll(() => ring().box)
      .toEqual([before[0] - 2, before[1] - 10, before[2], before[3]]);
    await page.keyboard.press('Control+z');
    await expect.poll(() => ring().box).toEqual(before);
    const at = await tab.place(5.5, 5.5);
    await page.mouse.move(at.x, at.y);
    await expect
      .poll(() => page.locator('.statusbar .pixel').textContent())
      .toMatch(/^\d{1,3} \d{1,3} \d{1,3}$/);
    await end();
  });

  it('U cleans a selection: the difference is seen first, one press is one step, what would vanish stays', async () => {
    const { page, tab, host, end } = await start();
    const areas = () => first(host).map(({ area, status }) => `${area} ${status}`);
    const before = areas();
    await tab.canvas.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('u');
    const panel = page.getByRole('region', { name: 'Clean up' });
    const press = panel.getByRole('button', { name: /^Clean \d/ });
    expect(await press.isDisabled()).toBe(true);
    const slide = async (value: string) => {
      await panel.getByRole('spinbutton', { name: 'Grow or shrink' }).fill(value);
      await page.keyboard.press('Enter');
    };
    await slide('3');
    await panel.getByText(/^−0 px, \+\d/).waitFor();
    expect(areas()).toEqual(before);
    await press.click();
    await expect.poll(areas).not.toEqual(before);
    // Proposals are still proposals.
    expect(areas().filter((one) => one.endsWith('proposal'))).toHaveLength(
      before.filter((one) => one.endsWith('proposal')).length,
    );
    await tab.canvas.focus();
    await page.keyboard.press('Control+z');
    await expect.poll(areas).toEqual(before);
    await slide('-20');
    await panel.getByText(/would lose the last pixel/).waitFor();
    const kept = await press.textContent();
    await panel.getByText('Delete them').click();
    await expect.poll(() => press.textContent()).not.toBe(kept);
    await panel.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => press.isDisabled()).toBe(true);
    await tab.canvas.focus();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(areas()).toEqual(before);
    await end();
  });

  it('what corrections suggest stands under the classes, and is gone once it is used or put away', async () => {
    const { page, host, end } = await start();
    const offer = page.getByRole('group', { name: 'Learn from corrections' });
    const found = async () => {
      host.state.corrections = { ...host.state.corrections, report: REPORT, fate: 'offered' };
      host.changed();
      await offer.getByText('31 of 96 open images would change.').waitFor();
    };
    expect(await offer.count()).toBe(0);
    await found();
    await offer.getByRole('button', { name: 'Not now' }).click();
    await offer.waitFor({ state: 'detached' });
    expect(host.state.corrections.fate).toBe('declined');
    await found();
    await offer.getByRole('button', { name: 'Use them' }).click();
    await offer.waitFor({ state: 'detached' });
    expect(host.state.corrections.fate).toBe('used');
    await end();
  });

  it('; opens the fields of the selection: digits set them, needed ones are asked for before “reviewed”', async () => {
    const { page, host, tab, end } = await start();
    const fields = [
      { kind: 'choice', name: 'Material', needed: false, choices: ['cardboard', 'wood'] },
      { kind: 'number', name: 'Tilt', needed: true, min: 0, max: 90, unit: '°' },
    ] as const;
    const id = () => first(host).find(({ categoryId }) => categoryId === 1)!;
    // The class gets its fields in the table that the panel leads to.
    await page.locator('.objects .main', { hasText: 'circle' }).click();
    await tab.canvas.focus();
    await page.keyboard.press(';');
    await page.getByRole('button', { name: 'Add a field to circle' }).click();
    const table = page.getByRole('dialog', { name: 'Fields of circle' });
    await table.getByLabel('Name').fill('Material');
    await table.getByLabel('Choices, one a line').fill('cardboard\nwood');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => host.state.categories[0]!.fields).toEqual([fields[0]]);
    await table.waitFor({ state: 'hidden' });
    const summary = host.state.categories[0]!;
    host.state.categories = [{ ...summary, fields }, ...host.state.categories.slice(1)];
    host.changed();
    const strip = page.getByRole('toolbar', { name: 'Fields of the selection' });
    await strip.getByRole('button', { name: /Tilt/ }).waitFor();
    await strip.focus();
    for (const key of ['1', '2', 'o']) await page.keyboard.press(key);
    await expect
      .poll(() => id().details)
      .toEqual({ values: { Material: 'wood' }, marks: { occluded: true } });
    // Digits are no classes here.
    expect(id().categoryId).toBe(1);
    await page.keyboard.press('2');
    await page.keyboard.type('120');
    await page.keyboard.press('Enter');
    await page.getByText('from 0 to 90').waitFor();
    for (const key of ['Escape', 'Escape']) await page.keyboard.press(key);
    await strip.waitFor({ state: 'hidden' });
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').getByText('Tilt is missing in 1 circle.').waitFor();
    await page.getByRole('button', { name: 'Fill in' }).click();
    // Digits are the strip's only once it has the focus.
    await strip
      .locator(':focus')
      .or(strip.and(page.locator(':focus')))
      .waitFor();
    await page.keyboard.press('2');
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    await expect.poll(() => id().details?.values).toEqual({ Material: 'wood', Tilt: 4 });
    // Tags of the image, then the step back.
    await page.getByRole('button', { name: 'Tag', exact: true }).click();
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('garage');
    await page.keyboard.press('Enter');
    await expect.poll(() => host.state.images[0]!.tags).toEqual(['garage']);
    await page.keyboard.press('Escape');
    await tab.canvas.focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => host.state.images[0]!.tags).toBeUndefined();
    await end();
  });

  it('T pressed hides the others until it is pressed again', async () => {
    const { page, tab, end } = await start();
    const pills = () => page.locator('.labels .pill').count();
    await page.locator('.objects .main', { hasText: 'ring' }).click();
    await tab.canvas.focus();
    const all = await pills();
    await page.keyboard.press('t');
    await expect.poll(pills).toBe(1);
    await page.keyboard.press('t');
    await expect.poll(pills).toBe(all);
    await end();
  });

  it('points of an outline are moved, set and deleted by number', async () => {
    const { page, tab, host, end } = await start();
    const area = () => first(host).find((object) => object.categoryId === 3)!.area;
    const before = area();
    await page.locator('.objects .main', { hasText: 'ring' }).click();
    await tab.canvas.focus();
    await page.keyboard.press('p');
    const fields = page.getByRole('group', { name: 'Points by number' });
    const count = async () => Number(/of (\d+)/.exec(await fields.innerText())![1]);
    const all = await count();
    await fields.getByRole('spinbutton', { name: 'x' }).fill('0');
    await page.keyboard.press('Enter');
    await fields.getByRole('button', { name: 'Delete point' }).click();
    await expect.poll(count).toBe(all - 1);
    await tab.canvas.focus();
    await page.keyboard.press('Backspace');
    await expect.poll(count).toBe(all);
    await page.keyboard.press('Enter');
    await expect.poll(area).toBeGreaterThan(before);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    // Fields for new points come with the cursor that the arrows move.
    await page.keyboard.press('ArrowRight');
    for (const [x, y] of [
      [5, 5],
      [45, 5],
      [45, 45],
      [5, 45],
    ] as const) {
      await fields.getByRole('spinbutton', { name: 'x' }).fill(String(x));
      await fields.getByRole('spinbutton', { name: 'y' }).fill(String(y));
      await fields.getByRole('button', { name: 'Add point' }).click();
    }
    const objects = first(host).length;
    await tab.canvas.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => first(host).length).toBe(objects + 1);
    expect(first(host).at(-1)!.box).toEqual([5, 5, 40, 40]);
    // A box over its corner, and of both what they share.
    await page.keyboard.press('r');
    await tab.drag([
      [25, 25],
      [65, 65],
    ]);
    await expect.poll(() => first(host).length).toBe(objects + 2);
    await page.keyboard.press('v');
    await tab.click(60, 60);
    await page.keyboard.down('Shift');
    await tab.click(10, 10);
    await page.keyboard.up('Shift');
    await page.keyboard.press('Shift+X');
    await expect.poll(() => first(host).length).toBe(objects + 1);
    expect(first(host).map(({ box }) => box)).toContainEqual([25, 25, 20, 20]);
    // More classes than keys, and the key that hands 1–9 to the rest.
    const names = Array.from({ length: 8 }, (_, i) => `kind${i}`);
    host.state.categories = [
      ...host.state.categories,
      ...names.map((name, i) => category(20 + i, name)),
    ];
    host.changed();
    await page.getByRole('group', { name: 'kind7' }).waitFor();
    const key = () => page.getByRole('group', { name: 'kind7' }).locator('.key').textContent();
    expect(await key()).toBe('');
    await tab.canvas.focus();
    await page.keyboard.press('0');
    await expect.poll(key).toMatch(/^[1-9]$/);
    await end();
  });

  it('a stroke over protected classes says whose masks it left alone', async () => {
    const { page, tab, host, end } = await start();
    const star = first(host).find((object) => object.categoryId === 2)!;
    const ring = first(host).find((object) => object.categoryId === 3)!;
    await page.locator('.objects .main', { hasText: 'ring' }).click();
    await tab.canvas.focus();
    await page.keyboard.press('b');
    const middle = ([x, y, w, h]: readonly number[]) => [x! + w! / 2, y! + h! / 2] as const;
    await tab.drag([middle(star.box), middle(star.box)]);
    await page.locator('.labels .pill', { hasText: 'protected' }).waitFor();
    expect(await page.locator('.labels .pill', { hasText: 'protected' }).innerText()).toContain(
      'star',
    );
    expect(first(host).find((object) => object.id === ring.id)!.area).toBe(ring.area);
    await end();
  });

  it('paste on an image of another size takes what lies inside it', async () => {
    const { page, tab, host, end } = await start();
    host.state.images[1] = { ...host.state.images[1]!, width: 300, height: 300 };
    await page.locator('.objects .main', { hasText: 'circle' }).click();
    await tab.canvas.focus();
    await page.keyboard.press('Control+c');
    const said = page.locator('[data-testid="polite"]');
    await expect.poll(() => said.textContent()).toContain('1 object copied');
    const copied = first(host).find((object) => object.categoryId === 1)!;
    await page.keyboard.press('d');
    await page.waitForFunction(() =>
      document.querySelector('[data-canvas]')?.getAttribute('aria-label')?.includes('IMG_2042'),
    );
    await page.keyboard.press('Control+v');
    const second = 2 as ImageId;
    await expect.poll(() => host.state.documents.get(second)?.size ?? 0).toBe(1);
    const pasted = [...host.state.documents.get(second)!.values()][0]!;
    expect([pasted.mask.width, pasted.mask.height, pasted.box[0]]).toEqual([
      300,
      300,
      copied.box[0],
    ]);
    await end();
  });

  it('what could not be saved says why and offers a copy of it', async () => {
    const { page, tab, host, end } = await start();
    host.failCommits('DISK_FULL');
    await page.locator('.objects .main', { hasText: 'circle' }).click();
    await tab.canvas.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Not saved' }).click();
    const dialog = page.getByRole('dialog', { name: 'Not saved' });
    await dialog.getByText('Not saved: the disk is full.').waitFor();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save a copy' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('IMG_2041.coco.json');
    const { readFile } = await import('node:fs/promises');
    const copy = JSON.parse(await readFile(await file.path(), 'utf8')) as {
      annotations: { category_id: number; segmentation: { counts: number[] } }[];
    };
    expect(copy.annotations.map((object) => object.category_id).sort()).toEqual([1, 2, 3, 4]);
    host.failCommits(null);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await tab.saved();
    await end();
  });

  it('no key acts behind a dialog, and Esc closes it wherever the focus is', async () => {
    const { page, tab, end } = await start();
    await tab.canvas.focus();
    await page.keyboard.press('Shift+Slash');
    const dialog = page.getByRole('dialog', { name: 'Key list' });
    await dialog.waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('b');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(
      await page.getByRole('button', { name: 'Select', exact: true }).getAttribute('aria-pressed'),
    ).toBe('true');
    await end();
  });

  it('F1 helps with the screen, finds words, and Esc comes back to the same selection', async () => {
    const { page, tab, end } = await start();
    await page.locator('.objects .main', { hasText: 'star' }).click();
    await tab.canvas.focus();
    await page.keyboard.press('F1');
    await page.getByRole('heading', { name: 'Five-minute tour' }).waitFor();
    await page.getByRole('complementary', { name: 'Keys on the Label screen' }).waitFor();
    await page.keyboard.type('margin');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Words used here' }).waitFor();
    await page.getByRole('textbox', { name: 'Find in help' }).fill('zebra');
    await page.getByText('Nothing under “zebra”.').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await tab.ready();
    await expect.poll(() => selectedRow(page).allTextContents()).toEqual(['star']);
    await page.keyboard.press('F1');
    await page.getByRole('button', { name: 'Show me: Type what is in the images' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('prompt-input');
    await end();
  });

  it('of thousands of classes the first are listed, the others are found by name', async () => {
    const { page, host, end } = await start();
    host.state.categories = [
      ...host.state.categories,
      ...Array.from({ length: 4993 }, (_, i) => category(8 + i, `class ${8 + i}`)),
    ];
    await page.reload();
    const panel = page.getByRole('region', { name: 'Classes', exact: true });
    const more = panel.getByText(/^4,7\d\d more\. Type a name to find them\.$/);
    await more.waitFor();
    expect(await panel.getByRole('group').count()).toBeLessThan(220);
    await panel.getByRole('textbox', { name: 'Find a class' }).fill('class 4999');
    await expect.poll(() => panel.getByRole('group').count()).toBe(1);
    // Chosen, it stays in sight when the list is whole again.
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await more.waitFor();
    await panel.getByRole('group', { name: 'class 4999' }).waitFor();
    // More than a run takes: said in words, with a way to begin anew.
    await page.locator('[data-canvas]').focus();
    await page.keyboard.press('i');
    await page
      .getByText('A run asks for at most 1,000 classes; 5,000 are chosen.')
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Take all classes out of the prompt' }).click();
    await page.getByPlaceholder('Type class names').waitFor();
    await page.keyboard.press('Control+Shift+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('textbox', { name: 'Find a class' }).fill('class 4999');
    await dialog.getByRole('checkbox', { name: 'class 4999' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await end();
  });

  it('more classes than colours are told apart by number and hatch', async () => {
    const { page, host, end } = await start();
    host.state.categories = [
      ...host.state.categories,
      ...Array.from({ length: 22 }, (_, i) => category(8 + i, `class ${8 + i}`)),
    ];
    await page.reload();
    await page.locator('.labels .pill', { hasText: 'star' }).waitFor();
    expect(await page.locator('.labels .pill', { hasText: 'star' }).innerText()).toMatch(
      /^2\s+star/,
    );
    // They are also more than one question takes: Run says what that costs.
    await page.getByRole('button', { name: /^Run/ }).first().hover();
    await expect
      .poll(() => page.getByRole('tooltip').innerText())
      .toMatch(/^\d+ classes are asked in 2 rounds of at most 25\. This doubles the time\.$/);
    await page.keyboard.press('Control+Comma');
    await page.getByRole('button', { name: 'Canvas', exact: true }).click();
    await page.getByRole('switch', { name: 'Hatch from the 13th class on' }).click();
    await expect.poll(() => host.state.settings.classHatch).toBe(true);
    await page.getByRole('switch', { name: 'Cross hair' }).click();
    await expect.poll(() => host.state.settings.crossHair).toBe(true);
    await end();
  });
});
