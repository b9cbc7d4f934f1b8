// `npm start`: the desktop window when an Electron binary is here, else the browser host, and says why.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildAll, buildPage, isAnythingStale, isPageStale } from './build.ts';
import { electronBinary } from './electronBinary.ts';
import { ensureWasm } from './wasm.ts';

const BUILDING = 'Building the window, as on every first start and after changes …';
const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const binary = args.includes('--browser')
  ? { kind: 'missing' as const, reason: 'The browser host was asked for.' }
  : electronBinary();

if (binary.kind === 'found') {
  if (isAnythingStale()) {
    console.log(BUILDING);
    await buildAll();
  }
  const child = spawn(binary.path, [root, ...args], { stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  console.log(`${binary.reason} Salience opens in the browser instead.`);
  await ensureWasm();
  if (isPageStale()) {
    console.log(BUILDING);
    await buildPage();
  }
  const folders = args.filter((argument) => !argument.startsWith('--'));
  const child = spawn(
    process.execPath,
    [join(root, 'electron/hosts/cli.ts'), 'serve', '--open', ...folders],
    { stdio: 'inherit' },
  );
  // Ctrl-C reaches the child by itself; a second one would cut its closing short.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 0));
}
