// The window's page in dist/renderer: made when it is missing or older than its sources, which takes
// seconds, so it says what it does. `npm start` and `salience serve` come through here.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { isStale } from './stale.ts';

const root = join(import.meta.dirname, '../..');
/** Stands for the whole page, dated by the start of its build: edits meanwhile count as newer. */
const PAGE = join(root, 'dist/renderer/index.html');
const SOURCES = ['renderer', 'electron/api', 'electron/masks', 'build', 'package-lock.json'];

const TELL_EVERY_MS = 100;

export const isPageStale = () =>
  isStale(
    PAGE,
    SOURCES.map((path) => join(root, path)),
  );

/** Builds the page alone: all that the browser host needs beside the sources. */
export async function buildPage(progress?: Plugin): Promise<void> {
  const begun = new Date();
  // Loaded here only: a page that is new needs no bundler, and that alone takes half a second.
  const [{ build, mergeConfig }, { default: config }] = await Promise.all([
    import('vite'),
    import('./vite.renderer.ts'),
  ]);
  const own = { configFile: false as const, logLevel: 'warn' as const, plugins: [progress] };
  await build(mergeConfig(config, own));
  utimesSync(PAGE, begun, begun);
}

/** Builds what is stale and says so, with a count of files where a person looks on. */
export async function withWords(build: (progress: Plugin) => Promise<void>): Promise<void> {
  console.log('Building the window, as on every first start and after changes …');
  const begun = performance.now();
  const { plugin, end } = counting(process.stdout);
  await build(plugin).finally(end);
  console.log(`The window is built (${((performance.now() - begun) / 1000).toFixed(0)} s).`);
}

/** A line that counts the files read so far; nothing where the output is no terminal. */
export function counting(output: NodeJS.WriteStream): { plugin: Plugin; end: () => void } {
  let files = 0;
  let told = 0;
  const tell = (text: string) => {
    if (output.isTTY) output.write(`\r\x1b[K${text}`);
  };
  return {
    plugin: {
      name: 'counting',
      transform() {
        files += 1;
        if (performance.now() - told < TELL_EVERY_MS) return;
        told = performance.now();
        tell(`  ${files} files`);
      },
    },
    end: () => tell(''),
  };
}

export async function ensurePage(): Promise<void> {
  if (isPageStale()) await withWords(buildPage);
}

if (import.meta.main) await ensurePage();
