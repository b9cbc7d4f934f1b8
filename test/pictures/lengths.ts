// npm run lengths -- [--language de,zh] [--size 1440x900,...]
// Opens the screens with the real engine in each language and size, and fails on text that does not fit its box.
import { parseArgs } from 'node:util';
import { ensureWasm } from '../../build/wasm.ts';
import type { Language } from '../../electron/api/settings.ts';
import { callEngine } from '../../electron/hosts/startEngine.ts';
import { startApp } from '../helpers/drivers/appDriver.ts';
import { overflowing } from '../helpers/drivers/overflow.ts';

const { values } = parseArgs({
  options: {
    language: { type: 'string', default: 'en,de,fr,es,pt,ja,zh' },
    size: { type: 'string', default: '1440x900,1280x800,1100x700,720x450' },
  },
});
/** Keys and the screen or dialog that they open; none depends on the language. */
const PLACES = [
  ['Control+Shift+Digit1', 'label'],
  ['Control+Shift+Digit2', 'evidence'],
  ['Control+Shift+Digit3', 'review'],
  ['Control+Shift+Digit4', 'jobs'],
  ['Control+Shift+Digit5', 'tune'],
  ['Control+Shift+Digit6', 'statistics'],
  ['Control+Comma', 'settings'],
  ['F1', 'help'],
] as const;

await ensureWasm();
const app = await startApp();
const first = await app.open();
await first.openSample();
await first.run();
await first.page.context().close();
let faults = 0;
try {
  for (const language of values.language.split(','))
    for (const size of values.size.split(',')) {
      await callEngine(app.engine, 'settings.set', { language: language as Language });
      const [width, height] = size.split('x').map(Number) as [number, number];
      const { page } = await app.open({ width, height });
      await page.locator('[data-canvas]').waitFor();
      for (const [keys, place] of PLACES) {
        await page.keyboard.press(keys);
        await page.waitForLoadState('networkidle');
        await page.evaluate(
          () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 120))),
        );
        for (const fault of await overflowing(page)) {
          console.error(`${language} ${size} ${place}: ${fault}`);
          faults += 1;
        }
      }
      await page.context().close();
    }
} finally {
  await app.close();
}
console.log(faults === 0 ? 'Every text fits.' : `${faults} texts do not fit.`);
process.exitCode = faults === 0 ? 0 : 1;
