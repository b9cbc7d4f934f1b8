// A package made by the real electron-builder around a stand-in for Electron's folder, and taken apart again:
// what the archive and the files beside it hold, in a copy outside the source tree.
import { readdirSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPackage, extractAll, listPackage } from '@electron/asar';
import { FuseV1Options } from '@electron/fuses';
import type { CliOptions, Configuration } from 'electron-builder';
import { Arch, build, Platform } from 'electron-builder';

const root = join(import.meta.dirname, '../..');

/** Where fuses begin in a program, the version of the wire, its length, and every fuse on. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length;

/** What electron-builder needs of an Electron folder, without Electron. */
async function makeElectron(folder: string): Promise<void> {
  const app = join(folder, 'app');
  await mkdir(app, { recursive: true });
  await writeFile(join(app, 'main.js'), '');
  await mkdir(join(folder, 'dist/resources'), { recursive: true });
  await createPackage(app, join(folder, 'dist/resources/default_app.asar'));
  const wire = Buffer.from([1, FUSES, ...Array.from({ length: FUSES }, () => 0x31)]);
  const program = Buffer.concat([Buffer.from(SENTINEL), wire, Buffer.alloc(64)]);
  for (const name of ['electron', 'electron.exe'])
    await writeFile(join(folder, 'dist', name), program, { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox'])
    await writeFile(join(folder, 'dist', name), '');
}

/** The config with the stand-in for Electron and everything written into `work`; electron-builder changes what it gets. */
const inside = (work: string, config: Configuration): Configuration => ({
  ...config,
  electronDist: join(work, 'electron/dist'),
  directories: { ...config.directories, output: join(work, 'release') },
});

/** Most bytes of archive and unpacked files without Electron; a package over it holds what it should not. */
export const CEILING = { linux: 80e6, win32: 115e6 } as const;

/** Bytes of all files below a folder. */
export const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

export interface PackedApp {
  /** The folder that people get. */
  readonly folder: string;
  /** Archive and unpacked files together, as the program sees them. */
  readonly app: string;
  /** Names in the archive, the unpacked ones too, with slashes and without a leading one. */
  readonly names: readonly string[];
}

/** Packs for a system into `work` with the config made for it; the program is built before. */
export async function packApp(
  work: string,
  config: Configuration,
  platform: 'linux' | 'win32' = 'linux',
): Promise<PackedApp> {
  await makeElectron(join(work, 'electron'));
  const windows = platform === 'win32';
  await build({
    projectDir: root,
    publish: 'never',
    targets: windows
      ? Platform.WINDOWS.createTarget('dir', Arch.x64)
      : Platform.LINUX.createTarget('dir'),
    // The stand-in is no Windows program whose icon and checksums could be changed.
    config: {
      ...inside(work, config),
      ...(windows
        ? { win: { ...config.win, signAndEditExecutable: false }, disableAsarIntegrity: true }
        : {}),
    },
  });
  const folder = await unpackedFolder(work);
  const archive = join(folder, 'resources/app.asar');
  const app = join(work, 'app');
  extractAll(archive, app);
  const names = listPackage(archive, { isPack: false }).map((name) =>
    name.replaceAll('\\', '/').slice(1),
  );
  return { folder, app, names };
}

async function unpackedFolder(work: string): Promise<string> {
  const name = (await readdir(join(work, 'release'))).find((entry) => entry.endsWith('-unpacked'));
  if (name === undefined) throw new Error('electron-builder left no folder');
  return join(work, 'release', name);
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
    prepackaged: await unpackedFolder(work),
    targets: Platform.LINUX.createTarget(['AppImage', 'deb', 'rpm']),
    config: inside(work, config),
    effectiveOptionComputed: tell,
  };
  await build(options);
  return told;
}
