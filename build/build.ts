// Builds what the hosts load: page, Node tree, preload, wasm; then checks the bundles.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { bundleBreaches, preloadBreaches } from './checks/bundleGuard.ts';
import { nodeConfig, preloadConfig } from './vite.node.ts';
import rendererConfig from './vite.renderer.ts';
import { ensureWasm } from './wasm.ts';

const root = join(import.meta.dirname, '..');

/** Builds the page alone: all that the browser host needs beside the sources. */
export async function buildPage(): Promise<void> {
  await build({ ...rendererConfig, configFile: false, logLevel: 'warn' });
}

/** Builds everything; throws with the list when a bundle holds what it must not. */
export async function buildAll(): Promise<void> {
  await ensureWasm();
  await buildPage();
  await build(nodeConfig(join(root, 'dist/node')));
  await build(preloadConfig(join(root, 'dist/preload')));
  const page = readdirSync(join(root, 'dist/renderer/assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(root, 'dist/renderer/assets', name), 'utf8'))
    .join('\n');
  const breaches = [
    ...bundleBreaches(join(root, 'dist/node')),
    ...preloadBreaches(join(root, 'dist/preload/preload.cjs'), page),
  ];
  if (breaches.length > 0)
    throw new Error(`Bundles hold what they must not:\n${breaches.join('\n')}`);
}

if (import.meta.main) {
  await buildAll();
  console.log('Built dist/renderer, dist/node and dist/preload; bundle guards passed.');
}
