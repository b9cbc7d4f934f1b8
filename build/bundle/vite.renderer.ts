// Bundles the page: output in dist/renderer, every asset a file of its own so that the strict
// content policy (no data: URLs, no inline styles) holds.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { join } from 'node:path';
import type { AcceptedPlugin, Declaration } from 'postcss';
import { defineConfig } from 'vite';
import { assetLicences } from '../packaging/assetLicences.ts';

const root = join(import.meta.dirname, '../../renderer');

/** Sizes are written in design pixels; as rem they follow the interface scale. Hairlines stay. */
const scalablePixels: AcceptedPlugin = {
  postcssPlugin: 'scalable-pixels',
  Declaration(declaration: Declaration) {
    if (!declaration.value.includes('px')) return;
    declaration.value = declaration.value.replace(/(-?\d*\.?\d+)px\b/g, (whole, digits: string) =>
      Math.abs(Number(digits)) < 2 ? whole : `${Number(digits) / 16}rem`,
    );
  },
};

export default defineConfig({
  root,
  base: './',
  plugins: [
    svelte({ compilerOptions: { runes: true } }),
    assetLicences(root, 'asset-licences.json'),
  ],
  css: { postcss: { plugins: [scalablePixels] } },
  build: {
    outDir: join(root, '..', 'dist', 'renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'chrome140',
    // Licences of what the page contains; the notices are made of them.
    license: { fileName: 'licences.json' },
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    // How long each plug-in took is no news to people who start the program.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  worker: { format: 'es' },
});
