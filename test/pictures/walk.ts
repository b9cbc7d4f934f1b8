// The walk that every picture of the window comes from: one tab, one part after another, a name for each
// state worth looking at. A part that cannot go on says so, and the next one begins from the Label screen.
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startApp } from '../helpers/drivers/appDriver.ts';
import type { PageSize } from '../helpers/drivers/browser.ts';
import { tinyClipPack } from '../helpers/fixtures/clipPack.ts';
import { installClickPack } from '../helpers/fixtures/clickPack.ts';
import { asWalked } from './looks.ts';
import { batch } from './walk/batch.ts';
import { canvasTools } from './walk/canvasTools.ts';
import { clicks } from './walk/clicks.ts';
import { engines } from './walk/engines.ts';
import { evidence } from './walk/evidence.ts';
import { exchange } from './walk/exchange.ts';
import { label } from './walk/label.ts';
import { objects } from './walk/objects.ts';
import { screens } from './walk/screens.ts';
import { start } from './walk/start.ts';
import { steady } from './walk/steady.ts';
import { backToLabel, type Walk } from './walk/steps.ts';
import { tuning } from './walk/tuning.ts';

/** Begins where there is no project; the others need what it leaves behind. */
const FIRST = { start };
const PARTS: { readonly [name: string]: (walk: Walk) => Promise<void> } = {
  ...FIRST,
  label,
  canvasTools,
  objects,
  evidence,
  clicks,
  engines,
  batch,
  screens,
  exchange,
  tuning,
  steady,
};

/** A click model that knows the objects of the sample: pictures show masks, not noise. */
const TRUE_OBJECTS = fileURLToPath(
  new URL('../helpers/standIns/trueObjects/entry.ts', import.meta.url),
);

/** All parts, or those named; `see` is called with each state. Returns what went wrong. */
export async function walkWindow(
  size: PageSize,
  named: string,
  see: (name: string, page: Page) => Promise<void>,
): Promise<string[]> {
  const wanted = named === '' ? Object.keys(PARTS) : named.split(',');
  const unknown = wanted.filter((name) => !(name in PARTS));
  if (unknown.length > 0)
    throw new Error(`${unknown.join(', ')}: parts are ${Object.keys(PARTS).join(', ')}.`);
  const app = await startApp({ inferenceEntry: TRUE_OBJECTS });
  const troubles: string[] = [];
  try {
    const tab = await app.open(size);
    const { page } = tab;
    page.setDefaultTimeout(20_000);
    await asWalked(page);
    let hasModels = false;
    const walk: Walk = {
      size,
      app,
      tab,
      page,
      shot: (name, other = page) => see(name, other),
      async addModels() {
        if (hasModels) return;
        hasModels = true;
        await installClickPack(`${app.folder}/packs`);
        await tinyClipPack(`${app.folder}/packs`);
        await page.reload();
        await tab.ready();
      },
    };
    for (const name of new Set([...Object.keys(FIRST), ...wanted])) {
      const quiet = { ...walk, shot: async () => undefined };
      try {
        await PARTS[name]!(wanted.includes(name) ? walk : quiet);
      } catch (error) {
        const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n\n');
        troubles.push(`${name}: ${why}`);
        await see(`stopped-in-${name}`, page);
      }
      await backToLabel(walk).catch(() => undefined);
    }
    return [...troubles, ...tab.troubles];
  } finally {
    await app.close();
  }
}
