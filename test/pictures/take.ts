// npm run pictures -- [--theme dark,light,contrast] [--size 1440x900,...] [--only name,...] [--out folder]
// Screenshots of every state of the workspace with the real engine on the sample project.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Settings } from '../../electron/api/settings.ts';
import { callEngine } from '../../electron/hosts/startEngine.ts';
import { ensureWasm } from '../../build/wasm.ts';
import { startApp } from '../helpers/drivers/appDriver.ts';
import { walkWorkspace } from './walk.ts';

const { values } = parseArgs({
  options: {
    theme: { type: 'string', default: 'dark' },
    size: { type: 'string', default: '1440x900' },
    only: { type: 'string', default: '' },
    out: { type: 'string', default: 'out/pictures' },
  },
});
await ensureWasm();
const only = values.only === '' ? null : new Set(values.only.split(','));

for (const size of values.size.split(','))
  for (const theme of values.theme.split(',')) {
    const [width, height] = size.split('x').map(Number) as [number, number];
    const folder = join(values.out, `${theme}-${size}`);
    await mkdir(folder, { recursive: true });
    const app = await startApp();
    await callEngine(app.engine, 'settings.set', { theme: theme as Settings['theme'] });
    const tab = await app.open({ width, height });
    let taken = 0;
    try {
      await walkWorkspace({
        app,
        tab,
        page: tab.page,
        shot: async (name) => {
          if (only && !only.has(name)) return;
          await tab.page.screenshot({ path: join(folder, `${name}.png`) });
          taken += 1;
        },
      });
      console.log(`${folder}: ${taken} pictures`);
      for (const trouble of tab.troubles) console.error(`  ${trouble}`);
    } catch (error) {
      await tab.page.screenshot({ path: join(folder, 'stopped-here.png') });
      console.error(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    } finally {
      await app.close();
    }
  }
