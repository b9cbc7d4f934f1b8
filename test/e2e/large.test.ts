// An image too large to be shown as one: at 100 % and above every pixel on the screen is the file's
// own, also at the seams of tiles and in the last corner. SALIENCE_LARGE_SIDE=12000 for the largest.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCategories } from '../../electron/engine/project/classes/categories.ts';
import { openFolder } from '../../electron/engine/opening/opening.ts';
import { startApp, type AppPage } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';

const WIDTH = Number(process.env['SALIENCE_LARGE_SIDE'] ?? 6000);
const HEIGHT = WIDTH - 700;

/** No two neighbours alike, and no place like another nearby. */
async function writeLarge(path: string): Promise<void> {
  const raw = Buffer.allocUnsafe(WIDTH * HEIGHT * 3);
  for (let y = 0, at = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++, at += 3) {
      raw[at] = x * 7;
      raw[at + 1] = y * 11;
      raw[at + 2] = (x >> 8) * 16 + (y >> 8);
    }
  await sharp(raw, {
    raw: { width: WIDTH, height: HEIGHT, channels: 3 },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 1 })
    .toFile(path);
}

/** Pixels of the photograph's layer that differ from the file, of those in view on a coarse raster. */
function wrongPixels(tab: AppPage): Promise<{ wrong: string[]; seen: number }> {
  return tab.page.evaluate(
    ({ width, height }) => {
      const element = document.querySelector('[data-canvas]')!;
      const view = JSON.parse(element.getAttribute('data-view')!) as Record<
        'scale' | 'x' | 'y',
        number
      >;
      const canvas = element.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const wrong: string[] = [];
      let seen = 0;
      for (let sy = 1; sy < canvas.height; sy += 13)
        for (let sx = 1; sx < canvas.width; sx += 11) {
          const x = Math.floor((sx + 0.5 - view.x) / view.scale);
          const y = Math.floor((sy + 0.5 - view.y) / view.scale);
          if (x < 0 || y < 0 || x >= width || y >= height) continue;
          // The grid of high zooms lies on the first screen pixel of an image pixel.
          if (view.scale >= 8 && ((sx - view.x) % view.scale < 2 || (sy - view.y) % view.scale < 2))
            continue;
          seen += 1;
          const at = 4 * (sy * canvas.width + sx);
          const found = [...data.subarray(at, at + 3)].join();
          const meant = [(x * 7) % 256, (y * 11) % 256, ((x >> 8) * 16 + (y >> 8)) % 256].join();
          if (found !== meant) wrong.push(`${x},${y}: ${found} instead of ${meant}`);
        }
      return { wrong: wrong.slice(0, 5), seen };
    },
    { width: WIDTH, height: HEIGHT },
  );
}

describe.skipIf(noBrowser)('a large image', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let tab: AppPage;
  beforeAll(async () => {
    app = await startApp();
    const folder = join(app.folder, 'large');
    await mkdir(folder);
    await writeLarge(join(folder, 'large.png'));
    await openFolder(app.engine.context, folder);
    addCategories(app.engine.context.open.get().store, ['field']);
    tab = await app.open();
    await tab.ready();
  });
  afterAll(async () => {
    await tab?.page.close();
    expect(app.troubles).toEqual([]);
    await app?.close();
  });

  const sharpEverywhere = async () => {
    await expect.poll(async () => (await wrongPixels(tab)).wrong, { timeout: 60_000 }).toEqual([]);
    expect((await wrongPixels(tab)).seen).toBeGreaterThan(500);
  };

  it('shows the file’s own pixels at 100 percent', async () => {
    await tab.canvas.focus();
    await tab.page.keyboard.press('z');
    await sharpEverywhere();
  });

  it('shows them as squares at 1600 percent', async () => {
    const middle = await tab.place(WIDTH / 2, HEIGHT / 2);
    await tab.page.mouse.move(middle.x, middle.y);
    for (let notch = 0; notch < 16; notch += 1) await tab.page.mouse.wheel(0, -100);
    await tab.page.waitForFunction(() =>
      document.querySelector('[data-canvas]')!.getAttribute('data-view')!.includes('"scale":16,'),
    );
    await sharpEverywhere();
  });

  it('shows them in the last corner', async () => {
    await tab.page.keyboard.press('z');
    const box = (await tab.canvas.boundingBox())!;
    const outside = async () => {
      const { x, y } = await tab.place(WIDTH, HEIGHT);
      return { x: x > box.x + box.width, y: y > box.y + box.height };
    };
    for (let out = await outside(); out.x || out.y; out = await outside()) {
      await tab.page.keyboard.down('Space');
      await tab.page.mouse.move(box.x + 600, box.y + 400);
      await tab.page.mouse.down();
      await tab.page.mouse.move(box.x + (out.x ? 300 : 600), box.y + (out.y ? 200 : 400));
      await tab.page.mouse.up();
      await tab.page.keyboard.up('Space');
    }
    await sharpEverywhere();
  });

  it('gives the wand pixels of the last corner, which the page does not have', async () => {
    // Tolerance 24 is 3 pixels to each side and 2 up and down; no channel wraps around here.
    const inner = (size: number) => 256 * Math.floor((size - 1) / 256);
    const [x, y] = [inner(WIDTH) + 20, inner(HEIGHT) + 12];
    await tab.canvas.focus();
    await tab.page.keyboard.press('w');
    await tab.click(x + 0.5, y + 0.5);
    await expect.poll(() => tab.objects(), { timeout: 60_000 }).toHaveLength(1);
    expect((await tab.objects())[0]).toMatch(/\b35 px\b/);
  });

  it('shows evidence from the scaled copy and tiles, never from the whole file', async () => {
    const asked: string[] = [];
    tab.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await tab.page.keyboard.press('Control+Shift+Digit2');
    await tab.page.keyboard.press('i');
    const pane = tab.page.locator('[data-pane="0"]');
    await pane.waitFor({ timeout: 60_000 });
    // Where the canvas has not been: its tiles are kept.
    const { width, height } = (await pane.boundingBox())!;
    await pane.hover({ position: { x: width * 0.7, y: height * 0.3 } });
    const tile = tab.page.waitForResponse((response) => response.url().includes('/tile/'));
    for (let notch = 0; notch < 12; notch += 1) await tab.page.mouse.wheel(0, -100);
    expect((await tile).ok()).toBe(true);
    expect(asked.filter((path) => /^\/media\/image\//.test(path))).toEqual([]);
  });
});
