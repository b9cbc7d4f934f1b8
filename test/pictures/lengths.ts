// npm run lengths -- [--language de,zh] [--size usual,720x450,...] [--part label,evidence,...]
// Walks through every state and dialog of the window at each size, speaks each language there, and fails on
// words that do not fit. A fault is told once, with the first state that shows it.
import { parseArgs } from 'node:util';
import { ensureWasm } from '../../build/wasm.ts';
import { overflowing } from '../helpers/drivers/overflow.ts';
import { inEachLook, looksOf, sizesOf } from './looks.ts';
import { walkWindow } from './walk.ts';

const { values } = parseArgs({
  options: {
    language: { type: 'string', default: 'en,de,fr,es,pt,ja,zh' },
    size: { type: 'string', default: '1440x900,1280x800,1100x700,720x450' },
    part: { type: 'string', default: '' },
  },
});
const looks = looksOf(values.language, 'dark');
await ensureWasm();
let faults = 0;
let stops = 0;

for (const size of sizesOf(values.size, 100)) {
  const told = new Set<string>();
  const troubles = await walkWindow(size, values.part, async (state, page) => {
    stops += 1;
    await inEachLook(page, looks, async ({ language }) => {
      for (const fault of await overflowing(page)) {
        if (told.has(`${language} ${fault}`)) continue;
        told.add(`${language} ${fault}`);
        console.error(`${language} ${size.name} ${state}: ${fault}`);
        faults += 1;
      }
    });
  });
  for (const trouble of troubles) console.error(`  ${trouble}`);
  faults += troubles.length;
}
console.log(
  faults === 0 ? `Every text fits in ${stops} states.` : `${faults} faults in ${stops} states.`,
);
process.exitCode = faults === 0 ? 0 : 1;
