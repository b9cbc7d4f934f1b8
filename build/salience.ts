// `salience ...` in a checkout: builds what is stale, then is the command line in this process, since a further one takes
// 40 ms of processor time.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isPageStale } from './bundle/page.ts';
import { isWasmStale } from './wasm.ts';

const root = join(import.meta.dirname, '..');

/** Whether a call shows the window's page: `serve`, unless it asks for help. */
export const showsPage = (words: readonly string[]): boolean =>
  words[0] === 'serve' && !words.some((word) => word === '--help' || word === '-h');

/** Runs the command that `words` are, to its end; its exit code is this process's. */
export async function asCommandLine(words: readonly string[]): Promise<void> {
  if (isWasmStale()) buildFirst('build/wasm.ts');
  if (showsPage(words) && isPageStale()) buildFirst('build/bundle/page.ts');
  process.argv.splice(2, Infinity, ...words);
  await import('../electron/hosts/cli.ts');
}

/** In a process of its own, whose compiler leaves no memory behind. */
function buildFirst(script: string): void {
  const { status } = spawnSync(process.execPath, [join(root, script)], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 3);
}

if (import.meta.main) await asCommandLine(process.argv.slice(2));
