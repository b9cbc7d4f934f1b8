// The canvas in Chromium: main-thread work per step of a brush stroke, of zooming, of opening an image,
// and of hovering and panning over 1,000 masks; and how long a picture takes, thumbnails or not.
// Ratios to the small image of the same run; times only beside targets. `-- --against FOLDER` measures
// another built page in turns with this one.
import { parseArgs } from 'node:util';
import type { CDPSession, Page, Request } from 'playwright-core';
import { launchBrowser, noBrowser, openPage } from '../helpers/drivers/browser.ts';
import { builtPage } from '../helpers/drivers/page.ts';
import { startRendererHost, type RendererHostOptions } from '../helpers/standIns/rendererHost.ts';

if (noBrowser) {
  console.log(`  not run: ${noBrowser}`);
  process.exit(0);
}
const { against } = parseArgs({ options: { against: { type: 'string' } } }).values;
const ownPage = (process.env['SALIENCE_PAGE'] ??= await builtPage());

const STEPS = 80;
/** Hover steps of a turn: over three turns 360, of which the slowest twentieth is 18. */
const HOVER_STEPS = 120;
const browser = await launchBrowser();

/** Milliseconds of tasks that the page's main thread has run so far. */
async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0);
}

const frame = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 0))),
  );

/** Main-thread milliseconds of each step, without what the measuring itself costs. */
async function measure(
  page: Page,
  step: (i: number) => Promise<void>,
  steps = STEPS,
): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  // Thread time: what the main thread computed, not how long it waited for a busy machine.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const idle: number[] = [];
  const work: number[] = [];
  for (let i = 0; i < 20 + steps; i += 1) {
    const before = await taskMs(session);
    if (i >= 20) await step(i - 20);
    await frame(page);
    (i >= 20 ? work : idle).push((await taskMs(session)) - before);
  }
  const cost = quantile(idle, 0.5);
  return work.map((ms) => Math.max(0, ms - cost));
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

async function withImage<T>(
  options: RendererHostOptions,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const host = await startRendererHost({ open: true, images: 3, ...options });
  const { page } = await openPage(browser, host.url);
  await page.locator('[data-frame]').first().waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1500);
  try {
    return await work(page);
  } finally {
    await page.context().close();
    await host.close();
  }
}

async function stroke(page: Page): Promise<number[]> {
  await page.locator('[data-canvas]').focus();
  await page.keyboard.press('b');
  await page.getByRole('switch', { name: 'Protect other classes' }).waitFor();
  const box = (await page.locator('[data-canvas]').boundingBox())!;
  const at = (i: number) => [box.x + 120 + i * 6, box.y + 240 + 110 * Math.sin(i / 7)] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  const times = await measure(page, (i) => page.mouse.move(...at(i)));
  await page.mouse.up();
  return times;
}

async function zoom(page: Page): Promise<number[]> {
  const box = (await page.locator('[data-canvas]').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  return measure(page, (i) => page.mouse.wheel(0, i % 20 < 10 ? -100 : 100), 40);
}

const small: RendererHostOptions = { size: [640, 480], extraObjects: 20, extraColumns: 5 };
const large: RendererHostOptions = { size: [4096, 4096], extraObjects: 20, extraColumns: 5 };

const [smallStroke, smallZoom] = await withImage(small, async (page) =>
  [await zoom(page), await stroke(page)].reverse(),
);
const [largeStroke, largeZoom] = await withImage(large, async (page) =>
  [await zoom(page), await stroke(page)].reverse(),
);
const report = (label: string, base: number[], own: number[], target: string) => {
  const [a, b] = [quantile(base, 0.95), quantile(own, 0.95)];
  console.log(
    `  ${label.padEnd(44)} ${(b / Math.max(0.01, a)).toFixed(2)}x  (p95 ${b.toFixed(1)} ms, median ${quantile(own, 0.5).toFixed(1)} ms${target})`,
  );
};
console.log(
  'canvas, main-thread work per step in Chromium without a GPU; 1x = 640x480 with 24 masks',
);
report('brush step, 640x480, 24 masks', smallStroke!, smallStroke!, '; target under 16.7');
report('brush step, 4096x4096, 24 masks', smallStroke!, largeStroke!, '; target under 16.7');
report('zoom step, 640x480', smallZoom!, smallZoom!, '');
report('zoom step, 4096x4096', smallZoom!, largeZoom!, '');

const open = await withImage({ size: [1280, 960], extraObjects: 200 }, async (page) => {
  await page.keyboard.press('d');
  await page.waitForTimeout(500);
  return measure(
    page,
    async (i) => {
      if (i === 0) await page.keyboard.press('a');
    },
    6,
  );
});
console.log(
  `  opening an image with 204 masks: ${open.reduce((sum, ms) => sum + ms, 0).toFixed(0)} ms of main-thread work (target under 200)`,
);

/** Milliseconds from a key to the last byte of the opened picture, and thumbnails that came before it. */
async function arrival(page: Page, key: string): Promise<{ ms: number; thumbnails: number }> {
  const pressedMs = performance.now();
  let thumbnails = 0;
  const ms = await new Promise<number>((done) => {
    const onFinished = (request: Request) => {
      if (request.url().includes('/media/thumb/')) thumbnails += 1;
      if (!/\/media\/(?:image|scaled)\//.test(request.url())) return;
      page.off('requestfinished', onFinished);
      done(performance.now() - pressedMs);
    };
    page.on('requestfinished', onFinished);
    void page.keyboard.press(key);
  });
  await page.waitForTimeout(400);
  return { ms, thumbnails };
}

await withImage({ size: [1280, 960], images: 400 }, async (page) => {
  await page.locator('[data-canvas]').focus();
  const far = await arrival(page, 'End');
  await arrival(page, 'Home');
  const next: number[] = [];
  for (let i = 0; i < 12; i += 1) next.push((await arrival(page, 'd')).ms);
  console.log(
    `  last of 400 images: its picture after ${far.ms.toFixed(0)} ms, ${far.thumbnails} thumbnails before it (target: none)`,
  );
  console.log(
    `  next image: its picture after ${quantile(next, 0.5).toFixed(0)} ms, p95 ${quantile(next, 0.95).toFixed(0)} ms`,
  );
});

interface Crowded {
  readonly name: string;
  readonly page: Page;
  readonly close: () => Promise<void>;
  readonly work: Record<'hover' | 'pan' | 'zoom', number[]>;
}

/** A page with 1,000 masks, all drawn. */
async function crowded(name: string, built: string): Promise<Crowded> {
  process.env['SALIENCE_PAGE'] = built;
  const host = await startRendererHost({
    open: true,
    images: 3,
    size: [1280, 960],
    extraObjects: 996,
    extraColumns: 37,
  });
  const { page } = await openPage(browser, host.url);
  await page.locator('[data-frame]').first().waitFor({ timeout: 120_000 });
  await page.waitForTimeout(3000);
  const close = async () => {
    await page.context().close();
    await host.close();
  };
  return { name, page, close, work: { hover: [], pan: [], zoom: [] } };
}

/** One turn of each: hovering along rows of masks, panning by hand, zooming there and back. */
async function turn({ page, work }: Crowded, round: number): Promise<void> {
  await page.locator('[data-canvas]').focus();
  await page.keyboard.press('v');
  const box = (await page.locator('[data-canvas]').boundingBox())!;
  const [left, top] = [box.x + box.width / 4, box.y + box.height / 4];
  const place = (i: number, step: number) =>
    [
      left + ((i * step) % (box.width / 2)),
      top + (((round * 40 + i) * step) % (box.height / 2)),
    ] as const;
  await page.mouse.move(left, top);
  work.hover.push(...(await measure(page, (i) => page.mouse.move(...place(i, 23)), HOVER_STEPS)));
  for (let i = 0; i < 4; i += 1) await page.mouse.wheel(0, -100);
  await page.waitForTimeout(500);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down({ button: 'middle' });
  const wave = (i: number) => [
    box.x + box.width / 2 + 180 * Math.sin(i / 9),
    box.y + box.height / 2 + 120 * Math.sin(i / 13),
  ];
  const pan = await measure(page, (i) => page.mouse.move(wave(i)[0]!, wave(i)[1]!), 60);
  work.pan.push(...pan);
  await page.mouse.up({ button: 'middle' });
  await page.keyboard.press('z');
  const zoomed = await measure(page, (i) => page.mouse.wheel(0, i < 15 ? -100 : 100), 30);
  work.zoom.push(...zoomed);
  await page.keyboard.press('f');
  await page.waitForTimeout(500);
}

const pages = [await crowded('this page', ownPage)];
if (against) pages.push(await crowded('other page', against));
for (let round = 0; round < 3; round += 1) for (const one of pages) await turn(one, round);
for (const { name, work } of pages) {
  const most = (values: readonly number[]) => quantile(values, 1).toFixed(1);
  const line = (values: readonly number[]) =>
    `p95 ${quantile(values, 0.95).toFixed(1)} ms, median ${quantile(values, 0.5).toFixed(1)} ms, most ${most(values)} ms`;
  console.log(`  1,000 masks on 1280x960, ${name}`);
  console.log(`    hover step   ${line(work.hover)} (target: p95 under 8)`);
  console.log(`    pan step     ${line(work.pan)} (target: none over 50)`);
  console.log(`    zoom step    ${line(work.zoom)} (target: none over 50)`);
}
for (const one of pages) await one.close();
await browser.close();
