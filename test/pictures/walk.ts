// The walk that every picture of the window comes from: one tab, one part after another in any order, a name
// for each state worth looking at. A part that cannot go on says so; the next one begins like any other.
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startApp } from '../helpers/drivers/appDriver.ts';
import type { PageSize } from '../helpers/drivers/browser.ts';
import { Begun } from './begun.ts';
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
import type { Walk } from './walk/steps.ts';
import { tuning } from './walk/tuning.ts';

const PARTS: { readonly [name: string]: (walk: Walk) => Promise<void> } = {
  start,
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
    const walk: Walk = {
      size,
      app,
      tab,
      page,
      shot: (name, other = page) => see(name, other),
      addModels: () => begun.addModels(),
    };
    const goes = async (name: string, go: () => Promise<unknown>): Promise<void> => {
      try {
        await go();
      } catch (error) {
        const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n\n');
        troubles.push(`${name}: ${why}`);
        await see(`stopped-in-${name}`, page);
      }
    };
    // Every other part begins with the project that it leaves behind.
    await goes('start', () =>
      start(wanted.includes('start') ? walk : { ...walk, shot: async () => undefined }),
    );
    const begun = await Begun.keep(app, tab);
    for (const name of new Set(wanted)) {
      if (name === 'start') continue;
      await goes(name, async () => {
        await begun.again();
        await PARTS[name]!(walk);
      });
    }
    return [...troubles, ...tab.troubles];
  } finally {
    await app.close();
  }
}
