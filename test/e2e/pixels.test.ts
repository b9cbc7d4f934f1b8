// Pixel truth and size: what is painted is what is kept, masks lie on image pixels at every zoom, and
// a long list or a long walk costs nothing.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageId } from '../../electron/api/types.ts';
import type { AppPage } from '../helpers/drivers/appDriver.ts';
import { launchBrowser, noBrowser } from '../helpers/drivers/browser.ts';
import { startTab, type Tab } from '../helpers/drivers/startTab.ts';
import { rowsOf } from '../helpers/fixtures/maskText.ts';
import { type RendererHostOptions } from '../helpers/standIns/rendererHost.ts';
import { isInside } from '../../electron/masks/runs/rle.ts';

/**
 * Idle masks after a drag and selections, painted in parts, against all of them painted at once; and those
 * of a zoom step against those of a drag after it.
 */
async function movedMasksAreThoseDrawnAnew(page: Page, tab: AppPage): Promise<void> {
  /** What masks add to each pixel, by name, kept in the page; answers how many values are set. */
  const keep = (name: string) =>
    page.evaluate(async (key) => {
      for (let i = 0; i < 3; i += 1) await new Promise((done) => requestAnimationFrame(done));
      const masks = document.querySelectorAll<HTMLCanvasElement>('[data-canvas] canvas')[1]!;
      const { data } = masks.getContext('2d')!.getImageData(0, 0, masks.width, masks.height);
      // Colours of see-through pixels are kept divided by how much is seen of them: so are steps of one.
      const added = data.map((value, i) =>
        i % 4 === 3 ? value : Math.round((value * data[i - (i % 4) + 3]!) / 255),
      );
      Object.assign(window, { [key]: added });
      return added.filter((value) => value > 0).length;
    }, name);
  const differences = (one: string, other: string) =>
    page.evaluate(
      ([a, b]) => {
        const [first, second] = [a, b].map(
          (key) => (window as unknown as Record<string, Uint8ClampedArray>)[key!]!,
        );
        return first!.filter((value, i) => Math.abs(value - second![i]!) > 2).length;
      },
      [one, other],
    );
  await page.keyboard.press('v');
  await keep('first');
  const { x, y } = await tab.place(24, 16);
  await page.mouse.move(x, y);
  await page.mouse.down({ button: 'middle' });
  for (let i = 1; i <= 5; i += 1) await page.mouse.move(x + 7 * i, y - 5 * i);
  await page.mouse.up({ button: 'middle' });
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Escape');
  await tab.click(24, 16);
  await page.keyboard.press('Escape');
  await keep('inParts');
  // Masks are put away and shown again: nothing of the old picture can be used.
  await page.keyboard.down('t');
  expect(await keep('none')).toBe(0);
  await page.keyboard.up('t');
  await keep('atOnce');
  expect(await differences('inParts', 'atOnce')).toBe(0);
  expect(await differences('inParts', 'first')).toBeGreaterThan(1000);
  const view = () => tab.canvas.getAttribute('data-view');
  const before = await view();
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -100);
  await expect.poll(view).not.toBe(before);
  await keep('zoomed');
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(x + 30, y - 20);
  await keep('dragged');
  await page.mouse.move(x, y);
  await page.mouse.up({ button: 'middle' });
  await keep('draggedBack');
  expect(await differences('zoomed', 'draggedBack')).toBe(0);
  expect(await differences('zoomed', 'inParts')).toBeGreaterThan(1000);
  expect(await differences('zoomed', 'dragged')).toBeGreaterThan(1000);
}

const HINTS = { hintsSeen: ['run', 'strip', 'accept'] };

describe.skipIf(noBrowser)('pixels', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function start(options: RendererHostOptions): Promise<Tab> {
    const started = await startTab(browser, options);
    await started.page.waitForFunction(
      () =>
        document
          .querySelector('[data-canvas]')
          ?.getAttribute('data-view')
          ?.includes('"scale":1,') === false,
    );
    return started;
  }

  it('a one pixel brush paints exactly the pixel under it, at every zoom', async () => {
    const { host, page, tab, end } = await start({ size: [48, 32] });
    await page.keyboard.press('Escape');
    await tab.canvas.focus();
    await page.keyboard.press('b');
    await page.getByRole('switch', { name: 'Protect other classes' }).click();
    const size = page.getByRole('spinbutton', { name: 'Size' });
    await size.fill('1');
    await size.press('Enter');
    const known = new Set(host.state.documents.get(1 as ImageId)!.keys());
    for (const [i, notches] of [0, 4, 6, -12].entries()) {
      const middle = await tab.place(24, 16);
      await page.mouse.move(middle.x, middle.y);
      for (let n = 0; n < Math.abs(notches); n += 1)
        await page.mouse.wheel(0, -100 * Math.sign(notches));
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.keyboard.press('b');
      const [x, y] = [22 + i, 15];
      await tab.click(x + 0.5, y + 0.5);
      await expect.poll(() => host.state.documents.get(1 as ImageId)!.size).toBe(known.size + 1);
      const fresh = [...host.state.documents.get(1 as ImageId)!.values()].find(
        (object) => !known.has(object.id),
      )!;
      known.add(fresh.id);
      expect([fresh.area, isInside(fresh.mask, x, y)]).toEqual([1, true]);
    }
    await movedMasksAreThoseDrawnAnew(page, tab);
    await end();
  });

  it.each([1, 2, 8, 32, 64])('masks cover whole image pixels at %i00 percent', async (scale) => {
    const { host, page, tab, end } = await start({
      size: [48, 32],
      settings: { ...HINTS, maskOpacity: 1 },
    });
    const star = [...host.state.documents.get(1 as ImageId)!.values()].find(
      (object) => object.categoryId === 2,
    )!;
    await tab.canvas.focus();
    await page.keyboard.press('z');
    const [left, top, width, height] = star.box;
    const middle = await tab.place(left + width / 2, top + height / 2);
    await page.mouse.move(middle.x, middle.y);
    for (let n = 0; n < Math.log2(scale) * 4; n += 1) await page.mouse.wheel(0, -100);
    await page.mouse.move(5, 5);
    await page.waitForFunction(
      (s) =>
        document
          .querySelector('[data-canvas]')!
          .getAttribute('data-view')!
          .includes(`"scale":${s},`),
      scale,
    );
    // One sample in the middle of every pixel, and one near each of its corners.
    const looked = () =>
      page.evaluate(
        ({ rows, scale: s }) => {
          const canvas = document.querySelectorAll<HTMLCanvasElement>('[data-canvas] canvas')[1]!;
          const view = JSON.parse(
            document.querySelector('[data-canvas]')!.getAttribute('data-view')!,
          ) as { x: number; y: number };
          const {
            data,
            width: w,
            height: h,
          } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          const faults: string[] = [];
          let seen = 0;
          rows.forEach((row, y) =>
            [...row].forEach((cell, x) => {
              // Places in whole screen pixels: the view starts on one at whole zooms or within half of one.
              for (const [fx, fy] of s >= 8
                ? [
                    [0.5, 0.5],
                    [0.1, 0.1],
                    [0.9, 0.1],
                    [0.1, 0.9],
                    [0.9, 0.9],
                  ]
                : [[0.5, 0.5]]) {
                const sx = Math.floor(view.x + (x + fx!) * s);
                const sy = Math.floor(view.y + (y + fy!) * s);
                if (sx < 0 || sy < 0 || sx >= w || sy >= h) continue;
                seen += 1;
                const alpha = data[4 * (sy * w + sx) + 3]!;
                // Other objects may lie here as well: only what the star covers must be there.
                if (cell === '#' && alpha < 40) faults.push(`${x},${y} is clear`);
              }
            }),
          );
          return { faults: faults.slice(0, 5), seen };
        },
        { rows: rowsOf(star.mask), scale },
      );
    // The view changes before its frame is drawn.
    await expect.poll(async () => (await looked()).faults).toEqual([]);
    expect((await looked()).seen).toBeGreaterThan(50);
    await end();
  });

  it('100,000 images scroll without blank rows', async () => {
    const { page, end } = await start({ images: 100_000, size: [48, 32] });
    const list = page.getByRole('listbox', { name: 'Images of the project' });
    await expect.poll(() => list.getByRole('option').count()).toBeGreaterThan(10);
    for (const share of [0.3, 0.99, 0.5, 1]) {
      await list.evaluate(
        (node, part) => (node.scrollTop = part * (node.scrollHeight - node.clientHeight)),
        share,
      );
      await expect
        .poll(() => list.getByRole('option', { name: /IMG_/ }).count())
        .toBeGreaterThan(10);
    }
    await expect.poll(() => list.getByRole('option', { name: /IMG_102040/ }).count()).toBe(1);
    // Nodes stay few however many rows there are.
    expect(await list.getByRole('option').count()).toBeLessThan(60);
    await end();
  });

  it('walking through 65 images keeps memory flat', async () => {
    const { page, end, tab } = await start({ images: 200, size: [640, 480] });
    const session = await page.context().newCDPSession(page);
    const heapMiB = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      return usedSize / 2 ** 20;
    };
    const walk = async (steps: number) => {
      for (let i = 0; i < steps; i += 1) {
        const before = await tab.canvas.getAttribute('aria-label');
        await page.keyboard.press('d');
        await page.waitForFunction(
          (label) => document.querySelector('[data-canvas]')?.getAttribute('aria-label') !== label,
          before,
        );
      }
    };
    await tab.canvas.focus();
    await walk(20);
    const early = await heapMiB();
    await walk(45);
    // 90 KB an image would be seen.
    expect((await heapMiB()) - early).toBeLessThan(4);
    await end();
  });
});
