// The threshold slider with the real engine and model, 640x480, five classes: from a move of the thumb
// to the repainted canvas. Processor time of every process beside the wall clock, and the ratio of the
// engine's part to the same cut with edges (CRF) in the same run.
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import { ensureWasm } from '../../build/wasm.ts';
import { SAMPLE_FOLDER, callEngine } from '../../electron/hosts/startEngine.ts';
import { startApp } from '../helpers/drivers/appDriver.ts';
import { noBrowser } from '../helpers/drivers/browser.ts';

if (noBrowser) {
  console.log(`  not run: ${noBrowser}`);
  process.exit(0);
}
const MOVES = 40;
const CLASSES = ['umbrella', 'ball', 'crab', 'sailboat', 'palm tree'];

await ensureWasm();
const app = await startApp();
const photo = await sharp(join(SAMPLE_FOLDER, 'beach.jpg')).resize(640, 480).jpeg().toBuffer();
for (const name of readdirSync(app.images)) await rm(join(app.images, name), { force: true });
await sharp(photo).toFile(join(app.images, 'beach.jpg'));
const tab = await app.open();
const { page } = tab;
await page.getByRole('button', { name: /Choose folder/ }).click();
await page.getByRole('button', { name: 'Choose this folder' }).click();
await tab.ready();
const field = page.locator('#prompt-input');
await field.fill(CLASSES.join(', '));
await field.press('Enter');
await tab.run();
await page.waitForTimeout(1500);
const slider = page.getByRole('slider', { name: /^Threshold, / }).first();
await slider.waitFor();

/** Clock ticks of a process, user and system, in milliseconds; Linux counts ten-millisecond steps. */
function processMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
function children(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('inference/entry') &&
          readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1] ===
            String(process.pid)
        );
      } catch {
        return false;
      }
    });
}
async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0);
}

/** One move of the thumb inside the page; resolves with wall milliseconds to the painted frame. */
function move(to: Page, value: number): Promise<number> {
  return to.evaluate(
    (v) =>
      new Promise<number>((done) => {
        const input = document.querySelector<HTMLInputElement>('input[aria-label^="Threshold, "]')!;
        const panel = input.closest('.panel')!;
        const start = performance.now();
        const seen = new MutationObserver(() => {
          seen.disconnect();
          // The frame that shows it: drawn by the next callback, on the screen after it.
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0));
        });
        seen.observe(panel.querySelector('.foot')!, {
          subtree: true,
          characterData: true,
          childList: true,
        });
        input.value = String(v);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    value,
  );
}
const quantile = (values: number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!;

/** Median milliseconds of the engine's part alone, with or without edges. */
async function engineMs(draft: boolean): Promise<number> {
  const { images } = await callEngine(app.engine, 'image.list', {
    cursor: 0,
    limit: 1,
    filter: {},
    order: 'name',
  });
  const { run } = await callEngine(app.engine, 'image.open', { imageId: images[0]!.id });
  const times: number[] = [];
  for (let i = 0; i < 12; i += 1) {
    const categoryId = run!.classes[0]!.categoryId;
    const { milliseconds } = await callEngine(app.engine, 'prelabel.reapply', {
      runId: run!.runId,
      params: run!.params,
      thresholds: { [categoryId]: 0.1 + 0.02 * i },
      draft,
      commit: false,
      only: [categoryId],
    });
    if (i > 1) times.push(milliseconds);
  }
  return quantile(times, 0.5);
}

const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const values = Array.from({ length: MOVES }, (_, i) => (i % 2 === 0 ? 0.08 : 0.3) + 0.005 * i);
for (const value of values.slice(0, 8)) await move(page, value);
const [inference] = children();
const before = {
  page: await taskMs(session),
  own: process.cpuUsage(),
  model: processMs(inference!),
};
const walls: number[] = [];
for (const value of values) walls.push(await move(page, value));
const own = process.cpuUsage(before.own);
const spent = {
  page: (await taskMs(session)) - before.page,
  engine: (own.user + own.system) / 1000,
  model: processMs(inference!) - before.model,
};
const each = (ms: number) => (ms / MOVES).toFixed(1);
console.log(`threshold slide to repaint, 640x480, ${CLASSES.length} classes, real engine`);
console.log(
  `  wall: median ${quantile(walls, 0.5).toFixed(1)} ms, p95 ${quantile(walls, 0.95).toFixed(1)} ms (target under 50)`,
);
console.log(
  `  processor time of a move: page ${each(spent.page)} ms, engine and test ${each(spent.engine)} ms, model process ${each(spent.model)} ms`,
);
const [draft, edges] = [await engineMs(true), await engineMs(false)];
console.log(
  `  the engine's part 1.0x (${draft.toFixed(1)} ms); the same with edges ${(edges / draft).toFixed(1)}x (${edges.toFixed(1)} ms)`,
);
await app.close();
