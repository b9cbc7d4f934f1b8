// Builds what the hosts load: page, Node tree, preload, wasm, icons, notices; then checks the bundles.
import { readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { bundleBreaches, preloadBreaches } from './checks/bundleGuard.ts';
import type { Bundled } from './packaging/notices.ts';
import { writeNotices } from './packaging/notices.ts';
import { buildPage, isPageStale } from './bundle/page.ts';
import { isStale } from './bundle/stale.ts';
import { LICENCES, nodeConfig, preloadConfig } from './bundle/vite.node.ts';
import { ensureWasm } from './wasm.ts';

const root = join(import.meta.dirname, '..');
const inRoot = (paths: readonly string[]) => paths.map((path) => join(root, path));

/** The last file of the build stands for all of it, dated by the start: edits meanwhile count as newer. */
const PRELOAD = join(root, 'dist/preload/preload.cjs');
const ALL_SOURCES = inRoot(['renderer', 'electron', 'models', 'build', 'package-lock.json']);

/** Builds everything; throws with the list when a bundle holds what it must not. */
export async function buildAll(progress?: Plugin): Promise<void> {
  await ensureWasm();
  const begun = new Date();
  // Loaded here only: who asks what is stale needs neither bundler nor drawing of icons, a quarter of a second.
  const [{ build, mergeConfig }, { writeIcons }] = await Promise.all([
    import('vite'),
    import('./packaging/icons.ts'),
  ]);
  await buildPage(progress);
  await build(mergeConfig(nodeConfig(join(root, 'dist/node')), { plugins: [progress] }));
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
  const lists = [`renderer/${LICENCES}`, `renderer/asset-${LICENCES}`, `node/${LICENCES}`];
  await writeIcons(join(root, 'build/resources/icon.png'), join(root, 'dist/icons'));
  writeNotices(join(root, 'dist/notices'), lists.map(licencesIn));
  utimesSync(PRELOAD, begun, begun);
}

const licencesIn = (file: string) =>
  JSON.parse(readFileSync(join(root, 'dist', file), 'utf8')) as Bundled[];

export const isAnythingStale = () => isPageStale() || isStale(PRELOAD, ALL_SOURCES);

if (import.meta.main) {
  await buildAll();
  console.log('Built dist/renderer, dist/node and dist/preload; bundle guards passed.');
}
