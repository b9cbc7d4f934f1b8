// Memory of the page over a long walk: 500 images of a project, heap, DOM nodes, listeners and the
// browser's process for it, after a garbage collection every ninety images.
import { existsSync, readFileSync } from 'node:fs';
import { launchBrowser, noBrowser, openPage } from '../helpers/drivers/browser.ts';
import { builtPage } from '../helpers/drivers/page.ts';
import { startRendererHost } from '../helpers/standIns/rendererHost.ts';

if (noBrowser) {
  console.log(`  not run: ${noBrowser}`);
  process.exit(0);
}
process.env['SALIENCE_PAGE'] ??= await builtPage();
const IMAGES = 500;
const WARM_UP = 50;
const EVERY = 90;

const browser = await launchBrowser();
const host = await startRendererHost({
  open: true,
  images: IMAGES + 1,
  size: [640, 480],
  settings: { hintsSeen: ['run', 'strip', 'accept'] },
});
const { page } = await openPage(browser, host.url);
await page.locator('[data-frame]').first().waitFor({ timeout: 120_000 });
const canvas = page.locator('[data-canvas]');
await canvas.focus();
const session = await page.context().newCDPSession(page);

const whole = await browser.newBrowserCDPSession();

/** Resident MiB of the process that draws the page, from Linux's books; 0 elsewhere. */
async function rendererMiB(): Promise<number> {
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => `/proc/${id}/status`)
    .filter((file) => existsSync(file))
    .map((file) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) / 1024);
  return Math.max(0, ...sizes);
}

async function look(): Promise<{
  heap: number;
  nodes: number;
  listeners: number;
  resident: number;
}> {
  // The browser's own caches of pictures seen are let go first: what stays is ours.
  await session.send('Memory.simulatePressureNotification', { level: 'critical' });
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return {
    heap: usedSize / 2 ** 20,
    nodes,
    listeners: jsEventListeners,
    resident: await rendererMiB(),
  };
}

async function walk(steps: number): Promise<void> {
  for (let i = 0; i < steps; i += 1) {
    const before = await canvas.getAttribute('aria-label');
    await page.keyboard.press('d');
    await page.waitForFunction(
      (label) => document.querySelector('[data-canvas]')?.getAttribute('aria-label') !== label,
      before,
    );
  }
}

await walk(WARM_UP);
const first = await look();
console.log(`a walk through ${IMAGES} images of 640x480; 1.00x = after ${WARM_UP} images`);
for (let done = WARM_UP; done < IMAGES; done += EVERY) {
  await walk(EVERY);
  const last = await look();
  console.log(
    `  ${String(done + EVERY).padStart(3)} images: heap ${(last.heap / first.heap).toFixed(2)}x (${last.heap.toFixed(1)} MiB), nodes ${(last.nodes / first.nodes).toFixed(2)}x, listeners ${(last.listeners / first.listeners).toFixed(2)}x, process ${(last.resident / first.resident).toFixed(2)}x (${last.resident.toFixed(0)} MiB)`,
  );
}
await browser.close();
await host.close();
