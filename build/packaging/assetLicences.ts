// Licences of the files that a build copies as they are, fonts above all: Vite's own list knows modules only.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import type { Bundled } from './notices.ts';

/** The package that a file of node_modules belongs to, with its licence. */
function packageOf(file: string): Bundled | null {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) return null;
    folder = dirname(folder);
  }
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as { name: string; version: string; license?: string };
  const text = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return {
    name,
    version,
    ...(license === undefined ? {} : { identifier: license }),
    ...(text === undefined ? {} : { text: readFileSync(join(folder, text), 'utf8').trim() }),
  };
}

/** Emits `fileName` with the packages whose files are among the assets; names are relative to `root`. */
export function assetLicences(root: string, fileName: string): Plugin {
  return {
    name: 'asset-licences',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).flatMap((output) =>
        output.type === 'asset' ? output.originalFileNames : [],
      );
      const packages = files
        .filter((file) => file.includes('node_modules/'))
        .flatMap((file) => packageOf(join(root, file)) ?? []);
      const byName = new Map(packages.map((entry) => [entry.name, entry]));
      this.emitFile({ type: 'asset', fileName, source: JSON.stringify([...byName.values()]) });
    },
  };
}
