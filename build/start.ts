// `npm start`: the desktop window when an Electron binary is here and can open it, else the browser host,
// and says why. Words after `--` are a folder or project, and options of `salience serve`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, isAnythingStale } from './build.ts';
import { refusedBeforehand, runElectron, whyNoWindow } from './system/desktopWindow.ts';
import { electronBinary } from './system/electronBinary.ts';
import { withWords } from './bundle/page.ts';
import { asCommandLine } from './salience.ts';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2).filter((word) => word !== '--browser');

/** Resolves with why the browser has to do, or ends this process with the window. */
async function whyBrowser(): Promise<string> {
  if (process.argv.includes('--browser')) return 'The browser host was asked for.';
  const binary = electronBinary();
  if (binary.kind === 'missing') return binary.reason;
  const refused = refusedBeforehand(process.platform, process.getuid?.());
  if (refused) return refused;
  if (isAnythingStale()) await withWords(buildAll);
  const ended = await runElectron(binary.path, [root, ...args]);
  return whyNoWindow(ended) ?? process.exit(ended.code ?? 1);
}

const place = args.find((word) => !word.startsWith('-'));
if (place !== undefined && args.every((word) => !word.startsWith('-')) && !existsSync(place)) {
  console.error(`There is no folder or project ${place}.`);
  process.exit(2);
}
console.log(`${await whyBrowser()} Salience opens in the browser instead.`);
await asCommandLine(['serve', '--open', ...args]);
