// npm run pictures -- [--lang en,de,...] [--theme dark,light,contrast] [--size usual,compact,1280x800,...]
//   [--scale 200] [--part label,evidence,...] [--only name,...] [--axe] [--out folder]
// Screenshots of every state of the window: the real engine on the sample project, and steady data for
// what takes a long time to come. With --axe each state is also looked at for what keeps somebody out.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureWasm } from '../../build/wasm.ts';
import { axeFindings } from '../helpers/drivers/axe.ts';
import { inEachLook, looksOf, sizesOf } from './looks.ts';
import { walkWindow } from './walk.ts';

const { values } = parseArgs({
  options: {
    lang: { type: 'string', default: 'en' },
    theme: { type: 'string', default: 'dark' },
    size: { type: 'string', default: 'usual' },
    scale: { type: 'string', default: '100' },
    part: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    axe: { type: 'boolean', default: false },
    out: { type: 'string', default: 'out/pictures' },
  },
});
const looks = looksOf(values.lang, values.theme);
const only = values.only === '' ? null : new Set(values.only.split(','));
await ensureWasm();

for (const size of sizesOf(values.size, Number(values.scale))) {
  const folder = join(values.out, size.name.replaceAll(' ', ''));
  for (const { language, theme } of looks)
    await mkdir(join(folder, `${language}-${theme}`), { recursive: true });
  let taken = 0;
  const findings = new Set<string>();
  const troubles = await walkWindow(size, values.part, async (name, page) => {
    if (only && !only.has(name)) return;
    await inEachLook(page, looks, async ({ language, theme }) => {
      await page.screenshot({ path: join(folder, `${language}-${theme}`, `${name}.png`) });
      taken += 1;
      if (!values.axe) return;
      for (const finding of await axeFindings(page)) {
        if (findings.has(`${theme} ${finding}`)) continue;
        findings.add(`${theme} ${finding}`);
        console.error(`${size.name} ${theme} ${name}: ${finding}`);
      }
    });
  });
  console.log(`${folder}: ${taken} pictures`);
  for (const trouble of troubles) console.error(`  ${trouble}`);
  if (troubles.length > 0 || findings.size > 0) process.exitCode = 1;
}
