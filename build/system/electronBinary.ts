// Whether an Electron binary can be had here, without fetching one: the package alone has none.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type ElectronBinary =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing'; readonly reason: string };

const NAMES: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** The override folder first, then the package's own; requiring the package would start a download. */
export function electronBinary(): ElectronBinary {
  const name = NAMES[process.platform] ?? 'electron';
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const path = join(override, name);
    return existsSync(path)
      ? { kind: 'found', path }
      : { kind: 'missing', reason: `ELECTRON_OVERRIDE_DIST_PATH holds no ${name}.` };
  }
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pointer = join(folder, 'path.txt');
  const path = join(
    folder,
    'dist',
    existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : name,
  );
  return existsSync(path)
    ? { kind: 'found', path }
    : {
        kind: 'missing',
        reason:
          'The package electron is installed without its binary (npx install-electron fetches it where downloads are possible).',
      };
}

/** Programs that `npm run dist` leaves unpacked beside the installers, by platform. */
const PACKAGED: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-unpacked/salience',
  'linux-arm64': 'linux-arm64-unpacked/salience',
  'darwin-arm64': 'mac-arm64/Salience.app/Contents/MacOS/Salience',
  'win32-x64': 'win-unpacked/Salience.exe',
};

/** The program as it was packaged for this platform. */
export function packagedProgram(root: string): ElectronBinary {
  const path = join(root, 'release', PACKAGED[`${process.platform}-${process.arch}`] ?? '?');
  return existsSync(path)
    ? { kind: 'found', path }
    : { kind: 'missing', reason: `There is no package to test at ${path}: run "npm run dist".` };
}
