// Builds what the hosts load: page, Node tree, preload, wasm; then checks the bundles.
import { readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { bundleBreaches, preloadBreaches } from './checks/bundleGuard.ts';
import { isStale } from './stale.ts';
import { nodeConfig, preloadConfig } from './vite.node.ts';
import rendererConfig from './vite.renderer.ts';
import { ensureWasm } from './wasm.ts';

const root = join(import.meta.dirname, '..');
const inRoot = (paths: readonly string[]) => paths.map((path) => join(root, path));

/** The last file of each build stands for all of it, dated by the start: edits meanwhile count as newer. */
const PAGE = join(root, 'dist/renderer/index.html');
const PRELOAD = join(root, 'dist/preload/preload.cjs');
const PAGE_SOURCES = inRoot([
  'renderer',
  'electron/api',
  'electron/masks',
  'build',
  'package-lock.json',
]);
const ALL_SOURCES = inRoot(['renderer', 'electron', 'models', 'build', 'package-lock.json']);

/** Builds the page alone: all that the browser host needs beside the sources. */
export async function buildPage(): Promise<void> {
  const begun = new Date();
  await build({ ...rendererConfig, configFile: false, logLevel: 'warn' });
  utimesSync(PAGE, begun, begun);
}

export const isPageStale = () => isStale(PAGE, PAGE_SOURCES);

/** Builds everything; throws with the list when a bundle holds what it must not. */
export async function buildAll(): Promise<void> {
  await ensureWasm();
  const begun = new Date();
  await buildPage();
  await build(nodeConfig(join(root, 'dist/node')));
  await build(preloadConfig(join(root, 'dist/preload')));
  const page = readdirSync(join(root, 'dist/renderer/assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(root, 'dist/renderer/assets', name), 'utf8'))
    .join('\n');
  const breaches = [...bundleBreaches(join(root, 'dist/node')), ...preloadBreaches(PRELOAD, page)];
  if (breaches.length > 0) {
    // Nothing may take this for a finished build.
    rmSync(PRELOAD);
    throw new Error(`Bundles hold what they must not:\n${breaches.join('\n')}`);
  }
  utimesSync(PRELOAD, begun, begun);
}

export const isAnythingStale = () => isPageStale() || isStale(PRELOAD, ALL_SOURCES);

if (import.meta.main) {
  await buildAll();
  console.log('Built dist/renderer, dist/node and dist/preload; bundle guards passed.');
}
