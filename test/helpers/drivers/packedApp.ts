// A package made by the real electron-builder around a stand-in for Electron's folder, and taken apart again:
// what the archive and the files beside it hold, in a copy outside the source tree.
import { readdirSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import type { CliOptions, Configuration } from 'electron-builder';
import { Arch, build, Platform } from 'electron-builder';
import { makeElectron, type PackedSystem } from '../standIns/standInElectron.ts';

const root = join(import.meta.dirname, '../../..');

const TARGETS: Readonly<Record<PackedSystem, CliOptions['targets']>> = {
  linux: Platform.LINUX.createTarget('dir'),
  win32: Platform.WINDOWS.createTarget('dir', Arch.x64),
  darwin: Platform.MAC.createTarget('dir', Arch.arm64),
};

/** The config with the stand-in for Electron and everything written into `work`; electron-builder changes what it gets. */
const inside = (work: string, config: Configuration): Configuration => ({
  ...config,
  electronDist: join(work, 'electron/dist'),
  directories: { ...config.directories, output: join(work, 'release') },
});

/** Most bytes of archive and unpacked files without Electron; a package over it holds what it should not. */
export const CEILING = { linux: 80e6, win32: 115e6, darwin: 100e6 } as const;

/** Bytes of all files below a folder. */
export const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

export interface PackedApp {
  /** The folder that people get. */
  readonly folder: string;
  /** Where the archive lies in it. */
  readonly resources: string;
  /** Archive and unpacked files together, as the program sees them. */
  readonly app: string;
  /** Names in the archive, the unpacked ones too, with slashes and without a leading one. */
  readonly names: readonly string[];
}

/** Packs for a system into `work` with the config made for it; the program is built before. */
export async function packApp(
  work: string,
  config: Configuration,
  system: PackedSystem = 'linux',
): Promise<PackedApp> {
  await makeElectron(join(work, 'electron'), system);
  await build({
    projectDir: root,
    publish: 'never',
    targets: TARGETS[system]!,
    // The stand-in is no Windows program whose icon and checksums could be changed.
    config: {
      ...inside(work, config),
      ...(system === 'win32'
        ? { win: { ...config.win, signAndEditExecutable: false }, disableAsarIntegrity: true }
        : {}),
    },
  });
  const folder = await packedFolder(work);
  const resources = join(
    folder,
    system === 'darwin' ? 'Salience.app/Contents/Resources' : 'resources',
  );
  const app = join(work, 'app');
  extractAll(join(resources, 'app.asar'), app);
  const names = listPackage(join(resources, 'app.asar'), { isPack: false }).map((name) =>
    name.replaceAll('\\', '/').slice(1),
  );
  return { folder, resources, app, names };
}

async function packedFolder(work: string): Promise<string> {
  const made = await readdir(join(work, 'release'), { withFileTypes: true });
  const folder = made.find((entry) => entry.isDirectory());
  if (folder === undefined) throw new Error('electron-builder left no folder');
  return join(work, 'release', folder.name);
}

/** What a Linux installer would be made of. */
export interface LinuxInstaller {
  readonly desktopEntry: string;
  /** Arguments of fpm; none of an AppImage. */
  readonly args: readonly string[];
  readonly mimeTypes: string;
}

/** Asks electron-builder what it would make deb, rpm and AppImage of, from what packApp has packed. */
export async function linuxInstallers(
  work: string,
  config: Configuration,
): Promise<LinuxInstaller[]> {
  const told: LinuxInstaller[] = [];
  const tell = async (computed: [string[], string] | { desktop: string }) => {
    if (!Array.isArray(computed))
      told.push({ desktopEntry: computed.desktop, args: [], mimeTypes: '' });
    else {
      const [args, desktopFile] = computed;
      const types = args.find((argument) => argument.includes('=/usr/share/mime/')) ?? '';
      told.push({
        desktopEntry: await readFile(desktopFile, 'utf8'),
        args,
        mimeTypes: types === '' ? '' : await readFile(types.split('=')[0]!, 'utf8'),
      });
    }
    return true;
  };
  const options: CliOptions & { effectiveOptionComputed: typeof tell } = {
    projectDir: root,
    publish: 'never',
    prepackaged: await packedFolder(work),
    targets: Platform.LINUX.createTarget(['AppImage', 'deb', 'rpm']),
    config: inside(work, config),
    effectiveOptionComputed: tell,
  };
  await build(options);
  return told;
}
